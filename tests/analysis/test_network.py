"""Measures on the figure's graph are networkx's, and weights are never mistaken for distances."""

import networkx as nx
import pytest

from qualcode.analysis.load import frame
from qualcode.analysis.network import graph, measures, part_of

from .conftest import row_of


def edges_of(*links, unit="segment"):
    rows = [
        row_of("cooccurrence_edges", basis="machine", unit=unit, source=a, target=b, n=n, lift=lift, lo=lo)
        for a, b, n, lift, lo in links
    ]
    return frame(rows, "cooccurrence_edges")


def nodes_of(*codes, unit="segment"):
    rows = [
        row_of("cooccurrence_nodes", basis="machine", unit=unit, code=c, level=c.count(".") + 1, n=3)
        for c in codes
    ]
    return frame(rows, "cooccurrence_nodes")


LINKS = [("A", "B", 9, 2.0, 1.2), ("B", "C", 9, 2.0, 0.8), ("A", "C", 1, 2.0, 1.1), ("C", "D", 4, 1.5, 1.1)]
LEVELS = {"A": 1, "B": 1, "C": 1, "D": 1, "A.x": 2}


def test_the_graph_has_edges_of_two_meetings_more_than_chance_and_one_level():
    links = [*LINKS, ("A", "D", 5, 0.7, 0.2), ("A.x", "B", 7, 3.0, 2.0)]
    made = graph(nodes_of(*LEVELS), edges_of(*links), level=1)
    assert set(made.edges) == {("A", "B"), ("B", "C"), ("C", "D")} and set(made) == set("ABCD")
    assert [made.edges[e]["chance"] for e in made.edges] == [False, True, False]


def test_measures_are_networkx_s():
    measured = measures(edges_of(*LINKS), LEVELS)
    made = nx.Graph()
    made.add_weighted_edges_from([("A", "B", 9), ("B", "C", 9), ("C", "D", 4)])
    for _, _, data in made.edges(data=True):
        data["distance"] = 1 / data["weight"]
    between = nx.betweenness_centrality(made, weight="distance")
    eigen = nx.eigenvector_centrality(made, weight="weight", max_iter=10_000, tol=1e-12)
    close = nx.closeness_centrality(made, distance="distance")
    cluster = nx.clustering(made, weight="weight")
    for code in made:
        assert measured[code] == pytest.approx(
            (
                made.degree(code),
                made.degree(code, "weight"),
                between[code],
                close[code],
                eigen[code],
                cluster[code],
            )
        )
    assert measured["A.x"] == (0, 0, 0.0, 0.0, None, 0.0)


def test_a_detour_over_strong_ties_is_the_short_way():
    """A-B 9, B-C 9, A-C 2: with distance 1/n the way from A to C goes by B; with n it would not."""
    assert measures(edges_of(*LINKS[:2], ("A", "C", 2, 2.0, 1.0)), LEVELS)["B"][2] > 0


def test_a_part_keeps_the_order_of_the_whole():
    whole = nx.path_graph([f"n{i}" for i in range(40)])
    part = part_of(whole, {f"n{i}" for i in range(3, 9)})
    assert list(part) == [f"n{i}" for i in range(3, 9)] and len(part.edges) == 5


def test_two_islands_have_no_eigenvector_centrality():
    measured = measures(edges_of(("A", "B", 3, 2.0, 1.2), ("C", "D", 3, 2.0, 1.2)), LEVELS)
    assert [measured[code][4] for code in "ABCD"] == [None] * 4
