"""Report sections on the coding: what was coded, how it was meant, what was left, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.codes import code_rows, reference, without_codings
from qualcode.analysis.evidence import countable_codings
from qualcode.analysis.lean import values_of
from qualcode.analysis.numbering import distinct, numbered
from qualcode.analysis.passages import marked
from qualcode.analysis.spread import spread
from qualcode.output.report_blocks import Block, Findings, Quote, Quotes, Section, Table, Text
from qualcode.output.report_rules import REASONS, explanations
from qualcode.output.words import KIND_NAMES, Words

if TYPE_CHECKING:
    import pandas as pd

EACH = 5
LEFT = 8


def coded(findings: Findings, say: Words, lang: str) -> Section:
    """A row per code, parents with their descendants; and the codes found nowhere."""
    given = (findings.documents, findings.segments, findings.codings, findings.codebook)
    rows, nowhere = [], []
    for row in code_rows(*given):
        code, level, share = str(row[0]), int(str(row[2])), row[9]
        if not row[7]:
            nowhere.append(findings.label(code, lang))
            continue
        rows.append(
            (
                "\u2003" * (level - 1) + findings.label(code, lang),
                findings.facet(str(row[1]), lang),
                int(str(row[6])),
                int(str(row[7])),
                int(str(row[8])),
                f"{float(str(share)):.1%}",
            )
        )
    head = ("Code", "Facet", "documents", "codings", "segments", "share of codable")
    blocks: list[Block] = []
    if rows:
        blocks.append(Table([say(name) for name in head], rows))
        blocks.append(
            Text(
                say(
                    "A parent counts a segment once, however many of its descendants stand there. Counts are "
                    "mentions, not importance."
                ),
                "note",
            )
        )
    else:
        blocks.append(Text(say("No code was found anywhere."), "warning"))
    if nowhere:
        names = say(", ").join(nowhere)
        blocks.append(Text(say("Found nowhere: {names}.", names=names), "note"))
    return Section("coded", say("What was coded"), blocks)


def assertions(findings: Findings, say: Words, lang: str) -> Section:
    """How the words were meant; or that nobody looked."""
    codings = findings.codings
    if codings.empty:
        return Section("assertions", "", [])
    unassessed = int((codings["modality"] == "unassessed").sum())
    blocks: list[Block] = []
    if unassessed:
        blocks.append(
            Text(
                say(
                    "{n} of {all} codings are not assessed: no cue file is in force, so negations, wishes "
                    "and hearsay are counted like statements of fact.",
                    n=unassessed,
                    all=len(codings),
                ),
                "warning",
            )
        )
    if unassessed < len(codings):
        sizes = codings.groupby(["polarity", "modality", "countable"], sort=True).size()
        rows = [
            (say(str(key[0])), say(str(key[1])), say("yes") if key[2] else say("no"), int(n))
            for key, n in ((tuple(key) if isinstance(key, tuple) else (key,), n) for key, n in sizes.items())
        ]
        blocks.append(Table([say(name) for name in ("Polarity", "Modality", "counts", "codings")], rows))
    return Section("assertions", say("How the words were meant"), blocks)


def uncoded(findings: Findings, say: Words, lang: str) -> Section:
    """How much was left without a code, by kind; why matches were refused; a few of the segments."""
    left = without_codings(findings.documents, findings.segments, findings.codings)
    kind = dict(zip(findings.documents["document_id"], findings.documents["kind"], strict=True))
    codable = findings.segments.loc[findings.segments["codable"].to_numpy(dtype=bool), "document_id"]
    whole, free = (_by_kind(names, kind) for names in (codable, left["document_id"]))
    rows = [
        (say(KIND_NAMES[name]), free[name], whole[name], f"{free[name] / whole[name]:.0%}")
        for name in KIND_NAMES
        if name in whole
    ]
    blocks: list[Block] = []
    if rows:
        head = ("Kind", "segments without a code", "codable", "share")
        blocks.append(Table([say(name) for name in head], rows))
    blocks += _refusals(findings.matches, say)
    step = max(1, len(left) // LEFT)
    shown = [
        Quote([(str(line["text"]), False)], reference(str(line["document_id"]), str(line["speaker"]), ""))
        for line in left.iloc[step // 2 :: step].iloc[:LEFT].to_dict("records")
    ]
    if shown:
        blocks.append(Quotes(say("Some of them, evenly spread; all are in uncoded.csv"), shown))
    return Section("uncoded", say("What was left uncoded"), blocks)


def _by_kind(names: pd.Series[Any], kind: Mapping[str, str]) -> Counter[str]:
    """Count segments by the kind of their document."""
    held = values_of(names)
    counts: Counter[str] = Counter()
    for name, n in zip(distinct(held), np.bincount(held.at).tolist(), strict=False):
        if n:
            counts[kind[name]] += n
    return counts


def _refusals(matches: pd.DataFrame, say: Words) -> list[Block]:
    refused = matches[(matches["blocked_by"] != "").to_numpy(dtype=bool)]["blocked_by"]
    counts = Counter(str(reason).partition(":")[0] for reason in refused)
    rows = [(say(REASONS[reason]), counts[reason]) for reason in REASONS if reason in counts]
    if not rows:
        return []
    note = say("Refused matches are kept in matches.csv, each with its reason.")
    return [Table([say("Matches refused because"), say("n")], rows, note)]


def _coders(found: pd.DataFrame) -> int:
    """The most codings that one segment has of one code; they come together."""
    new = np.ones(len(found) + 1, dtype=bool)
    for name in ("row", "column"):
        held = found[name].to_numpy()
        new[1:-1] = held[1:] != held[:-1] if name == "row" else new[1:-1] | (held[1:] != held[:-1])
    return int(np.diff(np.flatnonzero(new)).max(initial=1))


def quotes(findings: Findings, say: Words, lang: str) -> Section:
    """For every code of its own some quotes, from as many documents as there are, the evidence marked."""
    kept = findings.segments
    found = countable_codings(findings.codings, kept, findings.codebook)
    names = list(findings.codebook.codes)
    number = found["column"].to_numpy()
    totals = dict(zip(names, np.bincount(number, minlength=len(names)).tolist(), strict=True))
    most = EACH * _coders(found)
    some = found.iloc[spread(number, numbered(found["document_id"]), most)].drop_duplicates(["column", "row"])
    first = some.groupby("column", sort=False).head(EACH).sort_values("row", kind="stable")
    chosen: dict[str, list[str]] = {}
    for column, name in zip(first["column"], first["segment_id"], strict=True):
        chosen.setdefault(names[column], []).append(str(name))
    wanted = {name for names in chosen.values() for name in names}
    pieces = marked(findings.segments, findings.codings, findings.codebook, wanted)
    where = {
        str(line["segment_id"]): reference(
            str(line["document_id"]), str(line["speaker"]), str(line["time"]), str(line["article"])
        )
        for line in kept[kept["segment_id"].isin(wanted).to_numpy(dtype=bool)].to_dict("records")
    }
    behind = explanations(findings, wanted, say)
    blocks: list[Block] = []
    for code in findings.codebook.codes:
        if code in chosen:
            shown = [
                Quote(
                    [(text, code in codes) for text, codes in pieces[name]],
                    where[name],
                    behind.get((name, code), ()),
                )
                for name in chosen[code]
            ]
            title = say(
                "{code}: {shown} of {n}", code=findings.label(code, lang), shown=len(shown), n=totals[code]
            )
            blocks.append(Quotes(title, shown))
    if blocks:
        blocks.append(Text(say("All codings with their evidence are in coded_segments.csv."), "note"))
    return Section("quotes", say("Quotes behind the numbers"), blocks)
