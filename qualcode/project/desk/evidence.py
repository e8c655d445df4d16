"""What rules found in a segment, in words of a language: what stands, what was refused and why."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from qualcode.coding.explain import Explained, ExplainedCode, ExplainedMatch
from qualcode.coding.why import Why
from qualcode.model import Segment, Span
from qualcode.output.words import Words
from qualcode.problems import Place

OWN, OTHER, REFUSED = "own", "other", "refused"
_STRONGER = (OWN, OTHER, REFUSED)


def evidence(explained: Explained, say: Words) -> list[dict[str, Any]]:
    """Return what became of each code that has a match here, as plain values."""
    return [_code(code, explained, say) for code in explained.codes]


def _code(code: ExplainedCode, explained: Explained, say: Words) -> dict[str, Any]:
    return {
        "code": code.code.id,
        "verdict": code.verdict,
        "because": _said(code.because, say) if code.because else "",
        "matches": [_match(found, explained, say) for found in code.matches],
    }


def _match(found: ExplainedMatch, explained: Explained, say: Words) -> dict[str, Any]:
    text = explained.document.text
    return {
        "rule": found.rule.id,
        "written": found.rule.written,
        "place": shown(found.rule.place),
        "words": list(found.words),
        "refused": found.match.blocked_by.partition(":")[0],
        "why": _said(found.refused, say) if found.refused else "",
        "counts": found.counts,
        "taken": _said(found.taken_over, say) if found.taken_over else "",
        "meant": [
            {
                "axis": say(one.axis),
                "value": _value(one.value, say),
                "counts": one.counts,
                "cues": [text[cue.span.start : cue.span.end] for cue in one.cues],
            }
            for one in found.meant
            if one.cues or not one.counts
        ],
    }


def _value(value: str, say: Words) -> str:
    """A value of an assertion in words; of `other:财政局` the actor is kept as it is."""
    kind, _, actor = value.partition(":")
    return f"{say(kind)}: {actor}" if actor else say(kind)


def _said(reason: Why, say: Words) -> str:
    where = shown(reason.place)
    text = say(reason.template, **reason.values)
    return f"{text}  {where}" if where else text


def shown(place: Place) -> str:
    """Write a place of the codebook as `file:line`, without its folder."""
    return f"{PurePath(place.path).name}:{place.line}" if place.path and place.line else ""


def pieces(segment: Segment, explained: Explained | None, code: str) -> list[list[Any]]:
    """Cut a segment's text where evidence begins or ends: `[text, kind, codes]`.

    The kind is `own` for what the code rests on, else `other` for what another code does, else `refused`; ""
    for the rest.
    """
    marks = list(_marks(explained, code)) if explained else []
    start, length = segment.span.start, len(segment.text)
    inside = [
        (max(span.start - start, 0), min(span.end - start, length), kind, name)
        for span, kind, name in marks
        if span.start - start < length and span.end > start
    ]
    cuts = sorted({0, length, *(at for one in inside for at in one[:2])})
    made: list[list[Any]] = []
    for left, right in pairwise(cuts):
        over = [(kind, name) for first, last, kind, name in inside if first <= left and right <= last]
        kind = next((k for k in _STRONGER if any(k == its for its, _ in over)), "")
        names = list(dict.fromkeys(name for its, name in over if its == kind))
        made.append([segment.text[left:right], kind, names])
    return made


def _marks(explained: Explained, code: str) -> Iterable[tuple[Span, str, str]]:
    for one in explained.codes:
        for found in one.matches:
            for part in found.match.parts:
                kind = REFUSED if found.refused else OWN if one.code.id == code else OTHER
                yield part, kind, one.code.id
