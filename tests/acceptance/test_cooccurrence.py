"""The co-occurrence tables are what loops over the segments and codings give, in every context."""

from __future__ import annotations

from itertools import pairwise

import pytest

from .invented import UNITS
from .naive import edges, nodes
from .tables import items, near, rows

COUNTS = (
    "n", "n_shared", "n_documents", "n_interview", "n_document", "n_source", "n_target", "n_contexts",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_edges(results, unit):
    folder, study = results
    wanted = edges(study, unit)
    told = {(r["source"], r["target"]): r for r in rows(folder, "cooccurrence_edges") if r["unit"] == unit}
    assert list(told) == list(wanted), "which pairs, in tree order"
    for pair, row in told.items():
        assert [int(row[name]) for name in COUNTS] == [wanted[pair][name] for name in COUNTS], pair
        for name in ("expected", "lift", "jaccard", "phi"):
            assert near(row[name], wanted[pair][name]), (pair, name, row[name], wanted[pair][name])
        if wanted[pair]["n"] < 2:
            assert not (row["p"] or row["p_floor"] or row["lo"] or row["hi"])
        else:
            assert 0 < float(row["p_floor"]) <= 1
            assert (row["p"] == "") == (float(row["p_floor"]) >= 0.05)
            assert float(row["p"] or 1) >= float(row["p_floor"])
        assert (row["lo"] == "") == (row["hi"] == "")


@pytest.mark.parametrize("unit", UNITS)
def test_every_example_lies_in_a_context_of_its_own_that_was_counted(results, unit):
    folder, study = results
    wanted = edges(study, unit)
    for row in rows(folder, "cooccurrence_edges"):
        if row["unit"] != unit:
            continue
        pair = row["source"], row["target"]
        examples = items(row["example_ids"])
        assert min(1, int(row["n"])) <= len(examples) <= min(5, int(row["n"]))
        assert len(set(examples)) == len(examples)
        for segment in examples:
            assert any(segment in context for context in wanted[pair]["contexts"])
            assert any(study.matches[segment][code] for code in pair)


@pytest.mark.parametrize("unit", UNITS)
def test_nodes(results, unit):
    folder, study = results
    wanted = nodes(study, unit)
    told = {r["code"]: r for r in rows(folder, "cooccurrence_nodes") if r["unit"] == unit}
    assert list(told) == list(wanted)
    for code, row in told.items():
        for name, value in wanted[code].items():
            assert near(row[name], value), (code, name, row[name], value)


def test_the_studies_hold_what_makes_counting_hard(results):
    """Shared evidence, parents that stand by their children, contexts of one document and of several."""
    folder, study = results
    every = rows(folder, "cooccurrence_edges")
    assert any(int(r["n_shared"]) for r in every)
    assert any(r["p"] for r in every) and any(r["lo"] for r in every)
    assert {r["unit"] for r in every} == set(UNITS)
    parents = {code for code in study.codes if any(other.startswith(f"{code}.") for other in study.codes)}
    assert any(r["source"] in parents and int(r["n"]) for r in every)
    assert {row["kind"] for row in study.documents.values()} >= {"interview", "policy", "minutes", "report"}


def test_wider_contexts_hold_what_narrower_ones_hold(results):
    _, study = results
    for narrow, wide in pairwise(("segment", "speech-run3", "speech")):
        met = {pair for pair, link in edges(study, narrow).items() if link["n"]}
        assert met <= {pair for pair, link in edges(study, wide).items() if link["n"]}
