"""Where labels go beside their nodes so that none lies on another: plain geometry, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import cos, hypot, pi, sin
from typing import Any, NamedTuple

ANGLES = (0, 12, 4, 8, 2, 14, 6, 10, 1, 15, 3, 13, 5, 11, 7, 9)  # sixteenths of a turn: right, left, up, down
AWAY = (0.0, 4.0, 9.0, 15.0, 22.0, 30.0)


class Box(NamedTuple):
    left: float
    low: float
    right: float
    high: float

    def shared(self, other: Box) -> float:
        """The area two boxes have in common."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.high, other.high) - max(self.low, other.low)
        return max(across, 0.0) * max(up, 0.0)


class Node(NamedTuple):
    """A circle and the size of its label, in points."""

    x: float
    y: float
    radius: float
    width: float
    height: float


def place_labels(
    nodes: Sequence[Node],
    frame: Box,
    lines: Sequence[tuple[int, int]] = (),
    *,
    gap: float = 2.0,
) -> list[Box]:
    """Return a box for each label: near its node, on no circle and no other label, inside the frame.

    Labels are placed one by one in the order given, each where it costs least; where there is no free place
    the one with the least overlap is taken. `lines` are edges between nodes, which labels avoid if they can.
    """
    circles = [Box(n.x - n.radius, n.y - n.radius, n.x + n.radius, n.y + n.radius) for n in nodes]
    dotted = _Dotted([(nodes[a], nodes[b]) for a, b in lines])
    placed: list[Box] = []
    for node in nodes:
        best: tuple[float, Box] | None = None
        for away, angle in product(AWAY, ANGLES):
            box = _beside(node, angle * pi / 8, gap + away)
            cost = 40 * sum(box.shared(other) for other in placed)
            cost += 20 * sum(box.shared(circle) for circle in circles)
            cost += 60 * (node.width * node.height - box.shared(frame))
            cost += dotted.inside(box) + 2.5 * away
            cost += 0.2 * ANGLES.index(angle)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, box)
        assert best is not None
        placed.append(best[1])
    return placed


def _beside(node: Node, angle: float, gap: float) -> Box:
    """Return the label's box in a direction, as near as lets it clear the circle by `gap`."""
    dx, dy = cos(angle), sin(angle)
    reach = node.radius + gap
    x = node.x + dx * (reach + abs(dx) * node.width / 2)
    y = node.y + dy * (reach + abs(dy) * node.height / 2)
    return Box(x - node.width / 2, y - node.height / 2, x + node.width / 2, y + node.height / 2)


class _Dotted:
    """Lines as rows of points, about three apart."""

    def __init__(self, lines: Sequence[tuple[Node, Node]]) -> None:
        import numpy as np

        lengths = [hypot(b.x - a.x, b.y - a.y) for a, b in lines]
        steps = [max(int(length / 3), 1) for length in lengths]
        x = [a.x + (b.x - a.x) * np.arange(n + 1) / n for (a, b), n in zip(lines, steps, strict=True)]
        y = [a.y + (b.y - a.y) * np.arange(n + 1) / n for (a, b), n in zip(lines, steps, strict=True)]
        self._starts = np.cumsum([0, *(n + 1 for n in steps)])[:-1]
        self._x, self._y = (np.concatenate(made) if made else np.zeros(0) for made in (x, y))
        self._length, self._steps = np.array(lengths), np.array(steps)

    def inside(self, box: Box) -> float:
        """Return how much of the lines lies in a box, by their points."""
        import numpy as np

        if not len(self._x):
            return 0.0
        held = (box.left <= self._x) & (self._x <= box.right) & (box.low <= self._y) & (self._y <= box.high)
        points = np.add.reduceat(held, self._starts, dtype=np.int64)
        parts: list[Any] = (3.0 * points * self._length / self._steps / 3).tolist()
        return float(sum(parts))
