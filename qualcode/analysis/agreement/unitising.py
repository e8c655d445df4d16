"""Alpha for free spans: do coders mark the same stretches of text? Krippendorff's unitizing alpha.

Krippendorff 1995, "On the reliability of unitizing contiguous data", and 2004, ch. 11.6. Two marks that meet
differ by the squares of the distances of their ends; a mark wholly inside another's gap by the square of
its length. Expected disagreement is that of the same marks laid out anywhere. A coder's own marks of one code
must not overlap: those that do or touch at a shared character are joined first. Undefined for fewer than two
coders and where nobody marked anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

Marks = Sequence[tuple[int, int]]  # half-open, of one coder and code, in one text


def joined(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return marks in order, those that overlap made one; marks that only touch stay two.

    >>> joined([(5, 9), (0, 3), (2, 4), (9, 10)])
    [(0, 4), (5, 9), (9, 10)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found


def unitising(coders: Sequence[Marks], length: int) -> float | None:
    """Return alpha for one code over one text of `length` characters, None where it is undefined."""
    observed, expected = disagreements(coders, length)
    return 1 - observed / expected if expected else None


def disagreements(coders: Sequence[Marks], length: int) -> tuple[float, float]:
    """Return observed and expected disagreement; alpha over several texts or codes divides their sums."""
    held = [joined(marks) for marks in coders]
    if len(held) < 2 or length < 1:
        return 0.0, 0.0
    pairs = len(held) * (len(held) - 1)
    observed = 2 * sum(_between(a, b, length) for a, b in combinations(held, 2)) / (pairs * length**2)
    units = [end - start for marks in held for start, end in marks]
    gaps = [end - start for marks in held for start, end in _gaps(marks, length)]
    whole = 0.0
    for b in units:
        whole += (len(units) - 1) * (2 * b**3 - 3 * b**2 + b) / 3
        whole += b**2 * sum(gap - b + 1 for gap in gaps if gap >= b)
    places = len(held) * length
    pairings = places * (places - 1) - sum(b * (b - 1) for b in units)
    return observed, (2 / length) * whole / pairings if pairings else 0.0


def _between(one: Marks, other: Marks, length: int) -> float:
    met = sum((a - c) ** 2 + (b - d) ** 2 for a, b in one for c, d in other if a < d and c < b)
    return float(met + _lonely(one, other, length) + _lonely(other, one, length))


def _lonely(marks: Marks, other: Marks, length: int) -> int:
    gaps = _gaps(other, length)
    return sum((b - a) ** 2 for a, b in marks if any(c <= a and b <= d for c, d in gaps))


def _gaps(marks: Marks, length: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for mark in marks for edge in mark), length]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
