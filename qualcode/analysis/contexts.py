"""What two codes must share to be found together: the contexts of a corpus, and the segments in each.

Only codable segments are in contexts; interviewers' words and repeated documents are in none. Units:

    segment      every codable segment
    speech       a speech (turns of one speaker in a row); in text without turns an article, else the stretch
                 under one heading, else the whole text
    run3         three codable segments of one document in a row, sliding by one; any number from 2 to 99
    speech-run3  the same, inside one speech (article, stretch) only
    document     a document
    case         all documents of a case; documents without a case are in none

A document (for speech-run3 a speech) of fewer than three codable segments is one short run of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.analysis.lean import Lean, shown, values_of
from qualcode.analysis.numbering import looked_up, numbered
from qualcode.analysis.once import once
from qualcode.analysis.tables import WRITTEN
from qualcode.model import TALK
from qualcode.problems import UsageError
from qualcode.text.characters import ranges
from qualcode.text.ordered import begins

if TYPE_CHECKING:
    import pandas as pd

UNITS = ("segment", "speech", "run3", "speech-run3", "document", "case")
FIGURE_UNIT = "speech-run3"

# The columns that contexts are made of; others would only be carried along.
NEEDED = (
    *("document_id", "segment_id", "speech", "start", "end", "kind", "section", "article", "codable"),
    *("text", "t_about_start", "t_about_end"),
)

_RUN = re.compile(r"(speech-)?run([2-9]|[1-9][0-9])")


@dataclass(frozen=True, slots=True)
class Contexts:
    """Contexts of one unit, in order of cluster and reading.

    `segments` is the frame of codable segments in reading order, documents by code point; context i holds
    segments `starts[i]` to `ends[i]`, end exclusive. Neither goes back from one context to the next.
    `cluster` numbers, per context, what is resampled and shifted within: its document, or its case. `talk`
    and `written` tell contexts wholly in talk or in documents.
    """

    unit: str
    segments: pd.DataFrame
    starts: Any  # int32 array
    ends: Any
    cluster: Any  # int32 array
    talk: Any  # bool array
    written: Any  # bool array

    def __len__(self) -> int:
        return len(self.starts)

    def having(self, at: Sequence[Any]) -> Any:
        """Return which contexts have which codes: a sparse 0/1 matrix of bytes, contexts by codes, by column.

        `at` are the segments of each code, in order: `Evidence.at`.
        """
        import numpy as np
        from scipy.sparse import csc_matrix

        lines = [self.around(rows) for rows in at]
        indptr = np.cumsum([0, *map(len, lines)])
        indices = np.concatenate([np.zeros(0, dtype=np.int32), *lines])
        made = csc_matrix((np.ones(len(indices), dtype=np.int8), indices, indptr), shape=(len(self), len(at)))
        made.has_sorted_indices = True
        return made

    def around(self, rows: Any) -> Any:
        """Return the contexts that hold one of some segments, given in order, each once and in order."""
        import numpy as np

        first, last = self.reach(rows)
        if len(first):  # what the segment before is in already
            np.maximum(first[1:], last[:-1], out=first[1:])
        return ranges(first, last)[1].astype(np.int32)

    def reach(self, rows: Any) -> tuple[Any, Any]:
        """Return, for some segments in order, the first context that holds each, and where these end."""
        return self.ends.searchsorted(rows, side="right"), self.starts.searchsorted(rows, side="right")


@once
def codable_segments(documents: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Return the codable segments with kind and case of their document, in an order that never changes.

    Documents come by code point of their id, segments by place; the order of the input does not matter.
    """
    import numpy as np

    about = documents.drop_duplicates("document_id")
    names = about["document_id"].tolist()
    repeats = {name for name, other in zip(names, about["duplicate_of"], strict=True) if other}
    mask = segments["codable"].to_numpy(dtype=bool)
    if repeats:
        mask = mask & ~segments["document_id"].isin(repeats).to_numpy(dtype=bool)
    rows = np.flatnonzero(mask).astype(np.int32)
    keys = [segments[column].to_numpy(dtype=np.int32, na_value=0)[rows] for column in ("end", "start")]
    keys.append(ranked(segments["document_id"])[rows])
    if not _in_order(*reversed(keys)):
        rows = rows[np.lexsort(keys)]
    del keys
    kept = shown(segments[[name for name in segments.columns if name not in ("kind", "turn")]], rows)
    return kept.assign(
        **{
            column: _said(kept["document_id"], dict(zip(names, about[column], strict=True)))
            for column in ("kind", "case")
        }
    )


def _in_order(document: Any, start: Any, end: Any) -> bool:
    """Whether segments come by document and place."""
    later = end[1:] >= end[:-1]
    for key in (start, document):
        later = (key[1:] > key[:-1]) | (key[1:] == key[:-1]) & later
    return bool(later.all())


