"""Prompted or spontaneous? The tables `leakage` and `prompted`: what the question before an answer held.

A coding of an answer is prompted where a rule of its code (or of one below it) finds the words of the
question before, or where that question says words of the coding's own evidence. Everything else is
spontaneous as far as this question goes: what an earlier question, or the talk before the recorder ran, put
into somebody's mouth is not seen.

    share_prompted = segments with the code after a question that has it / segments with the code
    rate_asked, rate_open: share of segments with the code after questions with and without it

rate_asked above rate_open is what a conversation looks like and no proof of leading: people answer what they
are asked. A code that stands almost only where it was asked for is the interview guide's, and a count of it
counts questions. The interval resamples documents. Where the interviewer is not known nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.given import Given, Made, Remark, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled
from qualcode.analysis.lean import places_of
from qualcode.analysis.load import Row, frame
from qualcode.analysis.questions import Questions, questions
from qualcode.model import KINDS, TALK
from qualcode.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST = 2  # characters a repeated word has at least
AT_ONCE = 20_000  # codings looked at together


class Before(NamedTuple):
    """The questions before the codable segments, and the codes that the words of questions have."""

    questions: Questions
    of: Any  # by codable segment: the number of its question, -1 where there is none
    place: Any  # by codable segment: its place in the answer
    codes: Mapping[int, tuple[str, ...]]  # by row of the table of segments
    asked: Mapping[int, frozenset[str]]  # by question


class Prompted(NamedTuple):
    """Prompted codings: the segment and the code of each, and how it was prompted."""

    rows: list[int]
    codes: list[str]
    how: list[str]


def leakage(given: Given) -> Made:
    """Return the tables `leakage` (a row per code and kind of talk) and `prompted` (a row per coding).

    Codes are those asked for, else all of the codebook; codes that neither questions nor answers have are
    left out. `given.asked()` says which codes the interviewers' words have.
    """
    import numpy as np

    codes = given.codes or tuple(given.codebook.codes)
    before = _before(given)
    answered = (before.of >= 0) & given.talk
    rows: list[Row] = []
    found, listed = [], []
    for at, line in _prompted(given, codes, before, answered):
        found.append(at)
        listed.append(line)
    how = {(at, str(line[3])): str(line[5]) for at, line in zip(found, listed, strict=True)}
    prompts = Prompted([at for at, _ in how], [code for _, code in how], list(how.values()))
    for kind in KINDS:
        here = np.flatnonzero(answered & np.asarray(given.kinds == kind, dtype=bool))
        if kind in TALK and len(here):
            rows += _table(given, kind, here, codes, before, prompts)
    remarks = _remarks(given, answered, len(listed), prompts)
    return Made({"leakage": frame(rows, "leakage"), "prompted": frame(listed, "prompted")}, remarks)


def _before(given: Given) -> Before:
    """Look up the questions before the codable segments, and their codes."""
    import numpy as np
    import pandas as pd

    found = questions(given.segments)
    asked = given.asked()
    rows = places_of(pd.Series(list(asked), dtype=object), given.segments["segment_id"]).tolist()
    codes = {row: tuple(held) for row, held in zip(rows, asked.values(), strict=True) if row >= 0}
    which = np.full(len(found.rows), -1, dtype=np.int32)
    sizes = found.ends - found.starts
    inside = np.repeat(found.starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    which[found.rows[inside]] = np.repeat(np.arange(len(sizes)), sizes)
    of: dict[int, set[str]] = {}
    for row, held in codes.items():
        of.setdefault(int(which[row]), set()).update(held)
    kept = places_of(given.kept["segment_id"], given.segments["segment_id"])
    groups = {question: frozenset(held) for question, held in of.items()}
    return Before(found, found.before[kept], found.place[kept], codes, groups)


def below(code: str, among: Mapping[str, object] | frozenset[str] | tuple[str, ...]) -> bool:
    """Whether a code or one below it is among some codes.

    >>> below("avoidance", ("avoidance.fear",)), below("avoidance.fear", ("avoidance",))
    (True, False)
    """
    return any(f"{other}.".startswith(f"{code}.") for other in among)


def _prompted(given: Given, codes: Sequence[str], before: Before, answered: Any) -> Iterator[tuple[int, Row]]:
    """The countable codings of answers that are prompted, in reading order, each with its segment's row."""
    import numpy as np

    rows = given.coding_rows
    wanted = (rows >= 0) & given.codings["countable"].to_numpy(dtype=bool)
    wanted[wanted] = answered[rows[wanted]]
    at = np.flatnonzero(wanted & given.are_under(codes))
    at = at[np.argsort(rows[at], kind="stable")]
    folded: dict[str, str] = {}
    while len(at):
        size = int(rows[at].searchsorted(rows[at[min(AT_ONCE, len(at)) - 1]], side="right"))
        part, at = at[:size], at[size:]
        cells = (given.codings[name].iloc[part].tolist() for name in ("code", "matched"))
        lines = sorted(set(zip(rows[part].tolist(), *cells, strict=True)))
        words = _words(given, before, sorted({int(before.of[row]) for row, *_ in lines}))
        shown = []
        for row, code, matched in lines:
            question = before.questions.of(int(before.of[row]))
            evidence = [
                folded[word] if word in folded else folded.setdefault(word, fold(word, given.codebook.fold))
                for word in matched
                if len(word) >= SHORTEST
            ]
            coded = [one for one in question if one in before.codes and below(code, before.codes[one])]
            said = [one for one in question if any(word in words[one] for word in evidence)]
            if coded or said:
                how = "both" if coded and said else "coded" if coded else "words"
                shown.append((row, code, matched, how, question[-1], (coded or said)[-1]))
        yield from _shown(given, before, shown)


