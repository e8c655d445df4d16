"""Paths that a theory states: read with their places, checked against the tree, coding nothing."""

import pytest

from qualcode.codebook import parse_codebook
from qualcode.codebook.diff import difference

HEAD = """qualcode: 1
id: t
version: 1.0.0
facets: {why: {question: why}, logic: {question: which}}
codes:
  - {id: why, name: W, definition: W, facet: why}
  - {id: why.push, name: P, definition: P}
  - {id: why.wish, name: M, definition: M}
  - {id: avoid, name: A, definition: A, facet: logic}
  - {id: new, name: N, definition: N, facet: logic}
"""
PATHS = """paths:
  - id: chain
    note: 并列顺序
    levels: [why, logic]
    stated:
      - {why: why.push, logic: avoid}
      - {why: [why.push, why.wish], logic: new}
"""


def test_a_path_names_codes_of_its_levels():
    book, problems = parse_codebook(HEAD + PATHS)
    assert book is not None and not [p for p in problems if p.severity == "error"]
    (theory,) = book.theories.values()
    assert theory.levels == ("why", "logic") and theory.note == {"zh": "并列顺序"}
    assert theory.stated[1] == {"why": ("why.push", "why.wish"), "logic": ("new",)}
    assert book.members("why") == ("why.push", "why.wish") and book.members("logic") == ("avoid", "new")


@pytest.mark.parametrize(
    ("written", "meant", "place", "kind"),
    [
        ("why: why.push, logic: avoid", "why: why.pusch, logic: avoid", (16, 15), "unknown-code"),
        ("why: why.push, logic: avoid", "why: avoid, logic: avoid", (16, 15), "wrong-level"),
        ("why: why.push, logic: avoid", "wy: why.push, logic: avoid", (16, 10), "unknown-key"),
        ("{why: why.push, logic: avoid}", "{why: why.push}", (16, 9), "bad-path"),
        ("levels: [why, logic]", "levels: [why, logics]", (14, 19), "unknown-facet"),
        ("levels: [why, logic]", "levels: [why]", (14, 13), "bad-levels"),
        ("id: chain", "id: Chain", (12, 9), "bad-id"),
    ],
)
def test_mistakes_are_located(written, meant, place, kind):
    book, problems = parse_codebook(HEAD + PATHS.replace(written, meant))
    found = [(p.place.line, p.place.column, p.kind) for p in problems if p.severity == "error"]
    assert book is None and (*place, kind) in found


def test_one_name_is_one_path():
    _, problems = parse_codebook(HEAD + PATHS + PATHS.removeprefix("paths:\n"))
    assert "duplicate-id" in [p.kind for p in problems]


def test_another_path_changes_no_result():
    old, _ = parse_codebook(HEAD + PATHS)
    new, _ = parse_codebook(HEAD + PATHS.replace("logic: avoid}", "logic: new}"))
    assert old and new
    found = difference(old, new)
    assert [(c.what, c.how, c.id) for c in found.changes] == [("path", "changed", "chain")]
    assert not found.of_results
