"""Measures the planted design from gold/design.csv and the interviews themselves; fails where it is off.

    python sample_corpus/build/check_design.py

Shares are of the dated units that carry at least one of the six logics, per interview, then the mean over
interviews. Switches are between turns, in what the speaker tells of the own side.
"""

from __future__ import annotations

import csv
import random
import re
import sys
import zipfile
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from statistics import mean

from annotated import CORPUS, LOGICS, interviews, read, start
from make_gold import CODERS, by_turn, leaning, switches

failures: list[str] = []


def check(what: str, value: object, good: bool) -> None:
    print(f"{'ok  ' if good else 'FAIL'} {what}: {value}")
    if not good:
        failures.append(what)


def between(what: str, value: float, low: float, high: float) -> None:
    check(f"{what} [{low:g}, {high:g}]", round(value, 3), low <= value <= high)


def file_text(path: Path) -> str:
    """All words of a file, white space and line breaks aside, for looking quotes up."""
    if path.suffix == ".docx":
        body = zipfile.ZipFile(path).read("word/document.xml").decode("utf-8")
        text = re.sub(r"<[^>]+>", "", re.sub(r"<w:del .*?</w:del>", "", body))
    elif path.suffix == ".pdf":
        try:
            import pypdfium2
        except ImportError:
            return ""
        pages = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_range() for page in pages)
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as handle:
            text = "".join(row["text"] for row in csv.DictReader(handle))
    elif path.suffix == ".vtt":
        text = "".join(re.findall(r"<v [^>]+>(.*?)</v>", path.read_text("utf-8")))
    else:
        text = path.read_bytes().decode("gb18030" if "I05" in path.name else "utf-8")
    return re.sub(r"\s", "", text).replace("&amp;", "&")


