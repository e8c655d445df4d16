"""What a page shows, as plain values: an entry with its context, a list of entries, the codes.

Blind, nothing here comes from the machine or from other coders: the desk holds neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.coding.explain import explain
from qualcode.language import fill
from qualcode.model import ASKING, Document, Segment
from qualcode.output.words import words
from qualcode.problems import Problem
from qualcode.project.desk.desk import Desk
from qualcode.project.desk.entries import AGAIN, CERTAIN, Cell, EntryKey
from qualcode.project.desk.evidence import evidence, pieces, shown
from qualcode.project.desk.filters import Filter
from qualcode.project.desk.papers import Paper
from qualcode.review.current import UNREVIEWED
from qualcode.review.records import VERDICTS, Decision, is_open
from qualcode.review.sheet import question_before

AROUND = 3  # segments shown on either side
MOST_AROUND = 60
ROWS = 40  # entries of a list at once
SHORT = 60  # characters of a segment in a list


def entry_view(
    desk: Desk, key: EntryKey, wanted: Filter, lang: str = "en", *, around: int = AROUND
) -> dict[str, Any]:
    """Return all a page shows of an entry, whether it passes the filter or not."""
    paper = desk.papers[key.paper]
    segment, cell = desk.segment_at(key.segment), desk.cell_at(key.segment)
    say = words(lang)
    explained = None
    if not desk.blind:
        explained = explain(paper.document, paper.segments, desk.book, paper.coded, segment.index)
    return {
        "segment": segment.id,
        "code": key.code,
        "seen": cell.seen,
        "document": _document(paper.document),
        "at": _where(segment, paper.document),
        "text": pieces(segment, explained, key.code),
        **_around(paper, segment, min(around, MOST_AROUND)),
        "codings": [_coding(cell, coding.code, desk) for coding in cell.codings],
        "evidence": evidence(explained, say) if explained else [],
        "looked": "" in cell.mine,
        "again": [_again(one.decision) for one in cell.placed if one.found.state not in CERTAIN],
        "memos": _memos(desk, cell, paper, key.code),
        **places(desk, key, wanted),
    }


def places(desk: Desk, key: EntryKey | None, wanted: Filter) -> dict[str, Any]:
    """Return where an entry stands among those that pass, how far the work is, and what can be taken back."""
    queue, scope, every = desk.queue(wanted), desk.queue(wanted.scope), desk.queue(Filter("all", "all"))
    last, undone = desk.told.last(desk.coder), desk.told.taken_back(desk.coder)
    return {
        "place": queue.place(key) if key else 0,
        "listed": queue.holds(key) if key else False,
        "of": len(queue),
        "scope": {"decided": scope.decided, "of": len(scope)},
        "all": {"decided": every.decided, "of": len(every)},
        "last": decision_view(desk, last) if last else None,
        "undone": {**decision_view(desk, desk.told.root(undone)), "id": undone.id} if undone else None,
    }


def list_view(desk: Desk, wanted: Filter, start: int, rows: int = ROWS) -> dict[str, Any]:
    """Return some entries that pass a filter, from a place on."""
    queue = desk.queue(wanted)
    first = max(min(start, len(queue) - 1), 0)
    made = []
    for key in queue.keys[first : first + rows]:
        segment, cell = desk.segment_at(key.segment), desk.cell_at(key.segment)
        mine = cell.mine.get(key.code)
        made.append(
            {
                "segment": segment.id,
                "code": key.code,
                "text": segment.text[:SHORT] + ("…" if len(segment.text) > SHORT else ""),
                "status": _status(cell, key.code),
                "mine": _verdict(mine, key.code) if mine else "",
                "codes": [coding.code for coding in cell.codings] if desk.blind else [],
                "decided": any(entry.key == key and entry.decided for entry in cell.entries),
            }
        )
    return {"start": first, "rows": made, "of": len(queue)}


def codes_view(desk: Desk) -> list[dict[str, Any]]:
    """Return the codes one can give: those of the codebook in tree order, then people's own in use."""
    made = [
        {
            "id": code.id,
            "name": {tongue: code.label(tongue) for tongue in ("zh", "en")},
            "level": code.level,
            "facet": code.facet,
            "definition": dict(code.definition),
            "include": dict(code.include),
            "exclude": dict(code.exclude),
            "confused": list(code.confused_with),
            "examples": [one.text for one in code.examples],
            "not_examples": [one.text for one in code.not_examples],
            "rules": [] if desk.blind else [rule.id for rule in code.rules],
            "place": shown(code.place),
            "memos": [_memo(desk, one) for one in desk.told.memos(code=code.id)],
        }
        for code in desk.book.codes.values()
        if not is_open(code.id)
    ]
    return made + [_open_code(desk, code) for code in desk.open_codes()]


def _open_code(desk: Desk, code: str) -> dict[str, Any]:
    name = code.partition(":")[2]
    return {
        "id": code,
        "name": {"zh": name, "en": name},
        "level": 1,
        "facet": "",
        **{key: {} for key in ("definition", "include", "exclude")},
        **{key: [] for key in ("confused", "examples", "not_examples", "rules")},
        "place": "",
        "memos": [_memo(desk, one) for one in desk.told.memos(code=code)],
    }


