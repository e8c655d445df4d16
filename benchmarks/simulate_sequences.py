"""How often tests of sequences, meetings and scans are wrong, and how often they see what is there.

    make simulate                    runs this after simulate_tests.py
    python benchmarks/simulate_sequences.py --studies 400 --seed 1

Interviews are drawn as rows of codes, in the order of talk, and given to the analyses as a run would give
them. In every design interviews differ in how common a code is, and talk stays with what it speaks of: a
code is likelier where it was just now. The figures in docs/methods.md come from here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

import numpy as np
from scipy.sparse import csr_matrix
from scipy.stats import chi2_contingency

from qualcode.analysis.bridge import _stratified, chances, switches
from qualcode.analysis.conformity import Labels, association
from qualcode.analysis.contrast import Sides, contrast
from qualcode.analysis.exact import WITHHELD
from qualcode.analysis.given import Given
from qualcode.analysis.load import frame
from qualcode.analysis.shift import grouped_max, paired_max
from qualcode.analysis.shifts import shift_p
from qualcode.analysis.stays import more_than_stays, stretches
from qualcode.analysis.transitions import transitions
from qualcode.codebook.records import Code, Codebook
from qualcode.columns import TABLES

DOCUMENTS, SEGMENTS = 8, 40
DATES = 8  # tried by a scan
EMPTY = {"text": "", "date": "", "int": None, "float": None, "yes_no": False, "list": ()}
CODES = ("A", "B", "C")


def odds(value):
    return 1 / (1 + np.exp(-value))


def clustered(draw, count: int, level: float, stay: float = 0.5):
    """A row of 0 and 1: the code is likelier where it was just now; its mean stays at `level`."""
    made = np.zeros(count, dtype=bool)
    now = draw.random() < level
    for n in range(count):
        if draw.random() > stay:
            now = draw.random() < level
        made[n] = now
    return made


def corpus(interviews: Iterable[dict[str, object]], questions: Iterable[object] | None = None) -> Given:
    """The tables of interviews given as rows of codes: {"A": booleans, ...}, questions as numbers."""
    documents, segments, codings = [], [], []

    def row(table: str, **cells: object):
        return tuple(cells.get(column.name, EMPTY[column.type]) for column in TABLES[table])

    asked = list(questions) if questions is not None else None
    for number, codes in enumerate(interviews):
        name = f"I{number}"
        documents.append(row("documents", document_id=name, kind="interview"))
        length = len(next(iter(codes.values())))
        at, said = 0, -1
        for n in range(length):
            if asked is not None and asked[number][n] != said:
                said, at = asked[number][n], at + 1
                place = {"document_id": name, "segment_id": f"{name}:{at}", "start": at * 10}
                segments.append(row("segments", **place, end=at * 10 + 10, role="interviewer", speech=at))
            at += 1
            place = {"document_id": name, "segment_id": f"{name}:{at}", "start": at * 10, "end": at * 10 + 10}
            segments.append(row("segments", **place, text="…", codable=True, speech=at))
            codings += [
                row(
                    "coded_segments",
                    **place,
                    coding_id=f"{name}:{at}#{code}@machine",
                    code=code,
                    countable=True,
                    coder="machine",
                )
                for code, stands in codes.items()
                if stands[n]
            ]
    tables = (
        frame(documents, "documents"),
        frame(segments, "segments"),
        frame(codings, "coded_segments"),
    )
    book = Codebook("simulated", codes={code: Code(code, name={"en": code}) for code in CODES})
    return Given(*tables, book, codes=("A", "B"))


# --- designs: each returns what our test and what a careless one says ------------------------------------


def stepping(draw, effect: float, *, topics: bool = False) -> tuple[float, float, float]:
    """Does B follow A? `effect` is how much likelier. p of the step, p inside topics, chi-square."""
    interviews, questions = [], []
    for _ in range(DOCUMENTS):
        level = odds(draw.normal(0, 0.8))
        asked = np.repeat(np.arange(SEGMENTS // 5), 5)
        talk = np.clip(level + draw.choice([-0.4, 0.4], SEGMENTS // 5), 0.05, 0.95)[asked]
        rates = talk if topics else np.full(SEGMENTS, level)
        state = np.zeros(SEGMENTS, dtype=bool)
        for n in range(SEGMENTS):
            rate = rates[n]
            if n and effect:  # after an A, B is likelier
                rate = np.clip(rate + (-effect if state[n - 1] else effect), 0.02, 0.98)
            state[n] = draw.random() < rate
        interviews.append({"A": state, "B": ~state})
        questions.append(asked.tolist())
    made = transitions(corpus(interviews, questions)).tables["transitions"]
    row = made[
        (made["level"] == "talk") & (made["lag"] == 1) & (made["source"] == "A") & (made["target"] == "B")
    ]
    counts = np.zeros((2, 2))
    for one in interviews:
        np.add.at(counts, (one["A"][:-1].astype(int), one["A"][1:].astype(int)), 1)
    naive = chi2_contingency(counts + 0.5, correction=False).pvalue
    return float(row["p"].iloc[0]), float(row["p_topic"].iloc[0]), float(naive)


def conditions(draw, effect: float) -> tuple[float, float]:
    """Is C in switches more than in stays? p of `switch_conditions`, and chi-square of stretches."""
    interviews = []
    for _ in range(DOCUMENTS):
        state = clustered(draw, SEGMENTS, 0.5, 0.6)
        third = clustered(draw, SEGMENTS, odds(draw.normal(-1.2, 0.8)))
        switch = np.concatenate((state[1:] != state[:-1], [False]))
        third = third | (switch & (draw.random(SEGMENTS) < effect))
        interviews.append({"A": state, "B": ~state, "C": third})
    made = transitions(corpus(interviews)).tables["switch_conditions"]
    row = made[made["code"] == "C"]
    table = np.full((2, 2), 0.5)
    for one in interviews:
        here = one["C"][:-1] | one["C"][1:]
        np.add.at(table, ((one["A"][:-1] != one["A"][1:]).astype(int), here.astype(int)), 1)
    p = float(row["p"].iloc[0]) if len(row) and row["p"].notna().iloc[0] else 1.0
    return p, float(chi2_contingency(table, correction=False).pvalue)


def meeting(draw, effect: float) -> tuple[float, float]:
    """Do A and B meet more often than where they lie explains? p by circular shift, and chi-square."""
    rows = []
    for _ in range(DOCUMENTS):
        common = draw.normal(0, 0.8)  # what an interview speaks of much, it speaks of much altogether
        one = clustered(draw, SEGMENTS, odds(-1.2 + common))
        other = clustered(draw, SEGMENTS, odds(-1.2 + common))
        rows.append(np.stack([one, other | (one & (draw.random(SEGMENTS) < effect))], axis=1))
    whole = np.concatenate(rows)
    p, floor = shift_p(csr_matrix(whole.astype(int)), np.repeat(np.arange(DOCUMENTS), SEGMENTS), [(0, 1)], {})
    table = np.full((2, 2), 0.5)
    np.add.at(table, (whole[:, 0].astype(int), whole[:, 1].astype(int)), 1)
    ours = float(p[0]) if floor[0] < WITHHELD else 1.0
    return ours, float(chi2_contingency(table, correction=False).pvalue)


def stratified(draw, effect: float) -> tuple[float, float]:
    """Do A and B meet otherwise where C is? p_diff; no careless test."""
    parts = []
    for _ in range(DOCUMENTS):
        third = clustered(draw, SEGMENTS, 0.4)
        one = clustered(draw, SEGMENTS, 0.4)
        other = clustered(draw, SEGMENTS, 0.4)
        other = np.where(third & (draw.random(SEGMENTS) < effect), one, other)
        parts.append(np.stack([one, other, third], axis=1))
    whole = np.concatenate(parts)
    cluster = np.repeat(np.arange(DOCUMENTS), SEGMENTS)
    return float(_stratified(whole.T, cluster, 0)["p_diff"]), float("nan")


def scanned(draw, effect: float, *, paired: bool) -> tuple[float, float]:
    """Is there a date of change, anywhere? p of the scan, and the smallest p of its dates uncorrected."""
    count = DOCUMENTS if paired else 12
    level = draw.normal(-0.5, 0.8, count)
    drift = draw.normal(0, 0.8, count) * paired
    sides = []
    if paired:
        when = np.sort(draw.random((count, SEGMENTS)), axis=1)
        found = draw.random((count, SEGMENTS)) < odds(
            level[:, None] + (drift[:, None] + effect) * (when > 0.5)
        )
        for date in np.linspace(0.2, 0.8, DATES):
            late = when > date
            sides.append(_sides(True, ~late, late, found))
    else:
        when = draw.random((count, 1)).repeat(SEGMENTS, axis=1)
        found = draw.random((count, SEGMENTS)) < odds(level[:, None] + effect * (when > 0.5))
        for date in np.linspace(0.2, 0.8, DATES):
            sides.append(_sides(False, when <= date, when > date, found))
    held = [one for one in sides if not one.weak]
    if not held:
        return 1.0, 1.0
    _, tests = (paired_max if paired else grouped_max)(held, 0)
    each = [contrast(one, 0, seed=0, resamples=2).test for one in held]
    return float(tests[0].p), min((one.p for one in each if one is not None), default=1.0)


def _sides(paired: bool, early, late, found) -> Sides:
    before, after = (found & early).sum(axis=1)[:, None], (found & late).sum(axis=1)[:, None]
    return Sides(
        paired, early.sum(axis=1) * 1.0, late.sum(axis=1) * 1.0, before.astype(float), after.astype(float)
    )


def beside(draw, effect: float) -> tuple[float, float]:
    """A third code goes with A and B alike, or also where they switch: p_stays, and p of turning alone."""
    turned, lines = [], []
    for _ in range(DOCUMENTS):
        place = draw.random(3 * SEGMENTS) < 0.4  # elsewhere is neither of the two
        state = clustered(draw, 3 * SEGMENTS, 0.5, 0.5)
        one, other = place & state, place & ~state
        third = place & (draw.random(3 * SEGMENTS) < 0.35)
        for _, j in switches(one, other, third).spans:
            third[j] |= draw.random() < effect
        turned.append(switches(one, other, third))
        lines.append(stretches(one, other, third))
    seen = sum(int(one.mediated[0]) for one in turned)
    return more_than_stays(lines)[0], float(chances(turned)[seen:].sum())


def associated(draw, together: float) -> tuple[float, float]:
    """Do two levels of codes go together? p of Cramér's V, and chi-square of units."""
    ones, others, document = [], [], []
    for number in range(DOCUMENTS):
        mind = draw.dirichlet(np.full(3, 1.0))
        size = int(draw.integers(3, 9))
        one = draw.choice(3, size, p=mind)
        ones.append(one)
        others.append(np.where(draw.random(size) < together, one, draw.choice(3, size, p=mind)))
        document += [number] * size
    first, second = np.concatenate(ones), np.concatenate(others)
    found = association(Labels((np.eye(3)[first], np.eye(3)[second]), np.array(document)), 0, 1, seed=0)
    table = np.full((3, 3), 1e-9)
    np.add.at(table, (first, second), 1)
    naive = chi2_contingency(table, correction=False).pvalue
    return (float(found.p) if found.floor < WITHHELD else 1.0), float(naive)


