"""What a thesis shows: how often each code was found, where, with a quote; and what no code was found in.

Only countable codings of codable segments count. A parent has a row of its own, in which a segment counts
once however many of its descendants stand there. In the wide tables 0 is "searched and not found"; an empty
cell is "not searched", because nothing there could be coded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.contexts import codable_segments
from qualcode.analysis.evidence import chains, countable_codings, evidence
from qualcode.analysis.load import Row
from qualcode.codebook.records import spoken

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

SHORTEST = 12
WideTable = tuple[tuple[str, ...], list[Row]]


def code_rows(
    documents: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook
) -> list[Row]:
    """Write the rows of `codes`, one per code of the codebook in tree order, found or not.

    The example is, among the countable codings of the code (for a parent of its descendants too), one of the
    most weight, then the shortest quote of at least 12 characters (the longest where all are shorter), then
    the first in the corpus. It is quoted whole. `share` is empty where nothing could be coded.
    """
    kept = codable_segments(documents, segments)
    found = countable_codings(codings, kept, codebook)
    uncounted = codings[~codings["countable"].to_numpy(dtype=bool)]
    lines = chains(codebook)
    below: dict[int, list[int]] = {}
    for child, line in enumerate(lines):
        for up in line:
            below.setdefault(up, []).append(child)
    ids = tuple(codebook.codes)
    language = codebook.languages[0] if codebook.languages else "zh"
    by_column = {int(str(column)): part for column, part in found.groupby("column", sort=True)}
    not_counted = uncounted["code"].value_counts()
    rows: list[Row] = []
    for number, code in enumerate(codebook.codes.values()):
        parts = [by_column[child] for child in below[number] if child in by_column]
        documents_, segments_ = set(), set()
        for part in parts:
            documents_ |= set(part["document_id"])
            segments_ |= set(part["row"])
        quote, reference = _example(parts, kept)
        rows.append(
            (
                code.id,
                code.facet,
                code.level,
                code.name.get("zh", ""),
                code.name.get("en", ""),
                spoken(code.definition, language),
                len(documents_),
                sum(len(part) for part in parts),
                len(segments_),
                len(segments_) / len(kept) if len(kept) else None,
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
    by_document = _counts(kept, codings, codebook, "document_id")
    size = kept["document_id"].value_counts().to_dict()
    rows: list[Row] = [
        (name, kind, int(size.get(name, 0)), *by_document.get(name, (None,) * len(codebook.codes)))
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
    by_case = _counts(kept, codings, codebook, "case")
    size = kept["case"].value_counts().to_dict()
    own = documents[(documents["duplicate_of"] == "").to_numpy(dtype=bool)]
    number = own["case"].value_counts().to_dict()
    rows: list[Row] = [
        (
            case,
            int(number.get(case, 0)),
            int(size.get(case, 0)),
            *by_case.get(case, (None,) * len(codebook.codes)),
        )
        for case in sorted(set(documents["case"]))
    ]
    return tuple(codebook.codes), rows


def uncoded_rows(
    documents: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame, matches: pd.DataFrame
) -> list[Row]:
    """Write the rows of `uncoded`: codable segments without any coding, countable or not, in reading order.

    `refused` names the codes that had matches there, and why each was refused: `code (reason)`.
    """
    kept = codable_segments(documents, segments)
    coded = set(codings["segment_id"])
    refused: dict[str, dict[str, None]] = {}
    why = matches[(matches["blocked_by"] != "").to_numpy(dtype=bool)]
    for segment, code, reason in zip(why["segment_id"], why["code"], why["blocked_by"], strict=True):
        if segment not in coded:
            refused.setdefault(segment, {})[f"{code} ({reason})"] = None
    left = kept[~kept["segment_id"].isin(coded).to_numpy(dtype=bool)]
    names = ("document_id", "segment_id", "speaker", "role", "start", "end", "text")
    return [
        (*values[:4], int(values[4]), int(values[5]), values[6], tuple(refused.get(values[1], ())))
        for values in left[list(names)].itertuples(index=False, name=None)
    ]


def reference(document: str, speaker: str, time: str, article: str = "") -> str:
    """Say where a quote comes from, leaving out what is not known.

    >>> reference("I03", "处长", "00:12:31"), reference("D06", "", "", "第十二条")
    ('I03·处长·00:12:31', 'D06·第十二条')
    """
    return "·".join(part for part in (document, speaker, time or article) if part)


def _example(parts: Sequence[pd.DataFrame], kept: pd.DataFrame) -> tuple[str, str]:
    candidates = [
        (-weight, len(quote) < SHORTEST, len(quote) if len(quote) >= SHORTEST else -len(quote), row, quote)
        for part in parts
        for weight, quote, row in zip(part["weight"], part["quote"], part["row"], strict=True)
    ]
    if not candidates:
        return "", ""
    row, quote = min(candidates)[-2:]
    segment = kept.iloc[row]
    return quote, reference(
        str(segment["document_id"]), str(segment["speaker"]), str(segment["time"]), str(segment["article"])
    )


def _counts(
    kept: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, by: str
) -> dict[str, tuple[int, ...]]:
    """Count segments with each code, a parent's with its descendants', per document or case."""
    import numpy as np
    import pandas as pd
    from scipy.sparse import csr_matrix

    if kept.empty:
        return {}
    stands = evidence(codings, kept, codebook).stands
    number, names = pd.factorize(kept[by])
    group = csr_matrix((np.ones(len(kept), dtype=int), (number, np.arange(len(kept)))))
    table = (group @ stands).toarray().astype(int)
    return {str(name): tuple(line) for name, line in zip(names, table.tolist(), strict=True)}
