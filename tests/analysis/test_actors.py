"""Who says what of whom: speakers and holders apart, residuals as scipy has them."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from qualcode.analysis.actors import actors, residual
from qualcode.analysis.given import Given
from qualcode.codebook.cues import NOWHERE, Actor, Context
from qualcode.codebook.records import Codebook
from qualcode.patterns.term import make_term

from .conftest import codebook_of, row_of

AB = codebook_of("A", "A.x", "B")


def said(corpus, *lines):
    """Each line: document, actor, code, holder."""
    for name in dict.fromkeys(line[0] for line in lines):
        corpus.document(name, *[line[2] for line in lines if line[0] == name])
    for rows, table, cell, at in (
        (corpus.segment_rows, "segments", "actor", 1),
        (corpus.coding_rows, "coded_segments", "holder", 3),
    ):
        names = list((corpus.segments if table == "segments" else corpus.codings).columns)
        for place, line in enumerate(lines):
            cells = dict(zip(names, rows[place], strict=True)) | {cell: line[at]}
            if table == "coded_segments":
                cells["polarity"] = "affirmed"
            rows[place] = row_of(table, **cells)
    return corpus


def rows(corpus, **where):
    found = actors(Given(*corpus.tables, AB, codes=("A", "B"))).tables["actor_code"]
    for name, value in where.items():
        found = found[(found[name] == value).to_numpy(dtype=bool)]
    return found.to_dict("records")


LINES = (
    ("I1", "市局", "A.x", "other:省厅"),
    ("I1", "市局", "A", "other:省厅"),
    ("I1", "市局", "B", "self"),
    ("I2", "省厅", "B", "self"),
    ("I2", "省厅", "A", "other"),
    ("I2", "省厅", "B", "unspecified"),
)


def test_speakers_and_holders_are_counted_apart(corpus):
    said(corpus, *LINES)
    speaks = {(r["actor"], r["code"]): r["n"] for r in rows(corpus, role="speaker")}
    assert speaks == {("市局", "A"): 2, ("市局", "B"): 1, ("省厅", "A"): 1, ("省厅", "B"): 2}
    holds_it = {(r["actor"], r["code"]): r["n"] for r in rows(corpus, role="holder")}
    assert holds_it["省厅", "A"] == 2 and holds_it["self", "B"] == 2 and holds_it["other", "A"] == 1


def test_avoidance_is_told_of_others(corpus):
    """By hand: A is 0 of 2 held by oneself and 3 of 3 held by others: -1; B the reverse."""
    said(corpus, *LINES)
    assert {(r["code"], r["soa"]) for r in rows(corpus, role="holder")} == {("A", -1.0), ("B", 1.0)}


def test_without_holders_there_are_speakers_only(corpus):
    said(corpus, *((*line[:3], "unassessed") for line in LINES))
    made = actors(Given(*corpus.tables, AB, codes=("A", "B")))
    assert set(made.tables["actor_code"]["role"]) == {"speaker"}
    assert any("speakers only" in str(r) for r in made.remarks)


def test_one_actor_has_no_residual(corpus):
    said(corpus, *LINES[:3])
    assert all(
        math.isnan(r["adj_resid"]) and "fewer than 2" in r["note"] for r in rows(corpus, role="speaker")
    )


@settings(max_examples=25, deadline=None)
@holds(st.lists(st.integers(1, 30), min_size=4, max_size=4))
def test_squared_residuals_of_a_two_by_two_table_are_chi_square(cells):
    t = np.array(cells).reshape(2, 2)
    z = residual(int(t[0, 0]), int(t[0].sum()), int(t[:, 0].sum()), int(t.sum()))
    assert z**2 == pytest.approx(chi2_contingency(t, correction=False).statistic)


def test_order_of_tables_does_not_matter(corpus):
    said(corpus, *LINES)
    turned = [table.iloc[::-1].reset_index(drop=True) for table in corpus.tables]
    one, two = (
        actors(Given(*tables, AB, codes=("A", "B"))).tables["actor_code"]
        for tables in (corpus.tables, turned)
    )
    assert one.equals(two)


def test_units_are_put_together_by_type_and_level_metadata_first(corpus):
    """省厅 is listed as line, province; I1 calls its own 市局 vertical and says nothing of its level."""
    said(corpus, *LINES)
    names = list(corpus.documents.columns)
    own = {"actor": "市局", "actor_type": "vertical"}
    corpus.documents_rows[0] = row_of(
        "documents", **(dict(zip(names, corpus.documents_rows[0], strict=True)) | own)
    )
    listed = {
        "city_bureau": Actor("city_bureau", {"zh": "市局"}, type="block", level="city"),
        "省厅": Actor("省厅", {"zh": "省厅"}, type="line", level="province"),
    }
    terms = {"city_bureau": "市局", "省厅": "省厅"}
    for name, text in terms.items():
        listed[name] = replace(listed[name], aliases=(make_term(text, NOWHERE, []),))
    book = Codebook("test", codes=AB.codes, context=Context(actors=listed))
    made = actors(Given(*corpus.tables, book, codes=("A", "B")))
    found = made.tables["actor_code"]
    counts = {(r["role"], r["actor"], r["code"]): r["n"] for r in found.to_dict("records")}
    assert {at[1:]: n for at, n in counts.items() if at[0] == "speaker_type"} == {
        ("vertical", "A"): 2,
        ("vertical", "B"): 1,
        ("line", "A"): 1,
        ("line", "B"): 2,
    }
    assert counts["speaker_level", "city", "A"] == 2 and counts["speaker_level", "province", "B"] == 2
    # 省厅 twice as another of I1 and once as itself in I2; an unnamed other has neither type nor level.
    assert counts["holder_type", "line", "A"] == 2 and counts["holder_type", "line", "B"] == 1
    assert counts["holder_level", "city", "B"] == 1 and ("holder_level", "", "A") not in counts


def test_codings_of_units_nobody_places_are_counted(corpus):
    said(corpus, *LINES)
    book = Codebook(
        "test",
        codes=AB.codes,
        context=Context(
            actors={"x": Actor("x", {"zh": "省厅"}, (make_term("省厅", NOWHERE, []),), type="line")}
        ),
    )
    made = actors(Given(*corpus.tables, book, codes=("A", "B")))
    assert any("3 of 6 codings are of units whose type" in str(r) for r in made.remarks)
