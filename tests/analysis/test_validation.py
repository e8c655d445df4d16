"""Precision, weighted recall and verdicts, by hand and against published intervals."""

import pytest

from qualcode.analysis.validation import (
    Judged,
    attribute_rows,
    error_rows,
    recall,
    recall_interval,
    rule_rows,
    validation_rows,
    verdict,
    wilson,
)
from qualcode.columns import VALIDATION, VALIDATION_ERRORS, VALIDATION_RULES


def judged(*marks, weight=1.0, document="D"):
    """`+a` both, `-a` the machine alone, `?a` the person alone."""
    found = []
    for place, mark in enumerate(marks, 1):
        truth = frozenset(m[1:] for m in mark.split() if m[0] in "+?")
        machine = frozenset(m[1:] for m in mark.split() if m[0] in "+-")
        rules = {code: (f"{code}:1",) for code in machine}
        found.append(Judged(f"{document}:{place}", document, truth, machine, weight, mark, rules))
    return found


def told(columns, rows):
    return [dict(zip([c.name for c in columns], row, strict=True)) for row in rows]


def test_wilsons_interval():
    """Newcombe 1998, table I, method 3 (score, no continuity correction)."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(0, 0) == (None, None)


def test_recall_is_weighted_by_the_strata():
    """By hand: 20 of W+ = 100 are true by .5, of W- = 900 by .1: 50 / (50 + 90)."""
    some = judged(*["+a"] * 5, *["-a"] * 5, *["?a"] * 1, *[""] * 9)
    assert recall(some, "a", (100, 900)) == pytest.approx(50 / 140, abs=1e-12)
    assert recall(some, "a") == pytest.approx(5 / 6, abs=1e-12)


def test_recall_is_undefined_where_a_stratum_was_not_judged():
    assert recall(judged("+a", "-a"), "a", (10, 90)) is None
    assert recall(judged("", ""), "a") is None


def test_segments_drawn_with_less_chance_weigh_more():
    """By hand: missed 1 of weight 9, rightly left 1 of weight 1: p- = .9 of 10; found all 2."""
    some = [*judged("+a", "+a"), *judged("?a", weight=9.0), *judged("")]
    assert recall(some, "a", (2, 10)) == pytest.approx(2 / (2 + 9), abs=1e-12)


def test_the_interval_of_recall_resamples_documents():
    assert recall_interval(judged("+a", "?a"), "a") == (None, None)
    alike = [one for d in "DEFG" for one in judged("+a", "+a", "?a", "", document=d)]
    lo, hi = recall_interval(alike, "a", resamples=50)
    assert (lo, hi) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_a_code_has_one_row_with_its_counts():
    rows = told(VALIDATION, validation_rows(judged("+a", "+a", "-a", "?a", ""), ["a", "b"]))
    first = rows[0]
    assert [first[n] for n in ("tp", "fp", "fn")] == [2, 1, 1]
    assert (first["precision"], first["recall"]) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert first["f1"] == pytest.approx(2 / 3)
    assert (rows[1]["precision"], rows[1]["recall"], rows[1]["verdict"]) == (None, None, "too few")


def test_verdicts_say_whether_the_interval_bears_them_out():
    assert verdict(29, 30) == ("keep", True)
    assert verdict(8, 10) == ("keep", False)
    assert verdict(6, 10) == ("tighten", False)
    assert verdict(65, 100) == ("tighten", True)
    assert verdict(1, 20) == ("retire", True)
    assert verdict(4, 4) == ("too few", False)


def test_a_rule_is_right_where_its_code_is():
    rows = told(VALIDATION_RULES, rule_rows(judged("+a", "-a", "+b", "?a"), ["a"]))
    assert [(r["rule"], r["n_judged"], r["correct"], r["n_alone"], r["correct_alone"]) for r in rows] == [
        ("a:1", 2, 1, 2, 1)
    ]


def test_attributes_count_only_where_both_say_something():
    one = Judged(
        "D:1",
        "D",
        frozenset("ab"),
        frozenset("ab"),
        said={"a": {"polarity": "negated"}, "b": {"polarity": "affirmed"}},
        meant={"a": {"polarity": "affirmed"}, "b": {"polarity": "unassessed"}},
    )
    assert [row[:3] for row in attribute_rows([one], ["polarity", "holder"])] == [("polarity", 1, 0)]


def test_errors_come_with_the_cause_that_shows():
    refused = Judged("D:9", "D", frozenset("a"), frozenset(), refused={"a": ("negation", ("r",), ("不",))})
    some = [*judged("-a ?b", "?a", "-a"), refused]
    rows = told(VALIDATION_ERRORS, error_rows(some, ["a", "b"], {"a": "f", "b": "f"}))
    assert [(r["kind"], r["code"], r["cause"]) for r in rows] == [
        ("fp", "a", "other code"),
        ("fn", "b", "other code"),
        ("fn", "a", "missing term"),
        ("fp", "a", "ambiguous term"),
        ("fn", "a", "negation"),
    ]
