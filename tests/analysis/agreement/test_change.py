"""Agreement before and after discussion, and intervals of free spans: documents are what is drawn."""

from collections import Counter

import numpy as np
import pytest

from qualcode.analysis.agreement.change import change_rows, changed
from qualcode.analysis.agreement.gold import Given, Unit
from qualcode.analysis.agreement.ratings import ratings_of
from qualcode.analysis.agreement.table import measured, ratio, span_rows
from qualcode.analysis.agreement.unitising import disagreements
from qualcode.analysis.intervals import resampled
from qualcode.model import Span

DOCUMENTS = ("A", "B", "C", "D")
UNITS = [Unit(d, Span(n * 10, n * 10 + 10)) for d in DOCUMENTS for n in range(6)]


def coded(slips):
    """Two coders on the units: one gives `a` to every second one, the other differs on those in `slips`."""
    given = [Given(u.document, u.span, "", who) for u in UNITS for who in ("x", "y")]
    for n, unit in enumerate(UNITS):
        if n % 2 == 0:
            given.append(Given(unit.document, unit.span, "a", "x"))
        if (n % 2 == 0) != (n in slips):
            given.append(Given(unit.document, unit.span, "a", "y"))
    return ratings_of(UNITS, given, ("x", "y"))


def only(rows, level, coefficient):
    (row,) = [r for r in rows if (r[2], r[4]) == (level, coefficient)]
    return row


def test_change_is_after_less_before():
    rows = change_rows(coded({0, 1, 7, 13}), coded({0}), ("a",))
    assert {row[0] for row in rows} == {"change"}
    percent = only(rows, "code", "percent")
    assert percent[5] == pytest.approx(23 / 24 - 20 / 24, abs=1e-12)
    assert percent[6] <= percent[5] <= percent[7]
    assert percent[8:10] == (24, 4)


def test_its_interval_draws_documents_with_both_sides():
    """By the definition: for each draw, agreement of the drawn documents after less before."""
    before, after = coded({0, 1, 7, 13}).of_code("a"), coded({0}).of_code("a")
    value, (lo, hi) = changed(before, after, "percent", seed=3)
    differ = {
        d: [sum(n for p, n in side[d].items() if p[0] != p[1]) for side in (before, after)] for d in before
    }
    shares = [
        sum(w * (differ[d][0] - differ[d][1]) for w, d in zip(row, sorted(before), strict=True)) / 24
        for row in resampled(4, seed=3)
    ]
    assert (lo, hi) == pytest.approx(tuple(np.percentile(shares, [2.5, 97.5])), abs=1e-12)
    assert value == pytest.approx(np.mean([(a - b) / 6 for a, b in differ.values()]), abs=1e-12)


def test_nothing_changed_is_zero_with_no_width():
    same = coded({0, 7}).of_code("a")
    assert changed(same, same, "cohen") == (0.0, (0.0, 0.0))


def test_where_one_side_is_undefined_so_is_the_change():
    nothing = {d: Counter({(False, False): 6}) for d in DOCUMENTS}
    assert changed(nothing, coded({0}).of_code("a"), "cohen") == (None, (None, None))


def test_documents_that_one_side_lacks_are_left_out():
    before = coded({0, 1}).of_code("a")
    part = {d: before[d] for d in DOCUMENTS[:3]}
    value, _ = changed(part, part, "percent")
    assert value == 0.0
    smaller = ratings_of(
        UNITS[:18], [Given(u.document, u.span, "", w) for u in UNITS[:18] for w in "xy"], ("x", "y")
    )
    assert only(change_rows(coded({0}), smaller, ("a",)), "code", "percent")[9] == 3


MARKS = {
    "A": {"x": [(0, 10), (30, 40)], "y": [(0, 12)]},
    "B": {"x": [(5, 20)], "y": [(5, 20)]},
    "C": {"x": [(0, 5)], "y": [(50, 60)]},
    "D": {"x": [], "y": []},
}


def spans():
    given = [
        Given(d, Span(*mark), "a", who)
        for d, sides in MARKS.items()
        for who, marks in sides.items()
        for mark in marks
    ]
    return [*given, *(Given("D", Span(0, 9), "b", who) for who in "xy")]


def test_alpha_of_spans_has_an_interval_over_documents():
    rows = span_rows(spans(), dict.fromkeys(MARKS, 100), ("a", "b"), ("x", "y"), stage="", seed=5)
    row = next(r for r in rows if r[3] == "a")
    sums = np.array([disagreements([sides["x"], sides["y"]], 100) for sides in MARKS.values()])
    drawn = resampled(4, seed=5) @ sums
    values = [1 - o / e for o, e in drawn if e > 0]
    assert row[5] == pytest.approx(1 - sums[:, 0].sum() / sums[:, 1].sum(), abs=1e-12)
    assert row[6:8] == pytest.approx(tuple(np.percentile(values, [2.5, 97.5])), abs=1e-12)
    assert row[9:] == (4, "")


def test_of_two_documents_there_is_no_interval():
    value, ends = ratio([(1.0, 4.0), (0.0, 1.0)])
    assert (value, ends) == (0.8, (None, None))
    assert ratio([(0.0, 0.0)] * 5) == (None, (None, None))


def test_the_order_of_coders_units_and_codings_says_nothing():
    forward, backward = (
        coded({0, 1, 7}),
        ratings_of(
            UNITS[::-1],
            [Given(u.document, u.span, "", w) for u in UNITS[::-1] for w in "yx"]
            + [Given(u.document, u.span, "a", "x") for n, u in enumerate(UNITS) if n % 2 == 0]
            + [
                Given(u.document, u.span, "a", "y")
                for n, u in enumerate(UNITS)
                if (n % 2 == 0) != (n in {0, 1, 7})
            ],
            ("x", "y"),
        ),
    )
    for name in ("cohen", "alpha", "ac1", "fleiss"):
        assert measured(forward.of_code("a"), name) == measured(backward.of_code("a"), name)
