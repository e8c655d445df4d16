"""Which of the lines that look like labels are speakers: decided over the whole file.

- said by the format (`<v Name>`, a speaker column), or declared by the researcher: always;
- explicit forms (headings, timestamps): where the form is seen three times in the file;
- `label：` lines: where the label is a known word (访谈者, 问, Interviewer, …), or the same label is seen
  twice and such lines number three or more. Beside headings and times on lines of their own, only labels
  which those showed.

In policies and reports only the format and the researcher make speakers; in minutes known words must recur
like any other label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count, islice

from qualcode.corpus.articles import article_of
from qualcode.corpus.frontlines import is_head_line
from qualcode.corpus.labelled import BODY, Labelled, Lines
from qualcode.corpus.labels import EXPLICIT, is_known
from qualcode.corpus.roles import in_company, label_key
from qualcode.model import Metadata

_INLINE: frozenset[str] = frozenset({"plain", "timed", "bracket"})  # the label stands before its words
_HEAD_LINES = 12
_SPOKEN = re.compile(r"[。！？；，…!?;,]|\.(?:\s|$)")
_TELLING = re.compile(r"[第*A\s]")  # a block with another first character begins no article
_MANY = 3  # a form counts when it is seen this often


@dataclass(frozen=True, slots=True)
class Judge:
    """Which labels of one file are speakers: `judge(form, name)` says it of those that look alike."""

    declared: frozenset[str]  # label keys
    forms: frozenset[str]  # explicit forms, and "stamp", seen often enough
    names: frozenset[str]  # that the explicit forms showed
    strict: bool  # whether every label of the file should be of a form that has a line to itself
    recurring: frozenset[str]  # labels before their words, seen often enough or in company (Q beside A)
    known: bool  # whether a known word is enough
    document: bool  # a policy or report: only what is declared

    @classmethod
    def of(cls, text: str, lines: Lines, read: Labelled, metadata: Metadata, declared: set[str]) -> Judge:
        """Look at all labels of a file."""
        forms: Counter[str] = Counter()
        plain: Counter[str] = Counter()
        for (form, name), n in read.kinds.items():
            forms[form] += n
            if form in _INLINE:
                plain[name] += n
        if forms["alone"] and not _followed(text, lines, read):
            forms["alone"] = 0
        explicit = frozenset(form for form, n in forms.items() if form != "plain" and n >= _MANY)
        telling = explicit & EXPLICIT
        often = {name for name, n in plain.items() if n >= 2}
        enough = sum(plain[name] for name in often) >= _MANY
        kind = metadata.kind
        letters: set[str] = set()
        if kind != "minutes":
            letters = in_company([label.name for label in read.shown if label.form in _INLINE])
        return cls(
            declared=frozenset(declared),
            forms=explicit,
            names=frozenset(name for form, name in read.kinds if form in telling),
            strict=bool(explicit & (EXPLICIT - _INLINE)),
            recurring=frozenset((often if enough else set()) | letters),
            known=kind != "minutes",
            document=kind in {"policy", "report"} or (not kind and _is_articled(text, lines)),
        )

    def __call__(self, form: str, name: str) -> bool:
        if form == "format" or (name and label_key(name) in self.declared):
            return True
        if self.document:
            return False
        if form == "stamp":
            return "stamp" in self.forms or bool(self.names)
        if form in self.forms or name in self.names:
            return True
        if form == "plain" and self.strict:
            return False
        return name in self.recurring or (self.known and is_known(name))


def _followed(text: str, lines: Lines, read: Labelled) -> bool:
    """Whether words follow most names that stand alone with a time; in an agenda none do."""
    followed = total = 0
    of_blocks = read.of_blocks()
    for i, labels in of_blocks.items():
        for n, label in enumerate(labels):
            if label.form != "alone":
                continue
            total += 1
            until = labels[n + 1].start if n + 1 < len(labels) else lines.ends[i]
            inside = bool(text[label.end : until].strip())
            after = n + 1 == len(labels) and i + 1 < len(lines.ends) and i + 1 not in of_blocks
            followed += inside or after
    return followed * 2 >= total


def _is_articled(text: str, lines: Lines) -> bool:
    """Whether a text of unsaid kind is a regulation: three or more blocks begin with 第…条."""
    if not ("条" in text or "條" in text or "Article" in text):
        return False
    firsts = "".join([text[start : start + 1] or " " for start in lines.starts])
    told = (one.start() for one in _TELLING.finditer(firsts))
    return sum(bool(article_of(text, lines.starts[n])) for n in told if lines.kinds[n] in BODY) >= _MANY


def without_head(text: str, lines: Lines, kept: Labelled) -> Labelled:
    """Drop the labels of a title page: 受访者：某副科长 and 访谈者：李某 above 时间：… are no utterances.

    Only among the first dozen lines, before the first utterance, and only where a few words without
    punctuation follow: labels above a date line, a place or the like, and labels that never come again.
    """
    rows = list(islice(_body_rows(lines), _HEAD_LINES))
    dropped: list[int] = []
    often: Counter[str] | None = None
    last_field = -1  # the last line that is plainly a title page's
    for i, _, end in rows:
        labels = kept.of_block(i)
        for label in labels:
            words = text[label.end : end]
            few = 0 < len(words.strip()) <= 30 and not _SPOKEN.search(words)
            if label.form != "plain" or len(labels) > 1 or not few:
                return kept.without(dropped)
            if often is None:
                often = Counter(label.name for label in kept.shown)
                last_field = _last_field(text, rows, set(kept.places))
            once = often[label.name] == 1 and len(often) > 2
            if not (i < last_field or once):
                return kept.without(dropped)
            dropped.append(i)
    return kept.without(dropped)


def _body_rows(lines: Lines) -> Iterator[tuple[int, int, int]]:
    """The number, beginning and end of each block where a label may stand."""
    return compress(zip(count(), lines.starts, lines.ends), map(BODY.__contains__, lines.kinds))


def _last_field(text: str, rows: Sequence[tuple[int, int, int]], labelled: Collection[int]) -> int:
    """The last of some lines without labels that is plainly a title page's; -1 for none."""
    fields = [
        i
        for number, (i, start, end) in enumerate(rows)
        if i not in labelled and is_head_line(text[start:end], number)
    ]
    return max(fields, default=-1)
