"""What the report says of phases and nodes: dominance, shift, difference of networks, transitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualcode.analysis.given import Made
from qualcode.model import TALK
from qualcode.output.analysed.cells import (
    Line,
    Put,
    Shown,
    Telling,
    as_number,
    as_p,
    as_percent,
    as_points,
    behind,
    code,
    interval,
    kind,
    noted,
    number,
    p,
    pair,
    percent,
    phase,
    points,
    said,
    text,
    whole,
)

SAID = 4  # sentences of one answer
SURE = 0.05

DOMINANCE = (
    Shown(
        "dominance",
        "Shares of a document's segments, mean over documents; with validation corrected by it.",
        (
            Put("Kind", kind()),
            Put("Phase", phase()),
            Put("Code", code()),
            Put("documents", whole("n_documents")),
            Put("of segments", whole("n_segments")),
            Put("with the code", whole("n_quotes")),
            Put("mean share", percent("p_macro")),
            Put("95 % interval", interval(of=as_percent)),
            Put("corrected", percent("p_adj")),
            Put("leads in resamples", percent("pr_top")),
            Put("verdict", said("label")),
        ),
        keep=lambda rows: rows[
            ((rows["n_documents"] >= 3) & (rows["facet"] == first_family(rows))).to_numpy(dtype=bool)
        ],
    ),
)
SHIFT = (
    Shown(
        "shift",
        "Before and after the node, a document of talk against itself; p corrected for the codes (Holm).",
        (
            Put("Kind", kind()),
            Put("Node", text("node")),
            Put("Code", code()),
            Put("documents", whole("n_documents")),
            Put("before", percent("p_before")),
            Put("after", percent("p_after")),
            Put("points", points("mean_diff")),
            Put("95 % interval", interval(of=as_points)),
            Put("up, down", lambda line, _: _moves(line)),
            Put("p", p()),
            Put("p (Holm)", p("p_holm")),
            Put("one left out", interval("loo_min", "loo_max", of=as_points)),
            Put("rank among dates", whole("placebo_rank")),
        ),
        keep=lambda rows: rows[((rows["n_quotes"] > 0) & rows["lo"].notna()).to_numpy(dtype=bool)],
        most=30,
    ),
    Shown(
        "placebo",
        "The same at other dates, with material of one side of the node only.",
        (
            Put("Kind", kind()),
            Put("Code", code()),
            Put("Date", text("placebo")),
            Put("documents", whole("n_documents")),
            Put("points", points("mean_diff")),
            Put("95 % interval", interval(of=as_points)),
            Put("p", p()),
        ),
        keep=lambda rows: rows[
            ((rows["n_quotes"] > 0) & rows["mean_diff"].notna() & rows["kind"].isin(TALK)).to_numpy(
                dtype=bool
            )
        ],
        most=16,
    ),
)
SENSITIVITY = (
    Shown(
        "sensitivity",
        "The same change, with told times placed in three ways; a finding should keep its sign.",
        (
            Put("Kind", kind()),
            Put("Code", code()),
            Put("way", said("way")),
            Put("documents", whole("n_documents")),
            Put("before", percent("p_before")),
            Put("after", percent("p_after")),
            Put("points", points("mean_diff")),
            Put("95 % interval", interval(of=as_points)),
            Put("one sign", said("agrees")),
        ),
        keep=lambda rows: rows[(rows["lo"].notna() & rows["kind"].isin(TALK)).to_numpy(dtype=bool)],
        most=30,
    ),
)
DIFFERENCE = (
    Shown(
        "difference_edges",
        "Pairs whose share changed most; grey zones of chance are not drawn away: see the interval.",
        (
            Put("Kind", kind()),
            Put("Pair", pair()),
            Put("from", phase("before")),
            Put("to", phase("after")),
            Put("contexts before", behind("n_before", "before_ids")),
            Put("contexts after", behind("n_after", "after_ids")),
            Put("share before", percent("share_before")),
            Put("share after", percent("share_after")),
            Put("points", points("diff")),
            Put("95 % interval", interval(of=as_points)),
            Put("lift before", number("lift_before")),
            Put("lift after", number("lift_after")),
        ),
        keep=lambda rows: rows.assign(size=rows["diff"].abs())[rows["lo"].notna().to_numpy(dtype=bool)],
        order=(("sure", True), ("size", True)),
        most=20,
    ),
)
TRANSITIONS = (
    Shown(
        "transitions",
        "Steps from code to code, inside documents.",
        (
            Put("Kind", kind()),
            Put("order", said("level")),
            Put("Step", pair(mark=" → ")),
            Put("steps", behind("n")),
            Put("expected", number("expected")),
            Put("share of steps", percent("p_trans")),
            Put("z", number("z")),
            Put("Q", number("q")),
            Put("p", p()),
            Put("note", noted("flag")),
        ),
        keep=lambda rows: _first_lag(rows),
    ),
    Shown(
        "switch_conditions",
        "Codes that stand in switches from one to the other, against stretches that stay.",
        (
            Put("Kind", kind()),
            Put("Code", code()),
            Put("in switches", percent("share_switches")),
            Put("in stays", percent("share_stays")),
            Put("points", points("diff")),
            Put("p", p()),
            Put("quotes", behind("n_quotes")),
        ),
        keep=lambda rows: rows.assign(size=rows["diff"].abs()),
        order=(("n_switches", True), ("size", True)),
        most=10,
    ),
)


def first_family(rows: Any) -> str:
    """The family of codes compared first: the logics where there are any."""
    names = list(dict.fromkeys(rows["facet"]))
    return "logic" if "logic" in names else names[0] if names else ""


def _moves(line: Line) -> str | None:
    """How many documents rise and fall; of documents that lie on one side each, nothing."""
    up, down = line["n_up"], line["n_down"]
    return None if type(up).__name__ == "NAType" or up is None else f"{int(up)}, {int(down)}"


def _first_lag(rows: Any) -> Any:
    for name, wanted in (("lag", 1), ("repeats", "kept")):
        if name in rows:
            rows = rows[(rows[name] == wanted).to_numpy(dtype=bool)]
    return rows


def dominance(made: Made, tell: Telling) -> Iterator[str]:
    """Say which code leads where validation allows it, else how each code's own share goes."""
    rows = made.tables["dominance"]
    if not len(rows):
        return
    rows = rows[(rows["facet"] == first_family(rows)).to_numpy(dtype=bool) & (rows["n_documents"] >= 3)]
    named = rows[rows["label"].isin(["dominant", "contested"]).to_numpy(dtype=bool)]
    for line in named[(named["rank"] == 1).to_numpy(dtype=bool)].head(SAID).to_dict("records"):
        values = {
            "kind": tell.kind(line["kind"]),
            "phase": tell.phase(line["phase"]),
            "code": tell.code(line["code"]),
            "top": as_percent(line["pr_top"]),
        }
        yield (
            tell.say("{kind}, {phase}: {code} leads, in {top} of the resamples; it is dominant.", **values)
            if line["label"] == "dominant"
            else tell.say(
                "{kind}, {phase}: {code} comes first in {top} of the resamples only; the lead is contested.",
                **values,
            )
        )
    if len(named) or not len(rows):
        return
    yield tell.say("Which code leads cannot be said: the codes' precision and recall are not known.")
    of = str(rows["kind"].iloc[0])
    mine = rows[(rows["kind"] == of).to_numpy(dtype=bool)]
    parts = []
    for name, part in mine.groupby("code", sort=False):
        shares = [
            f"{as_percent(line['p_macro'])} ({tell.phase(line['phase'])})" for line in part.to_dict("records")
        ]
        parts.append(f"{tell.code(str(name))} {tell.listed(shares)}")
    yield tell.say(
        "{kind}, each code by itself, mean share of a document's segments: {shares}.",
        kind=tell.kind(of),
        shares=tell.say("; ").join(parts),
    )


