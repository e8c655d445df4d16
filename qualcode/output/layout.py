"""Where the codes of a network stand: computed here, seeded and rounded: one picture for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

Positions = dict[str, tuple[float, float]]


def layout(graph: nx.Graph[str], *, seed: int = 0) -> Positions:
    """Place the nodes of a graph in the unit square, rounded to three decimals.

    Linked codes are laid out by force (Fruchterman & Reingold 1991), strong edges short and those that
    may be chance (`chance`) slack; each group that hangs together gets a stretch of its own, the largest
    first; codes without an edge stand in rows at the foot. An empty graph gives no positions.
    """
    import networkx as nx

    linked = [node for node in graph if graph.degree(node)]
    lonely = [node for node in graph if not graph.degree(node)]
    rows = -(-len(lonely) // 8)
    floor = min(0.4, 0.08 * rows) if linked else 0.0
    groups = sorted(nx.connected_components(graph.subgraph(linked)), key=lambda g: (-len(g), min(g)))
    placed: Positions = {}
    left = 0.0
    total = sum(len(group) ** 0.5 for group in groups)
    for group in groups:
        width = len(group) ** 0.5 / total
        part = graph.subgraph([node for node in linked if node in group])
        for node, (x, y) in _force(part, seed).items():
            pad = 0.06 * width
            placed[node] = (left + pad + x * (width - 2 * pad), floor + 0.06 + y * (0.88 - floor))
        left += width
    for number, node in enumerate(lonely):
        row, column = divmod(number, 8)
        across = min(8, len(lonely) - row * 8)
        height = (floor or 1.0) * (row + 0.5) / max(rows, 1)
        placed[node] = ((column + 0.5) / across, (floor or 1.0) - height)
    return {node: (round(placed[node][0], 3), round(placed[node][1], 3)) for node in graph}


def _force(part: nx.Graph[str], seed: int) -> Positions:
    """Lay one connected group out, turned so that its longer side lies flat, stretched to the unit square."""
    import networkx as nx
    import numpy as np

    nodes = list(part)
    if len(nodes) == 1:
        return {nodes[0]: (0.5, 0.5)}
    near: nx.Graph[str] = nx.Graph()
    near.add_nodes_from(nodes)
    for a, b, link in part.edges(data=True):
        pull = 1 + float(np.log(max(link.get("weight", 1), 1)))
        near.add_edge(a, b, pull=0.3 * pull if link.get("chance") else pull)
    start = nx.circular_layout(near)
    spread = 1.6 / len(nodes) ** 0.5
    found = nx.spring_layout(near, pos=start, weight="pull", k=spread, iterations=300, seed=seed)
    at = np.array([found[node] for node in nodes])
    at -= at.mean(axis=0)
    _, _, axes = np.linalg.svd(at, full_matrices=False)
    # A turn is free in a layout; the sign of an axis is not the machine's to choose.
    axes *= np.where(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
    at = at @ axes.T
    size = np.ptp(at, axis=0)
    at = (at - at.min(axis=0)) / np.where(size > 0, size, 1)
    at[:, size == 0] = 0.5
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, at, strict=True)}
