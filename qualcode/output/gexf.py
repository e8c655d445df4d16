"""A graph as GEXF 1.2 for Gephi, with positions, sizes and Chinese labels; networkx reads it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualcode.output.plaingraph import legal, plain

if TYPE_CHECKING:
    import networkx as nx


def gexf(
    graph: nx.Graph[str],
    *,
    labels: Mapping[str, str] | None = None,
    positions: Mapping[str, tuple[float, float]] | None = None,
) -> bytes:
    """Return the file; the same graph gives the same bytes, no date is written.

    `labels` are shown in place of ids; `positions` lay the graph out as in the figure.
    """
    from xml.etree import ElementTree

    from networkx.readwrite.gexf import GEXFWriter

    made = plain(graph)
    for code, attributes in made.nodes(data=True):
        attributes["label"] = legal((labels or {}).get(code, code)) or code
        if positions and code in positions:
            x, y = positions[code]
            attributes["viz"] = {"position": {"x": round(x * 1000, 1), "y": round(y * 1000, 1), "z": 0.0}}
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(made)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    writer.indent(writer.xml)
    file: bytes = ElementTree.tostring(writer.xml, encoding="utf-8", xml_declaration=True)
    return file + b"\n"
