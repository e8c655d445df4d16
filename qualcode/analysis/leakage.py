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

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.given import Given, Made, Remark, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled_counts
from qualcode.analysis.lean import Lean, lean, rows_of, values_of
from qualcode.analysis.load import Row, frame
from qualcode.analysis.numbering import distinct, places_of
from qualcode.analysis.questions import Questions, questions
from qualcode.model import KINDS, TALK
from qualcode.text.folding import fold, fold_each

if TYPE_CHECKING:
    import pandas as pd

SHORTEST = 2  # characters a repeated word has at least
AT_ONCE = 20_000  # codings looked at together


class Before(NamedTuple):
    """The questions before the codable segments, and the codes that the words of questions have.

    Each code that a segment of a question has is three numbers: the question, the row of the segment and,
    among `codes`, its own. Rows are those of the table of segments.
    """

    questions: Questions
    of: Any  # by codable segment: the number of its question, -1 where there is none
    place: Any  # by codable segment: its place in the answer
    codes: Sequence[str]
    question: Any
    row: Any
    code: Any

    def has(self, code: str) -> Any:
        """Which questions have a code or one below it."""
        import numpy as np

        made = np.zeros(len(self.questions.starts), dtype=bool)
        made[self.question[np.array([_below(code, other) for other in self.codes] or [False])[self.code]]] = 1
        return made


HOW = ("coded", "words", "both")


class Prompted(NamedTuple):
    """Prompted codings, in order of segment, code and words."""

    rows: Any  # of the codable segment
    at: Any  # of the coding in its table
    how: Any  # how it was prompted: a place in `HOW`
    last: Any  # of the question's last segment, in the table of segments
    shown: Any  # of the one that is shown

    def words(self, code: Any) -> Any:
        """Which of them say that words prompted a segment's code: of several codings of it the last does."""
        import numpy as np

        own = code[self.at]
        last = np.ones(len(own), dtype=bool)
        last[:-1] = (own[1:] != own[:-1]) | (self.rows[1:] != self.rows[:-1])
        return last & (self.how > 0)


def leakage(given: Given) -> Made:
    """Return the tables `leakage` (a row per code and kind of talk) and `prompted` (a row per coding).

    Codes are those asked for, else all of the codebook; codes that neither questions nor answers have are
    left out. `given.asked()` says which codes the interviewers' words have.
    """
    import numpy as np

    codes = given.codes or tuple(given.codebook.codes)
    before = _before(given)
    answered = (before.of >= 0) & given.talk
    found = _prompted(given, codes, before, answered)
    rows: list[Row] = []
    for kind in KINDS:
        here = answered & np.asarray(given.kinds == kind, dtype=bool)
        if kind in TALK and here.any():
            rows += _table(given, kind, here, codes, before, found)
    remarks = _remarks(given, answered, found)
    return Made({"leakage": frame(rows, "leakage"), "prompted": _listed(given, before, found)}, remarks)


def _before(given: Given) -> Before:
    """Look up the questions before the codable segments, and their codes."""
    import numpy as np

    found = questions(given.segments)
    asked = given.asked()
    row, held = places_of(asked["segment_id"], given.segments["segment_id"]), values_of(asked["code"])
    known = row >= 0
    key = np.unique(row[known].astype(np.int64) * (len(distinct(held)) + 1) + held.at[known])
    row, code = np.divmod(key, len(distinct(held)) + 1)
    question = found.asked(row)
    row, code, question = row[question >= 0], code[question >= 0], question[question >= 0]
    kept = places_of(given.kept["segment_id"], given.segments["segment_id"])
    return Before(
        found,
        found.before[kept],
        found.place[kept],
        [str(name) for name in distinct(held)],
        question,
        row,
        code,
    )


def _below(code: str, other: str) -> bool:
    """Whether another code is the same or below it.

    >>> _below("avoidance", "avoidance.fear"), _below("avoidance.fear", "avoidance")
    (True, False)
    """
    return f"{other}.".startswith(f"{code}.")


