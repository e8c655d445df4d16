"""Calls of the command line, in this process, and studies to call it on."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from qualcode.cli.main import call
from qualcode.project.scaffold import begin_study


class Answer(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("QUALCODE_LANG", "en")


@pytest.fixture
def qualcode(capfd) -> Callable[..., Answer]:
    """Call the command line; a traceback is never an answer."""

    def answer(*arguments: object) -> Answer:
        capfd.readouterr()
        code = call([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        if "--debug" not in arguments:
            assert "Traceback" not in out + err
        return Answer(code, out, err)

    return answer


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
