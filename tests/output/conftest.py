"""The small coded study, made once."""

import pytest

from .coded_study import Study, small_study


@pytest.fixture(scope="session")
def study() -> Study:
    return small_study()
