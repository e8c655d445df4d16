"""Why a segment is coded as it is, and why it is not coded otherwise.

    explained = explain(document, segments, codebook, coded, index)        what stands and what was refused
    explained = explain(..., codes=("avoidance.fear",))                    and why not this one

Everything comes back as records; `qualcode.output.explained` writes them as text or plain values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.codebook.cues import AXES
from qualcode.codebook.records import Code, Codebook, Rule
from qualcode.coding.absent import absence
from qualcode.coding.coded import CodedDocument
from qualcode.coding.context import Reason, counts
from qualcode.coding.judge import FULL, reaches, weight_of
from qualcode.coding.look import Look
from qualcode.coding.refusals import refusal
from qualcode.coding.why import Why, why
from qualcode.model import Assertion, Coding, Document, Match, Segment, Span
from qualcode.problems import Place, UsageError
from qualcode.registry import did_you_mean

Verdict = Literal["counts", "not counted", "refused", "not found"]


@dataclass(frozen=True, slots=True)
class Meant:
    """How a match is meant on one axis, whether that counts, and the cues that say so (none: none acts)."""

    axis: str
    value: str
    counts: bool
    cues: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainedMatch:
    """A match, the rule that found it, its words, and why it was refused or does not count.

    `taken_over` says from which question an answer has it, where the rule's words are not its own.
    """

    match: Match
    rule: Rule
    words: tuple[str, ...]
    refused: Why | None = None
    meant: tuple[Meant, ...] = ()
    taken_over: Why | None = None

    @property
    def counts(self) -> bool:
        return self.refused is None and all(one.counts for one in self.meant)


@dataclass(frozen=True, slots=True)
class AbsentRule:
    """A rule that found nothing, and why."""

    rule: Rule
    why: Why


@dataclass(frozen=True, slots=True)
class ExplainedCode:
    """What became of one code in a segment.

    `because` says why a coding that stands does not count. `absent` has the rules that found nothing; it is
    filled only for codes that were asked about.
    """

    code: Code
    verdict: Verdict
    coding: Coding | None = None
    because: Why | None = None
    matches: tuple[ExplainedMatch, ...] = ()
    absent: tuple[AbsentRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A segment with what became of its codes, in tree order; `cues` are those of the codebook, by id."""

    document: Document
    segment: Segment
    codes: tuple[ExplainedCode, ...]
    cues: dict[str, Place]


def explain(
    document: Document,
    segments: Sequence[Segment],
    codebook: Codebook,
    coded: CodedDocument,
    index: int,
    *,
    codes: Sequence[str] = (),
) -> Explained:
    """Explain the segment of an index: every code with a match there, or only those asked for.

    A code asked for comes with its descendants, and with every rule of theirs that found nothing. Raises
    `UsageError` for a code the codebook does not have.
    """
    look = Look(document, segments, codebook, coded)
    if index not in look.position:
        raise UsageError("{document} has no segment {index}", document=document.id, index=index)
    asked = [name for code in codes for name in _family(code, codebook)]
    matched = {match.code for match in look.matches(index)}
    wanted = [name for name in codebook.codes if name in (asked or matched)]
    return Explained(
        document,
        segments[look.position[index]],
        tuple(_code(name, index, look, absent=bool(asked)) for name in wanted),
        {cue.id: cue.place for cue in codebook.context.cues},
    )


def _family(code: str, codebook: Codebook) -> tuple[str, ...]:
    if code not in codebook.codes:
        raise UsageError(
            "the codebook has no {what} '{name}'",
            hint=did_you_mean(code, codebook.codes),
            what="code",
            name=code,
        )
    family = (code, *codebook.descendants(code))
    return tuple(name for name in family if codebook.codes[name].rules) or (code,)


def _code(name: str, index: int, look: Look, *, absent: bool) -> ExplainedCode:
    code = look.codebook.codes[name]
    coding = next((c for c in look.coded.codings if c.segment == index and c.code == name), None)
    matches = tuple(_match(match, code, look) for match in look.matches(index) if match.code == name)
    because = None
    verdict: Verdict = "refused" if matches else "not found"
    if coding is not None:
        verdict = "counts" if coding.countable else "not counted"
        because = None if coding.countable else _not_counted(coding, matches, code)
    fired = {found.match.rule for found in matches}
    missing = tuple(
        AbsentRule(rule, absence(rule.pattern, look, look.position[index]))
        for rule in code.rules
        if absent and rule.id not in fired
    )
    return ExplainedCode(code, verdict, coding, because, matches, missing)


def _match(match: Match, code: Code, look: Look) -> ExplainedMatch:
    words = tuple(look.document.text[part.start : part.end] for part in match.parts)
    rule = look.rules[match.rule]
    if match.blocked_by:
        return ExplainedMatch(match, rule, words, refused=refusal(match, look))
    question = None
    cues: tuple[Reason, ...] = ()
    if match.assertion.reported == "inherited":
        asked = look.segments[look.position[match.segment] - 1]
        question = why(
            "inherited", "these words affirm what {segment} asks: {words}", segment=asked.id, words=asked.text
        )
    else:
        cues = look.meaning(match).reasons
    meant = []
    for axis in AXES:
        value: str = getattr(match.assertion, axis)
        if value != "unassessed":
            said = tuple(reason for reason in cues if reason.axis == axis)
            meant.append(Meant(axis, value, _counts(axis, value, code, look.document), said))
    return ExplainedMatch(match, rule, words, meant=tuple(meant), taken_over=question)


def _counts(axis: str, value: str, code: Code, document: Document) -> bool:
    return counts(Assertion(**{axis: value}), code, document)


def _not_counted(coding: Coding, matches: Sequence[ExplainedMatch], code: Code) -> Why:
    counting = [found.match for found in matches if found.counts]
    weights = {rule.id: rule.weight for rule in code.rules}
    weight = weight_of({match.rule for match in counting}, weights)
    if counting and not reaches(weight):
        return why(
            "weight",
            "the matches that count weigh {sum:g} together; {full:g} is needed",
            sum=round(weight, 9),
            full=FULL,
        )
    values = [f"{one.axis} {one.value}" for found in matches for one in found.meant if not one.counts]
    return why("meant", "it is meant so: {values}", values=", ".join(dict.fromkeys(values)))


def segment_spans(explained: Explained) -> tuple[Span, ...]:
    """Return the words that standing matches rest on, within the segment's text."""
    start = explained.segment.span.start
    spans = {
        Span(part.start - start, part.end - start)
        for code in explained.codes
        for found in code.matches
        if found.refused is None
        for part in found.match.parts
    }
    return tuple(sorted(span for span in spans if span.start >= 0))
