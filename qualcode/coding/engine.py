"""The heart: a document, its segments and a codebook in, codings and matches out.

`code_document` is pure and the only place where text meets rules. It asks the index where every literal
stands, lets each rule that can match in a segment find its evidence there, judges it (`judge.py` names the
steps), and makes a coding wherever the rules that stand weigh 1 together. How the words of codings are meant
is read at the end, in the segments that have any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from qualcode.codebook.records import Code, Codebook, Rule, Unless
from qualcode.coding.context import Reading, counts, read_contexts
from qualcode.coding.context.answers import Answers, inherited
from qualcode.coding.judge import Verdicts, find, reaches, refuse, weight_of
from qualcode.coding.longest import inside_longer
from qualcode.coding.occurrences import NOWHERE
from qualcode.coding.plan import Plan, plan_of
from qualcode.coding.view import SegmentView, Standing
from qualcode.coding.where import holds
from qualcode.model import ASKING, UNASSESSED, Coding, Document, Match, Segment, Span
from qualcode.patterns.base import Parts, hull, in_order
from qualcode.patterns.terms import Terms
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


def code_document(document: Document, segments: Sequence[Segment], codebook: Codebook) -> CodedDocument:
    """Code the segments of one document.

    Segments are the document's own, in reading order. The same values give the same result, whatever was
    coded before. Raises `StudyError` where codes of the codebook ask about each other in a circle.
    """
    return _Work(document, segments, codebook).done()


Evidence = tuple[int, int, int, Parts, str]  # start, end, number of the rule, words, what refused them


@dataclass(slots=True)
class _Judged:
    """A code judged in one segment, by position: its evidence in order, and whether it stands.

    `asked` has what stood in an interviewer's words, rule by rule; `taken` is the question, by position, and
    its words for each piece of evidence, where an answer takes over a question.
    """

    code: Code
    position: int
    evidence: list[Evidence]
    stands: bool
    asked: list[tuple[int, Parts]] | None = None
    taken: tuple[int, list[Parts]] | None = None


class _Work:
    """The coding of one document, under way."""

    def __init__(self, document: Document, segments: Sequence[Segment], codebook: Codebook) -> None:
        self.document = document
        self.segments = segments
        self.codebook = codebook
        self.plan: Plan = plan_of(codebook)
        self.tries = self.plan.candidates.tries(self.plan.index.scan(segments), segments)
        self.places = self.tries.occurrences.places()
        self.standing = Standing(codebook, segments)
        self.problems: list[Problem] = []
        self._views: dict[int, SegmentView] = {}
        self._turns: dict[int, list[int]] | None = None
        self._answers = Answers(segments, codebook)
        self._unless: dict[tuple[int, int], bool] = {}
        self._given_up: set[int] = set()  # rules and exceptions that could not be tried, by identity
        self._terms: dict[tuple[int, int], list[Parts]] = {}  # what terms rules found, by segment and rule

    def done(self) -> CodedDocument:
        waiting, longer = self._waiting()
        judged: list[_Judged] = []
        for name in self.plan.order:
            code = self.codebook.codes[name]
            family = self._family(name)
            its = [
                self._judge(code, numbers, position, longer.get((position, family), {}))
                for position, numbers in waiting.get(name, {}).items()
            ]
            for one in its:
                if one.stands:
                    self._stand(one)
            for one in list(self._inherited(its)):
                its.append(one)
                self._stand(one)
            judged += its
        return self._written(judged)

    def _waiting(
        self,
    ) -> tuple[dict[str, dict[int, list[int]]], dict[tuple[int, str], dict[Span, str]]]:
        """Return the rules to try by code and segment, and the words inside longer ones of a family."""
        waiting: dict[str, dict[int, list[int]]] = {}
        evidence: dict[tuple[int, str], list[tuple[Span, str]]] = {}
        for position, number in zip(self.tries.segments, self.tries.rules, strict=True):
            rule = self.plan.rules[number]
            waiting.setdefault(rule.code, {}).setdefault(position, []).append(number)
            if isinstance(rule.pattern, Terms):
                found = rule.pattern.find(self._view(position))
                self._terms[position, number] = found
                its = evidence.setdefault((position, self._family(rule.code)), [])
                its += [(hull(parts), rule.id) for parts in found]
        return waiting, {key: inside_longer(found) for key, found in evidence.items() if len(found) > 1}

    def _family(self, code: str) -> str:
        """The name of the codes among which the longest match wins."""
        return "" if self.codebook.overlap == "codebook" else self.codebook.codes[code].facet

    def _judge(self, code: Code, numbers: Sequence[int], position: int, longer: dict[Span, str]) -> _Judged:
        found = list(self._found(code, numbers, position, longer))
        asked: list[tuple[int, Parts]] | None = None
        if self.segments[position].role in ASKING and not self.codebook.code_interviewers:
            asked = [(n, parts) for n, verdicts in found for parts, why in verdicts.items() if not why]
            found = [(n, refuse(verdicts, "interviewer")) for n, verdicts in found]
        fired = {self.plan.rules[n].id for n, verdicts in found if "" in verdicts.values()}
        stands = reaches(weight_of(fired, self.plan.weights[code.id]))
        if fired and not stands:
            found = [(n, refuse(verdicts, "threshold")) for n, verdicts in found]
        evidence = [(*hull(parts), n, parts, why) for n, verdicts in found for parts, why in verdicts.items()]
        evidence.sort()
        return _Judged(code, position, evidence, stands, asked)

    def _found(
        self, code: Code, numbers: Sequence[int], position: int, longer: dict[Span, str]
    ) -> Iterator[tuple[int, Verdicts]]:
        """Yield what each rule finds in a segment, and what the rule's own conditions refuse of it."""
        view = self._view(position)
        for number in numbers:
            rule = self.plan.rules[number]
            if id(rule) in self._given_up:
                continue
            verdicts = find(rule, code, view, longer, self._terms.get((position, number)))
            if view.problems:
                self._give_up(rule, view)
            if not verdicts:
                continue
            if any(self._refuses(unless, position) for unless in (rule.unless, code.unless) if unless):
                verdicts = refuse(verdicts, "unless")
            if not holds((*rule.where, *code.where), self.document, self.segments[position]):
                verdicts = refuse(verdicts, "where")
            yield number, verdicts

    def _stand(self, one: _Judged) -> None:
        evidence = in_order([part for *_, parts, why in one.evidence if not why for part in parts])
        self.standing.add(one.code.id, self.segments[one.position].index, evidence)

    def _inherited(self, judged: Sequence[_Judged]) -> Iterator[_Judged]:
        """Yield the answers that take over questions about the code in hand.

        An answer that is coded by words of its own inherits nothing.
        """
        coded = {one.position for one in judged if one.stands}
        for one in judged:
            rules: dict[int, Parts] = {}
            for number, parts in one.asked or ():
                rules.setdefault(number, parts)
            weights = self.plan.weights[one.code.id]
            if not rules or not reaches(weight_of({self.plan.rules[n].id for n in rules}, weights)):
                continue
            answer = self._answers.to(one.position)
            if answer is None or answer[0] in coded:
                continue
            position, words = answer
            evidence: list[Evidence] = [(*hull(words), number, words, "") for number in rules]
            taken = (one.position, list(rules.values()))
            yield _Judged(one.code, position, evidence, stands=True, taken=taken)

    def _written(self, judged: Sequence[_Judged]) -> CodedDocument:
        """Make matches and codings of what was judged, in the order of results."""
        readings = self._readings(judged)
        matches: list[tuple[int, int, int, int, int, Match]] = []
        codings: list[tuple[int, int, Coding]] = []
        for one in judged:
            index, number = self.segments[one.position].index, self.plan.numbers[one.code.id]
            reading = readings.get(one.taken[0] if one.taken else one.position) if one.stands else None
            standing: list[Match] = []
            for n, (start, end, rule, parts, why) in enumerate(one.evidence):
                assertion = UNASSESSED
                if reading is not None and not why:
                    assertion = reading.meaning(one.taken[1][n] if one.taken else parts).assertion
                    if one.taken:
                        assertion = inherited(assertion)
                match = Match(index, one.code.id, self.plan.rules[rule].id, parts, why, assertion)
                matches.append((index, start, end, number, len(matches), match))
                if not why:
                    standing.append(match)
            if one.stands:
                codings.append((index, number, self._coding(one.code, standing)))
        matches.sort()
        codings.sort(key=itemgetter(0, 1))
        return CodedDocument(
            tuple([coding for *_, coding in codings]),
            tuple([match for *_, match in matches]),
            tuple(problems_in_order(self.problems)),
        )

    def _coding(self, code: Code, standing: Sequence[Match]) -> Coding:
        """Make a coding of a segment's standing matches; it shows the assertion of the first that counts."""
        weights = self.plan.weights[code.id]
        counting = [match for match in standing if counts(match.assertion, code, self.document)]
        return Coding(
            standing[0].segment,
            code.id,
            tuple(standing),
            weight_of({match.rule for match in standing}, weights),
            assertion=(counting or standing)[0].assertion,
            countable=reaches(weight_of({match.rule for match in counting}, weights)),
        )

    def _readings(self, judged: Sequence[_Judged]) -> dict[int, Reading]:
        """Read the segments whose words count, those of questions that are taken over too, for their cues."""
        positions = {one.taken[0] if one.taken else one.position for one in judged if one.stands}
        return read_contexts(self.document, self.segments, sorted(positions), self.codebook)

    def _refuses(self, unless: Unless, position: int) -> bool:
        """Whether what refuses a match is there, in the segment or anywhere in its turn."""
        positions = self._turn(position) if unless.scope == "turn" else [position]
        key = (id(unless), positions[0])
        if key not in self._unless and id(unless) not in self._given_up:
            self._unless[key] = any(unless.pattern.find(self._view(n)) for n in positions)
            for view in map(self._view, positions):
                if view.problems:
                    self._give_up(unless, view)
        return self._unless.get(key, False)

    def _turn(self, position: int) -> list[int]:
        """Return the segments of the turn that a segment lies in."""
        if self._turns is None:
            self._turns = {}
            for n, segment in enumerate(self.segments):
                self._turns.setdefault(segment.turn, []).append(n)
        turn = self.segments[position].turn
        return self._turns[turn] if turn else [position]

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
                self.segments[position],
                self.places.get(position, NOWHERE),
                self.plan.index,
                self.standing,
            )
        return view
