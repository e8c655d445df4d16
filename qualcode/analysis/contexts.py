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

from qualcode.analysis.lean import Lean, looked_up, numbered, shown, values_of
from qualcode.analysis.once import once
from qualcode.analysis.tables import WRITTEN
from qualcode.model import TALK
from qualcode.problems import UsageError
from qualcode.text.characters import ranges

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
    segments `starts[i]` to `ends[i]`, end exclusive, and `holds` says the same as a sparse 0/1 matrix,
    contexts by segments. `cluster` numbers, per context, what is resampled and shifted
    within: its document, or its case. `talk` and `written` tell contexts wholly in talk or in documents.
    """

    unit: str
    segments: pd.DataFrame
    starts: Any  # int array
    ends: Any
    holds: Any  # scipy.sparse.csr_matrix
    cluster: Any  # int array
    talk: Any  # bool array
    written: Any  # bool array

    def __len__(self) -> int:
        return int(self.holds.shape[0])


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
    import numpy as np
    import pandas as pd
    from scipy.sparse import csr_matrix

    kept = _laid_out(documents, segments)
    document = pd.factorize(kept["document_id"])[0]
    run = _RUN.fullmatch(unit)
    if unit == "segment":
        starts, ends = _runs(np.arange(len(kept)), 1)
    elif run:
        starts, ends = _runs(speeches(kept) if run[1] else document, int(run[2]))
    elif unit in ("speech", "document"):
        starts, ends = _edges(speeches(kept) if unit == "speech" else document)
    elif unit == "case":
        kept = kept[kept["case"] != ""].sort_values(["case", "document_id", "start"], ignore_index=True)
        document = pd.factorize(kept["case"])[0]
        starts, ends = _edges(document)
    else:
        raise UsageError(
            "'{unit}' is not a context in which codes meet",
            hint="one of segment, speech, run3, speech-run3 (any number from 2), document, case",
            unit=unit,
        )
    sizes = ends - starts
    inside = np.arange(int(sizes.sum())) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    indptr = np.concatenate(([0], np.cumsum(sizes)))
    holds = csr_matrix((np.ones(len(inside), dtype=np.int32), inside, indptr), shape=(len(starts), len(kept)))
    kinds = kept["kind"]
    return Contexts(
        unit,
        kept,
        starts,
        ends,
        holds,
        document[starts] if len(starts) else np.zeros(0, dtype=int),
        _wholly(kinds.isin(TALK).to_numpy(), starts, ends),
        _wholly(kinds.isin(WRITTEN).to_numpy(), starts, ends),
    )


@once
def _laid_out(documents: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """The codable segments, with no more than contexts are made of."""
    return codable_segments(documents, segments[[name for name in NEEDED if name in segments]])


def speeches(kept: pd.DataFrame) -> Any:
    """Number the speeches (articles, stretches under a heading) of codable segments, in reading order."""
    import numpy as np

    if kept.empty:
        return np.zeros(0, dtype=int)
    number = kept["speech"].to_numpy(dtype=np.int32, na_value=0)
    in_turn = number > 0
    # An article 第一条 may come twice, in a regulation and in its annex: the heading tells them apart.
    article, section = (1 + numbered(kept[name]).astype(np.int64) for name in ("article", "section"))
    article[in_turn] = 0
    section[in_turn] = 0
    keys: Sequence[Any] = (numbered(kept["document_id"]), number, article, section)
    new = np.zeros(len(kept), dtype=bool)
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.cumsum(new)


def _edges(group: Any) -> tuple[Any, Any]:
    """Return starts and ends of the stretches of one group number."""
    import numpy as np

    if not len(group):
        return np.zeros(0, dtype=int), np.zeros(0, dtype=int)
    starts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
    return starts, np.append(starts[1:], len(group))


def _runs(group: Any, k: int) -> tuple[Any, Any]:
    """Return starts and ends of all runs of k inside the groups; a shorter group is one run."""
    import numpy as np

    starts, ends = _edges(group)
    counts = np.maximum(ends - starts - k + 1, 1)
    if not len(counts):
        return starts, ends
    of, first = ranges(starts, starts + counts)
    return first, np.minimum(first + k, ends[of])


def _wholly(mark: Any, starts: Any, ends: Any) -> Any:
    import numpy as np

    total = np.concatenate(([0], np.cumsum(mark)))
    return (total[ends] - total[starts]) == (ends - starts)
