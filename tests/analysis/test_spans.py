"""Spans read as numbers are those written, and overlapping is what it is span by span."""

from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.large import read_large
from qualcode.analysis.spans import overlapping, spans_of
from qualcode.output.csvfile import open_csv, write_rows

from .conftest import row_of

span = st.tuples(st.integers(0, 30), st.integers(0, 6)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))
codings = st.lists(st.tuples(st.booleans(), st.lists(span, max_size=3)), max_size=12)


def written(spans):
    return tuple(f"{start}-{end}" for start, end in spans)


@given(codings, st.randoms())
def test_spans_are_those_written(drawn, random):
    column = pd.Series([written(spans) for _, spans in drawn], dtype=object)
    rows = [n for n in range(len(drawn)) if random.random() < 0.7]
    random.shuffle(rows)
    found = list(zip(*(part.tolist() for part in spans_of(column, np.array(rows, int))), strict=True))
    assert found == [(n, *one) for n, row in enumerate(rows) for one in drawn[row][1]]


def test_spans_of_a_large_table_are_read_from_its_file(tmp_path):
    spans = [((0, 2), (5, 9)), (), ((3, 4),)] * 100
    with open_csv(tmp_path / "coded_segments.csv") as stream:
        rows = (
            row_of("coded_segments", segment_id=f"d:{n}", document_id="d", spans=written(one))
            for n, one in enumerate(spans)
        )
        write_rows(stream, "coded_segments", rows)
    column = read_large(tmp_path / "coded_segments.csv", "coded_segments")["spans"]
    row, start, end = spans_of(column, np.array([299, 0, 1, 65]))
    found = sorted(zip(row.tolist(), start.tolist(), end.tolist(), strict=True))
    assert found == [(0, 3, 4), (1, 0, 2), (1, 5, 9), (3, 3, 4)]


@given(codings)
def test_overlapping_is_that_of_any_two_spans_of_a_group(drawn):
    group = np.cumsum([new for new, _ in drawn]).astype(int)
    column = pd.Series([written(spans) for _, spans in drawn], dtype=object)
    wanted = {
        int(one)
        for (one, (_, first)), (other, (_, second)) in combinations(zip(group, drawn, strict=True), 2)
        if one == other and any(a < d and c < b for a, b in first for c, d in second)
    }
    found = overlapping(column, np.arange(len(drawn)), group).tolist()
    inside = {int(group[n]) for n in found}
    assert wanted <= inside and found == [n for n, one in enumerate(group.tolist()) if one in inside]
    if all(len(spans) < 2 and all(a < b for a, b in spans) for _, spans in drawn):
        assert inside == wanted  # else spans of one coding may overlap, too
