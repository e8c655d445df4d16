"""What all tests share: reproducible property tests and the optional real material."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from qualcode.cli.main import call

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


class Answer(NamedTuple):
    """What a call of the command line ended with and said."""

    code: int
    out: str
    err: str


@pytest.fixture
def told(capfd, monkeypatch) -> Callable[..., Answer]:
    """Call the command line, in this process and in English; a traceback is never an answer."""
    monkeypatch.setenv("QUALCODE_LANG", "en")
    monkeypatch.delenv("QUALCODE_CODER", raising=False)

    def answer(*arguments: object) -> Answer:
        capfd.readouterr()
        code = call([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        if "--debug" not in arguments:
            assert "Traceback" not in out + err
        return Answer(code, out, err)

    return answer


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium: the one at CHROMIUM, else the one that is installed."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium; set CHROMIUM to its path")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