def shift(made: Made, tell: Telling) -> Iterator[str]:
    """Say which codes changed at the node, how surely, and whether only there."""
    rows = made.tables["shift"]
    if not len(rows):
        return
    wide = rows[(rows["lo"].notna() & ((rows["lo"] > 0) | (rows["hi"] < 0))).to_numpy(dtype=bool)]
    wide = wide.assign(talk=wide["kind"].isin(TALK), size=wide["mean_diff"].abs())
    wide = wide.sort_values(["talk", "size"], ascending=False, kind="stable")
    for line in wide.head(SAID).to_dict("records"):
        yield _moved(line, tell)
    if not len(wide):
        yield tell.say("No code's interval leaves out 0: no change can be told from chance.")


def _moved(line: dict[Any, Any], tell: Telling) -> str:
    values = {
        "kind": tell.kind(line["kind"]),
        "node": line["node"],
        "code": tell.code(line["code"]),
        "before": as_percent(line["p_before"]),
        "after": as_percent(line["p_after"]),
        "low": as_points(line["lo"]),
        "high": as_points(line["hi"]),
    }
    parts = [
        tell.say(
            "{kind}, {node}: {code} goes from {before} to {after} (difference in points, 95 % interval {low}"
            " to {high}).",
            **values,
        )
    ]
    if as_p(line["p_holm"]) is not None:
        held = as_p(line["p_holm"]) or ""
        parts.append(
            tell.say("Corrected for the codes tested p is {p}.", p=held)
            if line["p_holm"] < SURE
            else tell.say("Corrected for the codes tested p is {p}: not to be told from chance.", p=held)
        )
    else:
        parts.append(tell.say("It is not tested: the data could not have given a small p."))
    rank = line["placebo_rank"]
    if type(rank).__name__ != "NAType" and rank is not None:
        parts.append(
            tell.say(
                "It changes the same way on one side of the node alone, too: gradual change, not a turning"
                " point."
            )
            if int(rank) == 1 and _count(line["placebo_same"])
            else tell.say("No other date tried gives so large a difference.")
            if int(rank) == 1
            else tell.say("Another date gives as large a difference.")
            if line["p_holm"] >= SURE
            else tell.say("Another date gives as large a difference: gradual change, not a turning point.")
        )
    return ("" if tell.lang == "zh" else " ").join(parts)


