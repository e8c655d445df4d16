"""What a report is made of: sections of blocks, as values. `report_html` draws them; a section makes them.

Whatever a block holds is text and stays text, however hostile; only `Picture` holds a drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from qualcode.model import Event, Phase
from qualcode.output.words import Words
from qualcode.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.given import Made, Remark
    from qualcode.codebook.records import Codebook


@dataclass(frozen=True, slots=True)
class Behind:
    """A number, and the segments behind it that a click shows."""

    value: str | int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another section."""

    text: str
    section: str


Cell = str | int | float | None | Behind | Link


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `note` is set small; `warning` stands out; a `question` comes before its answer."""

    text: str
    tone: Literal["", "note", "warning", "question"] = ""
    type: str = "text"


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short texts; `answer` stands out."""

    items: Sequence[str]
    tone: Literal["", "answer"] = ""
    type: str = "items"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. Numbers are set right; None is a cell that says nothing is known."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    type: str = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG drawing of our own, with the words for who cannot see it and a caption."""

    svg: bytes
    alt: str
    caption: str = ""
    type: str = "picture"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words from the material: pieces of text, each evidence or not, and where they come from.

    `why` says, line by line, what made it a quote of its code; it folds away.
    """

    pieces: Sequence[tuple[str, bool]]
    reference: str
    why: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes that fold away under a title."""

    title: str
    quotes: Sequence[Quote]
    type: str = "quotes"


@dataclass(frozen=True, slots=True)
class Widget:
    """Something to look at, filter and click through: `network` or `timeline`; the script draws it."""

    name: Literal["network", "timeline"]
    title: str
    type: str = "widget"


@dataclass(frozen=True, slots=True)
class Blank:
    """A line of a checklist: what it asks, and the answer, or a blank that only the researcher can fill."""

    number: str
    asks: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Lines to be filled in, under the heads of their parts."""

    head: Sequence[str]
    parts: Sequence[tuple[str, Sequence[Blank]]]
    blank: str
    type: str = "checklist"


Block = Text | Items | Table | Picture | Quotes | Widget | Checklist


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the report; `name` is its anchor. Without blocks it is left out."""

    name: str
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a report may tell: the tables of a run, its figures, what went wrong, and how it was made."""

    codebook: Codebook
    documents: pd.DataFrame
    segments: pd.DataFrame
    codings: pd.DataFrame
    matches: pd.DataFrame
    nodes: pd.DataFrame
    edges: pd.DataFrame
    timeline: pd.DataFrame
    events: Sequence[Event] = ()
    phases: Sequence[Phase] = ()
    phase_sets: Mapping[str, Sequence[Phase]] = field(default_factory=dict)
    figures: Mapping[str, bytes] = field(default_factory=dict)  # network, timeline: SVG
    captions: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    analysed: Mapping[str, Made] = field(default_factory=dict)  # named analyses, by name
    unasked: Mapping[str, Remark] = field(default_factory=dict)  # why others were not made
    claims: pd.DataFrame | None = None  # what the study claims, checked
    reasons: Sequence[Remark] = ()  # of the verdicts, row by row
    network: Mapping[str, Any] = field(default_factory=dict)  # what the page of the network shows
    title: str = ""
    unit: str = "sentence"
    figure_unit: str = "speech-run3"
    level: int = 1
    facets: Sequence[str] = ()  # drawn in the figure; (): all
    basis: str = "machine"
    seed: int = 0
    version: str = ""

    def label(self, code: str, lang: str) -> str:
        """The name of a code, or its id."""
        found = self.codebook.codes.get(code)
        return found.label(lang) if found else code

    def period(self, name: str, lang: str) -> str:
        """A period; where it is a phase of the study that has a name, the name after its id."""
        called = {phase.id: phase.name.get(lang) or phase.name.get("") for phase in self.phases}
        return f"{name} {called.get(name) or ''}".strip()

    def facet(self, name: str, lang: str) -> str:
        """The name of a facet, or its id."""
        found = self.codebook.facets.get(name)
        return found.label(lang) if found else name


__all__ = [
    "Behind",
    "Blank",
    "Block",
    "Cell",
    "Checklist",
    "Findings",
    "Items",
    "Link",
    "Picture",
    "Quote",
    "Quotes",
    "Section",
    "Table",
    "Text",
    "Widget",
    "Words",
]
