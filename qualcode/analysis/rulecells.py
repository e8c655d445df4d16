"""Cells that are the same in every document of a pass: codes, rules, how words are meant, the words found.

    cells = cells_of(codebook)
    cells.lists["rule-1", "rule-2"]     "rule-1;rule-2"

A codebook has some hundred rules and a corpus some hundred thousand matches of them.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from qualcode.columns import CODED_SEGMENTS, MATCHES
from qualcode.csvlines import Known, csv_cell, csv_cells, csv_list, csv_text
from qualcode.model import UNASSESSED, Span

if TYPE_CHECKING:
    from qualcode.codebook.records import Codebook

Meaning = tuple[str, str, str, str]
# Code, rules, weight, meaning (None: unassessed), whether it counts, coder.
_Alike = tuple[str, tuple[str, ...], float, Meaning | None, bool, str]
_KEPT = 50_000  # cells of what a codebook does not bound, such as the words its expressions find
_CODING = tuple(column.type for column in CODED_SEGMENTS)
_MATCH = tuple(column.type for column in MATCHES)
meant = attrgetter("polarity", "modality", "holder", "reported")  # how words are meant, as four cells


class CodingCells(NamedTuple):
    """What lines say of codings of one code that rest on the same rules and are meant alike."""

    tag: str  # what a coding's id has after that of its segment
    plain: bool  # whether the tag can stand in a cell as it is
    code: str  # code and facet
    told: str  # rules, weight, meaning, whether it counts, coder


class MatchCells(NamedTuple):
    """What lines say of the matches of a rule."""

    rule: str  # code, facet, rule, kind
    path: str  # of the rule's file, no cell yet
    line: str


class RuleCells:
    """The cells of a codebook's codes and rules, each written when it is first asked for."""

    def __init__(self, codebook: Codebook) -> None:
        self._facet_of = codebook.facet_of
        self._rules = {rule.id: rule for rule in codebook.rules}
        self.lists: Known[tuple[str, ...], str] = Known(csv_list)
        self.texts: Known[str, str] = Known(csv_text)
        self.items: Known[str, str] = Known(one_item)
        self.codings: Known[_Alike, CodingCells] = Known(lambda key: self._coding(*key))
        self.matches: Known[tuple[str, str], MatchCells] = Known(lambda key: self._match(*key))
        self.ends: Known[tuple[Meaning | None, str], str] = Known(lambda key: _end(*key))

    def _coding(
        self,
        code: str,
        rules: tuple[str, ...],
        weight: float,
        meaning: Meaning | None,
        counts: bool,
        coder: str,
    ) -> CodingCells:
        tag = f"#{code}@{coder}"
        family = csv_cells((code, self._facet_of(code)), _CODING[3:5])
        told = rules, weight, *(meaning or meant(UNASSESSED)), counts, coder
        return CodingCells(tag, csv_cell(tag) == tag, family, csv_cells(told, _CODING[10:18]))

    def _match(self, code: str, rule: str) -> MatchCells:
        its = self._rules[rule]
        cells = csv_cells((code, self._facet_of(code), rule, its.kind), _MATCH[2:6])
        return MatchCells(cells, its.place.path, str(its.place.line or ""))

    def _trimmed(self) -> RuleCells:
        """Forget what has become too much."""
        for known in (self.lists, self.texts, self.items, self.codings, self.ends):
            if len(known) > _KEPT:
                known.clear()
        return self


def cells_of(codebook: Codebook) -> RuleCells:
    """Return the cells of a codebook, those written before among them."""
    return _cells_of(codebook)._trimmed()


@lru_cache(maxsize=2)
def _cells_of(codebook: Codebook) -> RuleCells:
    return RuleCells(codebook)


def _end(meaning: Meaning | None, why: str) -> str:
    """The last cells of a match: how it is meant, and what refused it."""
    return csv_cells((*(meaning or meant(UNASSESSED)), why), _MATCH[13:18])


def one_item(words: str) -> str:
    """The cell of a list of one."""
    return csv_list((words,))


def written(span: Span) -> str:
    """A span as cells have it: 3-5."""
    return f"{span.start}-{span.end}"