def _count(value: Any) -> int:
    return 0 if type(value).__name__ == "NAType" or value is None else int(value)


def difference(made: Made, tell: Telling) -> Iterator[str]:
    """Say how many pairs changed, against how many would by chance, and which changed most."""
    rows = made.tables["difference_edges"]
    rows = rows[rows["lo"].notna().to_numpy(dtype=bool)]
    for of, part in rows.groupby("kind", sort=False):
        sure = part[part["sure"].to_numpy(dtype=bool)]
        yield tell.say(
            "{kind}: of {n} pairs {sure} have an interval without 0, and some {chance} would by chance.",
            kind=tell.kind(str(of)),
            n=len(part),
            sure=len(sure),
            chance=round(len(part) * 0.05),
        )
        if len(sure) > 2 * len(part) * 0.05:
            line = sure.assign(size=sure["diff"].abs()).sort_values("size", kind="stable").iloc[-1]
            yield tell.say(
                "The largest change: {pair}, from {before} to {after} of a document's contexts.",
                pair=f"{tell.code(line['source'])} – {tell.code(line['target'])}",
                before=as_percent(line["share_before"]),
                after=as_percent(line["share_after"]),
            )


def transitions(made: Made, tell: Telling) -> Iterator[str]:
    """Say how often the first two codes follow each other, against what their numbers would give."""
    rows = _first_lag(made.tables["transitions"])
    rows = rows[((rows["source"] != rows["target"]) & (rows["level"] == "talk")).to_numpy(dtype=bool)]
    for line in rows.head(2).to_dict("records"):
        values = {
            "kind": tell.kind(line["kind"]),
            "a": tell.code(line["source"]),
            "b": tell.code(line["target"]),
            "n": int(line["n"]),
            "expected": as_number(line["expected"]),
        }
        yield tell.say(
            "{kind}, in the order of talk: from {a} to {b} {n} steps, {expected} expected.", **values
        )
    if "statements" in made.tables:
        stated = made.tables["statements"]
        if len(stated):
            yield tell.say("Besides, {n} sentences speak of a change themselves.", n=len(stated))


def sensitivity(made: Made, tell: Telling) -> Iterator[str]:
    """Say whether differences keep their sign."""
    rows = made.tables["sensitivity"]
    rows = rows[(rows["lo"].notna() & (rows["way"] == "strict")).to_numpy(dtype=bool)]
    rows = rows[((rows["lo"] > 0) | (rows["hi"] < 0)).to_numpy(dtype=bool)]
    if not len(rows):
        return
    kept = int((rows["agrees"] == "yes").sum())
    yield tell.say(
        "Of {n} differences whose interval leaves out 0, {kept} keep their sign in all ways.",
        n=len(rows),
        kept=kept,
    )
