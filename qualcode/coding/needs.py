"""What a coding hangs on: the rules without any one of which it would not stand.

Taking a rule out of a codebook does more than take its matches out: a shorter term it hid may come back, and
codes that others ask about may change. The answer is that of coding the document again without the rule; it
is worked out from what is known already wherever that is certain to be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qualcode.codebook.records import Code, Codebook, Rule
from qualcode.coding.coded import CodedDocument
from qualcode.coding.engine import code_document
from qualcode.coding.found import refused, resting
from qualcode.coding.judge import find, reaches, without_longer
from qualcode.coding.longest import Holding
from qualcode.coding.look import Look
from qualcode.coding.plan import plan_of
from qualcode.coding.where import holds
from qualcode.model import Document, Match, Segment
from qualcode.patterns.base import hull

_LONGER = "longer:"  # how `blocked_by` begins of words inside longer ones

Needs = list[tuple[str, ...]]  # for each coding rules, in the order of its matches


def needs(document: Document, segments: Sequence[Segment], codebook: Codebook, coded: CodedDocument) -> Needs:
    """Return, for every coding, the rules it would not stand without; none where two others would do.

    `coded` is what coding the document with the codebook gave.
    """
    work = _Work(document, segments, codebook, coded)
    segment, code, found = resting(coded.codings)
    if codebook.inherit_question:
        return [work.needed(_Coded(*one)) for one in zip(segment, code, found, strict=True)]
    for n in work.doubtful(segment, code, found):
        one = _Coded(segment[n], code[n], found[n])
        found[n] = work.needed(one) if work.may_change(one) else work.short_of(one)
    return found


class _Coded(NamedTuple):
    """A coding: the index of its segment, its code and the rules it rests on."""

    segment: int
    code: str
    rules: tuple[str, ...]


class _Work:
    def __init__(
        self, document: Document, segments: Sequence[Segment], codebook: Codebook, coded: CodedDocument
    ) -> None:
        self.look = Look(document, segments, codebook, coded)
        self._asking = plan_of(codebook).asking
        self._hidden: dict[tuple[int, str], list[int]] = {}  # places of matches by segment and code
        hiding: set[str] = set()
        for place, segment, code, reason in refused(coded.matches):
            if reason.startswith(_LONGER):
                self._hidden.setdefault((segment, code), []).append(place)
                hiding.add(reason)
        self._hiding = {one[len(_LONGER) :] for one in hiding}  # whose words are the longest that hide any
        self._holding: dict[tuple[int, str], Holding] = {}  # by segment and family
        self._short: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self._again: dict[tuple[str, int], set[tuple[int, str]]] = {}  # what stands without a rule, by turn

    def doubtful(self, segment: list[int], code: list[str], rules: Needs) -> Iterator[int]:
        """Yield the places of codings that may need other rules than those they rest on.

        Whatever else changes, without its only rule a coding is gone, unless words come back with that.
        """
        each = zip(zip(segment, code, strict=True), rules, strict=True)
        hidden, asking = self._hidden, self._asking if self._hiding else ()
        for n, (place, its) in enumerate(each):
            if len(its) != 1 or place in hidden or place[1] in asking:
                yield n

    def may_change(self, coding: _Coded) -> bool:
        """Whether more may come of taking out one of a coding's rules than that its own words are gone."""
        if (coding.segment, coding.code) in self._hidden:
            return True
        return coding.code in self._asking and not self._hiding.isdisjoint(coding.rules)

    def needed(self, coding: _Coded) -> tuple[str, ...]:
        """Return the rules without any one of which a coding would not stand."""
        return tuple(rule for rule in coding.rules if not self._stands_without(rule, coding))

    def short_of(self, coding: _Coded) -> tuple[str, ...]:
        """Return the same where no rule of the coding hides any words, nor answers take over questions."""
        key = coding.code, coding.rules
        if key not in self._short:
            code, rules = self.look.codebook.codes[coding.code], {*coding.rules}
            self._short[key] = tuple(rule for rule in coding.rules if not _reach(code, rules - {rule}))
        return self._short[key]

    def _stands_without(self, rule: str, coding: _Coded) -> bool:
        code = self.look.codebook.codes[coding.code]
        if self._by_question(coding) or (coding.code in self._asking and rule in self._hiding):
            return (coding.segment, coding.code) in self._standing_without(rule, coding.segment)
        fired = {*coding.rules} - {rule}
        return _reach(code, fired) or _reach(code, fired | self._freed(rule, code, coding.segment))

    def _by_question(self, coding: _Coded) -> bool:
        """Whether a coding is, or without a rule might be, taken over from the question before it."""
        look = self.look
        if not look.codebook.inherit_question:
            return False
        position = look.position[coding.segment]
        return position > 0 and any(
            match.code == coding.code and match.blocked_by == "interviewer"
            for match in look.matches(look.segments[position - 1].index)
        )

    def _freed(self, rule: str, code: Code, segment: int) -> set[str]:
        """Return the rules of the code whose hidden matches would stand if this rule were gone."""
        matches = map(self.look.coded.matches.__getitem__, self._hidden.get((segment, code.id), ()))
        free = {
            match.rule
            for match in matches
            if match.rule != rule
            and match.blocked_by == f"{_LONGER}{rule}"
            and not self._held(match, code, rule)
        }
        return {other for other in free if self._would_stand(self.look.rules[other], rule, code, segment)}

    def _held(self, match: Match, code: Code, rule: str) -> bool:
        """Whether words lie inside longer ones of another rule than one."""
        key = match.segment, self.look.family(code.id)
        if key not in self._holding:
            self._holding[key] = Holding(self.look.terms_evidence(*key))
        return self._holding[key].holds(hull(match.parts), besides=rule)

    def _would_stand(self, other: Rule, rule: str, code: Code, segment: int) -> bool:
        """Whether a rule some of whose words nothing would hide any more, without `rule`, would stand."""
        look = self.look
        if not (other.excepts or code.excepts or other.where or other.unless):
            return True
        position = look.position[segment]
        if other.excepts or code.excepts:
            longer = look.longer(segment, look.family(code.id), without=rule)
            found = find(other, code, look.view(position))
            if "" not in without_longer(other, found, longer).values():
                return False
        if other.where and not holds(other.where, look.document, look.segments[position]):
            return False
        return not (other.unless and look.unless_found(other.unless, position))

    def _standing_without(self, rule: str, segment: int) -> set[tuple[int, str]]:
        """Code again without a rule what it may touch: the turn, or all where answers take over questions."""
        look = self.look
        every = look.codebook.inherit_question
        positions = range(len(look.segments)) if every else look.turn(look.position[segment])
        key = rule, positions[0]
        if key not in self._again:
            segments = [look.segments[n] for n in positions]
            coded = code_document(look.document, segments, look.codebook, without=rule)
            self._again[key] = {(coding.segment, coding.code) for coding in coded.codings}
        return self._again[key]


def _reach(code: Code, fired: set[str]) -> bool:
    return reaches(sum(rule.weight for rule in code.rules if rule.id in fired))
