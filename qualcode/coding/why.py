"""A sentence that says why: a template with `{names}`, so that it can be said in another language.

Made by `why(kind, template, ...)`, like a `Problem` but about the words of a document, not about a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.model import Span
from qualcode.problems import Place


@dataclass(frozen=True, slots=True)
class Why:
    """One reason. `spans` are the words it is about, in the document; `place` is where the codebook says so.

    `inner` are reasons for this reason: of a combination, what became of each of its groups.
    """

    kind: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    place: Place = field(default=Place())
    inner: tuple[Why, ...] = ()

    def __str__(self) -> str:
        return self.template.format_map(dict(self.values))


def why(
    kind: str,
    template: str,
    *,
    spans: tuple[Span, ...] = (),
    place: Place = Place(),  # noqa: B008 (frozen)
    inner: tuple[Why, ...] = (),
    **values: object,
) -> Why:
    """Make a reason whose template may use `{names}` given as keywords.

    >>> str(why("interviewer", "they are the words of {speaker}", speaker="问"))
    'they are the words of 问'
    """
    return Why(kind, template, values, spans, place, inner)