def _prompted(given: Given, codes: Sequence[str], before: Before, answered: Any) -> Prompted:
    """The countable codings of answers that are prompted."""
    import numpy as np

    rows = given.coding_rows
    wanted = (rows >= 0) & given.codings["countable"].to_numpy(dtype=bool)
    wanted[wanted] = answered[rows[wanted]]
    at = np.flatnonzero(wanted & given.are_under(codes))
    at = at[np.argsort(rows[at], kind="stable")]
    coded = _Coded(given, before)
    evidence = _Evidence(given)
    parts = [np.zeros((0, 5), dtype=np.int64)]
    while len(at):
        size = int(rows[at].searchsorted(rows[at[min(AT_ONCE, len(at)) - 1]], side="right"))
        part, at = at[:size], at[size:]
        asked = before.of[rows[part]]
        said = _said(given, before, asked, evidence.of(part))
        parts.append(_in_order(given, rows, part, _how(before, asked, coded.last(part, asked), said)))
    return Prompted(*np.concatenate(parts).T)


class _Coded:
    """Which segment of a question has the code of a coding, or one below it."""

    def __init__(self, given: Given, before: Before) -> None:
        """Repeat every code of a question for those codes of codings that it is or is below."""
        import numpy as np

        held = values_of(given.codings["code"])
        self._code, self._many = held.at, len(distinct(held)) + 1
        ups = [[n for n, own in enumerate(distinct(held)) if _below(own, code)] for code in before.codes]
        count = np.array([len(up) for up in ups] or [0])[before.code]
        each = np.array([n for code in before.code.tolist() for n in ups[code]], dtype=np.int64)
        key = np.repeat(before.question.astype(np.int64), count) * self._many + each
        row = np.repeat(before.row, count)
        order = np.lexsort((np.repeat(before.questions.read(before.row), count), key))
        last = np.append(key[order][1:] != key[order][:-1], True)[: len(order)]
        self._keys, self._rows = key[order][last], row[order][last]

    def last(self, codings: Any, asked: Any) -> Any:
        """The last such segment of the questions asked before some codings, -1 for none."""
        import numpy as np

        key = asked.astype(np.int64) * self._many + self._code[codings]
        if not len(self._keys):
            return np.full(len(key), -1)
        place = np.minimum(self._keys.searchsorted(key), len(self._keys) - 1)
        return np.where(self._keys[place] == key, self._rows[place], -1)


class _Evidence:
    """The words that codings rest on, as they are looked for in a question."""

    def __init__(self, given: Given) -> None:
        self._matched, self._fold = given.codings["matched"], given.codebook.fold
        self._known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def of(self, codings: Any) -> Iterator[tuple[str, ...]]:
        """Tell the words of some codings, one after the other."""
        for matched in self._matched.iloc[codings]:
            if matched not in self._known:
                words = (fold(word, self._fold) for word in matched if len(word) >= SHORTEST)
                self._known[matched] = tuple(words)
            yield self._known[matched]


def _said(given: Given, before: Before, asked: Any, evidence: Iterable[tuple[str, ...]]) -> Iterator[int]:
    """The last segment of each question asked that says a word of the evidence beside it, -1 for none."""
    import numpy as np

    numbers = np.unique(asked).tolist()
    rows = [before.questions.of(number) for number in numbers]
    texts = given.segments["text"].iloc[[row for some in rows for row in some]].tolist()
    folded = iter(fold_each(texts, given.codebook.fold))
    words = {
        number: [(row, next(folded)) for row in some][::-1]
        for number, some in zip(numbers, rows, strict=True)
    }
    for number, looked in zip(asked.tolist(), evidence, strict=True):
        yield next((row for row, text in words[number] for word in looked if word in text), -1)


def _how(before: Before, asked: Any, coded: Any, said: Iterable[int]) -> Iterator[tuple[int, int, int, int]]:
    """Say which of some codings are prompted, how, and the last and the telling segment of the question."""
    last = before.questions.last(asked).tolist()
    for n, (code, word) in enumerate(zip(coded.tolist(), said, strict=True)):
        if code >= 0 or word >= 0:
            yield n, 2 if code >= 0 and word >= 0 else int(code < 0), last[n], code if code >= 0 else word


