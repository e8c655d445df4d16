"""What the report says of divisions of time, and of events that rest on each other."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.analysis.given import Made
from qualcode.codebook.records import spoken
from qualcode.output.analysed.cells import (
    Cells,
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
    percent,
    phase,
    points,
    text,
    whole,
)
from qualcode.output.report_blocks import Cell

SAID = 4  # sentences of one answer


def division() -> Cells:
    """The name of a set of phases."""

    def cell(line: Line, tell: Telling) -> Cell:
        return _division(str(line["phase_set"]), tell)

    return cell


def _division(name: str, tell: Telling) -> str:
    """What a set of phases is called: by the names of its phases where all have one, else by its own."""
    phases = tell.findings.phase_sets.get(name, ())
    called = [spoken(phase.name, tell.lang) for phase in phases]
    return " | ".join(called) if called and all(called) else name


PERIODISATION = (
    Shown(
        "phase_sets",
        "How much better other documents foretell a document with the phases than without; 0 or less: no"
        " better.",
        (
            Put("Kind", kind()),
            Put("Code", code()),
            Put("Division", division()),
            Put("documents", whole("n_documents")),
            Put("of segments", whole("n_segments")),
            Put("not placed", whole("n_lost")),
            Put("error saved", percent("skill")),
            Put("95 % interval", interval(of=as_percent)),
            Put("rank", whole("rank")),
        ),
        keep=lambda rows: rows[rows["skill"].notna().to_numpy(dtype=bool)],
        most=30,
    ),
    Shown(
        "phase_set_cells",
        "Shares in every phase of every division.",
        (
            Put("Kind", kind()),
            Put("Division", division()),
            Put("Phase", phase()),
            Put("Code", code()),
            Put("documents", whole("n_documents")),
            Put("of segments", whole("n_segments")),
            Put("mean share", percent("p_macro")),
            Put("95 % interval", interval(of=as_percent)),
            Put("change, in points", points("change")),
        ),
        keep=lambda rows: rows[((rows["n_documents"] >= 3) & (rows["n_quotes"] > 0)).to_numpy(dtype=bool)],
        most=30,
    ),
)


def event(column: str) -> Cells:
    """The name of an event."""

    def cell(line: Line, tell: Telling) -> Cell:
        return tell.event(str(line[column]))

    return cell


EVENTS = (
    Shown(
        "event_links",
        "Links as the study states them; direct are those that do not follow from others.",
        (
            Put("Event", event("event_id")),
            Put("Date", text("date")),
            Put("rests on", event("requires")),
            Put("of the day", text("required_date")),
            Put("days", whole("days")),
            Put("direct", lambda line, tell: tell.say("yes" if line["direct"] else "no")),
            Put("reason given", text("why")),
            Put("quotes", behind("n_quotes")),
            Put("note", noted("note")),
        ),
    ),
    Shown(
        "event_structure",
        "Events in the order of their dates.",
        (
            Put("Event", event("event_id")),
            Put("Date", text("date")),
            Put("Phase", phase()),
            Put("steps back", whole("depth")),
            Put("rests on", whole("n_before")),
            Put("others rest on it", whole("n_after")),
            Put("segments that name it", behind("n_segments")),
        ),
    ),
)


def periodisation(made: Made, tell: Telling) -> Iterator[str]:
    """Say for which codes a division foretells others' talk, and which comes first."""
    rows = made.tables["phase_sets"]
    rows = rows[rows["skill"].notna().to_numpy(dtype=bool)]
    if not len(rows):
        return
    sure = rows[((rows["lo"] > 0) & (rows["rank"] == 1)).to_numpy(dtype=bool)]
    for line in sure.sort_values("skill", ascending=False, kind="stable").head(SAID).to_dict("records"):
        yield tell.say(
            "{kind}, {code}: with the division {set} other documents foretell a document best; it saves"
            " {skill} of the error (95 % interval {low} to {high}).",
            kind=tell.kind(line["kind"]),
            code=tell.code(line["code"]),
            set=_division(str(line["phase_set"]), tell),
            skill=as_percent(line["skill"]),
            low=as_percent(line["lo"]),
            high=as_percent(line["hi"]),
        )
    left = len(rows.drop_duplicates(["kind", "code"])) - len(sure)
    if left:
        yield tell.say(
            "For {n} codes, each kind of material by itself, no division is surely better than none.", n=left
        )


def events(made: Made, tell: Telling) -> Iterator[str]:
    """Say how many links there are, how many bear no reason, and which event most others rest on."""
    links, rows = made.tables["event_links"], made.tables["event_structure"]
    direct = int(links["direct"].sum())
    yield tell.say(
        "{n} links between events are stated, {direct} of them direct.", n=len(links), direct=direct
    )
    first = rows.sort_values("n_after", ascending=False, kind="stable").to_dict("records")[0]
    yield tell.say(
        "Most rests on {event}: {n} other events.",
        event=tell.event(str(first["event_id"])),
        n=first["n_after"],
    )
    silent = int((links["n_segments"] == 0).sum())
    if silent:
        yield tell.say("Of {n} links nobody in the material names both events together.", n=silent)
