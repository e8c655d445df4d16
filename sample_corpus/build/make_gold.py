"""Writes the planted design of the ten interviews and the gold coding of the two held-back ones.

    python sample_corpus/build/make_gold.py

gold/design.csv            a row per marked sentence: codes, time, holder, assertion, hard cases
gold/interviews.csv        held-back interviews: document_id,start,end,code,coder
gold/interviews_units.csv  their sentences, coded or not, so that agreement on nothing can be counted too

Offsets are code points into the text of the file as it stands, front matter included.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise, product

from annotated import CORPUS, LOGICS, Unit, interviews, read

CODERS = ("coder_a", "coder_b", "adjudicated")
UNITS = ["document_id", "unit", "start", "end", "role", "t_about", "period", "holder", "text"]
FACETS = ("driver", "strategy", "principle")
CHAIN = {
    ("driver.pressure", "strategy.task_completion", "principle.do_nothing", "avoidance"),
    ("driver.motivation", "strategy.active_action", "principle.do_successfully", "innovation"),
    ("driver.stable_situation", "strategy.instrumental", "principle.be_able", "field"),
}


def write(name: str, columns: list[str], rows: list[list]) -> None:
    with (CORPUS / "gold" / name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def by_turn(units: list[Unit]) -> dict[int, list[Unit]]:
    turns = defaultdict(list)
    for unit in units:
        turns[unit.turn].append(unit)
    return turns


def leaning(units: list[Unit]) -> str:
    """AV or IN, whichever leads what a turn tells of the speaker's own side; empty when neither."""
    own = [u for u in units if u.role == "respondent" and u.holder == "self"]
    avoided, innovated = sum(u.has("avoidance") for u in own), sum(u.has("innovation") for u in own)
    return "AV" if avoided > innovated else "IN" if innovated > avoided else ""


def switches(units: list[Unit]) -> list[tuple[int, int, str, bool]]:
    """(turn before, turn after, direction, field told in between or at either end)."""
    turns = by_turn([u for u in units if u.role == "respondent"])
    sides = [(turn, leaning(said)) for turn, said in turns.items() if leaning(said)]
    found = []
    for (before, old), (after, new) in pairwise(sides):
        if old != new:
            between = [u for turn, said in turns.items() if before <= turn <= after for u in said]
            field = any(u.has("field") for u in between)
            found.append((before, after, f"{old}>{new}", field))
    return found


def chains(units: list[Unit]) -> dict[int, str]:
    """Turns that tell driver, strategy, principle and logic: on the theory's path, or off it."""
    found = {}
    for turn, said in by_turn([u for u in units if u.role == "respondent"]).items():
        codes = [code for u in said for code in u.countable]
        level = {facet: [c for c in codes if c.startswith(facet + ".")] for facet in FACETS}
        logics = [c.split(".")[0] for c in codes if c.split(".")[0] in LOGICS[:3]]
        if all(level.values()) and logics:
            paths = set(product(level["driver"], level["strategy"], level["principle"], logics))
            found[turn] = "on" if paths & CHAIN and len(level["principle"]) == 1 else "off"
    return found


def design(name: str, units: list[Unit]) -> list[list]:
    marks = {after: direction for _, after, direction, _ in switches(units)}
    paths = chains(units)
    rows = []
    for number, unit in enumerate(units, 1):
        if not unit.marked and not unit.hard:
            continue
        switch = marks.pop(unit.turn, "") if unit.role == "respondent" else ""
        row = {
            "document_id": name,
            "unit": number,
            "turn": unit.turn,
            "speaker": unit.speaker,
            "role": unit.role,
            "quote": unit.text,
            "codes": ";".join(unit.codes),
            "countable_codes": ";".join(unit.countable),
            "t_about": unit.t_about,
            "period": unit.period,
            "holder": unit.holder,
            "polarity": ";".join(c.polarity for c in unit.codings),
            "modality": ";".join(c.modality for c in unit.codings),
            "reported": "yes" if unit.reported else "no",
            "valence": unit.valence,
            "ii_type": ";".join(c.ii_type for c in unit.codings if c.ii_type),
            "switch": switch,
            "transition": unit.transition,
            "chain": paths.get(unit.turn, ""),
            "leftover": unit.leftover,
            "hard_cases": ";".join(unit.hard),
        }
        rows.append([row[column] for column in DESIGN])
    return rows


DESIGN = [
    "document_id",
    "unit",
    "turn",
    "speaker",
    "role",
    "quote",
    "codes",
    "countable_codes",
    "t_about",
    "period",
    "holder",
    "polarity",
    "modality",
    "reported",
    "valence",
    "ii_type",
    "switch",
    "transition",
    "chain",
    "leftover",
    "hard_cases",
]


def gold(name: str, file: str, units: list[Unit]) -> tuple[list[list], list[list]]:
    text, at = (CORPUS / "interviews" / file).read_text("utf-8"), 0
    codings, rows = [], []
    for number, unit in enumerate(units, 1):
        start = text.index(unit.text, at)
        at = end = start + len(unit.text)
        rows.append([name, number, start, end, unit.role, unit.t_about, unit.period, unit.holder, unit.text])
        for coder in CODERS:
            written = unit.countable if coder == "adjudicated" else unit.coder(coder)
            kept = sorted({code for code in written if code.split(".")[0] in LOGICS})
            codings += [[name, start, end, code, coder] for code in kept]
    return codings, rows


def main() -> None:
    planted, codings, sentences = [], [], []
    for name, about in interviews().items():
        units = read(name)
        planted += design(name, units)
        if about["split"] == "test":
            coded, rows = gold(name, about["file"], units)
            codings += coded
            sentences += rows
    write("design.csv", DESIGN, planted)
    write("interviews.csv", ["document_id", "start", "end", "code", "coder"], codings)
    write("interviews_units.csv", UNITS, sentences)


if __name__ == "__main__":
    main()
