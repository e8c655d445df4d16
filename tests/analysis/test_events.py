"""Which events rest on which, held against dates and against what is said."""

import networkx as nx
import pytest

from qualcode.analysis.events import events
from qualcode.analysis.given import Given
from qualcode.model import Event, Phase
from qualcode.output.graphml import graphml
from qualcode.problems import UsageError

from .test_shift import AB

HELD = (
    Event("rule", "2016-09-05", {"zh": "暂行办法"}, "policy", aliases=("51号文",)),
    Event("plan", "2017-05-03", {"zh": "整合方案"}, "policy", requires={"rule": "方案以办法为依据"}),
    Event("meeting", "2019-06-25", {"en": "the conference"}, requires={"plan": "", "rule": ""}),
    Event("storm", "2018-01-01"),
)


def spoken(corpus, *texts, name="I1"):
    """One speech a segment, with these words."""
    from qualcode import columns

    corpus.document(name, *["-"] * len(texts), speeches=range(1, len(texts) + 1))
    place = [column.name for column in columns.TABLES["segments"]].index("text")
    start = len(corpus.segment_rows) - len(texts)
    for n, text in enumerate(texts):
        cells = list(corpus.segment_rows[start + n])
        cells[place] = text
        corpus.segment_rows[start + n] = tuple(cells)
    return corpus


def table(made, name):
    return made.tables[name].to_dict("records")


@pytest.fixture
def made(corpus):
    spoken(corpus, "51号文之后才有整合方案。", "暂行办法管用。", "We went to The Conference.")
    phases = (Phase("P1", "2016-01-01", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))
    return events(Given(*corpus.tables, AB, phases, HELD))


def test_links_have_their_days_reason_and_who_speaks_of_both(made):
    links = {(row["event_id"], row["requires"]): row for row in table(made, "event_links")}
    first = links["plan", "rule"]
    assert (first["days"], first["why"], first["direct"]) == (240, "方案以办法为依据", True)
    assert (first["n_segments"], first["n_documents"], first["example_ids"]) == (1, 1, ("I1:1",))
    assert first["note"] == ""
    assert links["meeting", "plan"]["note"] == "no reason given; nobody speaks of both"


def test_a_link_that_follows_from_others_is_not_direct(made):
    links = {(row["event_id"], row["requires"]): row["direct"] for row in table(made, "event_links")}
    assert links == {("plan", "rule"): True, ("meeting", "plan"): True, ("meeting", "rule"): False}


def test_the_structure_counts_ways_back_and_on(made):
    rows = {row["event_id"]: row for row in table(made, "event_structure")}
    assert {name: (r["depth"], r["n_required"], r["n_before"], r["n_after"]) for name, r in rows.items()} == {
        "rule": (0, 0, 0, 2),
        "plan": (1, 1, 1, 1),
        "storm": (0, 0, 0, 0),
        "meeting": (2, 2, 2, 0),
    }
    assert {name: r["n_segments"] for name, r in rows.items()} == {
        "rule": 2,
        "plan": 1,
        "storm": 0,
        "meeting": 1,
    }
    assert rows["meeting"]["phase"] == "P2"


def test_the_graph_goes_from_what_is_required_and_can_be_read_back(made):
    graph = made.graphs["event_structure"]
    read = nx.parse_graphml(graphml(graph).decode())
    assert read.is_directed()
    assert sorted(read.edges) == [("plan", "meeting"), ("rule", "plan")]
    assert read.edges["rule", "plan"]["why"] == "方案以办法为依据"
    assert "storm" not in read


def test_a_link_against_the_dates_is_told(corpus):
    spoken(corpus, "没有提到。")
    late = Event("cause", "2020"), Event("effect", "2018", requires={"cause": "x"})
    made = events(Given(*corpus.tables, AB, (), late))
    (row,) = table(made, "event_links")
    assert row["days"] == -730 and "dated against the link" in row["note"]
    assert any("dated against" in str(one) for one in made.remarks)


def test_without_links_there_is_nothing_to_ask(corpus):
    with pytest.raises(UsageError, match="no event of the study requires another"):
        events(Given(*spoken(corpus, "没有。").tables, AB, (), HELD[:1]))
