"""What the named analyses start from: the tables of a run, its phases and events, and what is asked of them.

An analysis takes `Given` and returns `Made`: tables by name, and what a reader must be told beside them. It
opens nothing and draws nothing at random but from the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.contexts import codable_segments, speeches
from qualcode.analysis.evidence import standing
from qualcode.analysis.intervals import RESAMPLES
from qualcode.analysis.lean import Lean, values_of
from qualcode.analysis.numbering import distinct, places_of
from qualcode.analysis.tables import WRITTEN
from qualcode.analysis.toldtimes import ToldTimes, places
from qualcode.model import TALK, Event, Phase
from qualcode.problems import UsageError
from qualcode.registry import did_you_mean

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from qualcode.codebook.records import Codebook

TOLD, WRITTEN_AT = "about", "document"
EXAMPLES = 5
_KEPT = (
    *("kept", "ids", "coding_rows", "stands", "_columns", "names", "kinds", "document", "talk", "speech"),
    "times",
)


class Remark(NamedTuple):
    """A sentence for the reader: a literal template, and what its `{names}` stand for."""

    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.template.format_map(self.values)


class Accuracy(NamedTuple):
    """How a code was coded on validated segments: rightly found, wrongly found, missed.

    Where the segments were drawn by a design, `clear` are those rightly without the code, `positive` and
    `negative` the sizes of the strata they were drawn from, and `recall` is the weighted one.
    """

    found: int
    wrong: int
    missed: int
    clear: int = 0
    positive: int = 0
    negative: int = 0
    recall: float | None = None

    @property
    def ratio(self) -> float:
        """Precision / recall: what a count must be multiplied by; NaN where nothing was rightly found.

        >>> Accuracy(40, 10, 40).ratio  # .8 / .5
        1.6
        """
        made = self.found + self.wrong
        if not made or not self.found:
            return float("nan")
        if self.recall is None:
            return (self.found + self.missed) / made
        return self.found / made / self.recall if self.recall else float("nan")


def nothing_asked() -> pd.DataFrame:
    """No codes of interviewers' words."""
    import pandas as pd

    return pd.DataFrame({"segment_id": [], "code": []}, dtype=object)


