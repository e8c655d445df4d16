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
from typing import TYPE_CHECKING, Any

from qualcode.analysis.given import Given, Made, Remark, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled
from qualcode.analysis.load import Row, frame
from qualcode.analysis.questions import Answer, answers
from qualcode.model import KINDS, TALK
from qualcode.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST = 2  # characters a repeated word has at least


def leakage(given: Given) -> Made:
    """Return the tables `leakage` (a row per code and kind of talk) and `prompted` (a row per coding).

    Codes are those asked for, else all of the codebook; codes that neither questions nor answers have are
    left out. `given.asked()` says which codes the interviewers' words have.
    """
    import numpy as np

    codes = given.codes or tuple(given.codebook.codes)
    before = answers(given.segments)
    asked = given.asked()
    ids = given.ids
    answered = np.array([name in before for name in ids], dtype=bool) & given.talk
    rows: list[Row] = []
    listed = list(_prompted(given, codes, before, asked))
    prompts: dict[tuple[str, str], str] = {(str(line[2]), str(line[3])): str(line[5]) for line in listed}
    for kind in KINDS:
        here = np.flatnonzero(answered & (given.kinds == kind))
        if kind in TALK and len(here):
            rows += _table(given, kind, here, codes, before, asked, prompts)
    remarks = _remarks(given, answered, len(listed), prompts)
    return Made({"leakage": frame(rows, "leakage"), "prompted": frame(listed, "prompted")}, remarks)


def below(code: str, among: Mapping[str, object] | frozenset[str] | tuple[str, ...]) -> bool:
    """Whether a code or one below it is among some codes.

    >>> below("avoidance", ("avoidance.fear",)), below("avoidance.fear", ("avoidance",))
    (True, False)
    """
    return any(f"{other}.".startswith(f"{code}.") for other in among)


def _prompted(
    given: Given, codes: Sequence[str], before: Mapping[str, Answer], asked: Mapping[str, tuple[str, ...]]
) -> Iterator[Row]:
    """The countable codings of answers that are prompted, in reading order."""
    place = given.place
    words = dict(zip(given.segments["segment_id"], given.segments["text"], strict=True))
    counts = given.codings[given.codings["countable"].to_numpy(dtype=bool)]
    found = []
    for segment, code, matched in zip(counts["segment_id"], counts["code"], counts["matched"], strict=True):
        row = place.get(segment)
        if row is None or segment not in before or not given.talk[row]:
            continue
        if any(f"{code}.".startswith(f"{wanted}.") for wanted in codes):
            found.append((row, str(code), tuple(matched)))
    kinds = given.codebook.fold
    for row, code, matched in sorted(set(found)):
        name = str(given.kept["segment_id"].iloc[row])
        question, at = before[name]
        coded = [one for one in question if below(code, asked.get(one, ()))]
        evidence = [fold(word, kinds) for word in matched if len(word) >= SHORTEST]
        said = [one for one in question if any(word in fold(words[one], kinds) for word in evidence)]
        if coded or said:
            how = "both" if coded and said else "coded" if coded else "words"
            shown = (coded or said)[-1]
            yield (
                *(given.names[row], str(given.kinds[row]), name, code, matched, how, at),
                *(question[-1], words[shown], words[name]),
            )


def _table(
    given: Given,
    kind: str,
    here: Any,
    codes: Sequence[str],
    before: Mapping[str, Answer],
    asked: Mapping[str, tuple[str, ...]],
    prompts: Mapping[tuple[str, str], str],
) -> list[Row]:
    import numpy as np
    import pandas as pd

    ids = [str(name) for name in given.kept["segment_id"].to_numpy(dtype=object)[here]]
    held = [frozenset(code for one in before[name].question for code in asked.get(one, ())) for name in ids]
    sets = {group: n for n, group in enumerate(dict.fromkeys(held))}
    which = np.array([sets[group] for group in held], dtype=int)
    document, names = pd.factorize(np.array(given.names, dtype=object)[here])
    of: dict[str, list[tuple[str, str]]] = {}
    for (segment, code), how in prompts.items():
        of.setdefault(segment, []).append((code, how))
    rows: list[Row] = []
    for code in codes:
        has = given.has(code)[here]
        put = np.array([below(code, group) for group in sets], dtype=bool)[which]
        if not has.any() and not put.any():
            continue
        ways = [
            {way for other, way in of.get(name, ()) if f"{other}.".startswith(f"{code}.")} for name in ids
        ]
        # A question with a sibling's words prompts the parent, though no child of its own is repeated.
        coded = has & put
        repeated = has & np.array([bool(way & {"words", "both"}) for way in ways])
        led = coded | repeated
        with_code = np.bincount(document[has], minlength=len(names)).astype(float)
        with_led = np.bincount(document[led], minlength=len(names)).astype(float)
        inside = int((with_code > 0).sum())
        low = high = None
        if inside >= LEAST:
            weights = resampled(len(names), resamples=given.resamples, seed=given.seed)
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


def _remarks(
    given: Given, answered: Any, prompted: int, prompts: Mapping[tuple[str, str], str]
) -> list[Remark]:
    import numpy as np

    made: list[Remark] = []
    talk = set(np.array(given.names, dtype=object)[given.talk])
    heard = set(np.array(given.names, dtype=object)[answered])
    if len(talk) > len(heard):
        made.append(
            remark(
                "{n} of {all} documents of talk have no known interviewer: nothing is said of them",
                n=len(talk) - len(heard),
                all=len(talk),
            )
        )
    if heard:
        made.append(
            remark(
                "{n} codings of answers are prompted, {words} of them by the very words; no proof of leading:"
                " read the questions in 'prompted'",
                n=prompted,
                words=sum(how != "coded" for how in prompts.values()),
            )
        )
    return made
