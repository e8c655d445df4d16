"""What coding means, written down as directly as it can be said.

Nothing here is fast: every place is tried, every choice of members is listed, every match is compared with
every other. The engine must give exactly this. The only things shared with it are the records that a codebook
is made of, the sentence splitter, and the engines behind `regex` rules.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import re2
import regex
from opencc import OpenCC

from qualcode.codebook.records import Code, Codebook, Rule, Unless
from qualcode.model import Document, Segment, Span
from qualcode.patterns.all_ import All
from qualcode.patterns.any_ import Any
from qualcode.patterns.code import Code as CodePattern
from qualcode.patterns.count import Count
from qualcode.patterns.near import Near
from qualcode.patterns.regex import Regex
from qualcode.patterns.score import Score
from qualcode.patterns.terms import Terms
from qualcode.text.sentences import sentence_spans

T2S = OpenCC("t2s")
LETTER = regex.compile(r"[\p{L}\p{M}\p{Nd}]")
HAN_KANA = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")

Parts = tuple[Span, ...]
Found = tuple[int, str, str, Parts, str]  # segment, code, rule, parts, blocked_by


# Characters


def folded(text: str, kinds: frozenset[str]) -> str:
    return "".join(_folded(character, kinds) for character in text)


def _folded(c: str, kinds: frozenset[str]) -> str:
    if c.isspace():
        return " "
    if "width" in kinds and 0xFF01 <= ord(c) <= 0xFF5E:
        c = chr(ord(c) - 0xFF01 + 0x21)
    if c in "’‘ʼ":
        c = "'"
    if "case" in kinds and len(c.lower()) == 1:
        c = c.lower()
    if "script" in kinds and len(T2S.convert(c)) == 1:
        c = T2S.convert(c)
    return c


def is_letter(c: str) -> bool:
    return bool(LETTER.match(c)) and not HAN_KANA.match(c)


def in_word(text: str, i: int) -> bool:
    if not 0 <= i < len(text):
        return False
    if text[i] in "'’‘ʼ＇":
        return 0 < i < len(text) - 1 and is_letter(text[i - 1]) and is_letter(text[i + 1])
    return is_letter(text[i])


def cut(text: str, i: int) -> bool:
    """Whether a word goes on from before `i` to behind it."""
    return in_word(text, i - 1) and in_word(text, i)


def words(text: str) -> int:
    count = 0
    for i, c in enumerate(text):
        if HAN_KANA.match(c) or (in_word(text, i) and not in_word(text, i - 1)):
            count += 1
    return count


# Terms


def occurrences(term, text: str, kinds: frozenset[str]) -> list[Parts]:
    """Where a term stands in a segment's text: from the left, not overlapping."""
    text = folded(text, kinds)
    pieces = [[folded(chunk, kinds) for chunk in piece.split("*")] for piece in term.pieces]
    found: list[Parts] = []
    for i in range(len(text)):
        if found and i < found[-1][-1].end:
            continue
        parts = first_choice(pieces, text, i)
        if parts:
            found.append(parts)
    return found


def first_choice(pieces, text: str, i: int) -> Parts | None:
    end = piece_end(pieces[0], text, i)
    if end is None:
        return None
    if len(pieces) == 1:
        return (Span(i, end),)
    for j in range(end, len(text)):
        if gap_allowed(pieces[0], pieces[1], text[end:j]):
            rest = first_choice(pieces[1:], text, j)
            if rest:
                return (Span(i, end), *rest)
    return None


def gap_allowed(left, right, gap: str) -> bool:
    if is_letter("".join(left)[-1]) and is_letter(right[0][0]):
        return words(gap) <= 3
    return len(gap) <= 6


def piece_end(chunks, text: str, i: int) -> int | None:
    if cut(text, i):
        return None
    for n, chunk in enumerate(chunks):
        while n and in_word(text, i):  # the star: on to the end of the word
            i += 1
        spaced = False
        for c in chunk:
            if c == " ":
                if spaced:
                    continue
                if text[i : i + 1] != " ":
                    return None
                while text[i : i + 1] == " ":
                    i += 1
            elif text[i : i + 1] == c:
                i += 1
            else:
                return None
            spaced = c == " "
    return None if cut(text, i) else i


# Patterns


def hull(parts: Parts) -> Span:
    return Span(min(p.start for p in parts), max(p.end for p in parts))


def touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def properly_inside(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end and one != other


class Oracle:
    """Everything that is true of one document under one codebook."""

    def __init__(self, document: Document, segments: list[Segment], codebook: Codebook) -> None:
        self.document, self.segments, self.codebook = document, segments, codebook
        self._judged: dict[tuple[str, int], list[Found]] = {}

    def matches(self) -> set[Found]:
        return {
            found for code in self.codebook.codes for segment in self.segments
            for found in self.judged(code, segment)
        }  # fmt: skip

    def codings(self) -> set[tuple[int, str]]:
        return {(found[0], found[1]) for found in self.matches() if not found[4]}

    # Where patterns match. `excepted`: stretches that evidence must keep clear of.

    def places(self, term, segment: Segment, excepted: list[Span] = []) -> list[Parts]:  # noqa: B006
        start = segment.span.start
        found = [
            tuple(Span(start + a, start + b) for a, b in parts)
            for parts in occurrences(term, segment.text, self.codebook.fold)
        ]
        return [parts for parts in found if clear(parts, excepted)]

    def find(self, pattern, segment: Segment, excepted: list[Span] = []) -> list[Parts]:  # noqa: B006
        def places(term):
            return self.places(term, segment, excepted)

        match pattern:
            case Terms():
                by_hull: dict[Span, Parts] = {}
                for term in pattern.terms:
                    for parts in places(term):
                        by_hull.setdefault(hull(parts), parts)
                return list(by_hull.values())
            case Near():
                return self.find_near(pattern, segment, excepted)
            case Count():
                firsts = {}
                for term in pattern.terms:
                    if places(term):
                        same = tuple(folded(term.text, self.codebook.fold).split())
                        firsts.setdefault(same, places(term)[0])
                enough = len(firsts) >= pattern.at_least
                return [united(firsts.values())] if enough else []
            case Score():
                here = [n for n, term in enumerate(pattern.terms) if places(term)]
                entries = {entry for n in here for entry in pattern.owners[n]}
                weighs = sum(pattern.weights[entry] for entry in entries)
                clear_in_turn = pattern.reach_in_turn is not None and any(
                    self.weighs(pattern, one) >= pattern.reach - 1e-9
                    for one in self.segments
                    if one.turn and one.turn == segment.turn and one is not segment
                )
                if weighs < (pattern.reach_in_turn if clear_in_turn else pattern.reach) - 1e-9:
                    return []
                reach = pattern.reach if weighs >= pattern.reach - 1e-9 else pattern.reach_in_turn
                heaviest = sorted(entries, key=lambda entry: (-pattern.weights[entry], entry))
                few = next(n for n in range(1, len(heaviest) + 1)
                           if sum(pattern.weights[e] for e in heaviest[:n]) >= reach - 1e-9)  # fmt: skip
                firsts = {
                    entry: min((places(pattern.terms[n])[0] for n in here if entry in pattern.owners[n]),
                               key=lambda parts: (hull(parts), parts))
                    for entry in heaviest[:few]
                }  # fmt: skip
                return [united(firsts.values())]
            case All():
                groups = [self.find(group, segment, excepted) for group in pattern.groups]
                if not all(groups):
                    return []
                return [united(min(group, key=lambda p: (hull(p), p)) for group in groups)]
            case Any():
                return [parts for one in pattern.choices for parts in self.find(one, segment, excepted)]
            case CodePattern():
                found = [e for code in pattern.codes for e in self.coded(code, pattern.scope, segment)]
            case Regex():
                found = self.find_regex(pattern.pattern, segment)
            case _:
                raise AssertionError(pattern)
        return [parts for parts in found if clear(parts, excepted)]

    def weighs(self, pattern, segment: Segment) -> float:
        here = [n for n, term in enumerate(pattern.terms) if self.places(term, segment)]
        return sum(pattern.weights[entry] for entry in {e for n in here for e in pattern.owners[n]})

    def find_regex(self, pattern: str, segment: Segment) -> list[Parts]:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        start = segment.span.start
        spans = [m.span() for m in re2.compile(pattern, options).finditer(segment.text)]
        return [(Span(start + a, start + b),) for a, b in spans if a < b]

    def find_near(self, pattern: Near, segment: Segment, excepted: list[Span]) -> list[Parts]:
        groups = []
        for group in pattern.groups:
            hulls = {hull(p) for term in group for p in self.places(term, segment, excepted)}
            groups.append([one for one in hulls if clear((one,), excepted)])
        candidates = {
            tuple(sorted(chosen)) for chosen in product(*groups) if self.is_near(pattern, chosen, segment)
        }
        minimal = [c for c in candidates if not any(properly_inside(hull(o), hull(c)) for o in candidates)]
        first_of_hull: dict[Span, Parts] = {}
        for candidate in sorted(minimal):
            first_of_hull.setdefault(hull(candidate), candidate)
        kept: list[Parts] = []
        for stretch in sorted(first_of_hull):
            if not any(touch(stretch, hull(one)) for one in kept):
                kept.append(first_of_hull[stretch])
        return kept

    def is_near(self, pattern: Near, chosen: Parts, segment: Segment) -> bool:
        text, offset = segment.text, segment.span.start
        ordered = sorted(chosen)
        if pattern.ordered and list(chosen) != ordered:
            return False
        pairs = list(pairwise(ordered))
        if any(touch(left, right) for left, right in pairs):
            return False
        limit, unit = pattern.distance.limit, pattern.distance.unit
        if unit == "sentence":
            sentences = sentence_spans(text, 0, len(text))
            return any(
                all(a + offset <= part.start and part.end <= b + offset for part in chosen)
                for a, b in sentences
            )
        between = [text[left.end - offset : right.start - offset] for left, right in pairs]
        return all((words(gap) if unit == "words" else len(gap)) <= limit for gap in between)

    def coded(self, code: str, scope: str, segment: Segment) -> list[Parts]:
        """Evidence of standing codings of a code or its descendants."""
        codes = [c for c in self.codebook.codes if "=" + c == code or c == code or c.startswith(code + ".")]
        here = [self.evidence(c, segment) for c in codes]
        if any(here):
            return [parts for parts in here if parts]
        if scope == "turn" and any(self.evidence(c, s) for c in codes for s in self.turn(segment)):
            return [(segment.span,)]
        return []

    def evidence(self, code: str, segment: Segment) -> Parts:
        return united(parts for *_, parts, why in self.judged(code, segment) if not why)

    def turn(self, segment: Segment) -> list[Segment]:
        return [s for s in self.segments if s is segment or (segment.turn and s.turn == segment.turn)]

    # The order of judgement

    def judged(self, name: str, segment: Segment) -> list[Found]:
        key = (name, segment.index)
        if key not in self._judged:
            code = self.codebook.codes[name]
            found = [one for rule in code.rules for one in self.ruled(rule, code, segment)]
            if segment.role in ("interviewer", "moderator") and not self.codebook.code_interviewers:
                found = [blocked(one, "interviewer") for one in found]
            weight = sum(
                rule.weight for rule in code.rules if any(f[2] == rule.id and not f[4] for f in found)
            )
            if weight < 1 - 1e-9:
                found = [blocked(one, "threshold") for one in found]
            self._judged[key] = found
        return self._judged[key]

    def ruled(self, rule: Rule, code: Code, segment: Segment) -> list[Found]:
        excepted = [hull(p) for t in (*rule.excepts, *code.excepts) for p in self.places(t, segment)]
        with_all = set(self.find(rule.pattern, segment))
        with_allowed = set(self.find(rule.pattern, segment, excepted))
        found = []
        for parts in with_all | with_allowed:
            why = self.longer(parts, rule, segment)
            if not why and parts not in with_allowed:
                why = "except"
            for unless in (rule.unless, code.unless):
                if not why and unless and self.refuses(unless, segment):
                    why = "unless"
            if not why and not self.where(rule, code, segment):
                why = "where"
            found.append((segment.index, code.id, rule.id, parts, why))
        return found

    def longer(self, parts: Parts, rule: Rule, segment: Segment) -> str:
        if not isinstance(rule.pattern, Terms) or rule.nested_keep:
            return ""
        rivals = [
            (other.start - other.end, other.start, one.id)
            for one in self.codebook.rules
            if isinstance(one.pattern, Terms) and self.same_family(one.code, rule.code)
            for other in map(hull, self.find(one.pattern, segment))
            if properly_inside(hull(parts), other)
        ]
        return f"longer:{min(rivals)[2]}" if rivals else ""

    def same_family(self, one: str, other: str) -> bool:
        return self.codebook.overlap == "codebook" or self.codebook.facet_of(one) == self.codebook.facet_of(
            other
        )

    def refuses(self, unless: Unless, segment: Segment) -> bool:
        looked_at = self.turn(segment) if unless.scope == "turn" else [segment]
        return any(self.find(unless.pattern, one) for one in looked_at)

    def where(self, rule: Rule, code: Code, segment: Segment) -> bool:
        known = {"role": segment.role, "speaker": segment.speaker, "kind": self.document.metadata.kind}
        return all(
            (known[condition.field] in condition.values) != condition.negated
            for condition in (*rule.where, *code.where)
        )


def clear(parts: Parts, excepted: list[Span]) -> bool:
    return not any(touch(part, phrase) for part in parts for phrase in excepted)


def united(many) -> Parts:
    return tuple(sorted({part for parts in many for part in parts}))


def blocked(found: Found, why: str) -> Found:
    return found if found[4] else (*found[:4], why)


def without_rule(codebook: Codebook, rule: str) -> Codebook:
    """Return a codebook with one rule taken out; other rules keep their ids."""
    codes = {
        code.id: replace(code, rules=tuple(one for one in code.rules if one.id != rule))
        for code in codebook.codes.values()
    }
    return replace(codebook, codes=codes)
