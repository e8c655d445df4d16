"""Which codes stand in which segments, on which words: the countable codings as matrices.

A code stands where it or a descendant is countable. Two codes share their evidence in a segment where every
match of the one has a character in common with every match of the other; touching (one ends where the other
starts) is not sharing. A coding without evidence spans, as a person may make, shares with nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from qualcode.analysis.lean import shown, values_of
from qualcode.analysis.numbering import distinct, places_of, stretches
from qualcode.analysis.once import once
from qualcode.analysis.spans import overlapping
from qualcode.coding.occurrences import Lists

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

AT_ONCE = 50_000  # codings whose evidence is compared at a time


@dataclass(frozen=True)
class Evidence:
    """Codes on segments, as numbers: rows of the segment frame, codes in tree order.

    `stands` is a sparse 0/1 matrix, segments by codes, ancestors included. `shared` lists (segment, a, b),
    a < b, where a and b stand in the segment only on evidence that they share.
    """

    codes: tuple[str, ...]
    stands: Any  # scipy.sparse.csr_matrix
    shared: Any  # int array, n by 3

    @cached_property
    def at(self) -> list[Any]:
        """The segments of each code, in order."""
        return segments_of(self.stands)

    def of_rows(self, rows: Any) -> Evidence:
        """The same of some segments, numbered anew."""
        import numpy as np

        place = np.full(self.stands.shape[0], -1, dtype=np.int32)
        place[rows] = np.arange(len(rows), dtype=np.int32)
        shared = self.shared[place[self.shared[:, 0]] >= 0]
        shared[:, 0] = place[shared[:, 0]]
        shared = shared[np.lexsort(shared.T[::-1])]
        return Evidence(self.codes, self.stands[rows], shared)


def segments_of(stands: Any) -> list[Any]:
    """Return the segments of each code, in order, from a sparse matrix of segments by codes."""
    columns = stands.tocsc()
    columns.sort_indices()
    return [columns.indices[low:high] for low, high in pairwise(columns.indptr.tolist())]


@once
def countable_codings(codings: pd.DataFrame, kept: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the countable codings of these segments, with `row` (of the segment) and `column` (of the code).

    Codings of codes the codebook does not have, or of segments that are not codable, are left out.
    """
    import numpy as np

    counting = np.flatnonzero(codings["countable"].to_numpy(dtype=bool)).astype(np.int32)
    rows = places_of(codings["segment_id"].iloc[counting], kept["segment_id"]).astype(np.int32)
    columns = numbers_among(codings["code"].iloc[counting], codebook.codes).astype(np.int32)
    known = (rows >= 0) & (columns >= 0)
    if not known.all():
        counting, rows, columns = counting[known], rows[known], columns[known]
    later = (rows[1:] == rows[:-1]) & (columns[1:] >= columns[:-1])
    later |= rows[1:] > rows[:-1]
    if not later.all():
        order = np.lexsort((columns, rows))
        counting, rows, columns = counting[order], rows[order], columns[order]
    again = (rows[1:] == rows[:-1]) & (columns[1:] == columns[:-1])
    if again.any():  # two coders' codings of one code: by who they are
        several = np.flatnonzero(np.append(again, False) | np.append(False, again))
        keys = zip(*(some[several].tolist() for some in (rows, columns)), strict=True)
        ids = codings["coding_id"].iloc[counting[several]]
        by_coder = sorted(range(len(several)), key=list(zip(keys, ids, strict=True)).__getitem__)
        counting[several] = counting[several[by_coder]]
    return shown(codings, counting).assign(row=rows, column=columns)


def numbers_among(column: pd.Series[Any], names: Iterable[str]) -> Any:
    """Return the place of each value of a column among some names, -1 for one that is not there."""
    import numpy as np

    number = {name: n for n, name in enumerate(names)}
    held = values_of(column)
    return np.array([*(number.get(value, -1) for value in distinct(held)), -1], dtype=np.int64)[held.at]


@once
def evidence(codings: pd.DataFrame, kept: pd.DataFrame, codebook: Codebook) -> Evidence:
    """Read the table `coded_segments` as matrices over the segments kept and the codes of the codebook."""
    found = countable_codings(codings, kept, codebook)
    return Evidence(tuple(codebook.codes), _stands(found, len(kept), codebook), _all_shared(found, codebook))


@once
def standing(codings: pd.DataFrame, kept: pd.DataFrame, codebook: Codebook) -> Any:
    """Return which codes stand in which segments, without what they share: `Evidence.stands`."""
    return _stands(countable_codings(codings, kept, codebook), len(kept), codebook)


