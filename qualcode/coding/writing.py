"""Matches and codings made of what was judged, in the order of results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter

from qualcode.codebook.records import Code, Codebook
from qualcode.coding.coded import CodedDocument
from qualcode.coding.context import Told, counts
from qualcode.coding.context.answers import inherited
from qualcode.coding.judge import reaches, weight_of
from qualcode.coding.judging import Judged
from qualcode.coding.laid import Laid
from qualcode.coding.plainly import Plain
from qualcode.coding.plan import Plan
from qualcode.model import MACHINE, UNASSESSED, Assertion, Coding, Match, Span
from qualcode.patterns.base import Parts
from qualcode.problems import Problem
from qualcode.problems import in_order as problems_in_order

_span = partial(tuple.__new__, Span)  # from what they hold: twice as quick as by name
_match = partial(tuple.__new__, Match)
_coding = partial(tuple.__new__, Coding)

_Placed = tuple[int, int, int, int, int, Match]  # segment, start, end, number of the code, place among all


class Writing:
    """What one document's words come to, once it is known how they are meant."""

    def __init__(
        self,
        laid: Laid,
        codebook: Codebook,
        plan: Plan,
        judged: Sequence[Judged],
        plain: Plain,
        problems: Sequence[Problem],
    ) -> None:
        self.laid, self._codebook, self._plan = laid, codebook, plan
        self._judged, self._plain, self._problems = judged, plain, problems
        self._countable: dict[tuple[str, int], tuple[bool, Assertion]] = {}  # holds on to what its key names

    def told(self) -> Told:
        """Return all that stands, plain words first; where a question is taken over, the words of that."""
        pieces: list[tuple[int, Parts]] = [
            (position, (Span(start, end),)) for position, start, end, _, why in self._plain.each() if not why
        ]
        for one in self._judged:
            if one.stands and one.taken:
                pieces += [(one.taken[0], parts) for parts in one.taken[1]]
            elif one.stands:
                pieces += [(one.position, parts) for *_, parts, why in one.evidence if not why]
        positions, parts = [position for position, _ in pieces], [parts for _, parts in pieces]
        return Told(self.laid.document, self.laid.segments, positions, parts)

    def coded(self, meant: Iterable[Assertion]) -> CodedDocument:
        """Make matches and codings; `meant` says how what was `told` is meant, in that order."""
        meant = iter(meant)
        matches, codings = self._plain_results(meant)
        if self._judged:
            numbers = self._plan.numbers
            among = [(one.segment, *one.parts[0], numbers[one.code], n, one) for n, one in enumerate(matches)]
            held = [(one.segment, numbers[one.code], one) for one in codings]
            self._judged_results(meant, among, held)
            among.sort()
            held.sort(key=itemgetter(0, 1))
            matches, codings = [one for *_, one in among], [one for *_, one in held]
        return CodedDocument(tuple(codings), tuple(matches), tuple(problems_in_order(self._problems)))

    def _plain_results(self, meant: Iterator[Assertion]) -> tuple[list[Match], list[Coding]]:
        """Make what plain words give: matches as they come, codings by segment and code."""
        plain, plan = self._plain, self._plan
        parts = list(zip(map(_span, zip(plain.starts, plain.ends, strict=True))))
        assertions = [UNASSESSED if why else next(meant) for why in plain.refused]
        matches: list[Match] = list(
            map(
                _match,
                zip(
                    self.laid.indexes(plain.positions),
                    map(plan.owners.__getitem__, plain.rules),
                    map(plan.ids.__getitem__, plain.rules),
                    parts,
                    plain.refused,
                    assertions,
                    strict=True,
                ),
            )
        )
        standing: dict[tuple[int, int], list[Match]] = {}
        keys = zip(plain.positions, map(plan.code_numbers.__getitem__, plain.rules), strict=True)
        for key, match in zip(keys, matches, strict=True):
            if match.blocked_by:
                continue
            if key in standing:
                standing[key].append(match)
            else:
                standing[key] = [match]
        codes = plan.codes
        return matches, [self._coding(codes[key[1]], standing[key]) for key in sorted(standing)]

    def _judged_results(
        self,
        meant: Iterator[Assertion],
        matches: list[_Placed],
        codings: list[tuple[int, int, Coding]],
    ) -> None:
        """Add what was judged segment by segment to matches and codings that carry what orders them."""
        ids = self._plan.ids
        for code, position, evidence, stands, _, taken in self._judged:
            index, number, name = self.laid.index(position), self._plan.numbers[code.id], code.id
            standing: list[Match] = []
            for start, end, rule, parts, why in evidence:
                assertion = next(meant) if stands and not why else UNASSESSED
                if taken:
                    assertion = inherited(assertion)
                match = Match(index, name, ids[rule], parts, why, assertion)
                matches.append((index, start, end, number, len(matches), match))
                if not why:
                    standing.append(match)
            if stands:
                codings.append((index, number, self._coding(code, standing)))

    def _coding(self, code: Code, standing: Sequence[Match]) -> Coding:
        """Make a coding of a segment's standing matches; it shows the assertion of the first that counts."""
        weights = self._plan.weights[code.id]
        first = standing[0]
        if len(standing) == 1:
            segment, name, rule, _, _, assertion = first
            counted = assertion is UNASSESSED or self._counts(assertion, code)
            made: Coding = _coding((segment, name, (first,), weights[rule], MACHINE, assertion, counted))
            return made
        weight = weight_of({match.rule for match in standing}, weights)
        counting = [match for match in standing if self._counts(match.assertion, code)]
        countable = len(counting) == len(standing) or reaches(
            weight_of({match.rule for match in counting}, weights)
        )
        shown = (counting or standing)[0].assertion
        return Coding(first.segment, code.id, tuple(standing), weight, MACHINE, shown, countable)

    def _counts(self, assertion: Assertion, code: Code) -> bool:
        """Whether words meant so enter the counts of a code; asked of the same few again and again."""
        if assertion is UNASSESSED:
            return True
        key = (code.id, id(assertion))
        if key not in self._countable:
            self._countable[key] = (counts(assertion, code, self.laid.document), assertion)
        return self._countable[key][0]
