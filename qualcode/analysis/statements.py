"""Who says that one thing turned into another: the table `statements`, quotes to be read one by one.

Every sentence with direction words (`changewords`) is listed; `source` and `target` are those of the codes
asked about whose evidence stands on either side of them, countable or not: what ended is often negated
(不再推诿). A side without one stays empty and `complete` is no; most changes are told in words that no rule
knows. `then_now` also joins a sentence and the next of the same speech, where one side has a code.
Interviewers' words are not read.

These are the strongest evidence for a change and the fewest; they are never counted as steps. Denied,
supposed, asked and recommended ones are listed and marked: `polarity` and `modality` say how the sentence is
meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from qualcode.analysis.changewords import Change, changes, cues_in, may_change
from qualcode.analysis.given import Given, Remark, basis_of, remark
from qualcode.analysis.load import Row

AT_ONCE = 20_000  # segments looked at together
SHOWN_CELLS = ("kind", "document_id", "segment_id", "speaker", "actor", "t_about_start", "t_about_end")


class Mark(NamedTuple):
    """A code on words: where they begin and end in the document, and whether they are another's."""

    code: str
    start: int
    end: int
    reported: bool


class Found(NamedTuple):
    """Statements of a text, and the segments it is made of: each a row, and where in the text it begins."""

    changes: Sequence[Change]
    text: str
    parts: Sequence[tuple[int, int]]


def statements(given: Given, codes: Sequence[str]) -> list[Row]:
    """Return the rows of `statements` for codes (those below count as them), in reading order."""
    found = list(_found(given))
    marks = _marks(given, codes, [row for one in found for row, _ in one.parts])
    phase = given.placed_in(given.phases)
    first = [one.parts[0][0] for one in found]
    about = zip(*(given.kept[name].iloc[first].tolist() for name in SHOWN_CELLS), strict=True)
    starts = iter(given.kept["start"].iloc[[row for one in found for row, _ in one.parts]].tolist())
    rows: list[Row] = []
    for one, cells in zip(found, about, strict=True):
        parts = [(row, offset, int(next(starts))) for row, offset in one.parts]
        listed = _listed(codes, marks, str(phase[parts[0][0]]), one, parts, cells)
        rows += listed if len(one.parts) == 1 else (row for row in listed if row[8] or row[9])
    return rows


def _found(given: Given) -> Iterator[Found]:
    """The statements of the codable segments, and of such and the next of the same speech."""
    texts, speech = given.kept["text"], given.speech
    for low in range(0, len(texts), AT_ONCE):
        here = texts.iloc[low : low + AT_ONCE + 1].tolist()
        whole, begun = may_change(here)
        begun[:-1] &= speech[low : low + len(here) - 1] == speech[low + 1 : low + len(here)]
        begun[-1] = False  # the last is there for the one before it
        for n in (whole | begun)[:AT_ONCE].nonzero()[0].tolist():
            row, text = low + n, here[n]
            if found := list(changes(text)) if whole[n] else []:
                yield Found(found, text, ((row, 0),))
            elif begun[n] and (found := list(_across(text, here[n + 1]))):
                yield Found(found, text + here[n + 1], ((row, 0), (row + 1, len(text))))


def _across(text: str, following: str) -> Iterator[Change]:
    """Statements of then and now that one sentence begins and the next one ends."""
    both = text.rstrip("。.；; ").ljust(len(text), "，")[: len(text)] + following
    if "then_now" in cues_in(both):
        for one in changes(both):
            if one.cue == "then_now" and one.before[1] <= len(text) <= one.after[0]:
                yield one


def told(rows: Sequence[Row]) -> list[Remark]:
    """Say how many statements there are."""
    if not rows:
        return [remark("nobody says in so many words that one of these codes turned into another")]
    whole = sum(bool(row[10]) for row in rows)
    return [
        remark(
            "{n} sentences speak of a change, {whole} of them with a code on either side; read each",
            n=len(rows),
            whole=whole,
        )
    ]


def _marks(given: Given, codes: Sequence[str], rows: Sequence[int]) -> dict[int, list[Mark]]:
    import numpy as np

    which = np.isin(given.coding_rows, rows)
    found: dict[int, list[Mark]] = {}
    under = given.under(codes)
    for row, held, spans, reported in given.told("code", "spans", "reported", codes=codes, which=which):
        for span in spans:
            start, end = map(int, span.split("-"))
            found.setdefault(row, []).append(Mark(under[held][0], start, end, reported == "yes"))
    return found


def _listed(
    codes: Sequence[str],
    marks: dict[int, list[Mark]],
    phase: str,
    found: Found,
    parts: Sequence[tuple[int, int, int]],
    told: Sequence[Any],
) -> Iterator[Row]:
    """The rows of some text; of its `parts` the row, where it begins in the text and in the document.

    `told` are the cells `SHOWN_CELLS` of the first.
    """
    text = found.text
    kind, document, segment, speaker, actor, start_of, end_of = told
    for one in found.changes:
        here = [
            (mark, mark.start - start + offset, mark.end - start + offset)
            for row, offset, start in parts
            for mark in marks.get(row, ())
        ]
        source, target = (_code_at(codes, here, side) for side in (one.before, one.after))
        if source == target:
            source = target = ""  # the words of one code on both sides say nothing of a change to another
        inside = [mark for mark, low, high in here if low < one.end and one.start < high]
        yield (
            *(basis_of(str(kind)), str(kind), document, segment),
            phase,
            *(speaker, actor, one.cue, source, target, bool(source and target)),
            *(text[slice(*one.before)], text[slice(*one.after)], one.polarity, one.modality),
            "yes" if any(mark.reported for mark in inside) else "no",
            *(start_of, end_of, text, ""),
        )


def _code_at(codes: Sequence[str], here: Sequence[tuple[Mark, int, int]], side: tuple[int, int]) -> str:
    """The code with most characters on one side; the first asked about of equals; "" for none."""
    most = dict.fromkeys(codes, 0)
    for mark, low, high in here:
        most[mark.code] += max(0, min(high, side[1]) - max(low, side[0]))
    best = max(codes, key=lambda code: most[code])
    return best if most[best] else ""
