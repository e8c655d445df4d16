"""Whether a change hangs on how told times are placed."""

import pytest

from qualcode.analysis.given import Given
from qualcode.analysis.sensitivity import sensitivity
from qualcode.analysis.shift import shift
from qualcode.model import Event

from .test_shift import AB, PHASES, rows, told


def ways(corpus, code="A", **more):
    made = sensitivity(Given(*corpus.tables, AB, PHASES, **more))
    return {line["way"]: line for line in rows(made, "sensitivity", code=code)}, made


def test_strict_is_what_shift_says(corpus):
    for n in range(3):
        told(corpus, f"I{n}", _2018="AA", _2020="A-" if n % 2 else "--")
    strict = ways(corpus)[0]["strict"]
    (found,) = rows(shift(Given(*corpus.tables, AB, PHASES)), code="A")
    for name in ("n_segments", "n_documents", "n_quotes", "p_before", "p_after", "mean_diff", "lo", "hi"):
        assert strict[name] == found[name]


def test_a_straddling_year_counts_by_its_days(corpus):
    """2019 has 175 days before 25 June and 190 from it on."""
    told(corpus, "I1", _2018="A", _2019="A", _2020="-")
    found, _ = ways(corpus)
    before, after = 175 / 365, 190 / 365
    assert found["strict"]["p_after"] == 0.0 and found["strict"]["n_segments"] == 2
    assert found["fractional"]["p_before"] == pytest.approx((1 + before) / (1 + before))
    assert found["fractional"]["p_after"] == pytest.approx(after / (1 + after))


def test_the_days_around_the_node_are_left_out(corpus):
    from qualcode import columns

    from .conftest import row_of

    told(corpus, "I1", _2018="A", _2020="--")
    names = [column.name for column in columns.TABLES["segments"]]
    cells = dict(zip(names, corpus.segment_rows[-1], strict=True))
    day = {"t_about_start": "2019-07-01", "t_about_end": "2019-07-31"}  # within 90 days of 25 June
    corpus.segment_rows[-1] = row_of("segments", **cells | day)
    found, _ = ways(corpus)
    assert (found["strict"]["n_segments"], found["buffer"]["n_segments"]) == (3, 2)


def test_a_difference_that_turns_is_told(corpus):
    """By hand: 1/2 to 4/10 falls; with 20 segments of 2019 on both sides 1/11.6 to 4/20.4 rises."""
    told(corpus, "I1", _2018="A-", _2019="-" * 20, _2020="AAAA------")
    found, made = ways(corpus)
    assert found["strict"]["mean_diff"] < 0 < found["fractional"]["mean_diff"]
    assert found["strict"]["agrees"] == found["buffer"]["agrees"] == "no"
    assert str(made.remarks[0]).startswith("1 differences change their sign")


def test_events_of_the_type_placebo_are_the_dates_tried(corpus):
    for n in range(3):
        told(corpus, f"I{n}", _2017="A", _2018="A", _2020="-", _2021="-")
    events = (Event("E", "2018-01-01", type="placebo"), Event("X", "2021-01-01"))
    tried = {line["placebo"] for line in rows(shift(Given(*corpus.tables, AB, PHASES, events)), "placebo")}
    assert tried == {"2018-01-01"}
