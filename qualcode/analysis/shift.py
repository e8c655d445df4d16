"""Did codes change at a node? The tables `shift`, `placebo` and `scan`.

`shift` compares before and after every border of two phases that touch (or one date asked for), in talk by
what it tells of and in documents by their date, kinds apart (`contrast`). Read direction and size first:
mean_diff with its document-bootstrap interval, Cohen's h, how many documents rise and fall, the range when
one document is left out. p is exact where arrangements can be listed, corrected over the codes tested
(Holm), and withheld where the data could not have given less than .05. A contrast of talk is narrated change.

`placebo` asks the same of other dates (those given, else events of the type placebo, else the node's day in
other years), each with material from one side of the node only, so that a true shift cannot leak in.
`placebo_rank` 1 says the node has the largest difference of all. `scan` asks it of every quarter with all
material; its p compares the largest difference anywhere with the largest in every arrangement (max statistic,
Westfall & Young 1993).
Where another date gives as large a difference, write gradual change, not turning point; so, too, where the
code changes the same way on one side of the node alone (`placebo_same`): a steady fall is halved there, and
never as large as at its middle.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from qualcode.analysis.contrast import Contrast, Sides, contrasts, sides
from qualcode.analysis.exact import TINY, WITHHELD, Tested, far, holm, shown, some_flips
from qualcode.analysis.gathered import Gathered
from qualcode.analysis.given import Given, Made, Remark, basis_of, remark
from qualcode.analysis.load import Row, frame
from qualcode.model import KINDS, TALK
from qualcode.text.dates import first_day

DRAWS = 1_999
NUMBERS = 4_000_000  # of documents, dates, codes or arrangements that are held at a time
PLACEBO = "placebo"  # type of events that are tried as if they were the node
NEAR = datetime.timedelta(days=366)


class Node(NamedTuple):
    """A date, and the days around it that are compared; "" is open.

    So many days of `transition` on either side of it belong to neither.
    """

    date: str
    low: str
    high: str
    transition: int = 0


def shift(given: Given) -> Made:
    """Return the tables `shift`, `placebo` and `scan`; codes not asked for are the roots of the codebook."""
    codes = given.codes or tuple(code.id for code in given.codebook.codes.values() if code.level == 1)
    found = nodes(given)
    kinds = [kind for kind in KINDS if codes and found and (given.kinds == kind).any()]
    gathered = [Gathered.of(given, kind, codes) for kind in kinds]
    remarks: list[Remark] = []
    if not found:
        remarks.append(remark("no two phases of the study touch; name a date with --node"))
    rows: list[Row] = []
    placebo: list[Row] = []
    scanned: list[Row] = []
    for node in found:
        near = _near(given, node.date)
        if near:
            remarks.append(remark("within a year of {date}: {events}", date=node.date, events=near))
        if node.transition:
            remarks.append(
                remark(
                    "what lies within {days} days of {date} is left out, and around the other dates tried",
                    days=node.transition,
                    date=node.date,
                )
            )
        for kind, segments in zip(kinds, gathered, strict=True):
            wide = node.transition
            held = sides(segments, (node.low, node.date), (node.date, node.high), transition=wide)
            others = [
                (date, window, sides(segments, (window[0], date), (date, window[1]), transition=wide))
                for date, window in placebo_dates(given, node)
            ]
            made = _contrasts(given, held, codes)
            by_date = [_contrasts(given, other, codes) for _, _, other in others]
            falsely = [[found[n] for found in by_date] for n in range(len(codes))]
            corrected = holm([shown(c.test) if c.test else None for c in made])
            for n, code in enumerate(codes):
                first = (basis_of(kind), kind, code, node.date)
                rank = _rank(made[n].diff, [c.diff for c in falsely[n]])
                same = _alike(made[n].diff, falsely[n])
                rows.append((*first, *_cells(made[n], corrected[n], rank), same, held.weak, given.seed))
                for (date, window, other), c in zip(others, falsely[n], strict=True):
                    placebo.append((*first, date, *window, *_short(c), other.weak, given.seed))
            scanned += _scan(given, node, segments, codes)
    lost = int((given.talk & (given.placed_in(given.phases) == "")).sum()) if given.phases else 0
    if lost:
        remarks.append(
            remark("{n} of {all} segments of talk are in no phase", n=lost, all=int(given.talk.sum()))
        )
    remarks.append(remark("a contrast of talk is narrated change: what people say of before and after"))
    tables = {
        "shift": frame(rows, "shift"),
        "placebo": frame(placebo, "placebo"),
        "scan": frame(scanned, "scan"),
    }
    return Made(tables, remarks)


def nodes(given: Given) -> list[Node]:
    """Return the date asked for within all phases, else every border of two phases that touch."""
    phases = given.phases
    if given.node:
        low = min((phase.start for phase in phases), default="")
        ends = [phase.end for phase in phases]
        wide = next((phase.transition for phase in phases if phase.start == given.node), 0)
        return [Node(given.node, low, "" if "" in ends else max(ends, default=""), wide)]
    return [
        Node(one.end, one.start, two.end, two.transition)
        for one, two in pairwise(phases)
        if one.end and one.end == two.start
    ]


def placebo_dates(given: Given, node: Node) -> list[tuple[str, tuple[str, str]]]:
    """Return other dates with the days compared around each, all on one side of the node.

    Days of transition around the node are on neither side.
    """
    typed = tuple(
        first_day(event.date).isoformat() for event in given.events if event.type == PLACEBO and event.date
    )
    dates = given.placebos or typed or tuple(_other_years(node))
    day, wide = first_day(node.date), datetime.timedelta(days=node.transition)
    last, first = (day - wide).isoformat(), (day + wide).isoformat()
    made = []
    for date in sorted(set(dates) - {node.date}):
        window = (node.low, last) if date < node.date else (first, node.high)
        if (not window[0] or window[0] < date) and (not window[1] or date < window[1]):
            made.append((date, window))
    return made


def _other_years(node: Node) -> Iterator[str]:
    day = first_day(node.date)
    for years in (-2, -1, 1, 2):
        last = 28 if (day.month, day.day) == (2, 29) else day.day
        yield day.replace(year=day.year + years, day=last).isoformat()


def _contrasts(given: Given, held: Sides, codes: Sequence[str]) -> list[Contrast]:
    return contrasts(held, len(codes), seed=given.seed, resamples=given.resamples)


def _cells(c: Contrast, corrected: float | None, rank: int | None) -> Row:
    return (
        *(c.n_segments, c.n_documents, c.n_quotes, c.n_before, c.n_after, c.before, c.after),
        *(c.diff, c.lo, c.hi, c.h, c.log_or, c.up, c.down),
        *(shown(c.test) if c.test else None, c.test.floor if c.test else None, corrected),
        *(c.loo_min, c.loo_max, rank),
    )


def _short(c: Contrast) -> Row:
    test = c.test
    return (
        *(c.n_segments, c.n_documents, c.n_quotes, c.before, c.after, c.diff, c.lo, c.hi),
        *(shown(test) if test else None, test.floor if test else None),
    )


def _rank(diff: float, others: Sequence[float]) -> int | None:
    """Say how many of the dates, this one among them, have at least its difference; nothing if alone."""
    known = [abs(other) for other in others if other == other]
    return 1 + sum(other >= abs(diff) for other in known) if known and diff == diff else None


def _alike(diff: float, others: Sequence[Contrast]) -> int | None:
    """Count the dates at which it surely changes the same way, corrected for those tested; None: none was."""
    tested = [(other, shown(other.test)) for other in others if other.test is not None]
    known = [(other.diff, p) for other, p in tested if p is not None]
    if not known or diff != diff:
        return None
    return sum(p * len(known) <= WITHHELD and value * diff > 0 for value, p in known)


def _near(given: Given, date: str) -> str:
    """List the events within a year of a date, other than those of that day."""
    day = first_day(date)
    found = [
        f"{event.id} ({event.date})"
        for event in sorted(given.events, key=lambda event: (event.date, event.id))
        if abs(first_day(event.date) - day) <= NEAR and first_day(event.date) != day
    ]
    return ", ".join(found)


def _scan(given: Given, node: Node, segments: Gathered, codes: Sequence[str]) -> list[Row]:
    """Ask every quarter, and the node; dates with too few documents on a side are passed over."""
    import numpy as np

    held = []
    for date in _candidates(given, node):
        at = sides(segments, (node.low, date), (date, node.high), transition=node.transition)
        if not at.weak:
            held.append((date, at))
    if not held:
        return []
    kind = segments.kind
    test = paired_max if kind in TALK else grouped_max
    values, tests = test([at for _, at in held], len(codes), given.seed)
    highest = np.abs(values).max(axis=0) - TINY
    return [
        (
            *(basis_of(kind), kind, code, node.date, date),
            int(at.before[at.used].sum() + at.after[at.used].sum()),
            int(at.used.sum()),
            int(sum(side[at.used].sum() for side in at.found(n))),
            float(values[t, n]),
            bool(abs(values[t, n]) >= highest[n]),
            shown(tests[n]),
            tests[n].floor,
            given.seed,
        )
        for n, code in enumerate(codes)
        for t, (date, at) in enumerate(held)
    ]


def _candidates(given: Given, node: Node) -> list[str]:
    """The first days of quarters inside the days compared that the material reaches, and the node."""
    told = [start for start, _ in given.times.spans if start]
    if not told:
        return [node.date]
    low = max(node.low, first_day(min(told)).isoformat())
    high = min(node.high or "9999", first_day(max(told)).isoformat())
    days = {
        f"{year:04}-{month:02}-01"
        for year in range(int(low[:4]), int(high[:4]) + 1)
        for month in (1, 4, 7, 10)
    }
    return sorted({day for day in days if low < day < high} | {node.date})


def paired_max(held: Sequence[Sides], codes: int, seed: int) -> tuple[Any, list[Tested]]:
    """Differences by date and code, and the test of the largest: a document flips at all dates at once."""
    import numpy as np

    used = np.any([at.used for at in held], axis=0)
    numbers = len(held) * len(used)
    values, tests = [], []
    for low, high in _groups(codes, numbers):
        d = np.zeros((len(held), len(used), high - low))
        for t, at in enumerate(held):
            mine = at.used
            for n in range(low, high):
                before, after = at.found(n)
                gap = after[mine] / at.after[mine] - before[mine] / at.before[mine]
                d[t, mine, n - low] = gap / mine.sum()
        values.append(d.sum(axis=1))
        columns = np.concatenate([d[:, used, n] for n in range(high - low)]).T
        del d
        most = [
            np.abs(some.astype(float) @ columns).reshape(len(some), high - low, len(held)).max(axis=2)
            for some in some_flips(int(used.sum()), seed=seed, draws=DRAWS)
        ]
        tests += [far(line) for line in np.concatenate(most).T]
    return np.concatenate(values, axis=1), tests


def _groups(codes: int, numbers: int) -> Iterator[tuple[int, int]]:
    """Cut so many codes into groups of which each takes about `NUMBERS`, but at least two codes."""
    step = max(2, NUMBERS // max(numbers, 1))
    low = 0
    while low < codes:
        high = codes if codes - low < step + 2 else low + step
        yield low, high
        low = high


def grouped_max(held: Sequence[Sides], codes: int, seed: int) -> tuple[Any, list[Tested]]:
    """The same for documents that lie on one side: who has which date is exchanged."""
    import numpy as np

    used = np.any([at.used for at in held], axis=0)
    whole = np.maximum(held[0].before + held[0].after, 1)
    share = np.stack([(sum(held[0].found(n)) / whole)[used] for n in range(codes)], axis=1)
    masks = np.stack(
        [
            np.where(at.after > 0, 1 / (at.after > 0).sum(), 0)
            - np.where(at.before > 0, 1 / (at.before > 0).sum(), 0)
            for at in held
        ]
    )[:, used]
    columns = np.ascontiguousarray(share.T)
    most = [
        np.stack([np.abs(column[turns] @ masks.T).max(axis=1) for column in columns])
        for turns in _turns(len(share), seed)
    ]
    return masks @ share, [far(line) for line in np.concatenate(most, axis=1)]


def _turns(count: int, seed: int) -> Iterator[Any]:
    """Yield who takes whose place, some arrangements at a time, the observed one first."""
    import numpy as np

    first = np.arange(count, dtype=np.int32)[None, :]
    yield first
    draw = np.random.default_rng(seed)
    step = max(1, NUMBERS // max(count, 1))
    for start in range(0, DRAWS, step):
        yield draw.permuted(np.repeat(first, min(step, DRAWS - start), axis=0), axis=1)
