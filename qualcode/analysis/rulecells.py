"""Cells that are the same in every document of a pass: codes, rules, how words are meant, the words found.

    cells = cells_of(codebook)
    cells.lists["rule-1", "rule-2"]     "rule-1;rule-2"

A codebook has some hundred rules and a corpus some hundred thousand matches of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.coding.judge import weight_of
from qualcode.columns import CODED_SEGMENTS, MATCHES
from qualcode.csvlines import Known, csv_cells, csv_list, csv_text, plain
from qualcode.model import MACHINE, Span

if TYPE_CHECKING:
    from qualcode.codebook.records import Codebook
    from qualcode.coding.found import Labels
    from qualcode.coding.occurrences import Column

Meaning = tuple[str, str, str, str]
_KEPT = 50_000  # cells of what a codebook does not bound, such as the words its expressions find
_CODING = tuple(column.type for column in CODED_SEGMENTS)
_MATCH = tuple(column.type for column in MATCHES)
meant = attrgetter("polarity", "modality", "holder", "reported")  # how words are meant, as four cells


class CodingCells(NamedTuple):
    """What lines say of codings by machine that rest on the same rules, are meant alike, and count or not."""

    tag: str  # what a coding's id has after that of its segment
    code: str  # code and facet, and a comma
    told: str  # rules, weight, meaning, whether it counts, coder; commas round them


class Stretches(NamedTuple):
    """Where matches stand: first and last character, and as cells their words, span, and words as a list."""

    starts: Sequence[int]
    ends: Sequence[int]
    quotes: Sequence[str]
    spans: Sequence[str]
    items: Sequence[str]


class RuleCells:
    """The cells of a codebook's codes and rules, each written when it is first asked for."""

    def __init__(self, codebook: Codebook) -> None:
        self._facet_of = codebook.facet_of
        self._codes = codebook.codes
        self.plain = plain([*codebook.codes])  # whether names of codes can stand in cells as they are
        self._rules = {rule.id: rule for rule in codebook.rules}
        self.lists: Known[tuple[str, ...], str] = Known(csv_list)
        self.texts: Known[str, str] = Known(csv_text)
        self.items: Known[str, str] = Known(one_item)
        self._alike: Known[tuple[Meaning, bool], Known[tuple[str, ...], CodingCells]] = Known(
            lambda key: Known(lambda rules: self._coding(rules, *key))
        )
        self.ends: Known[tuple[Meaning, str], str] = Known(lambda key: _end(*key))
        self._told: tuple[Labels | None, Callable[[str], str], list[str]] = (None, str, [])

    def codings(self, meaning: Meaning, *, counts: bool) -> Known[tuple[str, ...], CodingCells]:
        """The cells of codings by machine that are meant alike, by the rules they rest on."""
        return self._alike[meaning, counts]

    def _coding(self, rules: tuple[str, ...], meaning: Meaning, counts: bool) -> CodingCells:
        code = self._rules[rules[0]].code
        weights = {rule.id: rule.weight for rule in self._codes[code].rules}
        told = rules, weight_of({*rules}, weights), *meaning, counts, MACHINE
        family = csv_cells((code, self._facet_of(code)), _CODING[3:5])
        return CodingCells(f"#{code}@{MACHINE}", f"{family},", f",{csv_cells(told, _CODING[10:18])},")

    def rules(self, labels: Labels, named: Callable[[str], str]) -> Sequence[str]:
        """The cells from code to line of the matches of rules, by number, and a comma behind them.

        `named` says how to name a file.
        """
        if self._told[:2] != (labels, named):
            self._told = labels, named, [self._rule(rule, named) for rule in labels.rules]
        return self._told[2]

    def _rule(self, rule: str, named: Callable[[str], str]) -> str:
        its = self._rules[rule]
        file, line = named(its.place.path), its.place.line or None
        told = its.code, self._facet_of(its.code), its.id, its.kind, file, line
        return csv_cells(told, _MATCH[2:8]) + ","

    def stretches(self, starts: Column, ends: Column, texts: Iterable[tuple[str, int]]) -> Stretches:
        """The cells of where some matches stand; given are texts, and of each how many matches are in it."""
        begun, ended = starts.tolist(), ends.tolist()
        both, words = zip(begun, ended, strict=True), list[str]()
        for text, length in texts:
            words += [text[start:end] for start, end in islice(both, length)]
        spans = [f"{start}-{end}" for start, end in zip(begun, ended, strict=True)]
        if plain(words):
            return Stretches(begun, ended, words, spans, words)
        quotes, items = [*map(self.texts.__getitem__, words)], [*map(self.items.__getitem__, words)]
        return Stretches(begun, ended, quotes, spans, items)

    def _trimmed(self) -> RuleCells:
        """Forget what has become too much."""
        held: list[dict[Any, Any]] = [self.lists, self.texts, self.items, self.ends, *self._alike.values()]
        for known in held:
            if len(known) > _KEPT:
                known.clear()
        return self


def cells_of(codebook: Codebook) -> RuleCells:
    """Return the cells of a codebook, those written before among them."""
    return _cells_of(codebook)._trimmed()


@lru_cache(maxsize=2)
def _cells_of(codebook: Codebook) -> RuleCells:
    return RuleCells(codebook)


def _end(meaning: Meaning, why: str) -> str:
    """The end of the line of a match: how it is meant, and what refused it."""
    return f",{csv_cells((*meaning, why), _MATCH[13:18])}\r\n"


def one_item(words: str) -> str:
    """The cell of a list of one."""
    return csv_list((words,))


def written(span: Span) -> str:
    """A span as cells have it: 3-5."""
    return f"{span.start}-{span.end}"