def _in_order(given: Given, rows: Any, codings: Any, found: Iterable[tuple[int, int, int, int]]) -> Any:
    """Put prompted codings in order of segment, code and words, each once: `Prompted` line by line."""
    import numpy as np

    lines = list(found)
    at = codings[[n for n, *_ in lines]]
    cells = (given.codings[name].iloc[at] for name in ("code", "matched"))
    keys = zip(rows[at].tolist(), *cells, strict=True)
    once = {
        key: (key[0], coding, *rest) for key, coding, (_, *rest) in zip(keys, at.tolist(), lines, strict=True)
    }
    return np.array([once[key] for key in sorted(once)], dtype=np.int64).reshape(-1, 5)


def _listed(given: Given, before: Before, found: Prompted) -> pd.DataFrame:
    """The table `prompted`."""
    import numpy as np
    import pandas as pd

    cells = {name: rows_of(given.kept[name], found.rows) for name in ("document_id", "kind", "segment_id")}
    return pd.DataFrame(
        {
            **cells,
            **{name: rows_of(given.codings[name], found.at) for name in ("code", "matched")},
            "how": Lean(lean(HOW).source, found.how.astype(np.int8)),
            "place": pd.array(before.place[found.rows], dtype="Int64"),
            "question_id": rows_of(given.segments["segment_id"], found.last),
            "question": rows_of(given.segments["text"], found.shown),
            "answer": rows_of(given.kept["text"], found.rows),
        },
        copy=False,
    )


def _table(
    given: Given, kind: str, here: Any, codes: Sequence[str], before: Before, found: Prompted
) -> list[Row]:
    import numpy as np

    answers = np.flatnonzero(here)
    named = np.unique(given.document[answers])
    many, count = len(answers), len(named)
    after = np.bincount(before.of[answers], minlength=len(before.questions.starts))  # segments, by question
    own = values_of(given.codings["code"])
    said = found.words(own.at)
    rows: list[Row] = []
    for code in codes:
        at = given.rows_with(code)
        at = at[here[at]]
        asks = before.has(code)
        put = int(after[asks].sum())
        if not len(at) and not put:
            continue
        # A question with a sibling's words prompts the parent, though no child of its own is repeated.
        coded = asks[before.of[at]]
        below = np.array([_below(code, str(other)) for other in distinct(own)] + [False])[own.at[found.at]]
        spoken = np.zeros(len(here), dtype=bool)
        spoken[found.rows[said & below]] = True
        repeated = spoken[at]
        led = coded | repeated
        document = named.searchsorted(given.document[at])
        with_code = np.bincount(document, minlength=count)
        with_led = np.bincount(document[led], minlength=count)
        inside = int((with_code > 0).sum())
        low = high = None
        if inside >= LEAST:
            both = np.stack([with_led, with_code], axis=1)
            sums = resampled_counts(both, resamples=given.resamples, seed=given.seed)
            with np.errstate(divide="ignore", invalid="ignore"):
                ends = bounds((sums[:, 0] / sums[:, 1])[:, None])
            low, high = (float(end[0]) for end in ends)
        rows.append(
            (
                *(kind, code, many, inside, len(at)),
                *(int(led.sum()), int(coded.sum()), int(repeated.sum())),
                float(led.sum() / len(at)) if len(at) else None,
                *(low, high),
                put,
                float(coded.sum() / put) if put else None,
                float((len(at) - coded.sum()) / (many - put)) if many > put else None,
                "" if inside >= LEAST else "fewer than 3 documents with the code: no interval",
                given.quotes(at[led]),
                given.seed,
            )
        )
    return rows


def _remarks(given: Given, answered: Any, found: Prompted) -> list[Remark]:
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
                n=len(found.how),
                words=int(found.words(values_of(given.codings["code"]).at).sum()),
            )
        )
    return made
