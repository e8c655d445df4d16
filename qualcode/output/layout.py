"""Where the codes of a network stand: computed here, seeded and rounded: one picture for everyone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from qualcode.analysis.network import part_of

if TYPE_CHECKING:
    import networkx as nx

TRIES, MANY = 12, 60
NEAR = 0.07  # in the unit square: a line nearer to a node that is not its own seems to end there
APART = 0.04  # kept free at both ends of a group's stretch: neighbours of two groups must not touch
Positions = dict[str, tuple[float, float]]
Spring = tuple[int, int, float]  # two nodes, and how strongly they pull at each other


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
    groups = sorted(nx.connected_components(part_of(graph, set(linked))), key=lambda g: (-len(g), min(g)))
    placed: Positions = {}
    left = 0.0
    total = sum(len(group) ** 0.5 for group in groups)
    for group in groups:
        width = len(group) ** 0.5 / total
        part = part_of(graph, group)
        for node, (x, y) in _force(part, seed).items():
            pad = 0.06 * width + (APART if len(groups) > 1 else 0)
            placed[node] = (left + pad + x * (width - 2 * pad), floor + 0.06 + y * (0.88 - floor))
        left += width
    for number, node in enumerate(lonely):
        row, column = divmod(number, 8)
        across = min(8, len(lonely) - row * 8)
        height = (floor or 1.0) * (row + 0.5) / max(rows, 1)
        placed[node] = ((column + 0.5) / across, (floor or 1.0) - height)
    return {node: (round(placed[node][0], 3), round(placed[node][1], 3)) for node in graph}


def _force(part: nx.Graph[str], seed: int) -> Positions:
    """Lay one connected group out; node by node where `_legible` puts it."""
    import numpy as np

    nodes = list(part)
    number = {node: n for n, node in enumerate(nodes)}
    springs = []
    for a, b, link in part.edges(data=True):
        pull = 1 + float(np.log(max(link.get("weight", 1), 1)))
        springs.append((number[a], number[b], 0.3 * pull if link.get("chance") else pull))
    return dict(zip(nodes, _legible(len(nodes), tuple(springs), seed), strict=True))


@lru_cache(maxsize=16)
def _legible(count: int, springs: tuple[Spring, ...], seed: int) -> tuple[tuple[float, float], ...]:
    """Lay a group out from several starts and keep the most legible, by the fewest confusions.

    Remembered, for the same groups are drawn in several files.
    """
    import networkx as nx
    import numpy as np

    near: nx.Graph[int] = nx.Graph()
    near.add_nodes_from(range(count))
    near.add_weighted_edges_from(springs, weight="pull")
    lines = [(a, b) for a, b, _ in springs]
    shuffle = np.random.default_rng(seed)
    tries = []
    for _ in range(TRIES if count <= MANY else 1):
        at = _nudged(_spring(near, shuffle.permutation(count), seed), lines)
        tries.append((round(_confusion(at, lines), 6), at))
    _, best = min(tries, key=lambda one: one[0])
    return tuple((float(x), float(y)) for x, y in best)


def _spring(near: nx.Graph[int], order: Any, seed: int) -> Any:
    """Lay a group out by force, turned so that its longer side lies flat, stretched to the unit square."""
    import networkx as nx
    import numpy as np

    count = len(near)
    start = dict(zip(order.tolist(), nx.circular_layout(near).values(), strict=True))
    spread = 1.6 / count**0.5
    found = nx.spring_layout(near, pos=start, weight="pull", k=spread, iterations=300, seed=seed)
    at = np.array([found[node] for node in range(count)])
    at -= at.mean(axis=0)
    _, _, axes = np.linalg.svd(at, full_matrices=False)
    # A turn is free in a layout; the sign of an axis is not the machine's to choose.
    axes *= np.where(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
    at = at @ axes.T
    size = np.ptp(at, axis=0)
    at = (at - at.min(axis=0)) / np.where(size > 0, size, 1)
    at[:, size == 0] = 0.5
    return at


def _nudged(at: Any, lines: list[tuple[int, int]]) -> Any:
    """Push nodes a little off the lines that pass them and are not their own; springs never do that."""
    import numpy as np

    ends = np.array(lines)
    for _ in range(60):
        off, away = _off_lines(at, ends)
        near = away < NEAR * 1.2
        if not near.any():
            break
        across = at[ends[:, 1]] - at[ends[:, 0]]
        normal = np.stack([-across[:, 1], across[:, 0]], axis=1)[:, None, :] + 0 * off
        out = np.where(away[:, :, None] > 1e-6, off, normal)  # a node on the line goes to one side of it
        out /= np.maximum(np.sqrt((out**2).sum(axis=2, keepdims=True)), 1e-9)
        push = np.where(near, NEAR * 1.2 - away, 0)[:, :, None] * out
        at = np.clip(at + 0.3 * push.sum(axis=0), 0, 1)
        np.add.at(at, ends[:, 0], -0.1 * push.sum(axis=1))
        np.add.at(at, ends[:, 1], -0.1 * push.sum(axis=1))
        at = np.clip(at, 0, 1)
    return at


def _off_lines(at: Any, ends: Any) -> tuple[Any, Any]:
    """Return the way from each line to each node, and how far; a line's own ends are infinitely far."""
    import numpy as np

    a = at[ends[:, 0]]
    along = at[ends[:, 1]] - a
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    to = at[None, :, :] - a[:, None, :]
    share = np.clip((to * along[:, None, :]).sum(axis=2) / length[:, None], 0, 1)
    off = to - share[:, :, None] * along[:, None, :]
    away = np.sqrt((off**2).sum(axis=2))
    away[np.arange(len(ends)), ends[:, 0]] = away[np.arange(len(ends)), ends[:, 1]] = np.inf
    return off, away


def _confusion(at: Any, lines: list[tuple[int, int]]) -> float:
    """Say how much a picture misleads: lines that pass a third node, nodes on one another, crossings."""
    import numpy as np

    ends = np.array(lines)
    a, b = at[ends[:, 0]], at[ends[:, 1]]
    passing = np.maximum(NEAR - _off_lines(at, ends)[1], 0).sum() / NEAR
    apart = np.sqrt(((at[:, None, :] - at[None, :, :]) ** 2).sum(axis=2)) + np.eye(len(at))
    close = np.maximum(2 * NEAR - apart, 0).sum() / NEAR
    return float(10 * passing + 5 * close + _crossings(a, b))


def _crossings(a: Any, b: Any) -> int:
    """Count pairs of lines that cross; lines from one node do not."""
    import numpy as np

    def side(p: Any, q: Any, r: Any) -> Any:
        turn = (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (
            r[..., 0] - p[..., 0]
        )
        return np.sign(np.round(turn, 9))

    one_a, one_b, two_a, two_b = a[:, None], b[:, None], a[None], b[None]
    split = side(one_a, one_b, two_a) * side(one_a, one_b, two_b) < 0
    return int((split & split.T).sum()) // 2
