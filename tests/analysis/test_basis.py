"""Whose codings count, on each basis."""

import pytest

from qualcode.analysis.basis import BASES, Rest, basis_rows, on_basis, resting
from qualcode.analysis.load import frame
from qualcode.codebook import parse_codebook
from qualcode.columns import TABLES

BOOK = """
qualcode: 1
id: small
title: {zh: 小}
languages: [zh]
codes:
  - {id: a, name: {zh: 甲}, definition: 甲, rules: [{terms: [甲]}]}
  - {id: b, name: {zh: 乙}, definition: 乙, rules: [{terms: [乙]}]}
"""


def rows(table, *given):
    made = []
    for one in given:
        empty = {"text": "", "date": "", "int": None, "float": None, "yes_no": False, "list": ()}
        made.append(tuple(one.get(c.name, empty[c.type]) for c in TABLES[table]))
    return frame(made, table)


def coding(n, code="a", coder="machine", status="unreviewed", countable=True, polarity="affirmed"):
    return {
        "coding_id": f"D:{n}#{code}@{coder}",
        "document_id": "D",
        "segment_id": f"D:{n}",
        "code": code,
        "coder": coder,
        "status": status,
        "countable": countable,
        "polarity": polarity,
        "modality": "actual",
        "holder": "self",
        "reported": "no",
    }


CODINGS = (
    coding(1),
    coding(2, status="rejected", countable=False),
    coding(3, status="accepted"),
    coding(4, status="accepted", polarity="negated"),  # somebody added what the machine would not count
    coding(5, status="rejected", countable=False, polarity="negated"),
    coding(6, status="recoded", countable=False),
    coding(6, code="b", coder="甲", status="added"),
    coding(7, code="b", status="conflict"),
    coding(8, code="b", status="rejected", countable=False),  # of an interviewer: nobody counts it
)


@pytest.fixture(scope="module")
def tables():
    book = parse_codebook(BOOK)[0]
    segments = rows(
        "segments", *({"segment_id": f"D:{n}", "document_id": "D", "codable": n != 8} for n in range(1, 9))
    )
    return (
        rows("coded_segments", *CODINGS),
        segments,
        rows("documents", {"document_id": "D", "kind": "interview"}),
        book,
    )


def counted(codings):
    held = codings[codings["countable"].to_numpy(dtype=bool)]
    return list(held["coding_id"])


def test_what_counts_now_is_left_as_it_is(tables):
    assert on_basis(*tables, "current") is tables[0]


def test_the_machines_codings_count_as_if_nobody_had_decided(tables):
    made = on_basis(*tables, "machine")
    assert set(made["coder"]) == {"machine"}
    assert counted(made) == [
        f"D:{n}#{c}@machine" for n, c in ((1, "a"), (2, "a"), (3, "a"), (6, "a"), (7, "b"))
    ]


def test_decided_ones_are_those_people_accepted_or_gave(tables):
    assert counted(on_basis(*tables, "decided")) == ["D:3#a@machine", "D:4#a@machine", "D:6#b@甲"]


def test_counts_say_what_it_rests_on(tables):
    found = {row[0]: row[1:] for row in basis_rows(tables[0])}
    assert found[""] == ("mixed", 5, 3, 1, 4, 1)
    assert found["a"] == ("mixed", 3, 2, 0, 3, 0)
    assert found["b"] == ("mixed", 2, 1, 1, 1, 1)
    assert resting(on_basis(*tables, "decided"), "decided").name == "reviewed"
    assert resting(on_basis(*tables, "machine"), "machine") == Rest(5)


def test_codes_and_bases_add_up(tables):
    for basis in BASES:
        whole, *codes = basis_rows(on_basis(*tables, basis), basis)
        assert [sum(row[n] for row in codes) for n in range(2, 7)] == list(whole[2:])


def test_without_any_coding_it_is_the_machines():
    empty = rows("coded_segments")
    assert basis_rows(empty) == [("", "machine", 0, 0, 0, 0, 0)]


def test_an_unreviewed_run_is_the_same_on_its_machines_basis(tables):
    fresh = rows("coded_segments", coding(1), coding(2, polarity="negated", countable=False))
    assert counted(on_basis(fresh, *tables[1:], "machine")) == counted(fresh)
