"""What a rule written in YAML finds in a sentence, in a form that can be read in a test."""

from __future__ import annotations

import textwrap

from qualcode.codebook import parse_codebook
from qualcode.codebook.records import Codebook
from qualcode.coding import CodedDocument, code_document
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.problems import Problem

HEAD = """\
qualcode: 1
id: test
version: 1.0.0
title: test
languages: [zh, en]
fold: [case, width, script]
lexicons:
  refusal: {zh: [不给, 拒绝], en: [refus*]}
"""


def read(rules: str) -> tuple[Codebook | None, list[Problem]]:
    """Read a list of rules as those of one code `c`."""
    body = textwrap.indent(textwrap.dedent(rules).strip("\n"), "      ")
    code = f"codes:\n  - id: c\n    name: c\n    definition: d\n    rules:\n{body}\n"
    return parse_codebook(HEAD + code)


def codebook(rules: str) -> Codebook:
    made, problems = read(rules)
    assert made is not None, [str(one) for one in problems]
    return made


def code(text: str, rules: str, *, language: str = "") -> CodedDocument:
    """Code a text as one segment."""
    document = Document("d", text, Metadata(language=language))
    segment = Segment("d:1", "d", 1, Span(0, len(text)), text)
    return code_document(document, [segment], codebook(rules))


def found(text: str, rules: str, *, language: str = "") -> list[str]:
    """What stands: the parts of each match, joined by |."""
    matches = code(text, rules, language=language).matches
    return ["|".join(text[a:b] for a, b in match.parts) for match in matches if not match.blocked_by]


def refused(text: str, rules: str) -> list[tuple[str, str]]:
    """What does not stand, and why."""
    matches = code(text, rules).matches
    return [
        ("|".join(text[a:b] for a, b in match.parts), match.blocked_by)
        for match in matches
        if match.blocked_by
    ]


def wrong(rules: str) -> list[tuple[int, str]]:
    """The problems of some rules: line within the rules as written (from 1), kind."""
    first = HEAD.count("\n") + 5
    return [(one.place.line - first, one.kind) for one in read(rules)[1]]
