"""Expressions are compiled late and find what they find otherwise."""

import re
from copy import copy

import pytest

from qualcode.expressions import expression


def test_an_expression_does_what_a_compiled_one_does() -> None:
    late, soon = (
        expression(r"(?P<n>第[0-9]+条)", re.IGNORECASE),
        re.compile(r"(?P<n>第[0-9]+条)", re.IGNORECASE),
    )
    text = "第3条、第12条"
    assert [m.groupdict() for m in late.finditer(text)] == [m.groupdict() for m in soon.finditer(text)]
    assert late.sub("-", text) == soon.sub("-", text)
    assert late.match(text, 1) is None
    assert late.pattern == soon.pattern
    assert (late.flags, late.groups) == (soon.flags, soon.groups)


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    compiled = re.compile
    monkeypatch.setattr(re, "compile", lambda p, flags=0: asked.append(p) or compiled(p, flags))
    late = expression("信任")
    assert not asked
    assert late.search("我信任他")
    assert late.search("不") is None
    assert asked == ["信任"]


def test_a_mistake_shows_at_the_first_use() -> None:
    with pytest.raises(re.error):
        expression("(").search("x")


def test_a_copy_finds_the_same() -> None:
    assert copy(expression("[a-z]+")).findall("ab c") == ["ab", "c"]
