"""What `near` and `sequence` share: reading their groups, and choosing one member of each.

A *candidate* takes one member of every group, members sharing no character, neighbours (in reading order)
within the distance. Candidates whose stretch properly holds the stretch of another are dropped (*minimal*);
of those with the same stretch the lexicographically first parts stay; then, from the left, each that shares
no character with the one before it (*leftmost, not overlapping*).

Candidates are never listed: members are walked once in reading order, and for each the best chain that ends
there is kept for every set of groups taken so far. A chain is better when it starts later, then when its
parts come first. The best chain of the neighbours within reach is a minimum over a window that only moves
right, so the work is members x sets of groups, whatever their density; hence the cap on groups.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heappop, heappush

from qualcode.model import Span
from qualcode.patterns.base import Parts, ReadContext, View, hull
from qualcode.patterns.distance import Distance
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import read_terms
from qualcode.problems import problem
from qualcode.yamlnodes import Node

MOST_GROUPS = 8

Groups = tuple[tuple[Term, ...], ...]
_Chain = tuple[int, Parts]  # minus its start, its parts: the smaller the better


def read_groups(node: Node, key: str, context: ReadContext) -> Groups | None:
    """Read a rule's list of two to eight groups, each a term, a `$lexicon` or a list of them."""
    listed = node.get(key)
    if listed is None:
        return None
    items = listed.items if listed.kind == "list" else ()
    groups = tuple(read_terms(item, context) for item in items)
    if not 2 <= len(groups) <= MOST_GROUPS:
        context.problems.append(
            problem(
                "bad-groups",
                listed.place,
                "{key!r} takes 2 to {most} groups of terms, not {given}",
                hint="write it like {key}: [[涉密, 泄密], $refusal]",
                key=key,
                most=MOST_GROUPS,
                given=len(groups),
            )
        )
        return None
    return groups if all(groups) else None


def find_near(groups: Groups, distance: Distance, view: View, *, ordered: bool) -> list[Parts]:
    """Find minimal, leftmost, non-overlapping choices of one member from each group."""
    members = [_members(group, view) for group in groups]
    if not all(members):
        return []
    if distance.unit != "sentence":
        limit = distance.limit
        where = view.words_before if distance.unit == "words" else _identity
        if len(members) == 2 and len(members[0]) == 1 == len(members[1]):
            return _pair(members[0][0], members[1][0], where, limit, ordered=ordered)
        return _chosen(_minimal(members, where, limit, ordered=ordered))
    found: list[Parts] = []
    for sentence, inside in _by_sentence(members, view.sentences()):
        found += _minimal(inside, _identity, sentence.end - sentence.start, ordered=ordered)
    return _chosen(found)


def _pair(
    first: Span, second: Span, where: Callable[[int], int], limit: int, *, ordered: bool
) -> list[Parts]:
    """Find what two groups give that have one member each, as most have."""
    if first.start > second.start and not ordered:
        first, second = second, first
    gap = second.start - first.end
    # No stretch has more words than characters.
    near = gap >= 0 and (gap <= limit or where(second.start) - where(first.end) <= limit)
    return [(first, second)] if near else []


def _identity(offset: int) -> int:
    return offset


def _members(group: tuple[Term, ...], view: View) -> list[Span]:
    """Return where a group's terms stand, each stretch once, in reading order; a gap belongs to its term."""
    stretches = [hull(parts) for occurrences in view.found(group) for parts in occurrences]
    if len(stretches) > 1:
        stretches = sorted(set(stretches))
    return [stretch for stretch in stretches if view.allowed((stretch,))]


def _by_sentence(
    members: Sequence[Sequence[Span]], sentences: Iterable[Span]
) -> Iterable[tuple[Span, list[list[Span]]]]:
    """Deal members out to the sentences they lie in; one that crosses a sentence end lies in none."""
    at = [0] * len(members)
    for sentence in sentences:
        inside: list[list[Span]] = []
        for group, spans in enumerate(members):
            i = at[group]
            while i < len(spans) and spans[i].start < sentence.start:
                i += 1
            first = i
            while i < len(spans) and spans[i].start < sentence.end:
                i += 1
            inside.append([span for span in spans[first:i] if span.end <= sentence.end])
            at[group] = i
        if all(inside):
            yield sentence, inside


def _minimal(
    members: Sequence[Sequence[Span]], where: Callable[[int], int], limit: int, *, ordered: bool
) -> list[Parts]:
    """Return, in reading order, the first parts of every minimal stretch."""
    full = (1 << len(members)) - 1
    best: dict[int, _Chain] = {}  # end of the stretch -> its best chain
    for end, chain in _chains(members, where, limit, full, ordered=ordered):
        best[end] = min(chain, best.get(end, chain))
    minimal: list[Parts] = []
    latest = -1
    for end in sorted(best):
        negative, parts = best[end]
        if -negative > latest:
            latest = -negative
            minimal.append(parts)
    return minimal


def _chosen(candidates: Iterable[Parts]) -> list[Parts]:
    """Keep, from the left, each candidate that shares no character with the one kept before it."""
    kept: list[Parts] = []
    end = -1
    for parts in candidates:
        stretch = hull(parts)
        if stretch.start >= end:
            kept.append(parts)
            end = stretch.end
    return kept


def _chains(
    members: Sequence[Sequence[Span]], where: Callable[[int], int], limit: int, full: int, *, ordered: bool
) -> Iterator[tuple[int, _Chain]]:
    """Yield the best chain of all groups that ends with each member, with the end of its stretch."""
    arriving = sorted((span, group) for group, spans in enumerate(members) for span in spans)
    waiting: list[tuple[int, int, _Chain]] = []  # chains whose last part has not ended yet
    reach: dict[int, _Window] = {}  # groups taken -> chains within reach
    for span, group in arriving:
        while waiting and waiting[0][0] <= span.start:
            end, taken, chain = heappop(waiting)
            reach.setdefault(taken, _Window()).add(where(end), chain)
        bit = 1 << group
        chains: list[tuple[int, _Chain]] = []
        if not (ordered and group):
            chains.append((0, (-span.start, (span,))))
        for taken in [bit - 1] if ordered else list(reach):
            prefix = reach[taken].best(where(span.start) - limit) if taken in reach else None
            if prefix and not taken & bit:
                chains.append((taken, (prefix[0], (*prefix[1], span))))
        for taken, chain in chains:
            if taken | bit == full:
                yield span.end, chain
            else:
                heappush(waiting, (span.end, taken | bit, chain))


class _Window:
    """The best of the chains that ended at or after a place, where places only move right."""

    __slots__ = ("_chains",)

    def __init__(self) -> None:
        self._chains: deque[tuple[int, _Chain]] = deque()  # by place; chains get worse from the left

    def add(self, place: int, chain: _Chain) -> None:
        while self._chains and self._chains[-1][1] >= chain:
            self._chains.pop()
        self._chains.append((place, chain))

    def best(self, since: int) -> _Chain | None:
        while self._chains and self._chains[0][0] < since:
            self._chains.popleft()
        return self._chains[0][1] if self._chains else None