def lines(studies: int, seed: int) -> None:
    designs: list[tuple[str, Callable[..., tuple[float, ...]], float, str]] = [
        ("`transitions` p: codes in any order", stepping, 0.25, "chi-square of steps"),
        ("`switch_conditions` p: a third code anywhere", conditions, 0.35, "chi-square of stretches"),
        ("p of a pair: each where its own talk is", meeting, 0.25, "chi-square of segments"),
        ("`p_diff`: a pair alike with and without the third", stratified, 0.35, ""),
        (
            "`scan`, talk: no date of change",
            lambda d, e: scanned(d, e, paired=True),
            -1.2,
            "smallest p of dates",
        ),
        ("`scan`, documents: none", lambda d, e: scanned(d, e, paired=False), -1.6, "smallest p of dates"),
        ("`p_v`: two levels apart", associated, 0.4, "chi-square of units"),
    ]
    print("| test: nothing there | rejects | rejects, planted | a careless test, nothing there | which |")
    print("|---|---|---|---|---|")
    for name, make, effect, careless in designs:
        rates = []
        for size in (0.0, effect):
            draw = np.random.default_rng(seed)
            made = np.array([make(draw, size) for _ in range(studies)])
            rates.append((made <= WITHHELD).mean(axis=0))
        other = f"{rates[0][-1]:.3f}" if careless else "–"
        print(f"| {name} | {rates[0][0]:.3f} | {rates[1][0]:.3f} | {other} | {careless} |", flush=True)
    draw = np.random.default_rng(seed)
    topics = np.array([stepping(draw, 0.0, topics=True) for _ in range(studies)])
    p, inside, naive = (topics <= WITHHELD).mean(axis=0)
    print("\n| the order is the guide's | rejects |\n|---|---|")
    print(f"| p | {p:.3f} |\n| p_topic | {inside:.3f} |\n| chi-square of steps | {naive:.3f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--studies", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20190625)
    asked = parser.parse_args()
    print(
        f"{asked.studies} studies per line, seed {asked.seed}; {DOCUMENTS} interviews of {SEGMENTS} segments;"
        " rejection at .05"
    )
    lines(asked.studies, asked.seed)


if __name__ == "__main__":
    main()
