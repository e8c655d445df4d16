"""Do drivers, strategies, principles and logics go together as a theory says? Four tables.

A theory of the codebook (`paths:`) names levels, which are facets, and says which of their codes go
together. It is a hypothesis: nothing is coded by it and nothing left out. Units are speeches (articles in
documents), and speeches with one on each side; in a unit every level has its heaviest code, on words of its
own (`chains`).

`path_conformity`: how many units hold all levels, and what share of those is on the theory, against shuffles
of the codes within documents (`conformity`). Read completeness first: most talk holds one or two levels.
`path_levels`: the same for each level and the next, with Cramér's V and lambda.
`paths`: every path found, of two levels and more, with support, confidence and lift.
`sankey_links`: from a code to the code of the next level that has one.

`n_asserted` counts units where a segment holds both codes and a word that joins them (因为, 才能, so that):
somebody says that the one makes the other. All else is being said in the same breath. Windows of speech+1
overlap, so they are never tested; below 10 whole paths (units with both levels) nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import Any, NamedTuple

from qualcode.analysis.chains import Held, held_in, members_of, phases_in
from qualcode.analysis.conformity import (
    Chance,
    agrees,
    conformity,
    cramers_v,
    goodman_lambda,
    labels_of,
    linked,
    masks_of,
    on_theory,
    table_of,
)
from qualcode.analysis.evidence import evidence
from qualcode.analysis.exact import WITHHELD, holm
from qualcode.analysis.given import EXAMPLES, Given, Made, Remark, basis_of, remark
from qualcode.analysis.lean import values_of
from qualcode.analysis.load import Row, frame
from qualcode.analysis.windows import windows
from qualcode.codebook.records import LEVELS, Theory
from qualcode.model import KINDS
from qualcode.problems import UsageError

UNITS = ("speech", "speech+1")
TESTED = "speech"
LEAST = 10
USUAL = ("dimension", "driver", "strategy", "principle", "logic")


class Found(NamedTuple):
    """The units of one theory, kind and window, and what their segments are called."""

    theory: Theory
    members: list[tuple[str, ...]]
    kind: str
    unit: str
    held: list[Held]
    ids: Any  # of segments, by row
    of: Any  # the document of each, by number
    documents: dict[str, int]  # documents that could be coded, by phase; "" of all


def paths(given: Given) -> Made:
    """Return the four tables; `codes` asked for narrow `paths` and `sankey_links` to those that hold one.

    Raises `UsageError` where the codebook states no path and has no facets of a chain.
    """
    for code in given.codes:
        given.known(code)
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    remarks: list[Remark] = []
    for theory in theories(given):
        if not theory.stated:
            remarks.append(
                remark("{theory}: the codebook states no path; nothing to conform to", theory=theory.id)
            )
        for found in _found(given, theory):
            for phase in ("", *(period.id for period in given.phases)):
                part = [unit for unit in found.held if phase in ("", unit.phase)]
                if not part:
                    continue
                now = found._replace(held=part)
                whole = _conformity_row(given, now, phase)
                tables["path_conformity"].append(whole)
                tables["path_levels"] += _level_rows(given, now, phase)
                tables["paths"] += _path_rows(given, now, phase)
                tables["sankey_links"] += _link_rows(given, now, phase)
                if not phase and found.unit == TESTED:
                    remarks.append(_said(now))
    if not any(tables.values()):
        remarks.append(remark("no unit has a code of any level"))
    else:
        remarks.append(remark("being said together is no cause; n_asserted counts where a speaker says so"))
    return Made({name: frame(rows, name) for name, rows in tables.items()}, remarks)


TABLES = ("path_conformity", "path_levels", "paths", "sankey_links")


def theories(given: Given) -> list[Theory]:
    """The paths the codebook states, else the usual levels as far as it has them, stating nothing."""
    if given.codebook.theories:
        return list(given.codebook.theories.values())
    levels = tuple(level for level in USUAL if len(given.codebook.members(level)) > 1)
    if len(levels) < LEVELS[0]:
        raise UsageError(
            "the codebook states no path",
            hint="name the facets that are its levels under 'paths'; see docs/codebook.md",
        )
    return [Theory("chain", levels=levels)]


def _found(given: Given, theory: Theory) -> Iterator[Found]:
    import numpy as np

    members = members_of(given, theory)
    for kind in KINDS:
        if not (given.kinds == kind).any():
            continue
        base = windows(given, kind, TESTED)
        marks = evidence(given.codings, base.segments, given.codebook)
        ids = base.segments["segment_id"].array
        number = values_of(base.segments["document_id"]).at
        phase = phases_in(given, base.segments)
        documents = {"": len(np.unique(number))}
        for period in given.phases:
            documents[period.id] = len(np.unique(number[phase == period.id]))
        for unit in UNITS:
            held = held_in(given, theory, base if unit == TESTED else windows(given, kind, unit), marks)
            yield Found(theory, members, kind, unit, held, ids, number, documents)


def _first(found: Found, phase: str) -> Row:
    return (found.theory.id, basis_of(found.kind), found.kind, found.unit, phase)


def _examples(found: Found, rows: Sequence[int]) -> tuple[str, ...]:
    """The first segments, spread over documents."""
    seen: dict[int, list[int]] = {}
    for row in sorted(set(rows)):
        seen.setdefault(int(found.of[row]), []).append(row)
    deep = max(map(len, seen.values()), default=0)
    spread = [line[n] for n in range(deep) for line in seen.values() if n < len(line)]
    return tuple(str(found.ids[row]) for row in spread[:EXAMPLES])


def _rows_of(unit: Held, codes: Sequence[tuple[int, int]]) -> list[int]:
    return [row for one in codes for row in unit.rows[one]]


def _tested(chance: Chance | None) -> Row:
    """Mean, bounds, p and floor of a comparison with shuffles; p withheld where it could not be small."""
    if chance is None:
        return (None, None, None, None, None)
    p = chance.p if chance.floor < WITHHELD else None
    return (chance.mean, chance.lo, chance.hi, p, chance.floor)


def _conformity_row(given: Given, found: Found, phase: str) -> Row:
    held, theory = found.held, found.theory
    labels = labels_of(held, [len(codes) for codes in found.members])
    masks = masks_of(theory, found.members)
    every = range(len(theory.levels))
    two = [unit for unit in held if len(unit.filled) > 1]
    complete = [unit for unit in held if unit.complete]
    whole = [n for n, unit in enumerate(held) if unit.complete]
    mass = float(on_theory(labels.levels, masks, every)[whole].sum()) if masks and whole else 0.0
    part = 0.0
    for unit in (one for one in two if not one.complete):
        ways = list(_ways(unit, found.members))
        part += sum(agrees(way, theory) == "partial" for way in ways) / len(ways)
    chance, note = None, ""
    if not masks:
        note = "the codebook states no path"
    elif len(complete) < LEAST:
        note = f"{len(complete)} of at least {LEAST} whole paths: not tested"
    elif found.unit != TESTED:
        note = "windows overlap: not tested"
    elif phase:
        note = "tested over all phases only"
    else:
        chance = conformity(labels, masks, list(every), seed=given.seed)
    return (
        *_first(found, phase),
        *(len(held), len({unit.document for unit in held}), len(_all_rows(held))),
        sum(unit.left_out for unit in held),
        *(len(two), len(complete), len(complete) / len(held)),
        mass if masks else None,
        mass / len(complete) if masks and complete else None,
        part if masks else None,
        *_tested(chance),
        *(note, given.seed),
    )


def _all_rows(held: Sequence[Held]) -> set[int]:
    return {row for unit in held for rows in unit.rows.values() for row in rows}


def _ways(unit: Held, members: Sequence[Sequence[str]]) -> Iterator[dict[int, str]]:
    """Every choice of one code per filled level of a unit."""
    filled = unit.filled
    for choice in product(*(unit.codes[level] for level in filled)):
        yield {level: members[level][n] for level, n in zip(filled, choice, strict=True)}


def _level_rows(given: Given, found: Found, phase: str) -> list[Row]:
    theory, held = found.theory, found.held
    labels = labels_of(held, [len(codes) for codes in found.members])
    masks = masks_of(theory, found.members)
    made: list[tuple[Row, Chance | None, Row]] = []
    for one, other in pairwise(range(len(theory.levels))):
        both = [unit for unit in held if unit.codes[one] and unit.codes[other]]
        if not both:
            continue
        whole = labels.filled(one) & labels.filled(other)
        table = table_of(labels.levels[one][whole], labels.levels[other][whole])
        stated = [mask for mask in masks if mask[one] is not None and mask[other] is not None]
        share = float(on_theory(labels.levels, stated, (one, other))[whole].mean()) if stated else None
        tested = found.unit == TESTED and len(both) >= LEAST and not phase
        tied, chance = linked(labels, stated, one, other, seed=given.seed) if tested else (None, None)
        note = ""
        if len(both) < LEAST:
            note = f"{len(both)} of at least {LEAST} units with both: not tested"
        elif found.unit != TESTED:
            note = "windows overlap: not tested"
        elif phase:
            note = "tested over all phases only"
        carrying = {
            row
            for unit in both
            for (level, _), rows in unit.rows.items()
            if level in (one, other)
            for row in rows
        }
        head = (
            *_first(found, phase),
            *(theory.levels[one], theory.levels[other], len(both), len({unit.document for unit in both})),
            *(len(carrying), cramers_v(table)),
            tied.p if tied is not None and tied.floor < WITHHELD else None,
            *(goodman_lambda(table), share),
        )
        made.append((head, chance, (note, given.seed)))
    p_values: list[float | None] = [_tested(chance)[3] for _, chance, _ in made]  # type: ignore[misc]
    corrected = holm(p_values)
    return [
        (*head, *_tested(chance), p, *rest) for (head, chance, rest), p in zip(made, corrected, strict=True)
    ]


def _asked(given: Given, codes: Sequence[str]) -> bool:
    return not given.codes or any(f"{own}.".startswith(f"{code}.") or f"{code}.".startswith(f"{own}.")
                                  for own in codes for code in given.codes)  # fmt: skip


def _path_rows(given: Given, found: Found, phase: str) -> list[Row]:
    theory, members = found.theory, found.members
    size = len(theory.levels)
    counted: dict[tuple[int, ...], list[tuple[int, float]]] = {}
    for at, unit in enumerate(found.held):
        if len(unit.filled) < 2:
            continue
        ways = list(product(*(unit.codes[level] or (-1,) for level in range(size))))
        for way in ways:
            counted.setdefault(way, []).append((at, 1 / len(ways)))
    weight = {way: sum(w for _, w in units) for way, units in counted.items()}
    before: dict[tuple[int, ...], float] = {}
    for way, n in weight.items():
        before[_but_last(way)] = before.get(_but_last(way), 0.0) + n
    rows: list[tuple[float, tuple[str, ...], Row]] = []
    for way, units in counted.items():
        filled = [(level, n) for level, n in enumerate(way) if n >= 0]
        codes = tuple(members[level][n] if n >= 0 else "" for level, n in enumerate(way))
        if not _asked(given, [code for code in codes if code]):
            continue
        names = {level: members[level][n] for level, n in filled}
        carrying = {row for at, _ in units for row in _rows_of(found.held[at], filled)}
        documents = {found.held[at].document for at, _ in units}
        rows.append(
            (
                -weight[way],
                codes,
                (
                    *_first(found, phase),
                    theory.levels,
                    *(*codes, *("",) * (LEVELS[1] - size)),
                    *(len(filled), len(filled) == size, agrees(names, theory), weight[way], len(units)),
                    *(len(documents), len(carrying), len(documents) / found.documents[phase]),
                    *(weight[way] / before[_but_last(way)], _lift(found, way, weight)),
                    sum(_says(found.held[at], filled) for at, _ in units),
                    _examples(found, sorted(carrying)),
                ),
            )
        )
    return [row for _, _, row in sorted(rows, key=lambda item: item[:2])]


def _but_last(way: tuple[int, ...]) -> tuple[int, ...]:
    """A path with its last code taken out; which level that was stays known."""
    last = max(level for level, n in enumerate(way) if n >= 0)
    return (*way[:last], -2, *way[last + 1 :])


def _lift(found: Found, way: tuple[int, ...], weight: dict[tuple[int, ...], float]) -> float:
    """Found over expected, among units with these very levels filled."""
    filled = [level for level, n in enumerate(way) if n >= 0]
    like = {w: n for w, n in weight.items() if [level for level, m in enumerate(w) if m >= 0] == filled}
    total = sum(like.values())
    expected = total
    for level in filled:
        expected *= sum(n for w, n in like.items() if w[level] == way[level]) / total
    return weight[way] / expected


def _says(unit: Held, codes: Sequence[tuple[int, int]]) -> bool:
    return any(a in codes and b in codes for _, a, b in unit.joined)


def _link_rows(given: Given, found: Found, phase: str) -> list[Row]:
    theory, members = found.theory, found.members
    masks = masks_of(theory, members)
    counted: dict[tuple[tuple[int, int], tuple[int, int]], list[tuple[int, float]]] = {}
    for at, unit in enumerate(found.held):
        for one, other in pairwise(unit.filled):
            share = 1 / (len(unit.codes[one]) * len(unit.codes[other]))
            for a, b in product(unit.codes[one], unit.codes[other]):
                counted.setdefault(((one, a), (other, b)), []).append((at, share))
    value = {link: sum(w for _, w in units) for link, units in counted.items()}
    rows: list[Row] = []
    for (source, target), units in sorted(counted.items()):
        codes = members[source[0]][source[1]], members[target[0]][target[1]]
        if not _asked(given, codes):
            continue
        like = {link: n for link, n in value.items() if (link[0][0], link[1][0]) == (source[0], target[0])}
        out = sum(n for link, n in like.items() if link[0] == source)
        into = sum(n for link, n in like.items() if link[1] == target)
        carrying = {row for at, _ in units for row in _rows_of(found.held[at], (source, target))}
        said = {row for at, _ in units for row, a, b in found.held[at].joined if (a, b) == (source, target)}
        stated = [mask for mask in masks if mask[source[0]] is not None and mask[target[0]] is not None]
        on = any(mask[source[0]][source[1]] and mask[target[0]][target[1]] for mask in stated)
        n = value[source, target]
        rows.append(
            (
                *_first(found, phase),
                *(theory.levels[source[0]], theory.levels[target[0]], target[0] - source[0] - 1),
                *(*codes, n, len(units), len({found.held[at].document for at, _ in units}), len(carrying)),
                *(n / out, n * sum(like.values()) / (out * into)),
                ("yes" if on else "no") if stated else "open",
                sum(_says(found.held[at], (source, target)) for at, _ in units),
                _examples(found, sorted(said)),
                _examples(found, sorted(carrying)),
            )
        )
    return rows


def _said(found: Found) -> Remark:
    complete = sum(unit.complete for unit in found.held)
    return remark(
        "{theory}, {kind}: {complete} of {n} speeches with a code of the chain hold all its levels",
        theory=found.theory.id,
        kind=found.kind,
        complete=complete,
        n=len(found.held),
    )
