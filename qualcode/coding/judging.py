"""The judgement of one document, code by code in the order in which codes ask about each other.

Each code is judged in every segment where one of its rules is to be tried: the rule finds its evidence there,
and its own conditions refuse some of it (`judge.py` names the steps). How words are meant is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from qualcode.codebook.records import Code, Codebook, Rule, Unless
from qualcode.coding.armful import Share, Try
from qualcode.coding.context.answers import Answers
from qualcode.coding.judge import Verdicts, find, reaches, refuse, weight_of, without_longer
from qualcode.coding.laid import Laid
from qualcode.coding.occurrences import Evidence
from qualcode.coding.plan import Plan, family_of
from qualcode.coding.view import SegmentView, Standing
from qualcode.coding.where import holds, of_document
from qualcode.model import Document, Segment, Span
from qualcode.patterns.base import Parts, hull, in_order
from qualcode.problems import Problem

Piece = tuple[int, int, int, Parts, str]  # start, end, number of the rule, words, what refused them


class Judged(NamedTuple):
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


class Judging:
    """The judging of one document. Segments are known by their position in it.

    `evidence` is that of its armful, `without` the number of a rule to leave out.
    """

    def __init__(
        self,
        document: Document,
        segments: Sequence[Segment],
        codebook: Codebook,
        plan: Plan,
        share: Share,
        evidence: Evidence,
        without: int | None,
    ) -> None:
        self.document = document
        self.codebook = codebook
        self.plan = plan
        self.problems: list[Problem] = []
        self._share = share
        self._evidence = evidence
        self._without = without
        self._standing = Standing(codebook)
        self._stood: dict[str, list[int]] = {}  # code -> positions of the segments it stands in
        self.laid = Laid(document, segments)
        self._views: dict[int, SegmentView] = {}
        self._answers = Answers(segments, codebook)
        self._everywhere: dict[int, bool] = {}  # by rule, whether its conditions hold in all segments
        self._unless: dict[tuple[int, int], bool] = {}
        self._given_up: set[int] = set()  # rules and exceptions that could not be tried, by identity

    def judged(self) -> list[Judged]:
        """Return the codes judged where their rules are tried."""
        longer = self._share.longer
        waiting = self._waiting()
        judged: list[Judged] = []
        for name in sorted({*waiting, *self.plan.waiting}, key=self.plan.order.__getitem__):
            code = self.codebook.codes[name]
            family = family_of(name, self.codebook)
            its = [
                self._judge(code, tries, position, longer.get((position, family)))
                for position, tries in self._with_waiting(name, waiting.get(name, []))
            ]
            if self.codebook.inherit_question:
                its += list(self._inherited(its))
            if name in self.plan.asked:
                for one in its:
                    if one.stands:
                        self._stand(one)
            judged += its
        return judged

    def _waiting(self) -> dict[str, list[tuple[int, list[Try]]]]:
        """Return the tries to be judged, by code: the segments it may be in, each with its tries there."""
        waiting: dict[str, list[tuple[int, list[Try]]]] = {}
        owners = self.plan.owners
        before, owner = -1, ""
        its: list[Try] = []
        for one in self._share.tries:
            position, code = one.position, owners[one.rule]
            if position == before and code == owner:  # rules of one code have neighbouring numbers
                its.append(one)
                continue
            before, owner, its = position, code, [one]
            waiting.setdefault(code, []).append((position, its))
        return waiting

    def _with_waiting(self, code: str, its: list[tuple[int, list[Try]]]) -> Iterable[tuple[int, list[Try]]]:
        """Add to the tries of a code those of its rules that wait for others, where one of these stands."""
        places: dict[int, list[Try]] = {}
        for number, asked in self.plan.waiting.get(code, ()):
            if number != self._without:
                for position in {one for other in asked for one in self._stood.get(other, ())}:
                    places.setdefault(position, []).append(Try(position, number, []))
        if not places:
            return its
        for position, tries in its:
            places[position] = sorted([*tries, *places.get(position, ())])
        return sorted(places.items())

    def _everything(self, one: Try) -> list[Parts]:
        """Return what the rule of a try finds, whatever refuses it."""
        known = self._known(one)
        return self.plan.rules[one.rule].pattern.find(self._view(one.position)) if known is None else known

    def _known(self, one: Try) -> list[Parts] | None:
        """Return the same where it is known without a look at the segment."""
        if one.rule in self.plan.asking_here:
            segment = self.laid.segment(one.position)
            codes = self.plan.rules[one.rule].pattern.codes
            return list(
                dict.fromkeys(p for code in codes for p in self._standing.of(code, segment, "segment"))
            )
        if one.settled:
            return [in_order([part for row in one.rows for part in self._evidence.parts(row)])]
        if self.plan.plain[one.rule]:
            if len(one.rows) == 1:
                return [self._evidence.parts(one.rows[0])]
            return list(dict.fromkeys([self._evidence.parts(row) for row in one.rows]))
        regex = self.plan.regexes[one.rule]
        return regex.matches(*self.laid.words(one.position)) if regex else None

    def _judge(
        self, code: Code, tries: Sequence[Try], position: int, longer: Mapping[Span, str] | None
    ) -> Judged:
        if len(tries) == 1 and not longer and (alone := self._judge_alone(code, tries[0])):
            return alone
        found = [
            (one.rule, verdicts) for one in tries if (verdicts := self._found(code, one, position, longer))
        ]
        asked: Sequence[tuple[int, Parts]] = ()
        if not self.codebook.code_interviewers and self.laid.asks(position):
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
        return Judged(code, position, evidence, stands, asked)

    def _judge_alone(self, code: Code, one: Try) -> Judged | None:
        """Judge a code of which one rule is tried, where that takes no look at the segment."""
        position, number = one.position, one.rule
        if self.plan.conditional[number] or (position, number) in self._share.excepted:
            return None
        known = self._known(one)
        if known is None:
            return None
        why = "" if self.plan.enough[number] else "threshold"
        asked: list[tuple[int, Parts]] = []
        if not self._holds(number, position):
            why = "where"
        elif not self.codebook.code_interviewers and self.laid.asks(position):
            why, asked = "interviewer", [(number, parts) for parts in known]
        evidence: list[Piece] = [(*hull(parts), number, parts, why) for parts in known]
        if len(evidence) > 1:
            evidence.sort()
        return Judged(code, position, evidence, bool(known) and not why, asked)

    def _found(self, code: Code, one: Try, position: int, longer: Mapping[Span, str] | None) -> Verdicts:
        """Return what a rule finds in a segment, and what the rule's own conditions refuse of it."""
        rule = self.plan.rules[one.rule]
        if id(rule) in self._given_up:
            return {}
        if (position, one.rule) in self._share.excepted:
            verdicts = find(rule, code, self._view(position))
        else:
            verdicts = dict.fromkeys(self._everything(one), "")
        view = self._views.get(position)
        if view is not None and view.problems:
            self._give_up(rule, view)
        if longer:
            verdicts = without_longer(rule, verdicts, longer)
        for unless in (rule.unless, code.unless):
            if unless and verdicts and self._refuses(unless, position):
                verdicts = refuse(verdicts, "unless")
        if verdicts and not self._holds(one.rule, position):
            verdicts = refuse(verdicts, "where")
        return verdicts

    def _holds(self, number: int, position: int) -> bool:
        """Whether the conditions of a rule and its code hold in a segment."""
        conditions = self.plan.where[number]
        if not conditions:
            return True
        known = self._everywhere.get(number)
        if known is None:
            known = holds(conditions, self.document, self.laid.segment(position))
            if of_document(conditions):
                self._everywhere[number] = known
        return known

    def _stand(self, one: Judged) -> None:
        evidence = in_order([part for *_, parts, why in one.evidence if not why for part in parts])
        self._standing.add(one.code.id, self.laid.segment(one.position), evidence)
        self._stood.setdefault(one.code.id, []).append(one.position)

    def _inherited(self, judged: Sequence[Judged]) -> Iterator[Judged]:
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
            yield Judged(one.code, position, evidence, stands=True, taken=taken)

    def _refuses(self, unless: Unless, position: int) -> bool:
        """Whether what refuses a match is there, in the segment or anywhere in its turn."""
        positions = self.laid.turn(position) if unless.scope == "turn" else [position]
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
                self.laid.segment(position),
                self._evidence.places(self._share.first + position),
                self.plan.index,
                self._standing,
                lambda: [self._view(n) for n in self.laid.turn(position) if n != position],
            )
        return view
