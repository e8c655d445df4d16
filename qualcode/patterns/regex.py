r"""regex: a regular expression over the segment as written.

    - regex: '(涉密|保密).{0,6}(不能|不好)给'
    - regex: '\b(can|could)not\s+share\b'

Searched in the unfolded words, without regard to case; matches are leftmost and do not overlap, empty ones
are dropped; the whole match is the evidence. `\w \d \s \b` mean ASCII, so a Chinese character is no \w. In
YAML write it in single quotes.

A linear-time engine (google-re2) does the work. What it refuses (look-around, back-references) runs on a
slower engine and is a warning when the codebook is read; if that engine does not finish on a segment, the
document says so as an error: it is never taken for "no match".

Refuses what neither engine understands, and an expression that can only match nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from qualcode.model import Span
from qualcode.patterns.base import Looking, Parts, ReadContext, Schema, View
from qualcode.patterns.linear import SlowError, is_linear, slower, spans
from qualcode.problems import Place, problem
from qualcode.yamlnodes import Node

name = "regex"
keys = ("regex",)
_WIDE = re.compile(r"｜|\{[0-9０-９]*，[0-9０-９]*\}|｛[0-9０-９]+[,，]?[0-9０-９]*｝")
schema: Schema = {"regex": {"type": "string", "minLength": 1, "description": "A regular expression"}}


@dataclass(frozen=True, slots=True)
class Regex(Looking):
    """A regular expression, and where it is written."""

    pattern: str
    place: Place = field(default=Place(), compare=False)

    @property
    def expressions(self) -> tuple[str, ...]:
        return (self.pattern,) if self.anchored else ()

    @property
    def anchored(self) -> bool:
        return is_linear(self.pattern)

    def find(self, view: View) -> list[Parts]:
        try:
            found = self.matches(view.text, view.span.start)
        except SlowError:
            view.report(
                problem(
                    "regex-timeout",
                    self.place,
                    "this regular expression did not finish on {document} and was not tried further there",
                    hint="take out nested repetitions such as (a+)+, or write it without look-around",
                    document=view.document_id,
                )
            )
            return []
        return [one for one in found if view.allowed(one)]

    def matches(self, text: str, start: int) -> list[Parts]:
        """Return what is found in the words of a segment that begins at `start`.

        Raises `SlowError`, but not where it is `anchored`.
        """
        return [(Span(start + first, start + last),) for first, last in spans(self.pattern, text)]


def read(node: Node, context: ReadContext) -> Regex | None:
    written = node.get("regex")
    if written is None:
        return None
    if written.kind != "text" or not written.text:
        context.problems.append(
            problem(
                "wrong-type",
                written.place,
                "'regex' takes one regular expression",
                hint="write it in single quotes: '(涉密|保密).{{0,6}}不给'",
            )
        )
        return None
    if not is_linear(written.text) and not _compiles_slowly(written, context):
        return None
    _warn_of_wide_signs(written, context)
    return Regex(written.text, written.place)


def _warn_of_wide_signs(written: Node, context: ReadContext) -> None:
    """Warn of ｜ and of {0，6}, which are ordinary characters here and are never meant as such."""
    for wide in _WIDE.finditer(written.text):
        context.problems.append(
            problem(
                "full-width",
                written.place,
                "{sign!r} is a full-width sign and stands for itself in a regular expression",
                hint="type {plain}",
                severity="warning",
                sign=wide[0],
                plain=unicodedata.normalize("NFKC", wide[0]),
            )
        )


def _compiles_slowly(written: Node, context: ReadContext) -> bool:
    import regex

    try:
        slower(written.text)
    except regex.error as error:
        context.problems.append(
            problem(
                "bad-regex",
                written.place,
                "this is not a regular expression: {what}",
                hint="a sign such as ( [ . * + ? that stands for itself needs \\ before it",
                what=str(error),
            )
        )
        return False
    context.problems.append(
        problem(
            "slow-regex",
            written.place,
            "this regular expression needs the slower engine",
            hint="look-around and back-references take time; 'except' and 'unless' often say the same",
            severity="warning",
        )
    )
    return True
