"""The heart: a document, its segments and a codebook in, codings and matches out.

`code_document` is pure and the only place where text meets rules. It asks the index where every literal
stands, lets each rule that can match in a segment find its matches there, judges them (`judge.py` names the
steps), and makes a coding wherever the rules that stand weigh 1 together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.codebook.records import Code, Codebook, Rule, Unless
from qualcode.coding.context import Reading, counts, read_context
from qualcode.coding.context.answers import answers, taken_over
from qualcode.coding.index import Places
from qualcode.coding.judge import by_place, find, reaches, refuse, weight_of
from qualcode.coding.longest import inside_longer
from qualcode.coding.plan import Plan, plan_of
from qualcode.coding.view import SegmentView, Standing
from qualcode.coding.where import holds
from qualcode.model import ASKING, Coding, Document, Match, Segment, Span
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


class _Work:
    """The coding of one document, under way."""

    def __init__(self, document: Document, segments: Sequence[Segment], codebook: Codebook) -> None:
        self.document = document
        self.segments = segments
        self.codebook = codebook
        self.plan: Plan = plan_of(codebook)
        self.places: list[Places] = self.plan.index.scan(document.text, segments)
        self.standing = Standing(codebook, segments)
        self.problems: list[Problem] = []
        self._views: dict[int, SegmentView] = {}
        self._readings: dict[int, Reading] = {}
        self._turns: dict[int, list[int]] = {}
        for position, segment in enumerate(segments):
            if segment.turn:
                self._turns.setdefault(segment.turn, []).append(position)
        self._answers = answers(segments, self.places, codebook)
        self._asked: list[tuple[int, list[Match]]] = []  # what answered questions of the code in hand say
        self._unless: dict[tuple[int, int], bool] = {}
        self._given_up: set[int] = set()  # rules and exceptions that could not be tried, by identity
        self._terms: dict[tuple[int, str], list[Parts]] = {}  # what terms rules found, by segment and rule

    def done(self) -> CodedDocument:
        waiting: dict[str, list[tuple[int, list[Rule]]]] = {}
        longer: dict[tuple[int, str], dict[Span, str]] = {}
        for position, places in enumerate(self.places):
            rules = [self.plan.rules[n] for n in self.plan.candidates(places, self.segments[position].text)]
            longer |= self._longer(position, rules)
            by_code: dict[str, list[Rule]] = {}
            for rule in rules:
                by_code.setdefault(rule.code, []).append(rule)
            for owner, its_rules in by_code.items():
                waiting.setdefault(owner, []).append((position, its_rules))
        matches: list[Match] = []
        codings: list[Coding] = []
        for name in self.plan.order:
            code = self.codebook.codes[name]
            family = self._family(name)
            for position, rules in waiting.get(name, ()):
                found, coding = self._judge(code, rules, position, longer.get((position, family), {}))
                matches += found
                if coding:
                    codings.append(coding)
                    self._stand(coding)
            for found in self._inherited(codings):
                matches += found
                codings.append(self._coding(code, found))
                self._stand(codings[-1])
        number = self.plan.numbers
        codings.sort(key=lambda coding: (coding.segment, number[coding.code]))
        matches.sort(key=lambda match: (match.segment, *hull(match.parts), number[match.code]))
        return CodedDocument(tuple(codings), tuple(matches), tuple(problems_in_order(self.problems)))

    def _family(self, code: str) -> str:
        """The name of the codes among which the longest match wins."""
        return "" if self.codebook.overlap == "codebook" else self.codebook.codes[code].facet

    def _longer(self, position: int, rules: Sequence[Rule]) -> dict[tuple[int, str], dict[Span, str]]:
        evidence: dict[str, list[tuple[Span, str]]] = {}
        for rule in rules:
            if isinstance(rule.pattern, Terms):
                found = rule.pattern.find(self._view(position))
                self._terms[position, rule.id] = found
                its = evidence.setdefault(self._family(rule.code), [])
                its += [(hull(parts), rule.id) for parts in found]
        return {(position, family): inside_longer(found) for family, found in evidence.items()}

    def _judge(
        self, code: Code, rules: Sequence[Rule], position: int, longer: dict[Span, str]
    ) -> tuple[list[Match], Coding | None]:
        segment = self.segments[position]
        matches: list[Match] = []
        view = self._view(position)
        for rule in rules:
            if id(rule) in self._given_up:
                continue
            found = find(rule, code, view, longer, self._terms.get((position, rule.id)))
            if view.problems:
                self._give_up(rule, view)
            if found and any(
                self._found(unless, position) for unless in (rule.unless, code.unless) if unless
            ):
                found = refuse(found, "unless")
            if found and not holds((*rule.where, *code.where), self.document, segment):
                found = refuse(found, "where")
            matches += found
        if segment.role in ASKING and not self.codebook.code_interviewers:
            if position in self._answers:
                self._asked.append((position, matches))
            matches = refuse(matches, "interviewer")
        weights = self.plan.weights[code.id]
        weight = weight_of(matches, weights)
        if not reaches(weight):
            matches = refuse(matches, "threshold")
        matches = by_place(matches, weights)
        stands = [n for n, match in enumerate(matches) if not match.blocked_by]
        if not stands:
            return matches, None
        reading = self._reading(position)
        for n in stands:
            assertion = reading.meaning(matches[n].parts).assertion
            if assertion != matches[n].assertion:
                matches[n] = replace(matches[n], assertion=assertion)
        return matches, self._coding(code, [matches[n] for n in stands])

    def _coding(self, code: Code, standing: Sequence[Match]) -> Coding:
        """Make a coding of a segment's standing matches; it shows the assertion of the first that counts."""
        weights = self.plan.weights[code.id]
        counting = [match for match in standing if counts(match.assertion, code, self.document)]
        return Coding(
            standing[0].segment,
            code.id,
            tuple(standing),
            weight_of(standing, weights),
            assertion=(counting or standing)[0].assertion,
            countable=reaches(weight_of(counting, weights)),
        )

    def _stand(self, coding: Coding) -> None:
        evidence = in_order([part for match in coding.matches for part in match.parts])
        self.standing.add(coding.code, coding.segment, evidence)

    def _inherited(self, codings: Sequence[Coding]) -> Iterator[list[Match]]:
        """Yield the matches that answers take over from questions about the code in hand.

        An answer that is coded by words of its own inherits nothing.
        """
        asked, self._asked = self._asked, []
        for position, matches in asked:
            answer, words = self._answers[position]
            index = self.segments[answer].index
            code = matches[0].code if matches else ""
            weights = self.plan.weights.get(code, {})
            if not reaches(weight_of(matches, weights)):
                continue
            if any(coding.segment == index and coding.code == code for coding in codings):
                continue
            yield taken_over(matches, index, words, self._reading(position))

    def _found(self, unless: Unless, position: int) -> bool:
        """Whether what refuses a match is there, in the segment or anywhere in its turn."""
        turn = self.segments[position].turn
        positions = self._turns[turn] if unless.scope == "turn" and turn else [position]
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

    def _reading(self, position: int) -> Reading:
        reading = self._readings.get(position)
        if reading is None:
            reading = self._readings[position] = read_context(
                self.document, self.segments[position], self.codebook, self.places[position]
            )
        return reading

    def _view(self, position: int) -> SegmentView:
        view = self._views.get(position)
        if view is None:
            view = self._views[position] = SegmentView(
                self.document,
                self.segments[position],
                self.places[position],
                self.plan.index,
                self.standing,
            )
        return view
