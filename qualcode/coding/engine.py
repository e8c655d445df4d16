"""The heart: a document, its segments and a codebook in, codings and matches out.

`code_document` is pure and the only place where text meets rules. It asks the index where every literal
stands, lets each rule that can match in a segment find its evidence there, judges it (`judge.py` names the
steps), and makes a coding wherever the rules that stand weigh 1 together. How the words of codings are meant
is read at the end, in the segments that have any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from qualcode.codebook.records import Code, Codebook, Rule, Unless
from qualcode.coding.context import Reading, counts, read_contexts
from qualcode.coding.context.answers import Answers, inherited
from qualcode.coding.judge import Verdicts, find, reaches, refuse, weight_of, without_longer
from qualcode.coding.laid import Laid
from qualcode.coding.longest import inside_longer
from qualcode.coding.occurrences import Evidence
from qualcode.coding.plainly import Longer, Plain, alone, plain_words, refuse_longer
from qualcode.coding.plan import Plan, family_of, plan_of
from qualcode.coding.searched import Cuts
from qualcode.coding.view import SegmentView, Standing
from qualcode.coding.where import holds
from qualcode.model import MACHINE, UNASSESSED, Assertion, Coding, Document, Match, Segment, Span
from qualcode.patterns.base import Parts, hull, in_order
from qualcode.problems import Problem
from qualcode.problems import in_order as problems_in_order


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """What coding one document gave.

    Codings are sorted by segment, then code in tree order; no rows are written for parents. Matches, refused
    ones too, are sorted by segment, start, end, code and rule. Problems are patterns that could not be tried.
    """

    codings: tuple[Coding, ...] = ()
    matches: tuple[Match, ...] = ()
    problems: tuple[Problem, ...] = ()


def code_document(
    document: Document, segments: Sequence[Segment], codebook: Codebook, *, without: str = ""
) -> CodedDocument:
    """Code the segments of one document; `without` is a rule of the codebook to leave out.

    Segments are the document's own, in reading order. The same values give the same result, whatever was
    coded before. Raises `StudyError` where codes of the codebook ask about each other in a circle.
    """
    return _Work(document, segments, codebook, without).done()


_Placed = tuple[int, int, int, int, int, Match]  # segment, start, end, number of the code, place among all
Piece = tuple[int, int, int, Parts, str]  # start, end, number of the rule, words, what refused them


class _Judged(NamedTuple):
    """A code judged in one segment, by position: its evidence in order, and whether it stands.

    `asked` has what stood in an interviewer's words, rule by rule; `taken` is the question, by position, and
    its words for each piece of evidence, where an answer takes over a question.
    """

    code: Code
    position: int
    evidence: list[Piece]
    stands: bool
    asked: Sequence[tuple[int, Parts]] = ()
    taken: tuple[int, list[Parts]] | None = None


class _Work:
    """The coding of one document, under way."""

    def __init__(
        self, document: Document, segments: Sequence[Segment], codebook: Codebook, without: str
    ) -> None:
        self.document = document
        self.codebook = codebook
        self.plan: Plan = plan_of(codebook)
        cuts = Cuts.of(document, segments)
        left_out = self.plan.ids.index(without) if without else None
        self.tries = self.plan.candidates.tries(self.plan.index.scan(cuts), cuts, left_out)
        self.places: list[int] = self.tries.segments.tolist()
        self.numbers: list[int] = self.tries.rules.tolist()
        self.simple = alone(self.tries, self.plan.simple, self.plan.of_code)
        self.rows = self.tries.rows.spread()
        self.evidence = Evidence(self.tries.occurrences)
        self.standing = Standing(codebook)
        self.problems: list[Problem] = []
        self._laid = Laid(document, segments)
        self._views: dict[int, SegmentView] = {}
        self._answers = Answers(segments, codebook)
        self._unless: dict[tuple[int, int], bool] = {}
        self._countable: dict[tuple[str, int], tuple[bool, Assertion]] = {}  # holds on to what its key names
        self._given_up: set[int] = set()  # rules and exceptions that could not be tried, by identity

    def done(self) -> CodedDocument:
        waiting = self._waiting()
        longer = self._longer()
        judged: list[_Judged] = []
        for name in self.plan.order:
            code = self.codebook.codes[name]
            family = family_of(name, self.codebook)
            its = [
                self._judge(code, tries, position, longer.get((position, family)))
                for position, tries in waiting.get(name, ())
                if not self._in_vain(tries, position)
            ]
            if self.codebook.inherit_question:
                its += list(self._inherited(its))
            if name in self.plan.asked:
                for one in its:
                    if one.stands:
                        self._stand(one)
            judged += its
        return self._written(judged, self._plainly(longer))

    def _in_vain(self, tries: Sequence[int], position: int) -> bool:
        """Whether all that is tried here waits for codes of which none stands here."""
        for n in tries:
            codes = self.plan.waits_for[self.numbers[n]]
            if not codes or self.standing.any_of(codes, self._laid.index(position)):
                return False
        return True

    def _plainly(self, longer: Longer) -> Plain:
        """Return what rules without conditions find, and what refuses it."""
        plain = plain_words(self.tries, self.simple)
        refuse_longer(plain, longer, self.plan.families)
        if not self.codebook.code_interviewers and self._laid.anybody_asks:
            for n, position in enumerate(plain.positions):
                if self._laid.asks(position):
                    plain.refused[n] = plain.refused[n] or "interviewer"
        return plain

    def _waiting(self) -> dict[str, list[tuple[int, list[int]]]]:
        """Return the tries to be judged, by code: the segments it may be in, each with its tries there."""
        waiting: dict[str, list[tuple[int, list[int]]]] = {}
        owners = self.plan.owners
        before, owner = -1, ""
        its: list[int] = []
        for n in np.flatnonzero(~self.simple).tolist():
            position, code = self.places[n], owners[self.numbers[n]]
            if position == before and code == owner:  # rules of one code have neighbouring numbers
                its.append(n)
                continue
            before, owner, its = position, code, [n]
            waiting.setdefault(code, []).append((position, its))
        return waiting

    def _longer(self) -> dict[tuple[int, str], dict[Span, str]]:
        """Return, by segment and family, what terms rules find inside longer words, and inside whose."""
        evidence: dict[tuple[int, str], list[tuple[Span, str]]] = {}
        for n in self.tries.nested:
            rule = self.plan.rules[self.numbers[n]]
            its = evidence.setdefault((self.places[n], family_of(rule.code, self.codebook)), [])
            its += [(hull(parts), rule.id) for parts in self._everything(n)]
        return {
            key: inside
            for key, found in evidence.items()
            if len(found) > 1 and (inside := inside_longer(found))
        }

    def _everything(self, n: int) -> list[Parts]:
        """Return what the rule of a try finds, whatever refuses it."""
        number = self.numbers[n]
        if self.plan.plain[number]:
            if len(self.rows[n]) == 1:
                return [self.evidence.parts(self.rows[n][0])]
            return list(dict.fromkeys([self.evidence.parts(row) for row in self.rows[n]]))
        return self.plan.rules[number].pattern.find(self._view(self.places[n]))

    def _judge(
        self, code: Code, tries: Sequence[int], position: int, longer: Mapping[Span, str] | None
    ) -> _Judged:
        found = [
            (self.numbers[n], verdicts) for n in tries if (verdicts := self._found(code, n, position, longer))
        ]
        asked: Sequence[tuple[int, Parts]] = ()
        if not self.codebook.code_interviewers and self._laid.asks(position):
            asked = [(n, parts) for n, verdicts in found for parts, why in verdicts.items() if not why]
            found = [(n, refuse(verdicts, "interviewer")) for n, verdicts in found]
        fired = {self.plan.rules[n].id for n, verdicts in found if "" in verdicts.values()}
        stands = reaches(weight_of(fired, self.plan.weights[code.id]))
        if fired and not stands:
            found = [(n, refuse(verdicts, "threshold")) for n, verdicts in found]
        evidence: list[Piece] = [
            (*hull(parts), n, parts, why) for n, verdicts in found for parts, why in verdicts.items()
        ]
        if len(evidence) > 1:
            evidence.sort()
        return _Judged(code, position, evidence, stands, asked)

    def _found(self, code: Code, n: int, position: int, longer: Mapping[Span, str] | None) -> Verdicts:
        """Return what a rule finds in a segment, and what the rule's own conditions refuse of it."""
        number = self.numbers[n]
        rule = self.plan.rules[number]
        if id(rule) in self._given_up:
            return {}
        if self.plan.plain[number] and not (rule.excepts or code.excepts):
            verdicts = dict.fromkeys(self._everything(n), "")
        else:
            view = self._view(position)
            verdicts = find(rule, code, view)
            if view.problems:
                self._give_up(rule, view)
        if longer:
            verdicts = without_longer(rule, verdicts, longer)
        for unless in (rule.unless, code.unless):
            if unless and verdicts and self._refuses(unless, position):
                verdicts = refuse(verdicts, "unless")
        if (rule.where or code.where) and verdicts:
            conditions = (*rule.where, *code.where)
            if not holds(conditions, self.document, self._laid.segment(position)):
                verdicts = refuse(verdicts, "where")
        return verdicts

    def _stand(self, one: _Judged) -> None:
        evidence = in_order([part for *_, parts, why in one.evidence if not why for part in parts])
        self.standing.add(one.code.id, self._laid.segment(one.position), evidence)

    def _inherited(self, judged: Sequence[_Judged]) -> Iterator[_Judged]:
        """Yield the answers that take over questions about the code in hand.

        An answer that is coded by words of its own inherits nothing.
        """
        coded = {one.position for one in judged if one.stands}
        for one in judged:
            rules: dict[int, Parts] = {}
            for number, parts in one.asked:
                rules.setdefault(number, parts)
            weights = self.plan.weights[one.code.id]
            if not rules or not reaches(weight_of({self.plan.rules[n].id for n in rules}, weights)):
                continue
            answer = self._answers.to(one.position)
            if answer is None or answer[0] in coded:
                continue
            position, words = answer
            evidence: list[Piece] = [(*hull(words), number, words, "") for number in rules]
            taken = (one.position, list(rules.values()))
            yield _Judged(one.code, position, evidence, stands=True, taken=taken)

    def _written(self, judged: Sequence[_Judged], plain: Plain) -> CodedDocument:
        """Make matches and codings of what was judged, in the order of results."""
        readings = self._readings(judged, plain)
        matches, codings = self._plain_results(plain, readings)
        if judged:
            numbers = self.plan.numbers
            among = [(one.segment, *one.parts[0], numbers[one.code], n, one) for n, one in enumerate(matches)]
            held = [(one.segment, numbers[one.code], one) for one in codings]
            self._judged_results(judged, readings, among, held)
            among.sort()
            held.sort(key=itemgetter(0, 1))
            matches, codings = [one for *_, one in among], [one for *_, one in held]
        return CodedDocument(tuple(codings), tuple(matches), tuple(problems_in_order(self.problems)))

    def _plain_results(
        self, plain: Plain, readings: Mapping[int, Reading]
    ) -> tuple[list[Match], list[Coding]]:
        """Make what plain words give: matches as they come, codings by segment and code."""
        ids, owners, index = self.plan.ids, self.plan.owners, self._laid.index
        numbers = self.plan.of_code.tolist()
        codes = list(self.codebook.codes.values())
        matches: list[Match] = []
        standing: dict[tuple[int, int], list[Match]] = {}
        for position, start, end, rule, why in plain.each():
            parts = (Span(start, end),)
            assertion = readings[position].assertion(parts) if readings and not why else UNASSESSED
            match = Match(index(position), owners[rule], ids[rule], parts, why, assertion)
            matches.append(match)
            if not why:
                standing.setdefault((position, numbers[rule]), []).append(match)
        return matches, [self._coding(codes[key[1]], standing[key]) for key in sorted(standing)]

    def _judged_results(
        self,
        judged: Sequence[_Judged],
        readings: Mapping[int, Reading],
        matches: list[_Placed],
        codings: list[tuple[int, int, Coding]],
    ) -> None:
        """Add what was judged segment by segment to matches and codings that carry what orders them."""
        ids = self.plan.ids
        for code, position, evidence, stands, _, taken in judged:
            index, number, name = self._laid.index(position), self.plan.numbers[code.id], code.id
            reading = readings.get(taken[0] if taken else position) if stands else None
            standing: list[Match] = []
            for n, (start, end, rule, parts, why) in enumerate(evidence):
                assertion = UNASSESSED
                if reading is not None and not why:
                    assertion = reading.assertion(taken[1][n] if taken else parts)
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
        weights = self.plan.weights[code.id]
        first = standing[0]
        if len(standing) == 1:
            counted = self._counts(first.assertion, code)
            return Coding(
                first.segment, code.id, (first,), weights[first.rule], MACHINE, first.assertion, counted
            )
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
            self._countable[key] = (counts(assertion, code, self.document), assertion)
        return self._countable[key][0]

    def _readings(self, judged: Sequence[_Judged], plain: Plain) -> dict[int, Reading]:
        """Read the segments whose words count, those of questions that are taken over too, for their cues."""
        if not self.codebook.context.cues:
            return {}
        its = {one.taken[0] if one.taken else one.position for one in judged if one.stands}
        positions = sorted(its | plain.standing())
        segments = [self._laid.segment(position) for position in positions]
        return dict(zip(positions, read_contexts(self.document, segments, self.codebook), strict=True))

    def _refuses(self, unless: Unless, position: int) -> bool:
        """Whether what refuses a match is there, in the segment or anywhere in its turn."""
        positions = self._laid.turn(position) if unless.scope == "turn" else [position]
        key = (id(unless), positions[0])
        if key not in self._unless and id(unless) not in self._given_up:
            self._unless[key] = any(unless.pattern.find(self._view(n)) for n in positions)
            for view in map(self._view, positions):
                if view.problems:
                    self._give_up(unless, view)
        return self._unless.get(key, False)

    def _give_up(self, tried: Rule | Unless, view: SegmentView) -> None:
        """Keep what a view reports, and do not try its cause again: every try may take as long."""
        self._given_up.add(id(tried))
        self.problems += view.problems
        view.problems.clear()

    def _view(self, position: int) -> SegmentView:
        view = self._views.get(position)
        if view is None:
            view = self._views[position] = SegmentView(
                self.document,
                self._laid.segment(position),
                self.evidence.places(position),
                self.plan.index,
                self.standing,
                lambda: [self._view(n) for n in self._laid.turn(position) if n != position],
            )
        return view