def rows() -> list[dict[str, str]]:
    with (CORPUS / "gold" / "design.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def has(row: dict[str, str], logic: str) -> bool:
    return any(code.startswith(logic + ".") for code in row["countable_codes"].split(";"))


def share(some: list[dict[str, str]], logic: str) -> float:
    return sum(has(r, logic) for r in some) / len(some) if some else float("nan")


def main() -> int:
    table, every = rows(), interviews()
    told = [r for r in table if r["role"] == "respondent" and any(has(r, g) for g in LOGICS)]
    cell = defaultdict(list)
    for row in told:
        cell[row["document_id"], row["period"]].append(row)

    print("— size, quotes, punctuation")
    marks, ascii_marks = Counter(), Counter()
    for name, about in every.items():
        text, units = file_text(CORPUS / "interviews" / about["file"]), read(name)
        spoken, turns = sum(len(u.text) for u in units), len(by_turn(units))
        between(f"{name} turns", turns, 35, 66)
        between(f"{name} characters of talk", spoken, 2300, 4500)
        lost = [
            r["quote"]
            for r in table
            if r["document_id"] == name and text.count(re.sub(r"\s", "", r["quote"])) != 1
        ]
        check(f"{name} quotes found once", f"{len(lost)} not {lost[:3]}", not lost or not text)
        raw = (CORPUS / "interviews" / about["file"]).read_bytes()
        marked = "本文本为虚构样例" in text or "本文本为虚构样例".encode() in raw
        check(f"{name} marked synthetic", marked, marked)
        marks.update(c for u in units for c in u.text if c in "，。？！：；“”")
        for unit in units:
            if "H19" not in unit.hard:
                ascii_marks.update(c for c in unit.text if c in ",;?!:\"'.")
    check(
        "full-width marks",
        dict(marks.most_common()),
        all(marks[c] > 20 for c in "，。？“”") and marks["："] and marks["；"],
    )
    check("half-width marks outside H19", dict(ascii_marks), not ascii_marks)

    print("— prevalence (mean over interviews; units in brackets)")
    targets = {"avoidance": (0.45, 0.18), "innovation": (0.15, 0.42), "field": (0.35, 0.38)}
    for logic, pair in targets.items():
        for when, target in zip(("P1", "P2"), pair, strict=True):
            values = [share(cell[name, when], logic) for name in every]
            print(
                f"     {logic} {when}: "
                + " ".join(
                    f"{name}={v:.2f}({len(cell[name, when])})" for name, v in zip(every, values, strict=True)
                )
            )
            between(f"{logic} {when}, target {target}", mean(values), target - 0.06, target + 0.06)
            coded = [r for r in table if r["period"] == when and r["countable_codes"]]
            wider = mean(share([r for r in coded if r["document_id"] == name], logic) for name in every)
            print(f"     of the units with any code at all: {wider:.3f}")
    two_sided = sum(min(len(cell[name, "P1"]), len(cell[name, "P2"])) >= 8 for name in every)
    check("interviews with 8 dated units on either side", two_sided, two_sided >= 8)
    empty = [(n, w) for n in every for w in ("P1", "P2") if not any(has(r, "field") for r in cell[n, w])]
    check("cells without FL", empty, empty == [("I10", "P1")])
    check(
        "I05: AV stays on top after the node",
        f"{share(cell['I05', 'P2'], 'avoidance'):.2f}",
        share(cell["I05", "P2"], "avoidance") > share(cell["I05", "P2"], "innovation"),
    )
    check(
        "I06: IN on top before the node",
        f"{share(cell['I06', 'P1'], 'innovation'):.2f}",
        share(cell["I06", "P1"], "innovation") > share(cell["I06", "P1"], "avoidance"),
    )

    print("— placebo 2018, only units before the node")
    effect = {}
    for logic in ("avoidance", "innovation"):
        early = [
            r
            for r in told
            if r["period"] == "P1" and r["t_about"] != "2018" and (start(r["t_about"]) or 9999) < 2018.5
        ]
        late = [
            r
            for r in told
            if r["period"] == "P1"
            and r["t_about"] != "2018"
            and 2018.5 <= (start(r["t_about"]) or 0) < 2019.5
        ]
        paired = [
            (
                share([r for r in late if r["document_id"] == n], logic)
                - share([r for r in early if r["document_id"] == n], logic)
            )
            for n in every
        ]
        effect[logic] = (
            mean(paired),
            mean(share(cell[n, "P2"], logic) - share(cell[n, "P1"], logic) for n in every),
        )
        between(
            f"{logic}: 2018 {effect[logic][0]:+.3f}, 2019 {effect[logic][1]:+.3f}, ratio",
            effect[logic][0] / effect[logic][1],
            0.2,
            0.8,
        )

    print("— switches, statements, chains")
    found, field = [], []
    for name in every:
        moved = switches(read(name))
        found.append(len(moved))
        field += [f for *_, f in moved]
    between(f"AV<->IN switches {found}", sum(found), 40, 60)
    between("switches with FL", mean(field), 0.80, 0.92)
    print(f"     by chance (FL shifted round inside each interview, 500 times): {chance(every):.2f}")
    statements = Counter(r["transition"] for r in table if r["transition"])
    check(
        "transition statements", dict(statements), sum(statements.values()) >= 12 and statements["IN>AV"] >= 2
    )
    path = {(r["document_id"], r["turn"]): r["chain"] for r in table if r["chain"]}
    check("complete chains", len(path), len(path) >= 30)
    between("chains on theory", mean(v == "on" for v in path.values()), 0.6, 0.8)
    kinds = Counter(kind for r in table for kind in r["ii_type"].split(";") if kind)
    check("informal-institution types", dict(kinds), len(kinds) == 4 and min(kinds.values()) >= 3)

    print("— holders, left-overs, hard cases")
    own = [r for r in told if r["holder"] == "self"]
    other = [r for r in told if r["holder"].startswith("other")]
    mine, theirs = share(own, "avoidance"), share(other, "avoidance")
    between(
        f"SOA of AV, self {mine:.2f} of {len(own)}, other {theirs:.2f} of {len(other)}",
        mine - theirs,
        -0.35,
        -0.15,
    )
    themes = Counter(r["leftover"] for r in table if r["leftover"])
    check("left-overs", dict(themes.most_common()), sum(themes.values()) >= 15)
    cases = Counter(tag for r in table for tag in r["hard_cases"].split(";") if tag)
    check(
        "hard cases",
        {f"H{i}": cases[f"H{i}"] for i in range(1, 23)},
        all(cases[f"H{i}"] >= 2 for i in range(1, 23)),
    )

    print("— gold of the held-back interviews")
    gold(every)
    print(
        f"\n{len(table)} rows of design, {len(told)} units with a logic; {len(failures)} failure(s)",
        *failures,
        sep="\n  ",
    )
    return 1 if failures else 0


def chance(every: dict) -> float:
    """The share of switches with FL when each interview has its FL turns shifted round."""
    draw, shares = random.Random(20190625), []
    talks = {name: [u for u in read(name) if u.role == "respondent"] for name in every}
    for _ in range(500):
        hits = total = 0
        for name in every:
            turns = list(by_turn(talks[name]).values())
            field = [any(u.has("field") for u in said) for said in turns]
            by = draw.randrange(len(field))
            field = field[by:] + field[:by]
            sides = [(i, leaning(said)) for i, said in enumerate(turns) if leaning(said)]
            for (i, old), (j, new) in pairwise(sides):
                if old != new:
                    total += 1
                    hits += any(field[i : j + 1])
        shares.append(hits / total)
    return mean(shares)


def gold(every: dict) -> None:
    with (CORPUS / "gold" / "interviews_units.csv").open(encoding="utf-8", newline="") as handle:
        units = list(csv.DictReader(handle))
    with (CORPUS / "gold" / "interviews.csv").open(encoding="utf-8", newline="") as handle:
        codings = list(csv.DictReader(handle))
    coded = defaultdict(set)
    for c in codings:
        coded[c["document_id"], c["start"], c["coder"]].add(c["code"])
    for name in sorted({u["document_id"] for u in units}):
        text = (CORPUS / "interviews" / every[name]["file"]).read_text("utf-8")
        mine = [u for u in units if u["document_id"] == name]
        check(
            f"{name} offsets",
            f"{len(mine)} sentences",
            all(text[int(u["start"]) : int(u["end"])] == u["text"] for u in mine),
        )
        said = [u for u in mine if u["role"] == "respondent"]
        sets = [tuple(coded[name, u["start"], coder] for coder in CODERS) for u in said]
        pairs = [(a, b) for a, b, _ in sets if a or b]
        between(
            f"{name} coders agree, sentence by sentence ({len(said)})",
            mean(a == b for a, b, _ in sets),
            0.78,
            0.90,
        )
        print(
            f"     where either coded ({len(pairs)}): same set {mean(a == b for a, b in pairs):.2f}, "
            f"share a code {mean(bool(a & b) for a, b in pairs):.2f}"
        )
        print(
            f"     with the adjudicated: a {mean(a == g for a, _, g in sets):.2f}, "
            f"b {mean(b == g for _, b, g in sets):.2f}"
        )


if __name__ == "__main__":
    sys.exit(main())
