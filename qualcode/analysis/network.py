"""Codes as a graph: one unit, one basis, one level of the code tree; and what can be measured on it.

The figure's graph has the codes of one level and an edge where two meet at least twice and more often than
chance would have it (n >= 2 and lift > 1). n is a weight: strength adds it up, clustering and eigenvector use
it. Paths need distances, so betweenness and closeness use 1/n: codes that meet often are near. Numbers are
networkx's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

MEASURES = ("degree", "strength", "betweenness", "closeness", "eigenvector", "clustering")
_UNMEASURED = (0, 0, 0.0, 0.0, None, 0.0)


def strong(edges: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """Return the edges the figure draws: n >= `least` and lift > 1."""
    return edges[((edges["n"] >= least) & (edges["lift"] > 1)).to_numpy(dtype=bool)]


def includes_chance(edges: pd.DataFrame) -> Any:
    """Whether the interval of lift includes 1, per edge; without an interval, it may: yes."""
    return ~((edges["lo"] > 1).to_numpy(dtype=bool))


def graph(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    *,
    level: int = 1,
    unit: str = "",
    basis: str = "",
    least: int = 2,
) -> nx.Graph[str]:
    """Make the figure's graph of one level from the two tables.

    Nodes are all codes of the level, in tree order, with the columns of `cooccurrence_nodes` as attributes;
    edges likewise, plus `chance` where the interval includes 1. Unit and basis pick rows where the tables
    hold several.
    """
    import networkx as nx

    made: nx.Graph[str] = nx.Graph()
    chosen = _rows(nodes, unit, basis)
    chosen = chosen[(chosen["level"] == level).to_numpy(dtype=bool)]
    for node in chosen.to_dict("records"):
        made.add_node(str(node["code"]), **{str(key): value for key, value in node.items() if key != "code"})
    links = strong(_rows(edges, unit, basis), least=least)
    for edge, chance in zip(links.to_dict("records"), includes_chance(links), strict=True):
        a, b = str(edge["source"]), str(edge["target"])
        if a in made and b in made:
            kept = {str(key): value for key, value in edge.items() if key not in ("source", "target")}
            made.add_edge(a, b, **kept, weight=int(edge["n"]), chance=bool(chance))
    return made


def part_of(whole: nx.Graph[str], kept: Collection[str]) -> nx.Graph[str]:
    """Return the graph of some nodes, with nodes and edges in the order of the whole.

    networkx's own `subgraph` walks a small choice of nodes as a set, so in an order of chance.
    """
    import networkx as nx

    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from((node, data) for node, data in whole.nodes(data=True) if node in kept)
    made.add_edges_from((a, b, data) for a, b, data in whole.edges(data=True) if a in made and b in made)
    return made


def measures(edges: pd.DataFrame, levels: Mapping[str, int]) -> dict[str, tuple[Any, ...]]:
    """Return, per code, the values of `MEASURES` in the figure's graph of its own level.

    A code without a neighbour has 0 everywhere. Eigenvector centrality is defined only where all codes that
    have neighbours hang together; elsewhere it is None.
    """
    import networkx as nx

    measured: dict[str, tuple[Any, ...]] = dict.fromkeys(levels, _UNMEASURED)
    links = strong(edges)
    for level in sorted(set(levels.values())):
        whole: nx.Graph[str] = nx.Graph()
        whole.add_nodes_from(code for code, depth in levels.items() if depth == level)
        for a, b, n in zip(links["source"], links["target"], links["n"], strict=True):
            if a in whole and b in whole:
                whole.add_edge(a, b, weight=int(n), distance=1 / int(n))
        between: Mapping[str, float] = nx.betweenness_centrality(whole, weight="distance")
        close: Mapping[str, float] = nx.closeness_centrality(whole, distance="distance")
        cluster: Any = nx.clustering(whole, weight="weight")
        eigen = _eigenvector(whole)
        for code in whole:
            measured[code] = (
                whole.degree(code),
                sum(data["weight"] for _, _, data in whole.edges(code, data=True)),
                between[code],
                close[code],
                eigen.get(code),
                cluster[code],
            )
    return measured


def _eigenvector(whole: nx.Graph[str]) -> dict[str, float]:
    """Return the leading eigenvector of the weights, of length 1, over the codes that have neighbours.

    Not networkx's own: its sparse solver starts at random and refuses graphs of two nodes.
    """
    import networkx as nx
    import numpy as np

    linked = [code for code in whole if whole.degree(code)]
    if not linked or not nx.is_connected(whole.subgraph(linked)):
        return {}
    _, vectors = np.linalg.eigh(nx.to_numpy_array(whole, nodelist=linked, weight="weight"))
    return dict(zip(linked, np.abs(vectors[:, -1]).tolist(), strict=True))


def _rows(table: pd.DataFrame, unit: str, basis: str) -> pd.DataFrame:
    for name, wanted in (("unit", unit), ("basis", basis)):
        if wanted:
            table = table[(table[name] == wanted).to_numpy(dtype=bool)]
    return table
