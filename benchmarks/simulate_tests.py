"""How often the tests of `shift` and `bridge` are wrong, and how often they see what is there.

    make simulate                    writes one line per design to stdout
    python benchmarks/simulate_tests.py --studies 2000 --seed 1

Material is drawn, never coded: the functions under test are those the analyses call. The figures in
docs/methods.md come from here, with the settings printed in the first line.
"""

from __future__ import annotations

import argparse

import numpy as np
from scipy.stats import chi2_contingency

from qualcode.analysis.bridge import chances, switches
from qualcode.analysis.conformity import Labels, conformity
from qualcode.analysis.contrast import Sides, contrast
from qualcode.analysis.exact import WITHHELD

LEVEL, BETWEEN, VARYING = -0.5, 0.8, 0.8  # log odds: of the code, between documents, of change between them
UNITS = (6, 23)  # segments per side and document, least and most
TURNS, DOCUMENTS = 40, 8
STAY, FIELD, MEDIATED = 0.75, 0.35, 0.6
RESAMPLED = 400  # for the interval
LINKED = (3, 9)  # units with both levels per document, least and one more than most


def odds(value):
    return 1 / (1 + np.exp(-value))


def paired(draw, count: int, change: float) -> Sides:
    """Talk that tells of both sides; change differs between documents."""
    level = draw.normal(LEVEL, BETWEEN, count)
    moved = level + draw.normal(change, VARYING, count)
    before, after = draw.integers(UNITS[0], UNITS[1] + 1, (2, count))
    return Sides(
        True,
        before.astype(float),
        after.astype(float),
        draw.binomial(before, odds(level)).astype(float)[:, None],
        draw.binomial(after, odds(moved)).astype(float)[:, None],
    )


def grouped(draw, first: int, second: int, change: float) -> Sides:
    """Documents of one side each."""
    late = np.arange(first + second) >= first
    units = draw.integers(UNITS[0], UNITS[1] + 1, first + second)
    found = draw.binomial(units, odds(draw.normal(LEVEL, BETWEEN, first + second) + change * late))
    return Sides(
        False,
        (units * ~late).astype(float),
        (units * late).astype(float),
        (found * ~late).astype(float)[:, None],
        (found * late).astype(float)[:, None],
    )


def rejects(held: Sides) -> tuple[bool, bool, bool]:
    """Whether the test rejects; whether the interval leaves out 0; whether both say that the code falls."""
    found = contrast(held, 0, seed=0, resamples=RESAMPLED)
    test = found.test
    rejected = test is not None and test.floor < WITHHELD and test.p <= WITHHELD
    outside = found.lo > 0 or found.hi < 0
    return rejected, outside, rejected and found.hi < 0


def chi_square(held: Sides) -> bool:
    """What counting segments as if they were independent would say."""
    yes = [held.found_before.sum(), held.found_after.sum()]
    table = np.array([yes, [held.before.sum() - yes[0], held.after.sum() - yes[1]]])
    return bool(table.sum(axis=1).all() and chi2_contingency(table, correction=False).pvalue <= WITHHELD)


def talk(draw, bridged: bool):
    """Turns that stay with one code or switch; the third code is anywhere, or also put where they switch."""
    change = draw.random(TURNS) > STAY
    state = (np.cumsum(change) + draw.integers(2)) % 2
    kept = draw.random(TURNS) < 0.7  # other turns have neither code
    third = draw.random(TURNS) < FIELD
    if bridged:
        third = (third & (draw.random(TURNS) < 0.6)) | (change & (draw.random(TURNS) < MEDIATED))
    return switches(kept & (state == 0), kept & (state == 1), third)


def mediated(draw, bridged: bool) -> tuple[float, bool]:
    held = [one for one in (talk(draw, bridged) for _ in range(DOCUMENTS)) if one.spans]
    seen = sum(int(one.mediated[0]) for one in held)
    p = float(chances(held)[seen:].sum())
    return seen / sum(len(one.spans) for one in held), p <= WITHHELD


def linked(draw, together: float) -> tuple[bool, bool]:
    """Units of two levels of three codes; interviews differ in what they speak of, so levels go together
    between them by themselves. `together` is how often a unit's second code follows its first.
    """
    ones, others, document = [], [], []
    for number in range(DOCUMENTS):
        mind = draw.dirichlet(np.full(3, 1.0))
        size = int(draw.integers(*LINKED))
        one = draw.choice(3, size, p=mind)
        other = np.where(draw.random(size) < together, one, draw.choice(3, size, p=mind))
        ones.append(one)
        others.append(other)
        document += [number] * size
    first, second = np.concatenate(ones), np.concatenate(others)
    labels = Labels((np.eye(3)[first], np.eye(3)[second]), np.array(document))
    masks = [[np.eye(3)[n], np.eye(3)[n]] for n in range(3)]
    found = conformity(labels, masks, (0, 1), seed=0)
    table = np.zeros((3, 3))
    np.add.at(table, (first, second), 1)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    naive = min(table.shape) > 1 and chi2_contingency(table, correction=False).pvalue <= WITHHELD
    return found.floor < WITHHELD and found.p <= WITHHELD, bool(naive)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--studies", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20190625)
    asked = parser.parse_args()
    print(
        f"{asked.studies} studies per line, seed {asked.seed}; log odds {LEVEL}, sd {BETWEEN} between"
        f" documents, sd {VARYING} of change; {UNITS[0]}-{UNITS[1]} segments per side; rejection at .05"
    )
    print(
        "| design | change | rejects | interval without 0 | claim of a fall holds | chi-square of segments |"
    )
    print("|---|---|---|---|---|---|")
    designs = [(f"{k} interviews, both sides", lambda d, c, k=k: paired(d, k, c)) for k in (6, 8, 10)]
    for a, b in ((3, 5), (5, 5)):
        designs.append((f"documents {a} and {b}", lambda d, c, a=a, b=b: grouped(d, a, b, c)))
    for name, make in designs:
        for change in (0.0, -1.2):
            draw = np.random.default_rng(asked.seed)
            held = [make(draw, change) for _ in range(asked.studies)]
            ours, theirs = (
                np.mean([rejects(one) for one in held], axis=0),
                np.mean(list(map(chi_square, held))),
            )
            print(
                f"| {name} | {change} | {' | '.join(f'{one:.3f}' for one in ours)} | {theirs:.3f} |",
                flush=True,
            )
    print(f"\n{DOCUMENTS} interviews of {TURNS} turns\n")
    print("| third code | raw share at switches | rejects |\n|---|---|---|")
    for name, bridged in (("anywhere", False), ("put at switches", True)):
        draw = np.random.default_rng(asked.seed)
        found = [mediated(draw, bridged) for _ in range(asked.studies)]
        share, rejected = np.mean([one for one, _ in found]), np.mean([p for _, p in found])
        print(f"| {name} | {share:.2f} | {rejected:.3f} |", flush=True)
    print(f"\n{DOCUMENTS} interviews of {LINKED[0]} to {LINKED[1] - 1} units with two levels;", end=" ")
    print("a quarter as many studies\n")
    print("| second code follows the first | rejects | chi-square of units rejects |\n|---|---|---|")
    for together in (0.0, 0.4):
        draw = np.random.default_rng(asked.seed)
        tested = [linked(draw, together) for _ in range(max(asked.studies // 4, 1))]
        ours, theirs = (np.mean([one[n] for one in tested]) for n in (0, 1))
        print(f"| {together} | {ours:.3f} | {theirs:.3f} |", flush=True)


if __name__ == "__main__":
    main()