def _words(given: Given, before: Before, numbers: Sequence[int]) -> dict[int, str]:
    """The words of some questions, folded, by row of the table of segments."""
    rows = [row for number in numbers for row in before.questions.of(number)]
    texts = given.segments["text"].iloc[rows]
    return {row: fold(text, given.codebook.fold) for row, text in zip(rows, texts, strict=True)}


def _shown(
    given: Given, before: Before, found: Sequence[tuple[int, str, tuple[str, ...], str, int, int]]
) -> Iterator[tuple[int, Row]]:
    """The rows of `prompted`; found: row, code, words, how, the question's last segment, the one to show."""
    answers = given.kept["text"].iloc[[row for row, *_ in found]]
    asked = given.segments["text"].iloc[[one for *_, one in found]]
    last = given.segments["segment_id"].iloc[[one for *_, one, _ in found]]
    for (row, code, matched, how, *_), answer, question, name in zip(
        found, answers, asked, last, strict=True
    ):
        yield (
            row,
            (
                *(given.names[row], str(given.kinds[row]), given.ids[row], str(code), tuple(matched), how),
                *(int(before.place[row]), name, question, answer),
            ),
        )


def _table(
    given: Given, kind: str, here: Any, codes: Sequence[str], before: Before, prompts: Prompted
) -> list[Row]:
    import numpy as np

    groups = {group: n for n, group in enumerate(dict.fromkeys([frozenset[str](), *before.asked.values()]))}
    number = np.zeros(len(before.questions.starts), dtype=np.int32)
    number[list(before.asked)] = [groups[group] for group in before.asked.values()]
    which = number[before.of[here]]
    document = np.unique(given.document[here], return_inverse=True)[1]
    count = int(document.max()) + 1
    said = np.array(["words" in how or how == "both" for how in prompts.how], dtype=bool)
    prompted = np.array(prompts.rows, dtype=np.int64)
    weights = None
    rows: list[Row] = []
    for code in codes:
        has = given.has(code)[here]
        put = np.array([below(code, group) for group in groups], dtype=bool)[which]
        if not has.any() and not put.any():
            continue
        # A question with a sibling's words prompts the parent, though no child of its own is repeated.
        coded = has & put
        own = np.array([f"{other}.".startswith(f"{code}.") for other in prompts.codes], dtype=bool)
        repeated = has & np.isin(here, prompted[said & own])
        led = coded | repeated
        with_code = np.bincount(document[has], minlength=count).astype(float)
        with_led = np.bincount(document[led], minlength=count).astype(float)
        inside = int((with_code > 0).sum())
        low = high = None
        if inside >= LEAST:
            if weights is None:
                weights = resampled(count, resamples=given.resamples, seed=given.seed)
            with np.errstate(divide="ignore", invalid="ignore"):
                ends = bounds(((weights @ with_led) / (weights @ with_code))[:, None])
            low, high = (float(end[0]) for end in ends)
        rows.append(
            (
                *(kind, code, len(here), inside, int(has.sum())),
                *(int(led.sum()), int(coded.sum()), int(repeated.sum())),
                float(led.sum() / has.sum()) if has.any() else None,
                *(low, high),
                int(put.sum()),
                float(has[put].mean()) if put.any() else None,
                float(has[~put].mean()) if (~put).any() else None,
                "" if inside >= LEAST else "fewer than 3 documents with the code: no interval",
                given.quotes(here[led]),
                given.seed,
            )
        )
    return rows


def _remarks(given: Given, answered: Any, prompted: int, prompts: Prompted) -> list[Remark]:
    import numpy as np

    made: list[Remark] = []
    talk, heard = (len(np.unique(given.document[which])) for which in (given.talk, answered))
    if talk > heard:
        made.append(
            remark(
                "{n} of {all} documents of talk have no known interviewer: nothing is said of them",
                n=talk - heard,
                all=talk,
            )
        )
    if heard:
        made.append(
            remark(
                "{n} codings of answers are prompted, {words} of them by the very words; no proof of leading:"
                " read the questions in 'prompted'",
                n=prompted,
                words=sum(how != "coded" for how in prompts.how),
            )
        )
    return made
