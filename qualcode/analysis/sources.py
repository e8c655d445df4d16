"""What knows the values of a lean column (`lean.py`): of many places at once.

- `Values`: the distinct values of a column, such as the names of codes; a cell is 1 to 4 bytes
- `SegmentIds`: the id of a segment, made up of its document and number when somebody asks
- `Cells`: the cells of a CSV file, read from it when somebody asks; none of them is held
- `Whole`: whole numbers, of which some rows are shown without holding them again
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from qualcode.analysis.csvplaces import unquoted
from qualcode.cells import cell_value

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.csvplaces import CsvFile
    from qualcode.analysis.lean import Lean
    from qualcode.columns import Type

KEYS = 1 << 20  # ids of segments that are made integers at a time


class Source(Protocol):
    """What knows the values: of many places at once."""

    def values(self, places: Any) -> Any:
        """Return an object array of the values at places, all of them >= 0."""


class Values:
    """Distinct values, by number."""

    def __init__(self, held: Sequence[object]) -> None:
        self.held = np.empty(len(held), dtype=object)
        self.held[:] = held

    def values(self, places: Any) -> Any:
        return self.held[places]


class SegmentIds:
    """Ids of segments: `numbers` are their indexes, `documents` (a `Lean` of `Values`) their documents."""

    def __init__(self, documents: Lean, numbers: Any) -> None:
        self.documents, self.numbers = documents, numbers

    def values(self, places: Any) -> Any:
        names = self.documents.take(places).values()
        made = np.empty(len(places), dtype=object)
        made[:] = [f"{name}:{n}" for name, n in zip(names, self.numbers[places].tolist(), strict=True)]
        return made

    def keys(self, places: Any, known: dict[Any, int]) -> Any:
        """One integer for each id: the number of its document and its own. New documents are numbered on."""
        assert isinstance(self.documents.source, Values)
        number = np.array(
            [known.setdefault(name, len(known)) for name in self.documents.source.held] or [0], dtype=np.int64
        )
        number <<= 32
        made = np.empty(len(places), dtype=np.int64)
        for start in range(0, len(places), KEYS):
            at = places[start : start + KEYS]
            made[start : start + KEYS] = number[self.documents[at].at] + self.numbers[at]
        return made


def keys_of_texts(ids: Any, known: Mapping[Any, int]) -> Any:
    """The same integers as `SegmentIds.keys` for ids written out, -1 for what is none."""
    parts = (str(name).rpartition(":") for name in ids)
    return np.fromiter(
        (
            (known[name] << 32) + int(n) if name in known and n.isdecimal() and n == str(int(n)) else -1
            for name, _, n in parts
        ),
        np.int64,
        len(ids),
    )


class Cells:
    """One column of a CSV file, read where it is asked for."""

    def __init__(self, file: CsvFile, column: int, kind: Type) -> None:
        self.file, self.column, self.kind = file, column, kind

    def values(self, places: Any) -> Any:
        held = np.empty(len(places), dtype=object)
        order = None
        if (np.diff(places) < 0).any():
            order = np.argsort(places, kind="stable")
            places = places[order]
        for low, high, cells in self.file.texts(self.column, places):
            held[slice(low, high) if order is None else order[low:high]] = objects(self.read(cells))
        return held

    def spans(self, places: Any) -> Spans:
        """Where in the file some of the cells stand; places ascend."""
        parts = [(begins, ends) for begins, ends in self.file.spans(self.column, places)]
        begins, ends = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Spans(self, begins, (ends - begins).astype(np.int32))

    def read(self, cells: list[str]) -> list[Any]:
        """What cells say, by the type of the column."""
        if self.kind in ("text", "date") and "'" not in {cell[:1] for cell in cells}:
            return cells  # nothing to take away
        return [cell_value(cell, self.kind) for cell in cells]


class Spans:
    """Cells of a CSV file by where they begin and how many bytes they have, each read by itself."""

    def __init__(self, cells: Cells, begins: Any, sizes: Any) -> None:
        self.cells, self.begins, self.sizes = cells, begins, sizes

    def values(self, places: Any) -> Any:
        with self.cells.file.path.open("rb", buffering=0) as stream:
            raw = []
            for begin, size in zip(self.begins[places].tolist(), self.sizes[places].tolist(), strict=True):
                stream.seek(begin)
                raw.append(stream.read(size))
        return objects(self.cells.read([unquoted(str(cell, "utf-8")) for cell in raw]))


class Whole:
    """A column of whole numbers; places without one say nothing."""

    def __init__(self, held: pd.arrays.IntegerArray) -> None:
        self.held = held

    def values(self, places: Any) -> Any:
        return self.held[places].to_numpy(dtype=object, na_value=None)

    def missing(self, places: Any) -> Any:
        return self.held[places].isna()

    def numbers(self, places: Any, dtype: Any, na_value: Any) -> Any:
        return self.held[places].to_numpy(dtype=dtype, na_value=na_value)


def objects(values: list[Any]) -> Any:
    """Return an array of these very objects, also where they are tuples of one length.

    >>> objects([(1, 2), (3, 4)]).shape
    (2,)
    """
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
