"""A table of codings made elsewhere: document, start and end or a quote, code, coder; a memo, a verdict.

    document | start | end | quote | code | coder | memo | verdict | recode_to
    文档       起      止    引文    编码   编码员  备注   结论      改为

Offsets are those of `segments.csv`: characters of the document's text, the end not in it. A quote is found
where its words stand once in the document, whatever became of their blanks and the width of their signs;
where they stand more often, or not at all, the row is named by its cell and left out. Where a row has both,
they must fit each other. Without a verdict a row says that its coder gave the code; `accept`
without a code says that they looked the words through and gave them none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qualcode.corpus.sheetrows import Row
from qualcode.model import Document, Segment, Span
from qualcode.problems import Problem, UsageError, problem
from qualcode.registry import did_you_mean
from qualcode.review.covering import covered
from qualcode.review.handed import Handed
from qualcode.review.journal import clean_coder
from qualcode.review.naming import Names
from qualcode.review.records import Action
from qualcode.review.remarks import marked, no_segment, short, unknown_code
from qualcode.review.squeezed import Squeezed

HEADS: Mapping[str, tuple[str, ...]] = {
    "document": ("document", "document_id", "doc", "文档", "文件", "材料", "文档编号"),
    "start": ("start", "起", "起始", "开始", "起点"),
    "end": ("end", "止", "结束", "终止", "终点"),
    "quote": ("quote", "引文", "原文", "原话", "片段", "text"),
    "code": ("code", "codes", "编码", "代码", "节点"),
    "coder": ("coder", "编码员", "编码者", "编码人"),
    "memo": ("memo", "note", "备注", "备忘", "备忘录"),
    "verdict": ("verdict", "结论", "判断", "裁定"),
    "recode_to": ("recode_to", "改为", "应为"),
}
_VERDICTS: Mapping[str, Action] = {
    **dict.fromkeys(("accept", "接受", "同意"), "accept"),
    **dict.fromkeys(("reject", "拒绝"), "reject"),
    **dict.fromkeys(("recode", "改码"), "recode"),
    **dict.fromkeys(("add", "增加", "新增", "添加"), "add"),
}


@dataclass(eq=False)
class Material:
    """The documents that rows may speak of, with their segments; texts are squeezed when first asked for."""

    documents: Mapping[str, Document]
    segments: Mapping[str, Sequence[Segment]]
    _held: dict[str, Squeezed] = field(default_factory=dict)

    def held(self, name: str) -> Squeezed:
        if name not in self._held:
            self._held[name] = Squeezed.of(self.documents[name].text)
        return self._held[name]


def is_coding_table(rows: Sequence[Row]) -> bool:
    """Whether a table has the columns of hand codings, and not those of a review sheet."""
    heads = {head for row in rows for head in row.places}
    needed = _head(heads, "document") and (_head(heads, "code") or _head(heads, "memo"))
    return bool(needed and not {"id", "check"} <= heads)


def read_codings(
    rows: Iterable[Row], material: Material, names: Names, source: str, *, coder: str = ""
) -> tuple[list[Handed], list[Problem]]:
    """Say what rows hand in; one with a mistake is left out whole. `coder` coded those that name nobody."""
    handed: list[Handed] = []
    problems: list[Problem] = []
    for row in rows:
        found = _Reading(row, material, names, source).handed(coder)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            handed += found
    return handed, problems


@dataclass(frozen=True, slots=True)
class _Reading:
    row: Row
    material: Material
    names: Names
    source: str

    def cell(self, column: str) -> str:
        return self.row.get(*HEADS[column]).strip()

    def problem(self, kind: str, column: str, message: str, hint: str = "", **values: Any) -> Problem:
        place = self.row.place_of(_head(self.row.places, column) or "")
        return problem(kind, place, message, hint=hint, **values)

    def handed(self, default: str) -> list[Handed] | Problem:
        document = self.document()
        if isinstance(document, Problem):
            return document
        who = self.coder(default)
        if isinstance(who, Problem):
            return who
        verdict = self.verdict()
        if isinstance(verdict, Problem):
            return verdict
        action, to = verdict
        codes, unknown = self.names.codes(self.cell("code"))
        if unknown:
            return unknown_code(unknown, self.row.place_of(_head(self.row.places, "code") or ""))
        memo = self.cell("memo")
        if not codes and action == "accept":
            codes = ("",)  # looked through: no code belongs here
        if not codes and (self.cell("verdict") or not memo):
            return self.problem(
                "no-code",
                "code",
                "this row has no code; it is not taken",
                hint="where the coder saw the words and gave them none, the verdict is accept",
            )
        if action == "recode" and to in codes:
            return self.problem("same-code", "recode_to", "it has this code already; the row is not taken")
        where = self.where(document)
        if isinstance(where, Problem):
            return where
        plain = not self.cell("verdict")
        made = [
            Handed(
                *(self.row.place, who, document, segment, action, code, to),
                marked=marked(document, segment, part),
                source=self.source,
                plain=plain,
            )
            for segment, part in where
            for code in codes
        ]
        if memo:
            segment, part = where[0]
            code = codes[0] if len(codes) == 1 else ""
            words = marked(document, segment, part)
            made.append(
                Handed(
                    *(self.row.place, who, document, segment, "memo", code),
                    memo=memo,
                    marked=words,
                    source=self.source,
                )
            )
        return made

    def document(self) -> Document | Problem:
        written = self.cell("document")
        name = unicodedata.normalize("NFC", written)
        found = self.material.documents.get(name)
        if found is None:
            return self.problem(
                "no-document",
                "document",
                "the corpus has no document '{name}'; the row is not taken",
                hint=did_you_mean(name, self.material.documents),
                name=name,
            )
        return found

    def coder(self, default: str) -> str | Problem:
        name = self.cell("coder") or default
        try:
            return clean_coder(name)
        except UsageError:
            return self.problem(
                "no-coder",
                "coder",
                "'{name}' cannot be the name of a coder; the row is not taken",
                hint="--coder names who coded rows without a name",
                name=name,
            )

    def verdict(self) -> tuple[Action, str] | Problem:
        written = self.cell("verdict")
        action = _VERDICTS.get(written.lower()) if written else "add"
        if action is None:
            return self.problem(
                "unknown-verdict",
                "verdict",
                "'{word}' is no verdict; the row is not taken",
                hint="accept, reject or recode",
                word=written,
            )
        to = self.cell("recode_to")
        if (action == "recode") != bool(to):
            return self.problem(
                "recode-without-code",
                "recode_to" if to else "verdict",
                "recode and recode_to go together; the row is not taken",
                hint="choose recode as the verdict, and the code it should be under recode_to",
            )
        named = self.names.code(to) if to else ""
        if not isinstance(named, str):
            return unknown_code([named], self.row.place_of(_head(self.row.places, "recode_to") or ""))
        return action, named

    def where(self, document: Document) -> list[tuple[Segment, Span]] | Problem:
        span = self.span(document)
        if isinstance(span, Problem):
            return span
        segments = self.material.segments[document.id]
        found = covered(segments, span)
        if found:
            return found
        touched = any(segment.span.overlaps(span) for segment in segments)
        place = self.row.place_of(_head(self.row.places, "quote") or _head(self.row.places, "start") or "")
        return no_segment(place, document.text[span.start : span.end], document.id, touched=touched)

    def span(self, document: Document) -> Span | Problem:
        """The place a row names: by its offsets, by its quote, or by both where they fit each other."""
        start, end, quote = self.cell("start"), self.cell("end"), self.cell("quote")
        held = self.material.held(document.id)
        if not (start or end):
            return self.quoted(document, quote, held)
        span = _span(start, end)
        if span is None or span.end > len(document.text):
            return self.problem(
                "bad-place",
                "start",
                "'{start}' to '{end}' is no place in {document}, which has {n} characters",
                hint="they count characters as in segments.csv; or leave both empty and give the quote",
                start=start,
                end=end,
                document=document.id,
                n=len(document.text),
            )
        if quote and Squeezed.of(document.text[span.start : span.end]).text != Squeezed.of(quote).text:
            return self.problem(
                "other-words",
                "quote",
                "from {start} to {end} {document} has other words: {words}",
                hint="was the transcript changed since? Leave start and end empty to search for the quote",
                start=span.start,
                end=span.end,
                document=document.id,
                words=short(document.text[span.start : span.end]),
            )
        return span

    def quoted(self, document: Document, quote: str, held: Squeezed) -> Span | Problem:
        if not quote:
            return self.problem("no-place", "quote", "this row has neither start and end nor a quote")
        found = held.find(quote)
        body = [
            span for span in found if any(s.span.overlaps(span) for s in self.material.segments[document.id])
        ]
        if len(body) == 1:
            return body[0]
        return self.problem(
            "not-located",
            "quote",
            "these words stand {n} times in {document}; searched: {words}",
            hint="give more of what stands round them, or start and end"
            if body
            else "they must stand there as they were said; blanks and the width of signs may differ",
            n=len(body),
            document=document.id,
            words=short(quote),
        )


def _head(heads: Iterable[str], column: str) -> str:
    """The name under which a table has a column, "" where it has none."""
    known = frozenset(heads)
    return next((name for name in HEADS[column] if name in known), "")


def _span(start: str, end: str) -> Span | None:
    """Two offsets as people and spreadsheets write them: `12`, `12.0`, `１２`."""
    numbers = [_whole(text) for text in (start, end)]
    if numbers[0] is None or numbers[1] is None or not 0 <= numbers[0] < numbers[1]:
        return None
    return Span(numbers[0], numbers[1])


def _whole(text: str) -> int | None:
    clean = unicodedata.normalize("NFKC", text).strip()
    clean = clean[:-2] if clean.endswith(".0") else clean
    return int(clean) if clean.isascii() and clean.isdigit() and len(clean) < 12 else None
