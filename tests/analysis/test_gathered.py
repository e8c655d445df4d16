"""Segments put together by document and stretch of time are counted as one by one."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis import gathered, shift
from qualcode.analysis.contrast import Sides
from qualcode.analysis.gathered import Gathered
from qualcode.analysis.given import Given
from qualcode.model import Phase

from .conftest import Corpus, codebook_of

AB = codebook_of("A", "A.x", "B")
PHASES = (Phase("P1", "2016-01-01", "2019-01-01"), Phase("P2", "2019-01-01", "2023-12-31"))
times = st.sampled_from(["", "2017", "2018-03", "2020"])
words = st.lists(st.sampled_from(["A@0-2", "A.x", "B A", "-", "x"]), min_size=1, max_size=6)
documents = st.lists(
    st.tuples(times, words, st.sampled_from(["interview", "policy"])), min_size=1, max_size=8
)


@given(documents, st.integers(1, 4))
def test_documents_have_the_segments_of_a_phase(held, at_once):
    corpus = Corpus()
    for n, (day, segments, kind) in enumerate(held):
        corpus.document(f"D{n}", *segments, kind=kind, t_about_start=day, t_about_end=day)
    asked = Given(*corpus.tables, AB, PHASES)
    codes = ("A", "B")
    for kind in ("interview", "policy"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gathered, "AT_ONCE", at_once)
            found = Gathered.of(asked, kind, codes)
        rows = [row for row, one in enumerate(asked.kinds) if one == kind]
        names = list(dict.fromkeys(asked.names[row] for row in rows))
        assert found.count == len(names)
        place = np.array(found.placed(PHASES), dtype=object)
        for phase in ("P1", "P2"):
            inside = [row for row in rows if asked.placed_in(PHASES)[row] == phase]
            assert found.exposure(place == phase).tolist() == counted(asked, names, inside)
            for n, code in enumerate(codes):
                has = asked.has(code)
                own = [row for row in inside if has[row]]
                assert found.found(n, place == phase).tolist() == counted(asked, names, own)


def counted(asked, names, rows):
    counts = Counter(asked.names[row] for row in rows)
    return [counts[name] for name in names]


@pytest.mark.parametrize("test", [shift.paired_max, shift.grouped_max])
def test_the_largest_difference_is_tested_alike_however_much_is_held(test, monkeypatch):
    draw = np.random.default_rng(3)
    dates = []
    for late in (3, 5, 7):
        before, after = draw.integers(1, 9, size=(2, 9)).astype(float)
        if test is shift.grouped_max:
            before[late:] = after[:late] = 0
        marks = draw.random((2, 5, 9))

        def found(code, before=before, after=after, marks=marks):
            return np.floor(before * marks[0, code]), np.floor(after * marks[1, code])

        dates.append(Sides(test is shift.paired_max, before, after, found))
    values, tests = test(dates, 5, 7)
    monkeypatch.setattr(shift, "NUMBERS", 60)
    again, tested = test(dates, 5, 7)
    assert (again == values).all() and tested == tests
