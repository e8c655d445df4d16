"""Every kind of pattern is listed, documented, described for editors and tested."""

from pathlib import Path

import pytest

import qualcode.patterns
from qualcode.patterns import patterns
from qualcode.problems import UsageError

FOLDER = Path(qualcode.patterns.__file__).parent
HELPERS = {
    "__init__",
    "anchors",
    "base",
    "term",
    "termlist",
    "nested",
    "distance",
    "proximity",
    "linear",
    "required",
    "syntax",
}


def test_every_module_of_the_folder_is_a_kind_or_a_helper():
    modules = {path.stem for path in FOLDER.glob("*.py")} - HELPERS
    assert {module.rstrip("_") for module in modules} == set(patterns)


@pytest.mark.parametrize("name", sorted(patterns))
def test_a_kind_has_a_manual_page_keys_and_a_schema(name):
    member = patterns[name]
    assert member.name == name
    assert member.keys[0] == name
    assert set(member.schema) == set(member.keys)
    assert (member.__doc__ or "").startswith(f"{name}: ")
    assert f"{name}:" in (member.__doc__ or "").split("\n", 1)[1]


@pytest.mark.parametrize("name", sorted(patterns))
def test_a_kind_is_tested(name):
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert f"{name}: " in tests


def test_an_unknown_kind_is_told_what_was_meant():
    with pytest.raises(UsageError, match="did you mean 'regex'"):
        patterns["regx"]
