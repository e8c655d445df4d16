"""Claims as values: what is claimed, what is asked of the tables, and what they answer.

A claim is checked against the same tables that analyses write. The answer is one of three: it `holds`, it
`breaks`, or it `cannot be told` from this material. Too little data is the third, never the second. Where a
quantity has an interval, a claim about its sign or size holds when the whole interval bears it out and breaks
when the whole interval speaks against it; one that rests on a test holds at p <= .05 and breaks when the data
lie beyond chance on the other side. A change at a node must pass both: intervals of few documents are narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from qualcode.analysis.given import Given, Made, Remark, remark
from qualcode.problems import Place

if TYPE_CHECKING:
    import pandas as pd

HOLDS, BREAKS, UNTOLD = "holds", "breaks", "cannot be told"
SHOWN = 5

# Analyses that look at the codes asked about together: others give each code a row of its own.
TOGETHER = ("bridge", "transitions", "dominance")

Takes = Literal["code", "codes", "phase", "node", "number", "count", "text", "theory", "facets"]


class Key(NamedTuple):
    """A key of a kind of claim: what it takes, whether it must be there, and for lists of codes how many."""

    name: str
    takes: Takes
    meaning: str
    required: bool = True
    choices: tuple[str, ...] = ()
    size: int = 0  # of codes and facets; 0: any


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as written. `within` are the kinds of document it is about, each checked by itself."""

    id: str
    kind: str
    says: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    within: tuple[str, ...] = ("interview",)
    place: Place = field(default=Place())

    def get(self, key: str, default: Any = "") -> Any:
        return self.values.get(key, default)


class Verdict(NamedTuple):
    """What the tables answer: `numbers` by name, from the rows of `table` that `where` picks out.

    `why` is a sentence whose `{id}` is the claim's. Supporting and contradicting are ids of segments.
    """

    verdict: str
    why: Remark
    table: str = ""
    where: Mapping[str, str] = {}
    numbers: Mapping[str, object] = {}
    n_segments: int | None = None
    n_documents: int | None = None
    supporting: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()


class Kind(NamedTuple):
    """A kind of claim: one line on what it says, its keys, and what checks it in one kind of document.

    `apart` is False for claims about all material together; they are checked once.
    """

    line: str
    keys: tuple[Key, ...]
    check: Callable[[Claim, Asked, str], Verdict]
    apart: bool = True


class Asked:
    """The tables claims are checked on; made once each, and taken from a run where it has made them.

    `codes` are what the analyses of the run were asked of that look at codes together; `alike` are those
    of its analyses that were asked as they would be here, with the codes they were asked of.
    """

    def __init__(
        self,
        given: Given,
        prior: Mapping[str, Made] | None = None,
        codes: Mapping[str, Sequence[str]] | None = None,
        alike: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.given = given
        self.prior = prior or {}
        self.codes = codes or {}
        self._made: dict[tuple[object, ...], Made] = {
            (name, tuple(of), ""): self.prior[name] for name, of in (alike or {}).items()
        }

    def row(
        self,
        analysis: str,
        table: str,
        where: Mapping[str, str],
        *,
        codes: Sequence[str] = (),
        node: str = "",
    ) -> dict[str, Any] | None:
        """Return the first row of a table of an analysis where columns have these values, or None."""
        found = self.rows(analysis, table, where, codes=codes, node=node)
        return found[0] if found else None

    def rows(
        self,
        analysis: str,
        table: str,
        where: Mapping[str, str],
        *,
        codes: Sequence[str] = (),
        node: str = "",
    ) -> list[dict[str, Any]]:
        """Return all such rows; the analysis is made for these codes where no run has made them already."""
        if analysis in self.prior and self._same(analysis, codes):
            found = _picked(self.prior[analysis].tables.get(table), where)
            if found:
                return found
        return _picked(self.made(analysis, codes=codes, node=node).tables.get(table), where)

    def _same(self, analysis: str, codes: Sequence[str]) -> bool:
        """Whether a table that was made answers for these codes; where each has its own row it does."""
        if analysis not in TOGETHER:
            return True
        then = tuple(self.codes.get(analysis, ()))
        return then == tuple(codes) if analysis == "bridge" else set(then) == set(codes)

    def made(self, analysis: str, *, codes: Sequence[str] = (), node: str = "") -> Made:
        """Make an analysis of some codes, once."""
        from qualcode.analysis.catalogue import analyses

        key = (analysis, tuple(codes), node)
        if key not in self._made:
            self._made[key] = analyses[analysis].make(self.of(codes=codes, node=node))
        return self._made[key]

    def of(self, *, codes: Sequence[str] = (), node: str = "") -> Given:
        """The material, asked of some codes and a node."""
        return self.given.again(codes=tuple(codes), node=node or self.given.node)


def _picked(table: pd.DataFrame | None, where: Mapping[str, str]) -> list[dict[str, Any]]:
    if table is None:
        return []
    for name, value in where.items():
        table = table[(table[name] == value).to_numpy(dtype=bool)]
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def known(value: object) -> bool:
    """Whether a number is one: neither None nor NaN nor pandas' NA."""
    return value is not None and isinstance(value, int | float) and value == value


def numbers(row: Mapping[str, Any], *names: str) -> dict[str, object]:
    """Take named numbers out of a row, the unknown ones left out."""
    return {name: row[name] for name in names if known(row[name])}


def untold(template: str, **values: object) -> Verdict:
    """Say that a claim cannot be told, and why; `{id}` is filled in by whoever writes it."""
    return Verdict(UNTOLD, remark(template, **values))


def by_interval(low: float, high: float, bound: float, *, above: bool) -> str:
    """Judge whether something lies above (below) a bound by its interval.

    >>> by_interval(0.2, 0.4, 0.1, above=True), by_interval(0.0, 0.4, 0.1, above=True)
    ('holds', 'cannot be told')
    >>> by_interval(0.2, 0.4, 0.1, above=False)
    'breaks'
    """
    if low > bound:
        return HOLDS if above else BREAKS
    if high < bound:
        return BREAKS if above else HOLDS
    return UNTOLD
