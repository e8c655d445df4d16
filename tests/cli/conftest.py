"""Calls of the command line, in this process, and studies to call it on."""

import shutil
from pathlib import Path

import pytest

from qualcode.cli.common import Talk, talk
from qualcode.cli.main import call
from qualcode.project.scaffold import begin_study


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("QUALCODE_LANG", "en")
    talk.set(Talk())  # the language of a call before this test


@pytest.fixture
def qualcode(told):
    """Call the command line."""
    return told


@pytest.fixture(scope="session")
def finished(tmp_path_factory) -> Path:
    """A study that was run once; copied, never used in place."""
    folder = tmp_path_factory.mktemp("finished") / "study"
    begin_study(folder, "zh")
    assert call(["--quiet", "run", str(folder)]) == 0
    return folder


@pytest.fixture
def study(finished, tmp_path) -> Path:
    """A study with results, to be broken."""
    folder = tmp_path / "study"
    shutil.copytree(finished, folder)
    return folder


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder and what is in them."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
