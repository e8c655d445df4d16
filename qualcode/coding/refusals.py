"""Why a match was refused, in words: one function for each reason that `blocked_by` can name."""

from __future__ import annotations

from qualcode.codebook.records import Condition
from qualcode.coding.judge import FULL
from qualcode.coding.look import Look
from qualcode.coding.where import field_of, holds
from qualcode.coding.why import Why, why
from qualcode.model import Match, Span
from qualcode.patterns.base import hull
from qualcode.patterns.term import Term


def refusal(match: Match, look: Look) -> Why | None:
    """Say why a match was refused; None for one that stands.

    The match is one of those the look was made with. Raises `KeyError` for a reason that coding cannot give.
    """
    reason = match.blocked_by.partition(":")[0]
    return _SAID[reason](match, look) if reason else None


def _longer(match: Match, look: Look) -> Why:
    winner = look.rules[match.blocked_by.partition(":")[2]]
    inside = hull(match.parts)
    evidence = look.terms_evidence(match.segment, look.family(match.code))
    holding = sorted(
        (span.start - span.end, span.start, span)
        for span, rule in evidence
        if rule == winner.id and span.contains(inside) and span != inside
    )
    longer = holding[0][2]
    return why(
        "longer",
        "it lies inside the longer “{words}” of rule {rule} ({code})",
        spans=(longer,),
        place=winner.place,
        words=look.document.text[longer.start : longer.end],
        rule=winner.id,
        code=winner.code,
    )


def _except(match: Match, look: Look) -> Why:
    rule, code = look.rules[match.rule], look.codebook.codes[match.code]
    view = look.view(look.position[match.segment])
    found: list[tuple[Span, Term]] = []
    for term in (*rule.excepts, *code.excepts):
        found += [(hull(parts), term) for each in view.found((term,)) for parts in each]
    found.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    touching = [pair for pair in found if any(pair[0].overlaps(part) for part in match.parts)]
    span, term = (touching or found)[0]
    words = look.document.text[span.start : span.end]
    if touching:
        return why(
            "except",
            "it shares words with the excepted phrase “{words}”",
            spans=(span,),
            place=term.place,
            words=words,
        )
    return why(
        "except",
        "without the words of the excepted phrase “{words}” other evidence is taken in its place",
        spans=(span,),
        place=term.place,
        words=words,
    )


def _unless(match: Match, look: Look) -> Why:
    rule, code = look.rules[match.rule], look.codebook.codes[match.code]
    position = look.position[match.segment]
    for unless in (rule.unless, code.unless):
        found = look.unless_found(unless, position) if unless else None
        if unless and found:
            segment, parts = found
            words = " … ".join(look.document.text[part.start : part.end] for part in parts)
            if segment.index == match.segment:
                return why(
                    "unless",
                    "“{words}” stands in the segment, and the rule holds only unless {pattern}",
                    spans=parts,
                    place=unless.place,
                    words=words,
                    pattern=unless.written,
                )
            return why(
                "unless",
                "“{words}” stands in the same turn, in {segment}, and the rule holds only unless {pattern}",
                spans=parts,
                place=unless.place,
                words=words,
                segment=segment.id,
                pattern=unless.written,
            )
    # A pattern too slow to be tried again here did answer while the document was coded.
    return why("unless", "something in the segment or its turn speaks against it")


def _where(match: Match, look: Look) -> Why:
    rule, code = look.rules[match.rule], look.codebook.codes[match.code]
    segment = look.segments[look.position[match.segment]]
    fails = next(one for one in (*rule.where, *code.where) if not holds((one,), look.document, segment))
    value = field_of(fails.field, look.document, segment)
    if not value:
        return why(
            "where",
            "the rule is for {field} {wanted}, and {field} is not known here",
            place=fails.place,
            field=fails.field,
            wanted=written(fails),
        )
    return why(
        "where",
        "the rule is for {field} {wanted}, and {field} is {value} here",
        place=fails.place,
        field=fails.field,
        wanted=written(fails),
        value=value,
    )


def written(condition: Condition) -> str:
    """Write what a line of a `where` asks for in short.

    >>> written(Condition("role", ("respondent",), negated=True)), written(Condition("date", since="2019"))
    ('≠ respondent', '2019 ≤ …')
    """
    if condition.since or condition.before:
        since = f"{condition.since} ≤ …" if condition.since else "…"
        text = f"{since} < {condition.before}" if condition.before else since
    else:
        text = " | ".join(condition.values)
    return f"≠ {text}" if condition.negated else text


def _interviewer(match: Match, look: Look) -> Why:
    segment = look.segments[look.position[match.segment]]
    return why(
        "interviewer",
        "these are the words of {speaker}, who asks ({role}); only answers are coded",
        speaker=segment.speaker or "–",
        role=segment.role,
    )


def _threshold(match: Match, look: Look) -> Why:
    fired = {
        other.rule
        for other in look.matches(match.segment)
        if other.code == match.code and other.blocked_by == "threshold"
    }
    weights = {rule.id: rule.weight for rule in look.codebook.codes[match.code].rules if rule.id in fired}
    return why(
        "threshold",
        "the rules that fired weigh {sum:g} together ({weights}); the code stands at {full:g}",
        sum=round(sum(weights.values()), 9),
        weights=" + ".join(f"{rule} {weight:g}" for rule, weight in weights.items()),
        full=FULL,
    )


_SAID = {
    "longer": _longer,
    "except": _except,
    "unless": _unless,
    "where": _where,
    "interviewer": _interviewer,
    "threshold": _threshold,
}
