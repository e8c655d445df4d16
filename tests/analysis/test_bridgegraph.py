"""A graph of sub-codes between two codes and a third: measured as networkx does, and cut."""

import networkx as nx
import pytest

from qualcode.analysis.bridge import bridge
from qualcode.analysis.bridgegraph import cut, roles, web
from qualcode.analysis.given import Given
from qualcode.codebook.records import Code, Codebook

CODES = ("A", "A.x", "A.y", "B", "B.x", "F", "F.x", "F.y")
BOOK = Codebook("t", codes={code: Code(code) for code in CODES})


def given(corpus):
    return Given(*corpus.tables, BOOK, codes=("A", "B", "F"))


def families(graph):
    names = {"A": "source", "B": "target", "F": "third"}
    nx.set_node_attributes(graph, {node: names[node[0]] for node in graph}, "family")
    return graph


def linked(corpus):
    """A.x meets F.x, and F.x meets B.x, each in three of twelve speeches; A.y and B.x only on one word."""
    corpus.document("I1", *["A.x@0-1 F.x@2-3"] * 3, *["-"] * 3, speeches=range(1, 7))
    corpus.document("I2", *["F.x@0-1 B.x@2-3"] * 3, *["A.y@0-1 B.x@0-1"] * 3, speeches=range(1, 7))
    return corpus


def test_links_are_meetings_on_words_of_their_own(corpus):
    """By hand: F.x in 6 of 12 speeches, A.x in 3, all with F.x: lift 2, phi sqrt(1/3)."""
    made = bridge(given(linked(corpus)))
    edges = {(r["source"], r["target"]): r for r in made.tables["bridge_edges"].to_dict("records")}
    assert set(edges) == {("A.x", "F.x"), ("B.x", "F.x")}
    edge = edges["A.x", "F.x"]
    assert (edge["n"], edge["n_documents"], edge["lift"]) == (3, 1, 2.0)
    assert edge["phi"] == pytest.approx(3**-0.5) and edge["distance"] == pytest.approx(3**0.5)
    assert edge["example_ids"] == ("I1:1", "I1:2", "I1:3")


def test_the_code_in_the_middle_is_the_liaison(corpus):
    corpus.document("I1", *["A.x@0-1 F.x@2-3"] * 3, *["-"] * 9, speeches=range(1, 13))
    corpus.document("I2", *["F.x@0-1 B.x@2-3"] * 3, *["-"] * 9, speeches=range(1, 13))
    made = bridge(given(corpus))
    nodes = {r["code"]: r for r in made.tables["bridge_nodes"].to_dict("records")}
    assert set(nodes) == {"A.x", "A.y", "B.x", "F.x", "F.y"}
    middle = nodes["F.x"]
    assert (middle["liaison"], middle["degree"], middle["strength"]) == (1, 2, 6)
    assert nodes["A.x"]["liaison"] == nodes["F.y"]["degree"] == 0
    graph = made.graphs["bridge_interview"]
    assert middle["betweenness"] == nx.betweenness_centrality(graph, weight="distance")["F.x"]
    (row,) = [r for r in made.tables["bridge"].to_dict("records") if r["part"] == "graph"]
    assert row["share"] == 1.0  # without field nothing leads from the one to the other


def test_a_direct_way_is_left_when_the_third_goes():
    graph = families(nx.Graph())
    graph.add_weighted_edges_from(
        [("A.x", "F.x", 1.0), ("F.x", "B.x", 1.0), ("A.x", "B.x", 4.0)], weight="distance"
    )
    assert cut(families(graph)) == pytest.approx(1 - (1 / 4) / (1 / 2))
    graph.remove_node("F.x")
    assert cut(graph) == 0.0
    assert cut(families(nx.Graph([("A.x", "F.x")], distance=1.0))) is None


def test_roles_by_family():
    """F.x stands between A.x and A.y (itinerant), A.x and B.x (liaison), F.y and the others (gatekeeper)."""
    graph = families(nx.Graph([("F.x", other) for other in ("A.x", "A.y", "B.x", "F.y")]))
    assert roles(graph, "F.x") == {"liaison": 2, "itinerant": 1, "gatekeeper": 3, "coordinator": 0}
    graph.add_edge("A.x", "B.x")
    assert roles(graph, "F.x")["liaison"] == 1


def test_a_code_that_is_everywhere_is_linked_to_nothing(corpus):
    """Ubiquity is no link: where F is in every speech, phi is not defined."""
    corpus.document("I1", *["A.x@0-1 F.x@2-3", "B.x@0-1 F.x@2-3"] * 4, speeches=range(1, 9))
    assert web(given(corpus), "interview", ("A", "B", "F")).graph.number_of_edges() == 0


def test_steps_between_the_third_and_the_ends_are_told_both_ways(corpus):
    """By hand: A F B F: A-F once, F-B once, B-F once."""
    corpus.document("I1", "A.x", "F.x", "B.x", "F.y")
    lags = bridge(given(corpus)).tables["bridge_lags"].to_dict("records")
    held = {(r["source"], r["target"]): r["n"] for r in lags if (r["level"], r["lag"]) == ("talk", 1)}
    assert held == {("A", "F"): 1, ("B", "F"): 1, ("F", "A"): 0, ("F", "B"): 1}
