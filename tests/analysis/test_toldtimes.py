"""Stretches of time looked up give every segment the phase that it would be given by itself."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis import toldtimes
from qualcode.analysis.periods import phase_of, placed
from qualcode.analysis.toldtimes import ToldTimes, places
from qualcode.model import Phase

PHASES = (
    Phase("P1", "2016-09-05", "2019-06-25"),
    Phase("P2", "2019-06-25", "2023-12-31", transition=90),
)
days = st.sampled_from(["", "2016", "2018-12", "2019", "2019-06-20", "2020-01-01", "2031"])
segments = st.lists(st.tuples(days, days, st.booleans()), max_size=30)


@given(segments, st.integers(1, 9), st.data())
def test_each_segment_is_in_the_phase_of_its_stretch(held, at_once, data):
    starts, ends = (pd.Series([one[n] for one in held], dtype=object) for n in (0, 1))
    rows = data.draw(st.none() | st.lists(st.integers(0, max(len(held) - 1, 0)), max_size=len(held)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(toldtimes, "AT_ONCE", at_once)
        told = ToldTimes.of(starts, ends, rows if rows is None else np.array(rows, dtype=np.int32))
    some = [held[row] for row in (range(len(held)) if rows is None else rows)]
    assert [told.spans[n] for n in told.which.tolist()] == [one[:2] for one in some]
    assert told.spans == list(dict.fromkeys(one[:2] for one in some))
    talk = np.array([one[2] for one in some], dtype=bool)
    assert places(told, PHASES, talk).tolist() == [
        placed(start, end, PHASES).phase if spoken else phase_of(start, end, PHASES)
        for start, end, spoken in some
    ]
