"""What the report says of who speaks: actors, stances, prompting, wording, sources, saturation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qualcode.analysis.given import Made
from qualcode.output.analysed.cells import (
    Put,
    Shown,
    Telling,
    actor,
    as_number,
    as_percent,
    behind,
    code,
    interval,
    kind,
    number,
    percent,
    phase,
    said,
    several,
    text,
    whole,
)
from qualcode.output.report_blocks import Behind

PROMPTED_FROM = 5  # quotes of a code from which its prompted share is named
LIKE, UNLIKE = 3, 3

ACTORS = (
    Shown(
        "actor_code",
        "Who speaks of what more than their share of all talk would give (residual above 2).",
        (
            Put("Kind", kind()),
            Put("as", said("role")),
            Put("Actor", actor()),
            Put("Code", code()),
            Put("codings", behind("n")),
            Put("share of the actor's", percent("row_share")),
            Put("95 % interval", interval(of=as_percent)),
            Put("residual", number("adj_resid")),
            Put("self less other", number("soa")),
        ),
        keep=lambda rows: rows[
            ((rows["polarity"] != "negated") & (rows["adj_resid"] > 2)).to_numpy(dtype=bool)
        ],
        order=(("adj_resid", True),),
        most=16,
    ),
)
DISCOURSE = (
    Shown(
        "actor_edges",
        "Pairs of actors with most stances in common.",
        (
            Put("Kind", kind()),
            Put("as", said("role")),
            Put("Actor", actor("source")),
            Put("and", actor("target")),
            Put("stances shared", whole("congruence")),
            Put("disputed", whole("conflict")),
            Put("of either's (Jaccard)", percent("jaccard")),
            Put("codes disputed", several("disputed", codes=True)),
        ),
        order=(("congruence", True), ("conflict", False)),
        most=12,
    ),
)
LEAKAGE = (
    Shown(
        "leakage",
        "Of the segments with a code after a question, those whose question has it already.",
        (
            Put("Kind", kind()),
            Put("Code", code()),
            Put("segments", whole("n_quotes")),
            Put("documents", whole("n_documents")),
            Put("prompted", behind("n_prompted")),
            Put("share", percent("share_prompted")),
            Put("95 % interval", interval(of=as_percent)),
            Put("by the same words", whole("n_words")),
            Put("where asked", percent("rate_asked")),
            Put("where not asked", percent("rate_open")),
        ),
        keep=lambda rows: rows[(rows["n_prompted"] > 0).to_numpy(dtype=bool)],
        order=(("n_prompted", True), ("code", False)),
        most=20,
    ),
)
ECHO = (
    Shown(
        "echo",
        "Stretches that talk and documents have in common; names are not counted as wording.",
        (
            Put("words", text("words")),
            Put("what", said("what")),
            Put("said", text("said")),
            Put("talk", lambda line, _: Behind(str(line["segment_id"]), (str(line["segment_id"]),))),
            Put("issued", text("source_date")),
            Put(
                "source",
                lambda line, _: Behind(str(line["source_segment"]), (str(line["source_segment"]),)),
            ),
            Put("talk is", said("order")),
            Put("asked first", lambda line, tell: tell.say("yes") if line["asked"] else tell.say("no")),
        ),
        order=(("what", True), ("size", True)),
        most=24,
    ),
)
TRIANGULATE = (
    Shown(
        "triangulation",
        "Documents that tell it, by source; the verdict is a suggestion to be read with both quotes.",
        (
            Put("Phase", phase()),
            Put("Code", code()),
            Put("talk, of itself", whole("n_talk_self")),
            Put("of others", whole("n_talk_other")),
            Put("of nobody", whole("n_talk_open")),
            Put("talk negates", whole("n_talk_negated")),
            Put("documents: ought", whole("n_normative")),
            Put("documents: is", whole("n_fact")),
            Put("verdict", said("verdict")),
            Put(
                "read",
                lambda line, tell: (
                    Behind(
                        tell.say("both"),
                        tuple(str(line[name]) for name in ("talk_id", "written_id") if line[name]),
                    )
                    if line["talk_id"] or line["written_id"]
                    else None
                ),
            ),
        ),
        keep=lambda rows: rows[(rows["n_quotes"] > 0).to_numpy(dtype=bool)],
        most=30,
    ),
)
STRUCTURE = (
    Shown(
        "data_structure",
        "A ladder from codes to dimensions, with a quote of each coding.",
        (
            Put("dimension", lambda line, tell: tell.findings.facet(str(line["aggregate"]), tell.lang)),
            Put("theme", code("second_order")),
            Put("concept", code("first_order")),
            Put("code from", said("origin")),
            Put("place", lambda line, _: Behind(str(line["segment_id"]), (str(line["segment_id"]),))),
        ),
        keep=lambda rows: rows.drop_duplicates("first_order"),
        most=80,
    ),
)
SATURATION = (
    Shown(
        "saturation",
        "New codes by document, in the order the talk was held.",
        (
            Put("place", whole("position")),
            Put("document", text("document_id")),
            Put("new codes", whole("new_codes")),
            Put("codes so far", whole("cum_codes")),
            Put("mean of random orders", number("cum_mean")),
            Put("new in the run / base", percent("ratio")),
            Put("90 % of random orders", interval(of=as_percent)),
            Put("without a code", percent("uncoded_share")),
            Put("little new", said("met")),
        ),
        most=40,
    ),
)


def actors(made: Made, tell: Telling) -> Iterator[str]:
    """Say who speaks of what most beyond expectation, and of whom codes are told."""
    rows = made.tables["actor_code"]
    high = rows[((rows["role"] == "speaker") & (rows["adj_resid"] > 2)).to_numpy(dtype=bool)]
    high = high[(high["polarity"] != "negated").to_numpy(dtype=bool)]
    for line in high.sort_values("adj_resid", ascending=False, kind="stable").head(3).to_dict("records"):
        yield tell.say(
            "{kind}: {actor} speaks of {code} more than its share of talk would give ({share} of its codings,"
            " residual {z}).",
            kind=tell.kind(line["kind"]),
            actor=tell.actor(line["actor"]),
            code=tell.code(line["code"]),
            share=as_percent(line["row_share"]),
            z=as_number(line["adj_resid"]),
        )
    told = rows[((rows["role"] == "holder") & rows["soa"].notna()).to_numpy(dtype=bool)]
    if len(told):
        least = told.sort_values("soa", kind="stable").iloc[0]
        if least["soa"] < 0:
            yield tell.say(
                "{code} is told of others more than of oneself (self less other {soa}).",
                code=tell.code(least["code"]),
                soa=as_number(least["soa"]),
            )


def discourse(made: Made, tell: Telling) -> Iterator[str]:
    """Say who shares most stances, and who disputes most."""
    rows = made.tables["actor_edges"]
    rows = rows[(rows["role"] == "speaker").to_numpy(dtype=bool)]
    for of, part in rows.groupby("kind", sort=False):
        like = part.sort_values("congruence", ascending=False, kind="stable").iloc[0]
        unlike = part.sort_values("conflict", ascending=False, kind="stable").iloc[0]
        if like["congruence"] >= LIKE:
            yield tell.say(
                "{kind}: {a} and {b} share most stances ({n}, {share} of those of either).",
                kind=tell.kind(str(of)),
                a=like["source"],
                b=like["target"],
                n=int(like["congruence"]),
                share=as_percent(like["jaccard"]),
            )
        if unlike["conflict"] >= UNLIKE:
            yield tell.say(
                "{kind}: {a} and {b} are at odds over most codes ({n}).",
                kind=tell.kind(str(of)),
                a=unlike["source"],
                b=unlike["target"],
                n=int(unlike["conflict"]),
            )


def leakage(made: Made, tell: Telling) -> Iterator[str]:
    """Say what part of the codings after a question was asked for, and which codes most."""
    rows = made.tables["leakage"]
    if not len(rows):
        return
    tops = rows[~rows["code"].str.contains(".", regex=False).to_numpy(dtype=bool)]
    quotes, prompted = int(tops["n_quotes"].sum()), int(tops["n_prompted"].sum())
    if quotes:
        yield tell.say(
            "Of {n} places after a known question where a top code stands, {prompted} ({share}) have a"
            " question that holds the code or its words.",
            n=quotes,
            prompted=prompted,
            share=as_percent(prompted / quotes),
        )
    often = rows[(rows["n_quotes"] >= PROMPTED_FROM).to_numpy(dtype=bool)]
    often = often[(often["share_prompted"] >= 0.5).to_numpy(dtype=bool)]
    if len(often):
        names = [tell.code(str(name)) for name in often["code"].head(5)]
        yield tell.say(
            "In half of its places or more the question has it: {names}; counts of these count questions.",
            names=tell.listed(names),
        )


def echo(made: Made, tell: Telling) -> Iterator[str]:
    """Say how much wording comes back, and how much of it was there before."""
    rows = made.tables["echo"]
    wording = rows[(rows["what"] == "wording").to_numpy(dtype=bool)]
    counts = Counter(str(order) for order in wording["order"])
    if not len(wording):
        yield tell.say(
            "No stretch of eight characters (six English words) of a document comes back in talk, names left"
            " out ({names}).",
            names=len(rows),
        )
        return
    yield tell.say(
        "{n} stretches of wording come back in {documents} documents of talk, {after} in talk held after the"
        " document and {before} before it.",
        n=len(wording),
        documents=wording["document_id"].nunique(),
        after=counts["after"],
        before=counts["before"],
    )


def triangulate(made: Made, tell: Telling) -> Iterator[str]:
    """Say how often sources agree."""
    rows = made.tables["triangulation"]
    if not len(rows):
        return
    counts = Counter(str(verdict) for verdict in rows["verdict"] if verdict)
    if counts:
        parts = [f"{tell.say(verdict)} {n}" for verdict, n in counts.most_common()]
        yield tell.say(
            "Of {n} pairs of code and phase with both sources: {parts}.",
            n=sum(counts.values()),
            parts=tell.listed(parts),
        )


def saturation(made: Made, tell: Telling) -> Iterator[str]:
    """Say from which document on little was new, with the definition."""
    rows = made.tables["saturation"]
    known = rows[rows["ratio"].notna().to_numpy(dtype=bool)]
    if not len(known):
        return
    last = known.iloc[-1]
    defined = {
        "base": int(last["base"]),
        "run": int(last["run"]),
        "threshold": as_percent(last["threshold"]),
        "n": len(rows),
    }
    met = known[(known["met"] == "yes").to_numpy(dtype=bool)]
    if len(met):
        yield tell.say(
            "By a base of {base}, a run of {run} and {threshold}, little is new in the codebook's codes from"
            " document {place} of {n} on.",
            place=int(met["position"].iloc[0]),
            **defined,
        )
    else:
        yield tell.say(
            "By a base of {base}, a run of {run} and {threshold}, new codes were still found among {n}"
            " documents.",
            **defined,
        )
    yield tell.say(
        "{share} of the segments have no code: what the codebook does not look for cannot saturate.",
        share=as_percent(
            float((rows["uncoded_share"] * rows["n_segments"]).sum() / rows["n_segments"].sum())
        ),
    )


def structure(made: Made, tell: Telling) -> Iterator[str]:
    """Say how many concepts, themes and dimensions there are."""
    rows = made.tables["data_structure"]
    if len(rows):
        yield tell.say(
            "{n} codings stand under {concepts} concepts, {themes} themes and {dimensions} dimensions.",
            n=len(rows),
            concepts=rows["first_order"].nunique(),
            themes=rows["second_order"].nunique(),
            dimensions=rows["aggregate"].nunique(),
        )
