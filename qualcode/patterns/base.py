"""What every kind of pattern has in common: what it may ask of a segment, and what it answers.

A kind of pattern is one module with

- `name`     the key that makes a rule one of this kind (``near``);
- `keys`     all keys it reads from a rule, `name` among them (``near``, ``within``);
- `schema`   what those keys take, as JSON Schema properties;
- `read`     YAML node of the rule -> `Pattern`, or None after saying in `context.problems` what is wrong.

A `Pattern` says which literals it looks at (`terms`, list by list: `lists`), which regular expressions
(`expressions`), which codes it asks about (`codes`), whether it can match only where one of its literals
stands or one of its expressions matches (`anchored`), and finds its matches in one segment (`find`).
Patterns are plain immutable data: they can be compared, pickled and sent to another process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from qualcode.model import Span
from qualcode.patterns.term import Term
from qualcode.problems import Problem
from qualcode.yamlnodes import Node

Parts = tuple[Span, ...]  # the evidence of one match, in reading order, offsets into the document
Scope = Literal["segment", "turn"]
SCOPES: tuple[Scope, ...] = ("segment", "turn")
Schema = Mapping[str, Any]


ITSELF = "="  # stands before the id of a code that is asked about by itself, without the codes below it


def codes_of(asked: str, below: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """Return what asking about a code means: itself, and the codes below it unless `ITSELF` stands before."""
    return (asked.removeprefix(ITSELF),) if asked.startswith(ITSELF) else (asked, *below(asked))


def hull(parts: Parts) -> Span:
    """Return the stretch from the first to the last character of the parts."""
    if len(parts) == 1:
        return parts[0]
    return Span(min(part.start for part in parts), max(part.end for part in parts))


def in_order(parts: Sequence[Span]) -> Parts:
    """Return spans in reading order, each once."""
    return tuple(sorted(set(parts)))


class View(Protocol):
    """One segment as patterns see it.

    Offsets are the document's. Evidence that shares a character with an excepted phrase is left out of every
    answer while the engine looks for what stands, and put back when it looks for what `except` refused.
    """

    @property
    def text(self) -> str:
        """The segment's words as written."""

    @property
    def span(self) -> Span:
        """Where they stand in the document."""

    @property
    def document_id(self) -> str:
        """The id of the document it is from."""

    @property
    def language(self) -> str:
        """`zh` or `en`: the document's language, else what the words look like."""

    def found(self, terms: tuple[Term, ...]) -> list[Sequence[Parts]]:
        """The terms of a list that stand here, in the list's order, each with its occurrences.

        Terms that are equal after folding are one. Occurrences of a term are leftmost and do not overlap;
        they come in reading order, and there is at least one.
        """

    def placed(self, terms: tuple[Term, ...]) -> list[tuple[int, Sequence[Parts]]]:
        """The same as `found`, each with the place of the term in the list, counted from 0.

        The list must hold no two terms that are equal after folding.
        """

    def allowed(self, parts: Parts) -> bool:
        """Whether evidence that is no term's keeps clear of excepted phrases."""

    def words_before(self, offset: int) -> int:
        """How many words of the segment begin before this place."""

    def sentences(self) -> Sequence[Span]:
        """The sentences of the segment."""

    def coded(self, code: str, scope: Scope) -> Sequence[Parts]:
        """Evidence of standing codings of the code or a descendant; those elsewhere in the turn count as the
        whole segment."""

    def others(self) -> Sequence[View]:
        """The other segments of its turn, in reading order; none where it lies in no turn."""

    def report(self, problem: Problem) -> None:
        """Say that the pattern could not be tried here."""


class Pattern(Protocol):
    """A kind of evidence, ready to be looked for."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The literals whose places it asks for."""

    @property
    def lists(self) -> tuple[tuple[Term, ...], ...]:
        """The same literals, list by list: a lexicon is one and the same list wherever it is named."""

    @property
    def expressions(self) -> tuple[str, ...]:
        """The regular expressions it looks for, those of the linear-time engine."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes it asks about; see `codes_of`."""

    @property
    def anchored(self) -> bool:
        """Whether it can only match in a segment that holds one of its terms or expressions."""

    def find(self, view: View) -> list[Parts]:
        """Return its matches in one segment, in no particular order."""


class Looking:
    """What most kinds answer: a pattern looks at nothing, or at its terms alone and matches only there.

    A kind that keeps one of these as a value declares it `= field()`: else it would be taken for a default.
    """

    __slots__ = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    @property
    def lists(self) -> tuple[tuple[Term, ...], ...]:
        return (self.terms,)

    @property
    def expressions(self) -> tuple[str, ...]:
        return ()

    @property
    def codes(self) -> tuple[str, ...]:
        return ()

    @property
    def anchored(self) -> bool:
        return bool(self.terms)


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What reading a rule needs to know of the rest of its codebook, and where mistakes go."""

    lexicons: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    languages: tuple[str, ...] = ()
    fold: frozenset[str] = frozenset()


class Kind(Protocol):
    """A module of the family."""

    name: str
    keys: tuple[str, ...]
    schema: Schema

    @staticmethod
    def read(node: Node, context: ReadContext) -> Pattern | None: ...