def _stands(found: pd.DataFrame, count: int, codebook: Codebook) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    codes = tuple(codebook.codes)
    chain = chains(codebook)
    row, column = found["row"].to_numpy(), found["column"].to_numpy()
    lines = csr_matrix(
        (
            np.ones(sum(map(len, chain)), dtype=np.int32),
            (
                np.repeat(np.arange(len(chain)), [len(line) for line in chain]),
                [up for line in chain for up in line],
            ),
        ),
        shape=(len(codes), len(codes)),
    )
    own = csr_matrix((np.ones(len(row), dtype=np.int32), (row, column)), shape=(count, len(codes)))
    stands = (own @ lines).tocsr()
    stands.sort_indices()
    stands.data[:] = 1
    return stands


def _all_shared(found: pd.DataFrame, codebook: Codebook) -> Any:
    """Find what is shared, where any words are of two codings at all: of most segments none are."""
    import numpy as np

    chain, row = chains(codebook), found["row"].to_numpy()
    again = row[1:] == row[:-1]  # rows come in order
    many = np.flatnonzero(np.append(again, False) | np.append(False, again)).astype(np.int32)
    near = [
        many[some][overlapping(found["spans"], many[some], row[many[some]])]
        for some in stretches(row[many], AT_ONCE)
    ]
    over = np.concatenate([many[:0], *near])
    shared = [_shared(shown(found, over[some]), chain) for some in stretches(row[over], AT_ONCE)]
    return np.concatenate([np.zeros((0, 3), dtype=np.int64), *shared])


def lifted(column: Any, codebook: Codebook) -> tuple[Any, Any]:
    """Repeat every coding for its code (a number) and the codes above it: which it was, and the code."""
    return Lists.of(chains(codebook)).each(column)


def chains(codebook: Codebook) -> list[list[int]]:
    """Return, for every code in tree order, the numbers of itself and its ancestors."""
    number = {code: n for n, code in enumerate(codebook.codes)}
    return [[number[code], *(number[up] for up in codebook.parents(code))] for code in codebook.codes]


def _shared(found: pd.DataFrame, chain: list[list[int]]) -> Any:
    """Find where two codes rest on shared evidence only, by counting the pairs of matches that overlap."""
    import numpy as np
    import pandas as pd

    parts, matches = _matches(found)
    if parts.empty:
        return np.zeros((0, 3), dtype=np.int64)
    meeting = parts.merge(parts, on="row", suffixes=("", "_2"))
    meeting = meeting[
        (meeting["match"] != meeting["match_2"])
        & (meeting["start"] < meeting["end_2"])
        & (meeting["start_2"] < meeting["end"])
    ]
    meeting = meeting[["row", "match", "match_2"]].drop_duplicates()
    if meeting.empty:
        return np.zeros((0, 3), dtype=np.int64)
    ups = pd.DataFrame([(c, up) for c, line in enumerate(chain) for up in line], columns=["column", "code"])
    standing = matches.merge(ups, on="column")[["row", "match", "code"]]
    size = standing.groupby(["row", "code"], sort=False).size().rename("size").reset_index()
    second = standing[["match", "code"]].set_axis(["match_2", "code_2"], axis=1)
    over = meeting.merge(standing[["match", "code"]], on="match").merge(second, on="match_2")
    over = over[over["code"] < over["code_2"]]
    over = over.groupby(["row", "code", "code_2"], sort=True).size().rename("over").reset_index()
    over = over.merge(size, on=["row", "code"])
    over = over.merge(size.set_axis(["row", "code_2", "size_2"], axis=1), on=["row", "code_2"])
    over = over[over["over"] == over["size"] * over["size_2"]]
    kin = {(c, up) for c, line in enumerate(chain) for up in line}
    triples = over[["row", "code", "code_2"]].sort_values(["row", "code", "code_2"]).to_numpy(dtype=np.int64)
    keep = [(b, a) not in kin and (a, b) not in kin for _, a, b in triples.tolist()]
    return triples[np.array(keep, dtype=bool)].reshape(-1, 3)


def _matches(found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take codings apart: parts (match, row, start, end) and matches (match, row, column).

    `evidence` groups the spans into matches; without it each span is
    a match. A coding without spans is one match without parts.
    """
    import pandas as pd

    parts: list[tuple[int, int, int, int]] = []
    matches: list[tuple[int, int, int]] = []
    for row, column, spans, groups in zip(
        *(found[name].tolist() for name in ("row", "column", "spans", "evidence")), strict=True
    ):
        ends = [tuple(map(int, span.split("-"))) for span in spans]
        wanted = [[int(n) - 1 for n in group.split("+")] for group in groups]
        for group in wanted or [[n] for n in range(len(ends))] or [[]]:
            parts.extend((len(matches), row, *ends[n]) for n in group)
            matches.append((len(matches), row, column))
    return (
        pd.DataFrame(parts, columns=["match", "row", "start", "end"]),
        pd.DataFrame(matches, columns=["match", "row", "column"]),
    )
