"""A graph as GraphML, for Gephi, yEd, visone, Cytoscape and R; networkx reads it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.output.plaingraph import plain

if TYPE_CHECKING:
    import networkx as nx


def graphml(graph: nx.Graph[str]) -> bytes:
    """Return the file. The same graph gives the same bytes; an empty graph gives a file without nodes."""
    import networkx as nx

    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (head + "\n".join(nx.generate_graphml(plain(graph))) + "\n").encode()