def _said(names: pd.Series[Any], known: Mapping[Any, Any]) -> Any:
    """What is said of each document by name, "" where nothing is."""
    if isinstance(names.array, Lean):
        return looked_up(names, known, "")
    return names.map(known).fillna("")


def ranked(column: pd.Series[Any]) -> Any:
    """Numbers that sort as the texts of a column do, by code point."""
    return values_of(column).ranks()


@once
def contexts(documents: pd.DataFrame, segments: pd.DataFrame, unit: str = FIGURE_UNIT) -> Contexts:
    """Lay the codable segments of a corpus out in contexts of one unit.

    Takes the tables `documents` and `segments`; no codable segment, no context. Raises UsageError for a unit
    it does not know.
    """
    return laid_out(needed(documents, segments), unit)


@once
def needed(documents: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Return the codable segments, with no more than contexts are made of."""
    return codable_segments(documents, segments[[name for name in NEEDED if name in segments]])


@once
def laid_out(kept: pd.DataFrame, unit: str) -> Contexts:
    """Lay codable segments, as `needed` gives them, out in contexts of one unit: see `contexts`."""
    import numpy as np

    run = _RUN.fullmatch(unit)
    if unit == "case":
        return _cases(kept)
    document = begins(numbered(kept["document_id"]))
    if unit == "segment":
        starts, ends = _edges(np.ones(len(kept), dtype=bool))
    elif run:
        starts, ends = _runs(*_edges(speech_begins(kept) if run[1] else document), int(run[2]))
    elif unit in ("speech", "document"):
        starts, ends = _edges(speech_begins(kept) if unit == "speech" else document)
    else:
        raise UsageError(
            "'{unit}' is not a context in which codes meet",
            hint="one of segment, speech, run3, speech-run3 (any number from 2), document, case",
            unit=unit,
        )
    kinds = kept["kind"]  # of a document, so all segments of a context have the same
    talk, written = (kinds.isin(some).to_numpy(dtype=bool)[starts] for some in (TALK, WRITTEN))
    return Contexts(unit, kept, starts, ends, _counted(document)[starts], talk, written)


def rows_of_cases(kept: pd.DataFrame) -> tuple[Any, Any]:
    """Return the segments that are of a case, by case, and the number of the case of each."""
    import numpy as np

    cases = ranked(kept["case"])
    rows = np.flatnonzero((kept["case"] != "").to_numpy(dtype=bool)).astype(np.int32)
    rows = rows[np.argsort(cases[rows], kind="stable")]
    return rows, cases[rows]


def _cases(kept: pd.DataFrame) -> Contexts:
    """Cases as contexts; their documents, and the segments of each, come in order."""
    import numpy as np

    rows, case = rows_of_cases(kept)
    kept = shown(kept, rows)
    starts, ends = _edges(begins(case))
    talk, written = (
        _wholly(kept["kind"].isin(some).to_numpy(dtype=bool), starts, ends) for some in (TALK, WRITTEN)
    )
    return Contexts("case", kept, starts, ends, np.arange(len(starts), dtype=np.int32), talk, written)


def speeches(kept: pd.DataFrame) -> Any:
    """Number the speeches (articles, stretches under a heading) of codable segments, in reading order."""
    return _counted(speech_begins(kept))


def speech_begins(kept: pd.DataFrame) -> Any:
    """Say of codable segments in reading order which are the first of a speech (article, stretch)."""
    import numpy as np

    number = kept["speech"].to_numpy(dtype=np.int32, na_value=0)
    new = begins(numbered(kept["document_id"])) | begins(number)
    # An article 第一条 may come twice, in a regulation and in its annex: the heading tells them apart.
    # In a turn neither counts.
    apart = number <= 0
    for name in ("article", "section"):
        new |= begins(numbered(kept[name])) & apart
    return new


def _counted(new: Any) -> Any:
    """Number stretches by where they begin."""
    import numpy as np

    number = np.cumsum(new, dtype=np.int32)
    number -= 1
    return number


def _edges(new: Any) -> tuple[Any, Any]:
    """Return starts and ends of stretches by where they begin."""
    import numpy as np

    starts = np.flatnonzero(new).astype(np.int32)
    return starts, np.append(starts[1:], np.int32(len(new)))[: len(starts)]


def _runs(starts: Any, ends: Any, k: int) -> tuple[Any, Any]:
    """Return starts and ends of all runs of k inside some stretches; a shorter stretch is one run."""
    import numpy as np

    counts = np.maximum(ends - starts - (k - 1), 1)
    before = np.cumsum(counts, dtype=np.int32) - counts
    first = np.arange(counts.sum(), dtype=np.int32)
    first += np.repeat(starts - before, counts)
    return first, np.minimum(first + np.int32(k), np.repeat(ends, counts))


def _wholly(mark: Any, starts: Any, ends: Any) -> Any:
    import numpy as np

    total = np.concatenate(([0], np.cumsum(mark)))
    return (total[ends] - total[starts]) == (ends - starts)
