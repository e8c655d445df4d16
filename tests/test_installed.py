"""Versions are those `importlib.metadata` names, whatever way a name is written."""

import importlib.metadata
import sys
import zipfile

import pytest

from qualcode.installed import version_of
from qualcode.project.manifest import LIBRARIES

NAMES = sorted(
    {*LIBRARIES, "PyYAML", "Google.RE2", "charset_normalizer", "ahocorasick-rs", "no-such-library"}
)


@pytest.mark.parametrize("name", NAMES)
def test_a_version_is_the_one_importlib_names(name):
    try:
        wanted = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        wanted = None
    assert version_of(name) == wanted


def test_the_first_place_that_has_it_counts(tmp_path, monkeypatch):
    for place, version in (("one", "1.0"), ("two", "2.0")):
        folder = tmp_path / place / f"Some_Library-{version}.dist-info"
        folder.mkdir(parents=True)
        text = f"Metadata-Version: 2.1\nName: Some-Library\nVersion: {version}\n\nVersion: 9\n"
        (folder / "METADATA").write_text(text)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "two"), str(tmp_path / "one")])
    assert version_of("some.library") == importlib.metadata.version("some.library") == "2.0"


def test_what_other_installers_leave_is_read_too(tmp_path, monkeypatch):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "older-0.3.egg-info").write_text("Name: older\nVersion: 0.3\n")
    with zipfile.ZipFile(tmp_path / "zipped.zip", "w") as out:
        out.writestr("zipped-0.4.dist-info/METADATA", "Name: zipped\nVersion: 0.4\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "old"), str(tmp_path / "zipped.zip")])
    assert (version_of("older"), version_of("zipped"), version_of("neither")) == ("0.3", "0.4", None)
