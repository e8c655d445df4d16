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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter

from qualcode.corpus.articles import article_of
from qualcode.corpus.extract import Extract, laid_rows
from qualcode.corpus.frontlines import is_head_line
from qualcode.corpus.labels import EXPLICIT, Label, is_known
from qualcode.corpus.roles import in_company, label_key
from qualcode.model import BlockKind, Metadata

BODY: frozenset[BlockKind] = frozenset({"heading", "paragraph", "item", "row"})  # where labels may stand
_INLINE: frozenset[str] = frozenset({"plain", "timed", "bracket"})  # the label stands before its words
_HEAD_LINES = 12
_SPOKEN = re.compile(r"[。！？；，…!?;,]|\.(?:\s|$)")
_MANY = 3  # a form counts when it is seen this often


@dataclass(frozen=True, slots=True)
class Judge:
    """Which labels of one file are speakers: `judge(label)` says it of one."""

    declared: frozenset[str]  # label keys
    forms: frozenset[str]  # explicit forms, and "stamp", seen often enough
    names: frozenset[str]  # that the explicit forms showed
    strict: bool  # whether every label of the file should be of a form that has a line to itself
    recurring: frozenset[str]  # labels before their words, seen often enough or in company (Q beside A)
    known: bool  # whether a known word is enough
    document: bool  # a policy or report: only what is declared

    @classmethod
    def of(
        cls, extract: Extract, read: Sequence[Sequence[Label]], metadata: Metadata, declared: set[str]
    ) -> Judge:
        """Look at all labels of a file, block by block, as `read_label` showed them."""
        labels = list(chain.from_iterable(read))
        forms = Counter(map(itemgetter(0), labels))
        if forms["alone"] and not _followed(extract, read):
            forms["alone"] = 0
        explicit = frozenset(form for form, n in forms.items() if form != "plain" and n >= _MANY)
        telling = explicit & EXPLICIT
        names = frozenset([label[1] for label in labels if label[0] in telling]) if telling else frozenset()
        said = [label[1] for label in labels if label[0] in _INLINE]
        plain = Counter(said)
        often = {name for name, n in plain.items() if n >= 2}
        enough = sum(plain[name] for name in often) >= _MANY
        kind = metadata.kind
        letters: set[str] = set() if kind == "minutes" else in_company(said)
        return cls(
            declared=frozenset(declared),
            forms=explicit,
            names=names,
            strict=bool(explicit & (EXPLICIT - _INLINE)),
            recurring=frozenset((often if enough else set()) | letters),
            known=kind != "minutes",
            document=kind in {"policy", "report"} or (not kind and _is_articled(extract)),
        )

    def __call__(self, label: Label) -> bool:
        if label.form == "format" or (label.name and label_key(label.name) in self.declared):
            return True
        if self.document:
            return False
        if label.form == "stamp":
            return "stamp" in self.forms or bool(self.names)
        if label.form in self.forms or label.name in self.names:
            return True
        if label.form == "plain" and self.strict:
            return False
        return label.name in self.recurring or (self.known and is_known(label.name))


def _followed(extract: Extract, read: Sequence[Sequence[Label]]) -> bool:
    """Whether words follow most names that stand alone with a time; in an agenda none do."""
    followed = total = 0
    for i, labels in enumerate(read):
        for n, label in enumerate(labels):
            if label.form != "alone":
                continue
            total += 1
            end = extract.blocks[i].span.end
            until = labels[n + 1].start if n + 1 < len(labels) else end
            inside = bool(extract.text[label.end : until].strip())
            after = n + 1 == len(labels) and i + 1 < len(read) and not read[i + 1]
            followed += inside or after
    return followed * 2 >= total


def _is_articled(extract: Extract) -> bool:
    """Whether a text of unsaid kind is a regulation: three or more blocks begin with 第…条."""
    text = extract.text
    if not ("条" in text or "條" in text or "Article" in text):
        return False
    found = (
        start
        for start, _, kind, _ in laid_rows(extract.blocks)
        if kind in BODY and (text[start] in "第*A" or text[start].isspace())
    )
    return sum(bool(article_of(text, start)) for start in found) >= _MANY


def without_head(extract: Extract, kept: Sequence[Sequence[Label]]) -> list[Sequence[Label]]:
    """Drop the labels of a title page: 受访者：某副科长 and 访谈者：李某 above 时间：… are no utterances.

    Only among the first dozen lines, before the first utterance, and only where a few words without
    punctuation follow: labels above a date line, a place or the like, and labels that never come again.
    """
    rows = list(islice(_body_rows(extract), _HEAD_LINES))
    result = list(kept)
    often: Counter[str] | None = None
    last_field = -1  # the last line that is plainly a title page's
    for i, _, end in rows:
        for label in kept[i]:
            words = extract.text[label.end : end]
            few = 0 < len(words.strip()) <= 30 and not _SPOKEN.search(words)
            if label.form != "plain" or len(kept[i]) > 1 or not few:
                return result
            if often is None:
                often = Counter(label.name for labels in kept for label in labels)
                last_field = _last_field(extract, kept, rows)
            once = often[label.name] == 1 and len(often) > 2
            if not (i < last_field or once):
                return result
            result[i] = []
    return result


def _body_rows(extract: Extract) -> Iterator[tuple[int, int, int]]:
    """The number, beginning and end of each block where a label may stand."""
    rows = enumerate(laid_rows(extract.blocks))
    return ((i, start, end) for i, (start, end, kind, _) in rows if kind in BODY)


def _last_field(
    extract: Extract, kept: Sequence[Sequence[Label]], rows: Sequence[tuple[int, int, int]]
) -> int:
    """The last of some lines without labels that is plainly a title page's; -1 for none."""
    fields = [
        i
        for number, (i, start, end) in enumerate(rows)
        if not kept[i] and is_head_line(extract.text[start:end], number)
    ]
    return max(fields, default=-1)
