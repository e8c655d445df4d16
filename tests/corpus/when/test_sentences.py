"""The times that sentences tell: years, parts of them, relative times, events; and what is no time."""

import pytest

from .told import Case, cases, found

LISTS = ("zh.yaml", "en.yaml")


@pytest.mark.parametrize("case", [case for name in LISTS for case in cases(name)], ids=lambda case: case.text)
def test_a_sentence_tells_its_time(case: Case):
    assert found(case) == case.wanted
