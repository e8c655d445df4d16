"""Days of transition around a border of phases: who lies in them belongs to no phase, and is listed."""

import datetime

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from qualcode.analysis.given import Given
from qualcode.analysis.periods import SURE, TRANSITION, phase_shares, placed
from qualcode.analysis.shift import nodes, placebo_dates, shift
from qualcode.analysis.straddles import straddle_rows, told_time
from qualcode.model import Phase

from .test_shift import AB, PHASES, rows, told

SLOW = (PHASES[0], Phase("P2", PHASES[1].start, PHASES[1].end, transition=90))
FIRST, LAST = datetime.date(2017, 1, 1), datetime.date(2022, 12, 31)


@drawn(st.dates(FIRST, LAST), st.integers(0, 900), st.integers(0, 200))
def test_every_day_is_of_one_phase_or_one_transition(start, length, wide):
    """Against counting day by day."""
    border = datetime.date.fromisoformat(PHASES[1].start)
    phases = (PHASES[0], Phase("P2", PHASES[1].start, PHASES[1].end, transition=wide))
    days = [start + datetime.timedelta(days=n) for n in range(length + 1)]
    counted = dict.fromkeys(("P1", TRANSITION + "P2", "P2"), 0)
    low, high = (datetime.date.fromisoformat(day) for day in (phases[0].start, phases[1].end))
    for day in days:
        if -wide <= (day - border).days < wide:
            counted[TRANSITION + "P2"] += 1
        elif low <= day < high:
            counted["P1" if day < border else "P2"] += 1
    shares = phase_shares(days[0].isoformat(), days[-1].isoformat(), phases)
    assert shares == pytest.approx({name: n / len(days) for name, n in counted.items() if n})
    sure = [name for name, n in counted.items() if n / len(days) >= SURE and not name.startswith(TRANSITION)]
    assert placed(days[0].isoformat(), days[-1].isoformat(), phases).phase == (sure[0] if sure else "")


def test_without_transition_nothing_changes():
    assert placed("2019-07", "2019-07", PHASES).phase == "P2"
    assert placed("2019-07", "2019-07", SLOW).phase == ""
    assert placed("2019-07", "2019-07", SLOW).note == "in the transition to P2"
    assert placed("2019-10", "2019-10", SLOW).phase == "P2"
    assert placed("2019", "2019", SLOW).note == "straddles P1|transition:P2|P2"


def test_what_lies_in_a_transition_is_listed_talk_and_documents(corpus):
    corpus.document("I1", "A", "A", t_about_start="2019-07-01", t_about_end="2019-07-31")
    corpus.document("D1", "A", kind="policy", t_about_start="2019-05-01")
    corpus.document("D2", "A", kind="policy", t_about_start="2018-05-01")
    listed = straddle_rows(corpus.documents, corpus.segments, SLOW)
    assert [(row[1], row[8]) for row in listed] == [
        ("D1:1", ("transition:P2=1.00",)),
        ("I1:1", ("transition:P2=1.00",)),
        ("I1:2", ("transition:P2=1.00",)),
    ]
    assert list(straddle_rows(corpus.documents, corpus.segments, PHASES)) == []
    assert told_time(corpus.documents, corpus.segments, SLOW).straddling == 2  # of talk


def test_a_contrast_leaves_the_days_of_transition_out(corpus):
    """I1 to I3 tell of 2018 and 2020 alike; what they tell of July 2019 must not enter."""
    for n in range(3):
        told(corpus, f"I{n}", _2018="A-", _2020="A-")
    corpus.document("J", "A", "A", t_about_start="2019-07-01", t_about_end="2019-07-31")
    (plain,) = rows(shift(Given(*corpus.tables, AB, PHASES)), code="A")
    made = shift(Given(*corpus.tables, AB, SLOW))
    (slow,) = rows(made, code="A")
    assert plain["n_after"] == slow["n_after"] == 3  # talk of one side alone enters nowhere
    assert any("within 90 days of 2019-06-25" in str(one) for one in made.remarks)
    fewer = shift(Given(*corpus.tables, AB, (PHASES[0], Phase("P2", "2019-06-25", "2024", transition=400))))
    assert rows(fewer, code="A")[0]["n_after"] == 0  # 2020 lies within 400 days: most of it


def test_placebos_keep_clear_of_the_transition(corpus):
    corpus.document("I1", "A", t_about_start="2018-01-01", t_about_end="2018-01-31")
    given = Given(*corpus.tables, AB, SLOW)
    (node,) = nodes(given)
    assert node.transition == 90
    windows = dict(placebo_dates(given, node))
    assert windows["2018-06-25"] == (PHASES[0].start, "2019-03-27")
    assert windows["2020-06-25"] == ("2019-09-23", PHASES[1].end)