@dataclass(frozen=True)
class Given:
    """The tables of a run and what is asked; `codes` empty leaves the choice to the analysis."""

    documents: pd.DataFrame
    segments: pd.DataFrame
    codings: pd.DataFrame
    codebook: Codebook
    phases: Sequence[Phase] = ()
    events: Sequence[Event] = ()
    phase_sets: Mapping[str, Sequence[Phase]] = field(default_factory=dict)  # divisions to be weighed
    codes: tuple[str, ...] = ()
    node: str = ""  # a date that divides before from after; "": the borders of phases
    placebos: tuple[str, ...] = ()
    accuracy: Mapping[str, Accuracy] = field(default_factory=dict)
    seed: int = 0
    resamples: int = RESAMPLES
    asked: Callable[[], pd.DataFrame] = nothing_asked  # segment_id and code of what interviewers' words have

    def again(self, **changes: Any) -> Given:
        """The same tables asked otherwise; what was worked out of them, whatever is asked, is kept."""
        made = replace(self, **changes)
        kept = (*_KEPT, "_placed_in_own") if made.phases is self.phases else _KEPT
        made.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return made

    @cached_property
    def kept(self) -> pd.DataFrame:
        """The codable segments, with the kind of their document, in an order that never changes."""
        return codable_segments(self.documents, self.segments)

    @cached_property
    def stands(self) -> Any:
        """Which code stands in which of them, ancestors included: `Evidence.stands`."""
        return standing(self.codings, self.kept, self.codebook)

    @cached_property
    def ids(self) -> Sequence[str]:
        """The ids of the codable segments."""
        made: Sequence[str] = _texts(self.kept["segment_id"])
        return made

    def rows_of(self, ids: pd.Series[Any]) -> Any:
        """Return the row of each of some ids among the codable segments, -1 for others."""
        return places_of(ids, self.kept["segment_id"])

    @cached_property
    def coding_rows(self) -> Any:
        """The codable segment of every coding, by its row; -1 where it is none."""
        return self.rows_of(self.codings["segment_id"])

    def told(
        self, *columns: str, codes: Sequence[str] | None = None, which: Any = True
    ) -> Iterator[tuple[Any, ...]]:
        """Go through the codings of codable segments: the row of each, then its cells.

        Of `codes` and those below them only, where they are given, and of those alone that `which` says.
        """
        import numpy as np

        rows = self.coding_rows
        wanted = (rows >= 0) & which
        if codes is not None:
            wanted &= self.are_under(codes)
        at = np.flatnonzero(wanted)
        cells = (self.codings[column].iloc[at] for column in columns)
        return zip(rows[at].tolist(), *cells, strict=True)

    def under(self, codes: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Say of every code that codings have which of some codes it is or lies below, in their order."""
        return {
            code: tuple(one for one in codes if f"{code}.".startswith(f"{one}."))
            for code in distinct(values_of(self.codings["code"]))
        }

    def are_under(self, codes: Sequence[str]) -> Any:
        """Say which codings are of some codes or of one below them, as booleans."""
        import numpy as np

        held, under = values_of(self.codings["code"]), self.under(codes)
        return np.array([bool(under[code]) for code in distinct(held)] + [False])[held.at]

    @cached_property
    def names(self) -> Sequence[str]:
        """The documents of the codable segments."""
        made: Sequence[str] = _texts(self.kept["document_id"])
        return made

    @cached_property
    def kinds(self) -> Any:
        """The kinds of their documents; an array that can be compared."""
        held = self.kept["kind"].array
        return held if isinstance(held, Lean) else self.kept["kind"].to_numpy(dtype=object)

    @cached_property
    def document(self) -> Any:
        """The documents of the codable segments by number, in the order they come."""
        import numpy as np
        import pandas as pd

        return pd.factorize(self.kept["document_id"])[0].astype(np.int32)

    @cached_property
    def talk(self) -> Any:
        """Which segments are talk, as a boolean array."""
        return self.kept["kind"].isin(TALK).to_numpy(dtype=bool)

    @cached_property
    def speech(self) -> Any:
        return speeches(self.kept)

    def has(self, code: str) -> Any:
        """Which segments have a code or one below it, as booleans; `UsageError` for an unknown code."""
        import numpy as np

        made = np.zeros(len(self.kept), dtype=bool)
        made[self.rows_with(code)] = True
        return made

    def rows_with(self, code: str) -> Any:
        """The rows of the segments that have a code or one below it, in order; `UsageError` as `has`."""
        self.known(code)
        (column,) = self.numbered(code)
        low, high = self._columns.indptr[column : column + 2]
        return self._columns.indices[low:high]

    @cached_property
    def _columns(self) -> Any:
        return self.stands.tocsc()

    def numbered(self, *codes: str) -> list[int]:
        """The columns of `stands` of some codes."""
        number = {code: n for n, code in enumerate(self.codebook.codes)}
        return [number[code] for code in codes]

    def known(self, code: str) -> None:
        if code not in self.codebook.codes:
            raise UsageError(
                "the codebook has no code '{code}'", hint=did_you_mean(code, self.codebook.codes), code=code
            )

    @cached_property
    def times(self) -> ToldTimes:
        """The stretches of time that the codable segments are about."""
        return ToldTimes.of(self.kept["t_about_start"], self.kept["t_about_end"])

    def placed_in(self, phases: Sequence[Phase]) -> Lean:
        """The phase of each codable segment, "" for none: of talk by what it tells of, else by date.

        It is not for writing: the study's own phases are placed in once.
        """
        if phases is not self.phases:
            return places(self.times, phases, self.talk)
        return self._placed_in_own

    @cached_property
    def _placed_in_own(self) -> Lean:
        return places(self.times, self.phases, self.talk)

    def quotes(self, rows: Any) -> tuple[str, ...]:
        """Ids of the first segments of an array of row numbers, spread over documents."""
        import numpy as np

        document, first = self.document[rows[:0]], rows[:0]
        looked = EXAMPLES
        while len(first) < EXAMPLES and looked < 8 * len(rows):  # most rows need not be looked at
            looked *= 8
            document = self.document[rows[:looked]]
            first = np.sort(np.unique(document, return_index=True)[1])
        end = first[EXAMPLES - 1] + 1 if len(first) >= EXAMPLES else len(rows)
        lines = [np.flatnonzero(document[:end] == one)[:EXAMPLES] for one in document[first[:EXAMPLES]]]
        deep = max(map(len, lines), default=0)
        spread = [int(rows[line[n]]) for n in range(deep) for line in lines if n < len(line)]
        return tuple(self.ids[row] for row in spread[:EXAMPLES])


@dataclass(frozen=True, slots=True)
class Made:
    """The tables of an analysis by name, the first one its answer; and what must be read beside them.

    `graphs` are networks to be opened elsewhere, by the name of their file.
    """

    tables: Mapping[str, pd.DataFrame]
    remarks: Sequence[Remark] = ()
    graphs: Mapping[str, nx.Graph[str]] = field(default_factory=dict)


Analysis = Callable[[Given], Made]


def _texts(column: pd.Series[Any]) -> Any:
    """A column of text by row; one that is not held word by word stays so."""
    held = column.array
    return held if isinstance(held, Lean) else [str(text) for text in held]


def basis_of(kind: str) -> str:
    """Say which time places a kind of document: what talk tells of, or the date of a document."""
    return WRITTEN_AT if kind in WRITTEN else TOLD


def remark(template: str, **values: object) -> Remark:
    """Say something a reader must know beside the numbers."""
    return Remark(template, values)


def families(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Return the sets of codes that can be compared: the roots of each facet, else the children of its root.

    A facet with fewer than two of either has none.
    """
    sets: dict[str, list[str]] = {}
    for code in codebook.codes.values():
        if code.level == 1:
            sets.setdefault(code.facet, []).append(code.id)
    made = {}
    for facet, roots in sets.items():
        members = roots if len(roots) > 1 else list(codebook.children(roots[0]))
        if len(members) > 1:
            made[facet] = tuple(members)
    return made
