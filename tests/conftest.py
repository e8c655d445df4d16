"""What all tests share: reproducible property tests and the optional real material."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
collect_ignore = ["validation/weigh.py"]  # a program, run from its own folder

settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.register_profile(
    "thorough", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=2000
)
settings.load_profile(os.environ.get("QUALCODE_HYPOTHESIS", "steady"))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Real transcripts and laws kept beside the project, where there are any."""
    folder = Path(os.environ.get("QUALCODE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real material at {folder}; set QUALCODE_DATA to its folder")
    return folder
