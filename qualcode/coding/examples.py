"""A codebook's own examples as tests: what must be coded so, and what must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from qualcode.codebook.records import Codebook, Example
from qualcode.coding.engine import code_document
from qualcode.model import Document, Match, Metadata, Role, Segment, Span, Speaker
from qualcode.problems import Place, Problem
from qualcode.text.repair import repair
from qualcode.text.sentences import is_han


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What the rules made of one example.

    `got` says whether it has a countable coding of the code or a descendant; an example passes where that is
    what was `expected`. `matches` are those of the code and its descendants, refused ones too.
    """

    code: str
    text: str
    expected: bool
    got: bool
    place: Place
    matches: tuple[Match, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        return self.expected == self.got

    @property
    def fired(self) -> tuple[str, ...]:
        """The rules that stand, each once."""
        return tuple(dict.fromkeys(match.rule for match in self.matches if not match.blocked_by))

    @property
    def refused(self) -> tuple[tuple[str, str], ...]:
        """The rules that were refused and why, each pair once."""
        pairs = ((match.rule, match.blocked_by) for match in self.matches if match.blocked_by)
        return tuple(dict.fromkeys(pairs))


def example_results(codebook: Codebook) -> tuple[ExampleResult, ...]:
    """Code every example and counter-example of a codebook, in tree order, examples first.

    Each is one segment, the words of a respondent in an interview unless it names its own `kind` and `role`.
    No examples, no results. Raises `StudyError` where codes ask about each other in a circle.
    """
    return tuple(_results(codebook))


def _results(codebook: Codebook) -> Iterator[ExampleResult]:
    for code in codebook.codes.values():
        family = {code.id, *codebook.descendants(code.id)}
        for expected, examples in ((True, code.examples), (False, code.not_examples)):
            for example in examples:
                document, segment = said(example)
                coded = code_document(document, (segment,), codebook)
                yield ExampleResult(
                    code.id,
                    example.text,
                    expected,
                    any(coding.code in family and coding.countable for coding in coded.codings),
                    example.place,
                    tuple(match for match in coded.matches if match.code in family),
                    coded.problems,
                )


def said(example: Example) -> tuple[Document, Segment]:
    """Put an example into a document of its own, as one segment said in one turn."""
    text = repair(example.text)[0]
    language = "zh" if any(map(is_han, text)) else "en"
    role = cast(Role, example.role)
    document = Document(
        "example",
        text,
        Metadata(kind=example.kind, language=language),
        speakers=(Speaker(role, role, "declared"),) if role else (),
    )
    segment = Segment(
        id="example:1",
        document_id="example",
        index=1,
        span=Span(0, len(text)),
        text=text,
        turn=1 if role else 0,
        speech=1 if role else 0,
        speaker=role,
        role=role,
        role_source="declared" if role else "",
    )
    return document, segment
