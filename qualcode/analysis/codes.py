"""What a thesis shows: how often each code was found, where, with a quote; and what no code was found in.

Only countable codings of codable segments count. A parent has a row of its own, in which a segment counts
once however many of its descendants stand there. In the wide tables 0 is "searched and not found"; an empty
cell is "not searched", because nothing there could be coded.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.contexts import codable_segments
from qualcode.analysis.evidence import chains, countable_codings, lifted
from qualcode.analysis.framerows import FrameRows
from qualcode.analysis.lean import Lean, shown, values_of
from qualcode.analysis.load import Row
from qualcode.analysis.numbering import distinct, numbered, places_of, stretches, tally
from qualcode.analysis.sources import Values
from qualcode.codebook.records import spoken
from qualcode.columns import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

SHORTEST = 12
AT_ONCE = 500_000  # codings that are counted at a time
WideTable = tuple[tuple[str, ...], list[Row]]


def code_rows(
    documents: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook
) -> list[Row]:
    """Write the rows of `codes`, one per code of the codebook in tree order, found or not.

    The example is, among the countable codings of the code (for a parent of its descendants too), one of the
    most weight, then the shortest quote of at least 12 characters (the longest where all are shorter), then
    the first in the corpus. It is quoted whole. `share` is empty where nothing could be coded.
    """
    import numpy as np

    kept = codable_segments(documents, segments)
    found = countable_codings(codings, kept, codebook)
    uncounted = codings.loc[~codings["countable"].to_numpy(dtype=bool), "code"]
    lines = chains(codebook)
    below: dict[int, list[int]] = {}
    for child, line in enumerate(lines):
        for up in line:
            below.setdefault(up, []).append(child)
    ids = tuple(codebook.codes)
    language = codebook.languages[0] if codebook.languages else "zh"
    column, row = found["column"].to_numpy(), found["row"].to_numpy()
    document = numbered(found["document_id"])
    of_code = np.argsort(column, kind="stable").astype(np.int32)
    ends = column[of_code].searchsorted(np.arange(len(ids) + 1))
    best = _Best.of(found)
    not_counted = Counter(uncounted)
    rows: list[Row] = []
    for number, code in enumerate(codebook.codes.values()):
        here = np.concatenate([of_code[ends[n] : ends[n + 1]] for n in below[number]])
        quote, reference = _example(best.among(here), found, kept) if len(here) else ("", "")
        rows.append(
            (
                code.id,
                code.facet,
                code.level,
                code.name.get("zh", ""),
                code.name.get("en", ""),
                spoken(code.definition, language),
                len(np.unique(document[here])),
                len(here),
                n_segments := len(np.unique(row[here])),
                n_segments / len(kept) if len(kept) else None,
                sum(int(not_counted.get(ids[child], 0)) for child in below[number]),
                quote,
                reference,
            )
        )
    return rows


def document_code_rows(
    documents: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook
) -> WideTable:
    """Return the code columns of `document_code` and its rows, one per document in the order given."""
    kept = codable_segments(documents, segments)
    nothing = (None,) * len(codebook.codes)
    by_document = _counts(kept, codings, codebook, "document_id")
    size = tally(kept["document_id"])
    rows: list[Row] = [
        (name, kind, size.get(name, 0), *(by_document[name] if name in size else nothing))
        for name, kind in zip(documents["document_id"], documents["kind"], strict=True)
    ]
    return tuple(codebook.codes), rows


def case_code_rows(
    documents: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook
) -> WideTable:
    """Return the code columns of `case_code` and its rows, by case; documents without one share a row.

    Documents that repeat others are not counted among `n_documents`.
    """
    kept = codable_segments(documents, segments)
    nothing = (None,) * len(codebook.codes)
    by_case = _counts(kept, codings, codebook, "case")
    size = tally(kept["case"])
    own = documents[(documents["duplicate_of"] == "").to_numpy(dtype=bool)]
    number = own["case"].value_counts().to_dict()
    rows: list[Row] = [
        (
            case,
            int(number.get(case, 0)),
            size.get(case, 0),
            *(by_case[case] if case in size else nothing),
        )
        for case in sorted(set(documents["case"]))
    ]
    return tuple(codebook.codes), rows


def uncoded_rows(
    documents: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame, matches: pd.DataFrame
) -> FrameRows:
    """Return the rows of `uncoded`: codable segments without any coding, countable or not, in reading order.

    `refused` names the codes that had matches there, and why each was refused: `code (reason)`.
    """
    import numpy as np

    left = without_codings(documents, segments, codings)
    refused = matches[["segment_id", "code", "blocked_by"]][
        (matches["blocked_by"] != "").to_numpy(dtype=bool)
    ]
    place = places_of(refused["segment_id"], left["segment_id"])
    here = np.flatnonzero(place >= 0)
    reasons: dict[int, dict[str, None]] = {}
    whys = zip(
        place[here].tolist(), *(refused[name].iloc[here] for name in ("code", "blocked_by")), strict=True
    )
    for row, code, reason in whys:
        reasons.setdefault(row, {})[f"{code} ({reason})"] = None
    known: dict[tuple[str, ...], int] = {(): 0}
    at = np.zeros(len(left), dtype=np.int32)
    at[list(reasons)] = [known.setdefault(tuple(why), len(known)) for why in reasons.values()]
    columns = TABLES["uncoded"]
    left = left.assign(refused=Lean(Values(list(known)), at))
    return FrameRows(left[[column.name for column in columns]], columns)


def without_codings(documents: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codable segments without any coding, countable or not, in reading order."""
    import numpy as np

    kept = codable_segments(documents, segments)
    coded = np.zeros(len(kept) + 1, dtype=bool)
    coded[places_of(codings["segment_id"], kept["segment_id"])] = True
    return shown(kept, np.flatnonzero(~coded[:-1]))


