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

    made: nx.Graph[str] = nx.Graph()
    for node, attributes in graph.nodes(data=True):
        made.add_node(legal(str(node)), **_plain(attributes))
    for a, b, attributes in graph.edges(data=True):
        made.add_edge(legal(str(a)), legal(str(b)), **_plain(attributes))
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
