"""Report sections on relations: which codes travel together, and when they were used."""

from __future__ import annotations

from math import isfinite
from typing import Any

from qualcode.output.captions import unit_name
from qualcode.output.report_blocks import Block, Cell, Findings, Picture, Section, Table, Text, Widget
from qualcode.output.words import KIND_NAMES, Words

TOP = 20
_PERIOD_HEAD = (
    "Kind",
    "Period",
    "Code",
    "Modality",
    "segments",
    "of codable",
    "documents",
    "mean share",
    "95 % interval",
)
_CAPTIONS = {
    "document": (
        "Real time: periods of documents by date in force. A share is taken in each document first, then "
        "their mean; a period without material has none (–). "
        "All periods, codes and kinds are in timeline.csv."
    ),
    "about": (
        "Told time: talk by the time it tells of, which is how people tell of that time, not what was said "
        "in it. A segment counts in a phase that holds at least four fifths of its time."
    ),
    "said": "Talk by when it was held, which is not the time it tells of.",
}


def network(findings: Findings, say: Words, lang: str) -> Section:
    """The figure, and the pairs of its level that meet most, with what chance would do."""
    edges = findings.edges
    level = {code.id: code.level for code in findings.codebook.codes.values()}
    drawn = [
        unit == findings.figure_unit and level.get(a) == level.get(b) == findings.level and n > 0
        for unit, a, b, n in zip(edges["unit"], edges["source"], edges["target"], edges["n"], strict=True)
    ]
    chosen = edges.loc[drawn].sort_values(["n", "source", "target"], ascending=[False, True, True])
    blocks: list[Block] = []
    if findings.figures.get("network"):
        alt = say("Co-occurrence network")
        blocks.append(Picture(findings.figures["network"], alt, findings.captions.get("network", "")))
    if findings.network:
        blocks.append(Widget("network", say("Look closer: filter the pairs and read what is behind them")))
    rows: list[tuple[Cell, ...]] = [
        (
            findings.label(str(line["source"]), lang) + " – " + findings.label(str(line["target"]), lang),
            int(line["n"]),
            int(line["n_documents"]),
            int(line["n_interview"]),
            int(line["n_document"]),
            _number(line["lift"]),
            _interval(line["lo"], line["hi"]),
            _p(line["p"]),
            _p(line["p_floor"]),
        )
        for line in chosen[:TOP].to_dict("records")
    ]
    head = ("Pair", "n", "documents", "in talk", "in documents", "lift", "95 % interval", "p", "smallest p")
    if rows:
        caption = say(
            "Contexts: {unit}. The {shown} of {n} pairs with most contexts; p is not corrected for their "
            "number and is withheld (–) where no small one could come out.",
            unit=unit_name(findings.figure_unit, say),
            shown=len(rows),
            n=len(chosen),
        )
        blocks.append(Table([say(name) for name in head], rows, caption))
        blocks.append(Text(say("network.html has all pairs with the segments behind them."), "note"))
    elif findings.codebook.codes:
        blocks.append(Text(say("No two codes of this level met.")))
    return Section("network", say("Which codes travel together"), blocks)


def timeline(findings: Findings, say: Words, lang: str) -> Section:
    """The figure, and shares by phase where there are phases, else by year."""
    table = findings.timeline
    blocks: list[Block] = []
    if table.empty:
        return Section("timeline", "", [Text(say("No dated material, so no timeline."), "note")])
    if findings.figures.get("timeline"):
        alt = say("Codes over time")
        blocks.append(Picture(findings.figures["timeline"], alt, findings.captions.get("timeline", "")))
    blocks.append(Widget("timeline", say("Look closer: choose material, periods and codes")))
    grain = "phase" if (table["grain"] == "phase").any() else "year"
    tops = [code.id for code in findings.codebook.codes.values() if code.level == 1]
    chosen = table[((table["grain"] == grain) & table["code"].isin(tops)).to_numpy(dtype=bool)]
    for basis, caption in _CAPTIONS.items():
        made = _periods(findings, chosen[(chosen["basis"] == basis).to_numpy(dtype=bool)], say, lang)
        if made:
            blocks.append(Table([say(name) for name in _PERIOD_HEAD], made, say(caption)))
    blocks += _told(findings, say)
    return Section("timeline", say("When codes were used"), blocks)


def _told(findings: Findings, say: Words) -> list[Block]:
    """Say how much of the talk tells when, and what could not be placed."""
    from qualcode.analysis.straddles import told_time

    told = told_time(findings.documents, findings.segments, findings.phases)
    if not told.segments:
        return []
    blocks: list[Block] = [
        Text(
            say(
                "Of {n} codable segments of talk, the time of {unknown} ({share}) is not known: nothing in "
                "or before them tells it, and they are in no period of told time. {carried} carry the time "
                "told last; the others tell it themselves.",
                n=told.segments,
                carried=told.carried,
                unknown=told.unknown,
                share=f"{told.share_unknown:.0%}",
            ),
            "warning" if told.share_unknown > 0.5 else "",
        )
    ]
    if told.straddling:
        blocks.append(
            Text(
                say(
                    "{n} segments of talk tell of times that straddle phases and are in none; straddles.csv "
                    "lists them with their shares.",
                    n=told.straddling,
                ),
                "note",
            )
        )
    if told.before_speaker:
        blocks.append(
            Text(
                say(
                    "{n} segments tell of a time before their speaker came; they are hearsay (t_note in "
                    "segments.csv).",
                    n=told.before_speaker,
                ),
                "note",
            )
        )
    if told.silent:
        blocks.append(Text(say("No time is known in: {names}.", names=say(", ").join(told.silent)), "note"))
    return blocks


def _periods(findings: Findings, rows_of: Any, say: Words, lang: str) -> list[tuple[Cell, ...]]:
    """The rows of one basis: what was found, and where there was no material."""
    there = rows_of[(rows_of["n_segments"] > 0).to_numpy(dtype=bool)]
    rows: list[tuple[Cell, ...]] = [
        (
            say(KIND_NAMES[str(line["kind"])]),
            findings.period(str(line["period"]), lang),
            findings.label(str(line["code"]), lang),
            say(str(line["modality"])),
            int(line["n_segments"]),
            int(line["exposure_segments"]),
            int(line["exposure_documents"]),
            _percent(line["share_macro"]),
            _interval(line["lo"], line["hi"], percent=True),
        )
        for line in there.to_dict("records")
    ]
    empty = rows_of[(rows_of["exposure_segments"] == 0).to_numpy(dtype=bool)]
    for kind, period in empty[["kind", "period"]].drop_duplicates().itertuples(index=False):
        rows.append(
            (
                say(KIND_NAMES[kind]),
                findings.period(str(period), lang),
                say("no material"),
                "",
                0,
                0,
                0,
                None,
                None,
            )
        )
    return rows


def _number(value: Any) -> float | None:
    return float(value) if isfinite(value) else None


def _p(value: Any) -> str | None:
    if not isfinite(value):
        return None
    return "< .001" if value < 0.001 else f"{value:.3f}".lstrip("0")


def _percent(value: Any) -> str | None:
    return f"{value:.1%}" if isfinite(value) else None


def _interval(low: Any, high: Any, *, percent: bool = False) -> str | None:
    if not (isfinite(low) and isfinite(high)):
        return None
    return f"{low:.1%} – {high:.1%}" if percent else f"{low:.2f} – {high:.2f}"
