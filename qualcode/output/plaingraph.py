"""Graphs made fit for exchange files: plain attributes, legal characters, an order that never changes.

GraphML and GEXF hold text, whole numbers, decimals and yes/no. Lists become one text joined with `;`, what is
not known is left out, decimals are rounded as in the tables. XML allows no control characters and no lone
surrogates; networkx writes them without a word and the file cannot be read back, so they are dropped here.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING

from qualcode.cells import join_list

if TYPE_CHECKING:
    import networkx as nx

Plain = str | int | float | bool

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(graph: nx.Graph[str]) -> nx.Graph[str]:
    """Return the same graph with plain attributes; nodes and edges keep their order."""
    import networkx as nx

    made: nx.Graph[str] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    nodes = _alike([_plain(attributes) for _, attributes in graph.nodes(data=True)])
    for node, attributes in zip(graph.nodes, nodes, strict=True):
        made.add_node(legal(str(node)), **attributes)
    edges = _alike([_plain(attributes) for _, _, attributes in graph.edges(data=True)])
    for (a, b), attributes in zip(graph.edges, edges, strict=True):
        made.add_edge(legal(str(a)), legal(str(b)), **attributes)
    return made


def legal(text: str) -> str:
    """Drop what XML 1.0 cannot hold.

    >>> legal("数据\\x00共享\\ud800")
    '数据共享'
    """
    return _ILLEGAL.sub("", text)


def _plain(attributes: dict[str, object]) -> dict[str, Plain]:
    made = {legal(str(name)): _value(value) for name, value in attributes.items()}
    return {name: value for name, value in made.items() if value is not None}


def _alike(rows: list[dict[str, Plain]]) -> list[dict[str, Plain]]:
    """Give each attribute one type: decimals where some are, text where types are mixed otherwise."""
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            types.setdefault(name, set()).add(type(value))
    make: dict[str, type[Plain]] = {
        name: float if found == {int, float} else str for name, found in types.items() if len(found) > 1
    }
    return [{name: make.get(name, type(value))(value) for name, value in row.items()} for row in rows]


def _value(value: object) -> Plain | None:
    item = getattr(value, "item", None)
    if callable(item):  # a number of numpy's
        value = item()
    if value is None or type(value).__name__ == "NAType":
        return None
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return float(f"{value:.6g}") if isfinite(value) else None
    if isinstance(value, (tuple, list)):
        return legal(join_list(value))
    return legal(str(value))
