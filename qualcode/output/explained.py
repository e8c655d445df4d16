"""Explanations as text for people and as plain values for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from qualcode.coding.explain import AbsentRule, Explained, ExplainedCode, ExplainedMatch, segment_spans
from qualcode.coding.why import Why
from qualcode.model import Span
from qualcode.output.words import Words
from qualcode.problems import Place

Shown = Callable[[Place], str]  # a place of the codebook as a reader here would write it

MARKS = {"counts": "+", "not counted": "±", "refused": "-", "not found": "·"}


def explained_lines(explained: Explained, say: Words, lang: str, shown: Shown) -> Iterator[str]:
    """Write an explanation as lines of text, the evidence in [brackets]."""
    segment = explained.segment
    about = (
        segment.id,
        explained.document.metadata.kind,
        say(segment.role) if segment.role else "",
        segment.speaker if segment.speaker != segment.role else "",
        segment.time,
        segment.article,
    )
    yield " · ".join(filter(None, about))
    yield "  " + marked_text(segment.text, segment_spans(explained))
    if not explained.codes:
        yield ""
        yield say("no rule of any code finds anything here; ask about one with --code")
    for code in explained.codes:
        yield ""
        yield f"{MARKS[code.verdict]} {_name(code, lang)}: {say(code.verdict)}"
        if code.because:
            yield "    " + _said(code.because, say)
        for match in code.matches:
            yield from _match(match, explained, say, shown)
        for absent in code.absent:
            yield from _absent(absent, say, shown)


def _name(code: ExplainedCode, lang: str) -> str:
    label = code.code.label(lang)
    return code.code.id if label == code.code.id else f"{code.code.id} {label}"


def _match(found: ExplainedMatch, explained: Explained, say: Words, shown: Shown) -> Iterator[str]:
    sign = "-" if found.refused else "+" if found.counts else "±"
    yield f"  {sign} {found.rule.id}  {shown(found.rule.place)}  {found.rule.written}".rstrip()
    yield "      " + in_context(explained, found.match.parts)
    if found.refused:
        yield "      " + say(
            "refused ({reason}): {why}",
            reason=found.match.blocked_by,
            why=_said(found.refused, say, shown),
        )
    if found.taken_over:
        yield "      " + _said(found.taken_over, say)
    for meant in found.meant:
        if not meant.cues and meant.counts:
            continue
        cues = [
            f"{reason.cue} [{explained.document.text[reason.span.start : reason.span.end]}]"
            f" {shown(explained.cues.get(reason.cue, Place()))}".rstrip()
            for reason in meant.cues
        ]
        line = f"      {say(meant.axis)}: {say(meant.value)}"
        line += say(", so it does not count") if not meant.counts else ""
        yield line + (f" ← {'; '.join(cues)}" if cues else "")


def _absent(absent: AbsentRule, say: Words, shown: Shown) -> Iterator[str]:
    yield f"  · {absent.rule.id}  {shown(absent.rule.place)}  {absent.rule.written}".rstrip()
    yield from _reasons(absent.why, say, "      ")


def _reasons(reason: Why, say: Words, indent: str) -> Iterator[str]:
    yield indent + _said(reason, say)
    for one in reason.inner:
        yield from _reasons(one, say, indent + "  ")


def _said(reason: Why, say: Words, shown: Shown | None = None) -> str:
    text = say(reason.template, **reason.values)
    where = shown(reason.place) if shown and reason.place.line else ""
    return f"{text}  {where}" if where else text


def marked_text(text: str, spans: Iterable[Span]) -> str:
    """Return a text with some stretches in brackets; overlapping ones are one. Line breaks become spaces.

    >>> marked_text("怕担责，不敢签", [Span(0, 3), Span(4, 7), Span(5, 6)])
    '[怕担责]，[不敢签]'
    """
    opening: list[Span] = []
    for span in sorted(spans):
        if opening and span.start < opening[-1].end:
            opening[-1] = Span(opening[-1].start, max(opening[-1].end, span.end))
        else:
            opening.append(span)
    out, at = [], 0
    for span in opening:
        out += [text[at : span.start], "[", text[span.start : span.end], "]"]
        at = span.end
    return " ".join("".join([*out, text[at:]]).split())


def in_context(explained: Explained, parts: Iterable[Span], width: int = 16) -> str:
    """Return the words round the parts of a match, the parts in brackets, within their segment."""
    segment = explained.segment
    inside = [Span(part.start - segment.span.start, part.end - segment.span.start) for part in parts]
    if not all(part.start >= 0 and part.end <= len(segment.text) for part in inside):
        return " … ".join(f"[{explained.document.text[p.start : p.end]}]" for p in parts)
    first = max(min(part.start for part in inside) - width, 0)
    last = min(max(part.end for part in inside) + width, len(segment.text))
    moved = [Span(part.start - first, part.end - first) for part in inside]
    text = marked_text(segment.text[first:last], moved)
    return ("…" if first else "") + text + ("…" if last < len(segment.text) else "")


def explained_record(explained: Explained, file_of: Shown) -> dict[str, object]:
    """Return an explanation as plain values for JSON; its sentences are English, whatever is spoken."""
    segment = explained.segment
    return {
        "format": 1,
        "document_id": explained.document.id,
        "segment_id": segment.id,
        "kind": explained.document.metadata.kind,
        "speaker": segment.speaker,
        "role": segment.role,
        "start": segment.span.start,
        "end": segment.span.end,
        "text": segment.text,
        "codes": [_code_record(code, explained, file_of) for code in explained.codes],
    }


def _code_record(code: ExplainedCode, explained: Explained, file_of: Shown) -> dict[str, object]:
    return {
        "code": code.code.id,
        "verdict": code.verdict,
        "weight": code.coding.weight if code.coding else None,
        "because": str(code.because) if code.because else "",
        "matches": [_match_record(found, explained, file_of) for found in code.matches],
        "absent": [
            {
                "rule": one.rule.id,
                "pattern": one.rule.written,
                "file": file_of(one.rule.place),
                "line": one.rule.place.line,
                "why": _why_record(one.why, file_of),
            }
            for one in code.absent
        ],
    }


def _match_record(found: ExplainedMatch, explained: Explained, file_of: Shown) -> dict[str, object]:
    text = explained.document.text
    return {
        "rule": found.rule.id,
        "pattern": found.rule.written,
        "file": file_of(found.rule.place),
        "line": found.rule.place.line,
        "parts": [list(part) for part in found.match.parts],
        "matched": list(found.words),
        "blocked_by": found.match.blocked_by,
        "why": _why_record(found.refused, file_of) if found.refused else None,
        "taken_over": str(found.taken_over) if found.taken_over else "",
        "counts": found.counts,
        "meant": [
            {
                "axis": one.axis,
                "value": one.value,
                "counts": one.counts,
                "cues": [
                    {
                        "cue": cue.cue,
                        "value": cue.value,
                        "start": cue.span.start,
                        "end": cue.span.end,
                        "words": text[cue.span.start : cue.span.end],
                        "file": file_of(explained.cues.get(cue.cue, Place())),
                        "line": explained.cues.get(cue.cue, Place()).line,
                    }
                    for cue in one.cues
                ],
            }
            for one in found.meant
        ],
    }


def _why_record(reason: Why, file_of: Shown) -> dict[str, object]:
    return {
        "kind": reason.kind,
        "why": str(reason),
        "spans": [list(span) for span in reason.spans],
        "file": file_of(reason.place) if reason.place.line else "",
        "line": reason.place.line,
        "inner": [_why_record(one, file_of) for one in reason.inner],
    }
