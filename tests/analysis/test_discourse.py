"""Who stands with whom: stances counted by hand and by networkx and scipy."""

import networkx as nx
import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st
from scipy.spatial.distance import cosine, jaccard

from qualcode import columns
from qualcode.analysis.discourse import Stance, discourse, likeness
from qualcode.analysis.given import Given
from qualcode.problems import UsageError

from .conftest import codebook_of, row_of

BOOK = codebook_of("A", "B", "C")


def said(corpus, *lines):
    """Each line: document, actor, code, polarity, and when it was said."""
    for name in dict.fromkeys(line[0] for line in lines):
        own = [line for line in lines if line[0] == name]
        corpus.document(name, *[line[2] for line in own], t_said=own[0][4] if len(own[0]) > 4 else "")
    for rows, table, cell, at in (
        (corpus.segment_rows, "segments", "actor", 1),
        (corpus.coding_rows, "coded_segments", "polarity", 3),
    ):
        names = [column.name for column in columns.TABLES[table]]
        for place, line in enumerate(lines):
            cells = dict(zip(names, rows[place], strict=True)) | {cell: line[at]}
            if table == "coded_segments":
                cells |= {"holder": "unspecified", "modality": "actual", "countable": line[3] == "affirmed"}
            rows[place] = row_of(table, **cells)
    return corpus


LINES = (
    ("I1", "市局", "A", "affirmed"),
    ("I1", "市局", "A", "affirmed"),
    ("I1", "市局", "B", "negated"),
    ("I2", "省厅", "A", "affirmed"),
    ("I2", "省厅", "B", "affirmed"),
    ("I3", "省厅", "C", "affirmed"),
    ("I4", "街道", "C", "negated"),
    ("I4", "", "A", "affirmed"),
)


def made(corpus, **asked):
    return discourse(Given(*corpus.tables, BOOK), **asked)


def test_statements_of_one_document_count_once(corpus):
    said(corpus, *LINES)
    found = made(corpus).tables["affiliation"]
    cells = {
        (line["actor"], line["code"]): (line["affirmed"], line["negated"], line["subtracted"])
        for line in found.to_dict("records")
    }
    assert cells == {
        ("市局", "A"): (1, 0, 1),
        ("市局", "B"): (0, 1, -1),
        ("省厅", "A"): (1, 0, 1),
        ("省厅", "B"): (1, 0, 1),
        ("省厅", "C"): (1, 0, 1),
        ("街道", "C"): (0, 1, -1),
    }
    assert set(found["duplicates"]) == {"document"}


@pytest.mark.parametrize(("way", "n"), [("include", 3), ("document", 2), ("month", 2), ("year", 1)])
def test_repeats_are_left_out_as_asked(corpus, way, n):
    said(
        corpus,
        ("I1", "市局", "A", "affirmed", "2020-03-01"),
        ("I1", "市局", "A", "affirmed"),
        ("I2", "市局", "A", "affirmed", "2020-05"),
    )
    assert made(corpus, duplicates=way).tables["affiliation"]["affirmed"].tolist() == [n]


def test_an_unknown_way_is_refused(corpus):
    with pytest.raises(UsageError, match="no way to leave out repeats"):
        made(said(corpus, *LINES), duplicates="week")


def test_congruence_and_conflict_by_hand(corpus):
    """市局 {A+, B-} and 省厅 {A+, B+, C+}: one stance shared, B disputed; 省厅 and 街道: C disputed."""
    said(corpus, *LINES)
    links = {(e["source"], e["target"]): e for e in made(corpus).tables["actor_edges"].to_dict("records")}
    one = links["市局", "省厅"]
    assert [one[n] for n in ("congruence", "conflict", "subtracted", "average", "jaccard")] == [
        *(1, 1, 0, pytest.approx(1 / 2.5), pytest.approx(1 / 4))
    ]
    assert (one["codes"], one["disputed"], one["n_documents"]) == (("A",), ("B",), 3)
    assert links["省厅", "街道"]["conflict"] == 1 and ("市局", "街道") not in links


def test_codings_without_actor_or_polarity_are_told(corpus):
    said(corpus, *LINES, ("I5", "市局", "C", "unassessed"))
    rows = [
        dict(zip([c.name for c in columns.TABLES["coded_segments"]], r, strict=True))
        for r in corpus.coding_rows
    ]
    rows[-1]["countable"] = True
    corpus.coding_rows[-1] = row_of("coded_segments", **rows[-1])
    told = [str(line) for line in made(corpus).remarks]
    assert "1 of 9 codings neither affirm nor negate (not assessed): left out" in told
    assert "1 of 9 codings have no actor who speaks" in told


STANCES = st.sets(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["affirmed", "negated"])), min_size=1)


@settings(max_examples=40, deadline=None)
@holds(STANCES, STANCES)
def test_measures_are_those_of_networkx_and_scipy(one, other):
    ours = likeness(*(frozenset(Stance(*s) for s in side) for side in (one, other)))
    graph = nx.Graph([(name, stance) for name, side in (("i", one), ("j", other)) for stance in side])
    projected = nx.bipartite.weighted_projected_graph(graph, ["i", "j"])
    assert ours[0] == (projected["i"]["j"]["weight"] if projected.has_edge("i", "j") else 0)
    every = sorted(one | other)
    a, b = ([s in side for s in every] for side in (one, other))
    assert ours[3] == pytest.approx(1 - jaccard(a, b))
    assert ours[4] == pytest.approx(1 - cosine([float(x) for x in a], [float(x) for x in b]))
    swapped = {(code, "negated" if way == "affirmed" else "affirmed") for code, way in other}
    assert ours[1] == len({code for code, way in one & swapped})


def test_networks_hold_what_the_tables_hold(corpus):
    said(corpus, *LINES)
    graphs = made(corpus).graphs
    two, one = graphs["affiliation_interview_speaker"], graphs["actors_interview_speaker"]
    assert two["actor:市局"]["code:B"]["negated"] == 1 and two.nodes["code:B"]["sort"] == "code"
    assert one["市局"]["省厅"]["congruence"] == 1 and set(one) == {"市局", "省厅", "街道"}
