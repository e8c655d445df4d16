"""How a stretch of time is shared out over periods."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark

from qualcode.analysis.periods import phase_shares, placed
from qualcode.analysis.placing import periods, share_out
from qualcode.analysis.straddles import straddle_rows, told_time
from qualcode.model import Phase

from .conftest import Corpus

PHASES = (Phase("P1", "2016-09-05", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))
spans = st.tuples(st.dates(datetime.date(2015, 1, 1), datetime.date(2024, 1, 1)), st.integers(0, 900)).map(
    lambda pair: (pair[0].isoformat(), (pair[0] + datetime.timedelta(pair[1])).isoformat())
)


@given(spans, st.sampled_from(["year", "quarter"]))
def test_years_and_quarters_share_out_all_of_it(span, grain):
    held = share_out(grain, *span, whole=False)
    assert sum(share for _, share in held) == approx(1)
    assert [name for name, _ in held] == [p.name for p in periods(grain, [name for name, _ in held])]


@given(spans, st.sampled_from([3, 6, 12, 18]))
def test_rolling_windows_hold_each_day_as_often_as_they_overlap(span, window):
    assert sum(share for _, share in share_out("rolling", *span, whole=False, window=window)) == approx(
        window / 3
    )


def test_rolling_windows_are_named_by_their_months_and_move_by_a_quarter():
    found = list(periods("rolling", ["2018-01/2018-12", "2018-07/2019-06"]))
    assert [p.name for p in found] == ["2018-01/2018-12", "2018-04/2019-03", "2018-07/2019-06"]
    assert (found[1].start, found[1].end) == ("2018-04-01", "2019-04-01")


@mark.parametrize(
    ("start", "end", "phase", "note"),
    [
        ("2019-01-01", "2019-12-31", "", "straddles P1|P2"),  # .48 to .52
        ("2017-07-01", "2019-06-30", "P1", ""),  # 2018年那会儿 runs past the border by six days
        ("2019-01-01", "2021-05-18", "", "straddles P1|P2"),  # 2019年以来
        ("", "2018-12-31", "P1", ""),  # 2019年以前
        ("2020-01-01", "", "P2", ""),  # since 2020, undated
        ("2014-01-01", "2014-12-31", "", ""),  # before all phases
        ("2016-01-01", "2016-12-31", "", "only partly in P1"),  # .32
        ("2019-06-25", "2019-06-25", "P2", ""),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_a_phase_needs_four_fifths(start, end, phase, note):
    found = placed(start, end, PHASES)
    assert (found.phase, found.note) == (phase, note)


def test_the_year_of_the_border_is_divided_by_its_days():
    assert phase_shares("2019", "2019", PHASES) == {"P1": approx(175 / 365), "P2": approx(190 / 365)}


def test_straddling_talk_is_listed_with_its_shares(corpus: Corpus):
    corpus.document("I1", "A", t_about_start="2019-01-01", t_about_end="2019-12-31")
    corpus.document("I2", "A", "x", t_about_start="2018-01-01", t_about_end="2018-12-31")
    corpus.document("I3", "A")
    corpus.document("D1", "A", kind="policy", t_about_start="2019", t_about_end="2019")
    rows = straddle_rows(corpus.documents, corpus.segments, PHASES)
    assert [(row[1], row[8]) for row in rows] == [("I1:1", ("P1=0.48", "P2=0.52"))]
    told = told_time(corpus.documents, corpus.segments, PHASES)
    assert (told.segments, told.unknown, told.straddling, told.silent) == (3, 1, 1, ("I3",))
    assert told.share_unknown == approx(1 / 3)
    assert list(straddle_rows(corpus.documents, corpus.segments, ())) == []