def reference(document: str, speaker: str, time: str, article: str = "") -> str:
    """Say where a quote comes from, leaving out what is not known.

    >>> reference("I03", "处长", "00:12:31"), reference("D06", "", "", "第十二条")
    ('I03·处长·00:12:31', 'D06·第十二条')
    """
    return "·".join(part for part in (document, speaker, time or article) if part)


class _Best(NamedTuple):
    """What tells a good example: weights, lengths and segments of codings."""

    weight: Any
    long: Any
    row: Any

    @classmethod
    def of(cls, found: pd.DataFrame) -> _Best:
        import numpy as np

        # A quote is its segment, so its length is known without reading it.
        if isinstance(found["quote"].array, Lean):
            long = found["end"].to_numpy(dtype=np.int32, na_value=0)
            long = long - found["start"].to_numpy(dtype=np.int32, na_value=0)
            long[found["start"].isna() | found["end"].isna()] = 0
        else:
            long = np.array([len(quote) for quote in found["quote"]], dtype=np.int32)
        return cls(found["weight"].to_numpy(dtype=float), long, found["row"].to_numpy())

    def among(self, here: Any) -> int:
        """Return the best example among some codings, at least one."""
        here = here[self.weight[here] == self.weight[here].max()]
        long = self.long[here]
        if (long >= SHORTEST).any():
            here, long = here[long >= SHORTEST], -long[long >= SHORTEST]
        here = here[long == long.max()]
        return int(here[self.row[here].argmin()])


def _example(best: int, found: pd.DataFrame, kept: pd.DataFrame) -> tuple[str, str]:
    chosen = found.iloc[best]
    segment = kept.iloc[int(chosen["row"])]
    return str(chosen["quote"]), reference(
        str(segment["document_id"]), str(segment["speaker"]), str(segment["time"]), str(segment["article"])
    )


def _counts(
    kept: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, by: str
) -> dict[str, tuple[int, ...]]:
    """Count segments with each code, a parent's with its descendants', per document or case."""
    import numpy as np

    found = countable_codings(codings, kept, codebook)
    row, column = (found[name].to_numpy() for name in ("row", "column"))
    held, size = values_of(kept[by]), len(codebook.codes)
    number = held.at
    table = np.zeros((len(distinct(held)), size), dtype=np.int32)
    for some in stretches(row, AT_ONCE):
        at, up = lifted(column[some], codebook)
        cell = row[some].astype(np.int64)[at] * size + up
        cell.sort(kind="stable")  # nearly in order
        first = np.append(True, cell[1:] != cell[:-1])
        place, up = np.divmod(cell[first], size)
        group = number[place].astype(np.int64)
        low, high = int(group.min()), int(group.max()) + 1
        counts = np.bincount((group - low) * size + up, minlength=(high - low) * size)
        table[low:high] += counts.reshape(-1, size)
    return {str(name): tuple(table[n].tolist()) for n, name in enumerate(distinct(held))}
