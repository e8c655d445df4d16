"""Where the codes of a network stand: computed here, seeded and rounded: one picture for everyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from qualcode.analysis.network import part_of

if TYPE_CHECKING:
    import networkx as nx

TRIES, MANY, STEPS = 12, 60, 300
AT_ONCE = 200_000  # ways from a line to a node
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
    import numpy as np

    ends = np.array([(a, b) for a, b, _ in springs])
    shuffle = np.random.default_rng(seed)
    orders = [shuffle.permutation(count) for _ in range(TRIES if count <= MANY else 1)]
    flat = np.stack([_flat(found) for found in _sprung(count, springs, orders, seed)])
    many = max(1, AT_ONCE // (len(ends) * count))
    tries = [
        (round(_confusion(at, ends), 6), at)
        for low in range(0, len(flat), many)
        for at in nudged(flat[low : low + many], ends)
    ]
    _, best = min(tries, key=lambda one: one[0])
    return tuple((float(x), float(y)) for x, y in best)


def _sprung(count: int, springs: Sequence[Spring], orders: Sequence[Any], seed: int) -> Iterable[Any]:
    """Lay a group out by force, from a circle in each of some orders."""
    import networkx as nx
    import numpy as np

    near: nx.Graph[int] = nx.Graph()
    near.add_nodes_from(range(count))
    near.add_weighted_edges_from(springs, weight="pull")
    circle = np.array(list(nx.circular_layout(near).values()))
    starts = np.stack([circle[np.argsort(order)] for order in orders])
    spread = 1.6 / count**0.5
    if count <= MANY:
        pull = nx.to_numpy_array(near, weight="pull")
        return [nx.rescale_layout(at) for at in fallen(starts, pull, spread, STEPS)]
    layouts = (
        nx.spring_layout(
            near, pos=dict(enumerate(start)), weight="pull", k=spread, iterations=STEPS, seed=seed
        )
        for start in starts
    )
    return (np.array(list(found.values())) for found in layouts)


def fallen(starts: Any, pull: Any, spread: float, steps: int) -> Any:
    """Move the nodes of some layouts (layouts by nodes by 2) to where forces leave them, all at once.

    Step by step what networkx's `spring_layout` does of one layout: the two agree to the last bit.
    """
    import numpy as np

    at = starts.copy()
    moving = np.arange(len(at))
    heat = np.max(np.ptp(at, axis=1), axis=1) * 0.1
    cooling = heat / (steps + 1)
    for _ in range(steps):
        here = at[moving]
        way = here[:, :, None, :] - here[:, None, :, :]
        x, y = way[..., 0], way[..., 1]
        apart = np.maximum(np.sqrt(x * x + y * y), 0.01)
        force = spread * spread / (apart * apart) - pull * apart / spread
        push = np.einsum("tijk,tij->tik", way, force)
        x, y = push[..., 0], push[..., 1]
        length = np.maximum(np.sqrt(x * x + y * y), 0.01)
        push *= (heat[moving, None] / length)[:, :, None]
        at[moving] = here + push
        heat[moving] -= cooling[moving]
        far = np.array([np.linalg.norm(one) for one in push])
        moving = moving[far / len(pull) >= 1e-4]
        if not len(moving):
            break
    return at


def _flat(at: Any) -> Any:
    """Turn a layout so that its longer side lies flat, and stretch it to the unit square."""
    import numpy as np

    at = at - at.mean(axis=0)
    _, _, axes = np.linalg.svd(at, full_matrices=False)
    # A turn is free in a layout; the sign of an axis is not the machine's to choose.
    axes *= np.where(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
    at = at @ axes.T
    size = np.ptp(at, axis=0)
    at = (at - at.min(axis=0)) / np.where(size > 0, size, 1)
    at[:, size == 0] = 0.5
    return at


def nudged(starts: Any, ends: Any) -> Any:
    """Push nodes a little off the lines that pass them and are not their own; springs never do that.

    Takes some layouts (layouts by nodes by 2) of the same lines, and moves each until no line is near.
    """
    import numpy as np

    at = starts.copy()
    moving = np.arange(len(at))
    for _ in range(60):
        off_x, off_y, away = _off_lines(at[moving], ends)
        near = away < NEAR * 1.2
        left = near.any(axis=(1, 2))
        if not left.all():
            moving, off_x, off_y, away, near = (one[left] for one in (moving, off_x, off_y, away, near))
        if not len(moving):
            break
        here = at[moving]
        across = here[:, ends[:, 1]] - here[:, ends[:, 0]]
        beside = away > 1e-6  # a node on the line goes to one side of it
        out_x = np.where(beside, off_x, -across[:, :, 1, None])
        out_y = np.where(beside, off_y, across[:, :, 0, None])
        length = np.maximum(np.sqrt(out_x**2 + out_y**2), 1e-9)
        push = np.where(near, NEAR * 1.2 - away, 0)
        pushes = push * (out_x / length), push * (out_y / length)
        here = np.clip(here + 0.3 * np.stack([one.sum(axis=1) for one in pushes], axis=2), 0, 1)
        # node after node, as they stand
        back = -0.1 * np.stack(
            [np.ascontiguousarray(one.swapaxes(1, 2)).sum(axis=1) for one in pushes], axis=2
        )
        for side in (0, 1):
            own: Any = (slice(None), ends[:, side])
            np.add.at(here, own, back)
        at[moving] = np.clip(here, 0, 1)
    return at


def _off_lines(at: Any, ends: Any) -> tuple[Any, Any, Any]:
    """Return the way from each line to each node, and how far; a line's own ends are infinitely far.

    Takes a layout, or several at once.
    """
    import numpy as np

    a = at[..., ends[:, 0], :]
    along = at[..., ends[:, 1], :] - a
    x, y = along[..., 0, None], along[..., 1, None]
    length = np.maximum(x**2 + y**2, 1e-12)
    to_x, to_y = (at[..., None, :, n] - a[..., n, None] for n in (0, 1))
    share = np.clip((to_x * x + to_y * y) / length, 0, 1)
    off_x, off_y = to_x - share * x, to_y - share * y
    away = np.sqrt(off_x**2 + off_y**2)
    lines = np.arange(len(ends))
    away[..., lines, ends[:, 0]] = away[..., lines, ends[:, 1]] = np.inf
    return off_x, off_y, away


def _confusion(at: Any, ends: Any) -> float:
    """Say how much a picture misleads: lines that pass a third node, nodes on one another, crossings."""
    import numpy as np

    a, b = at[ends[:, 0]], at[ends[:, 1]]
    passing = np.maximum(NEAR - _off_lines(at, ends)[2], 0).sum() / NEAR
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