def desk_view(desk: Desk, lang: str) -> dict[str, Any]:
    """Return what a page must know before it shows an entry."""
    return {
        "coder": desk.coder,
        "blind": desk.blind,
        "codes": codes_view(desk),
        "documents": [
            {
                **_document(paper.document),
                "segments": len(paper.segments),
                "memos": [_memo(desk, one) for one in desk.told.memos(document=paper.document.id)],
            }
            for paper in desk.papers
        ],
        "problems": [problem_text(one, lang) for one in desk.problems],
    }


def problem_text(one: Problem, lang: str) -> str:
    """Write a problem in a language, with its place."""
    text = fill(one.message, lang, one.values)
    hint = fill(one.hint, lang, one.values) if one.hint else ""
    return f"{one.place}: {text}" + (f"; {hint}" if hint else "")


def history_view(desk: Desk, many: int = 30) -> list[dict[str, Any]]:
    """Return the coder's latest decisions, newest first, those taken back too."""
    latest = desk.told.latest(desk.coder, many)
    return [{**decision_view(desk, one), "holds": desk.told.holds(one.id)} for one in latest]


def decision_view(desk: Desk, one: Decision) -> dict[str, Any]:
    """Return a decision with the segment it is about, as far as that is on the desk."""
    key = desk.told.at.get(one.id)
    return {
        "id": one.id,
        "coder": one.coder,
        "action": one.action,
        "code": one.code,
        "to": one.to,
        "memo": one.memo,
        "time": one.time,
        "segment": desk.segment_at(key).id if key else "",
        "words": one.anchor.quote[:SHORT] if one.anchor else "",
    }


def _document(document: Document) -> dict[str, str]:
    meta = document.metadata
    return {
        "id": document.id,
        "title": meta.title,
        "kind": meta.kind,
        "language": meta.language,
        "date": meta.date or meta.issued,
        "case": meta.case,
        "site": meta.site,
        "actor": meta.actor,
        "split": meta.split,
    }


def _where(segment: Segment, document: Document) -> dict[str, str]:
    speaker = document.speaker(segment.speaker) if segment.speaker else None
    return {
        "speaker": segment.speaker,
        "role": segment.role,
        "actor": speaker.actor if speaker else "",
        "time": segment.time,
        "section": segment.section,
        "article": segment.article,
    }


def _around(paper: Paper, segment: Segment, around: int) -> dict[str, Any]:
    """Return the segments before and after, and the question where it is not among them."""
    at = paper.position[segment.index]
    before, after = paper.segments[max(at - around, 0) : at], paper.segments[at + 1 : at + 1 + around]
    asked = any(one.role in ASKING for one in before)
    return {
        "question": "" if asked else question_before(paper.document, segment),
        "before": [_beside(one) for one in before],
        "after": [_beside(one) for one in after],
        "more": {"before": at > around, "after": at + 1 + around < len(paper.segments)},
    }


def _beside(segment: Segment) -> dict[str, Any]:
    return {
        "segment": segment.id,
        "speaker": segment.speaker,
        "asks": segment.role in ASKING,
        "heading": segment.kind == "heading",
        "text": segment.text,
    }


def _coding(cell: Cell, code: str, desk: Desk) -> dict[str, Any]:
    coding = next(one for one in cell.codings if one.code == code)
    standing = cell.standings.get(code)
    mine = cell.mine.get(code)
    return {
        "code": code,
        "status": standing.status if standing else UNREVIEWED,
        "by": list(standing.decided_by) if standing else [],
        "machine": bool(coding.matches),
        "counts": coding.countable,
        "mine": decision_view(desk, mine) if mine else None,
        "others": [
            decision_view(desk, one.decision)
            for one in cell.placed
            if one.decision.coder != desk.coder
            and one.decision.action in VERDICTS
            and code in (one.decision.code, one.decision.to)
        ],
    }


def _status(cell: Cell, code: str) -> str:
    if not code:
        return "looked" if "" in cell.mine else ""
    standing = cell.standings.get(code)
    return standing.status if standing else UNREVIEWED


def _verdict(mine: Decision, code: str) -> str:
    return "add" if mine.action == "recode" and mine.to == code else mine.action


def _again(one: Decision) -> Mapping[str, Any]:
    """A decision whose words were changed since: what was decided then, about which words."""
    quote = one.anchor.quote if one.anchor else ""
    return {"coder": one.coder, "action": one.action, "code": one.code, "to": one.to, "words": quote}


def _memos(desk: Desk, cell: Cell, paper: Paper, code: str) -> list[dict[str, Any]]:
    """Return the memos about an entry: those on its coding and segment, its document, its code."""
    here = [one.decision for one in cell.placed if one.decision.memo and one.decision.code in (code, "")]
    here += desk.told.memos(document=paper.document.id)
    here += desk.told.memos(code=code) if code else []
    return [_memo(desk, one) for one in here]


def _memo(desk: Desk, one: Decision) -> dict[str, Any]:
    on = (
        "coding"
        if one.anchor and one.code
        else "segment"
        if one.anchor
        else "code"
        if one.code
        else "document"
    )
    return {"id": one.id, "coder": one.coder, "text": one.memo, "on": on, "mine": one.coder == desk.coder}


__all__ = [
    "AGAIN",
    "codes_view",
    "decision_view",
    "desk_view",
    "entry_view",
    "history_view",
    "list_view",
    "places",
]
