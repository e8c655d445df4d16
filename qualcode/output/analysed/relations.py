"""What the report says of links: bridge, paths, statements of change, negative cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from qualcode.analysis.given import Made
from qualcode.output.analysed.cells import (
    Line,
    Put,
    Shown,
    Telling,
    as_percent,
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
    said,
    several,
    text,
    theory,
    whole,
)
from qualcode.output.report_blocks import Behind, Cell

FEW = 10  # units of a chain, below which no sentence is given
RULES = {
    "wrong_side": "more of the other code than the phase would have",
    "no_link": "a document and phase without the linking code",
    "bare_switch": "a switch without the linking code",
    "both_told": "affirmed and negated by one actor in one phase",
    "denied": "a document says so, talk denies it",
    "scare_quote": "words in scare quotes",
    "competing": "formal and informal in one segment",
    "off_theory": "a whole path that the theory does not state",
}

BRIDGE = (
    Shown(
        "bridge",
        "Is the linking code in every document and phase?",
        (
            Put("Kind", kind()),
            Put("Phase", phase()),
            Put("Code", code("source")),
            Put("documents", whole("n_documents")),
            Put("documents with it", percent("share")),
            Put("mean share", percent("p_macro")),
            Put("95 % interval", interval(of=as_percent)),
            Put("never in", several("empty")),
            Put("segments with it", behind("n_quotes")),
        ),
        keep=lambda rows: rows[(rows["part"] == "presence").to_numpy(dtype=bool)],
    ),
    Shown(
        "bridge",
        "Is it at the switches from the one to the other more often than its place in talk explains?",
        (
            Put("Kind", kind()),
            Put("Context", said("unit")),
            Put("Switch", pair(mark=" ↔ ")),
            Put("switches", whole("switches")),
            Put("with it", behind("switches_with")),
            Put("share", percent("share")),
            Put("by chance", percent("null_mean")),
            Put("95 % of chance", interval("null_lo", "null_hi", of=as_percent)),
            Put("at stays", lambda line, _: _share(line["stays_with"], line["stays"])),
            Put("p against stays", p("p_stays")),
            Put("p", p()),
            Put("note", noted("note")),
        ),
        keep=lambda rows: rows[(rows["part"] == "switch").to_numpy(dtype=bool)],
    ),
    Shown(
        "bridge",
        "Do the codes meet, and do they meet otherwise where the third one is?",
        (
            Put("Kind", kind()),
            Put("Context", said("unit")),
            Put("Pair", pair()),
            Put("contexts", behind("n11")),
            Put("lift", number("lift")),
            Put("p", p()),
            Put("log odds with the third", number("log_or_with")),
            Put("without", number("log_or_without")),
            Put("p of the difference", p("p_diff")),
        ),
        keep=lambda rows: rows[
            ((rows["part"] == "meeting") & (rows["unit"] == "speech")).to_numpy(dtype=bool)
        ],
        most=12,
    ),
)


def _path(line: Line, tell: Telling) -> Cell:
    names = [str(line[f"level_{n}"]) for n in range(1, 7) if f"level_{n}" in line]
    return " → ".join(tell.code(name) if name else "·" for name in names[: len(line["levels"])])


def _whole_material(rows: Any) -> Any:
    return rows[((rows["phase"] == "") & (rows["unit"] == "speech")).to_numpy(dtype=bool)]


PATHS = (
    Shown(
        "path_conformity",
        "How many units hold all levels of the chain, and how many of those are on the stated path.",
        (
            Put("Path", theory()),
            Put("Kind", kind()),
            Put("units", whole("n_units")),
            Put("documents", whole("n_documents")),
            Put("two levels or more", whole("n_two")),
            Put("whole", whole("complete")),
            Put("share whole", percent("completeness")),
            Put("on the path", percent("conformity")),
            Put("by chance", percent("chance")),
            Put("95 % of chance", interval(of=as_percent)),
            Put("p", p()),
            Put("note", noted("note")),
        ),
        keep=_whole_material,
    ),
    Shown(
        "paths",
        "Paths found most; a dot is a level without a code.",
        (
            Put("Path", theory()),
            Put("Kind", kind()),
            Put("Chain", _path),
            Put("on the theory", said("on_theory")),
            Put("n", number("n")),
            Put("documents", whole("n_documents")),
            Put("lift", number("lift")),
            Put("joined by the speaker", whole("n_asserted")),
            Put("segments", behind("n_quotes")),
        ),
        keep=_whole_material,
        order=(("complete", True), ("n", True)),
        most=14,
    ),
)
NEGATIVES = (
    Shown(
        "negative_cases",
        "Each is to be read and answered: memo and resolved are empty columns of the file.",
        (
            Put("rule", lambda line, tell: tell.say(RULES.get(str(line["rule"]), str(line["rule"])))),
            Put("Kind", kind()),
            Put("Phase", phase()),
            Put("Code", code()),
            Put("document", text("document_id")),
            Put("why", noted("why")),
            Put(
                "quote",
                lambda line, _: Behind(str(line["segment_id"]), (str(line["segment_id"]),)),
            ),
        ),
        most=40,
    ),
)
STATEMENTS = (
    Shown(
        "statements",
        "Sentences that say one thing turned into another.",
        (
            Put("Kind", kind()),
            Put("from", code("source")),
            Put("to", code("target")),
            Put("said of what was", text("source_words")),
            Put("said of what came", text("target_words")),
            Put("polarity", said("polarity")),
            Put("place", lambda line, _: Behind(str(line["segment_id"]), (str(line["segment_id"]),))),
        ),
        order=(("complete", True),),
        most=16,
    ),
)


def _share(part: Any, whole: Any) -> str | None:
    return as_percent(part / whole) if whole == whole and whole else None


def bridge(made: Made, tell: Telling) -> Iterator[str]:
    """Say whether the third code is always there, and what its place at switches shows."""
    rows = made.tables["bridge"]
    there = rows[(rows["part"] == "presence").to_numpy(dtype=bool)]
    for line in there.to_dict("records"):
        if line["n_documents"] >= 3:
            yield tell.say(
                "{kind}, {phase}: {code} is in {share} of {n} documents.",
                kind=tell.kind(line["kind"]),
                phase=tell.phase(line["phase"]),
                code=tell.code(line["source"]),
                share=as_percent(line["share"]),
                n=int(line["n_documents"]),
            )
    for found in made.remarks:
        if "code" in found.values and "kind" in found.values:
            values = dict(found.values) | {
                "kind": tell.kind(str(found.values["kind"])),
                "code": tell.code(str(found.values["code"])),
            }
            said_ = tell.say(found.template, **values)
            yield said_ + ("。" if tell.lang == "zh" else ".")


def paths(made: Made, tell: Telling) -> Iterator[str]:
    """Say first how many chains are whole, then how many conform."""
    for line in _whole_material(made.tables["path_conformity"]).to_dict("records"):
        if line["n_units"] < FEW:
            continue
        values = {
            "path": tell.theory(line["theory"]),
            "kind": tell.kind(line["kind"]),
            "n": int(line["n_units"]),
            "complete": int(line["complete"]),
            "two": int(line["n_two"]),
        }
        yield tell.say(
            "{path}, {kind}: {complete} of {n} units with a code of the chain hold all its levels, {two} two"
            " or more.",
            **values,
        )
        if as_percent(line["conformity"]) is not None and line["complete"]:
            tested = line["p"] == line["p"]
            yield (
                tell.say(
                    "{share} of the whole ones are on the stated path; shuffled within documents {chance}"
                    " would be.",
                    share=as_percent(line["conformity"]),
                    chance=as_percent(line["chance"]),
                )
                if tested
                else tell.say(
                    "{share} of the whole ones are on the stated path; they are too few to test.",
                    share=as_percent(line["conformity"]),
                )
            )


def negatives(made: Made, tell: Telling) -> Iterator[str]:
    """Say how many cases stand against the findings, by rule."""
    rows = made.tables["negative_cases"]
    counts = Counter(str(rule) for rule in rows["rule"])
    if counts:
        parts = [f"{tell.say(RULES.get(rule, rule))} {n}" for rule, n in counts.most_common()]
        yield tell.say(
            "{n} cases are to be answered: {parts}.", n=len(rows), parts=tell.say("; ").join(parts)
        )
