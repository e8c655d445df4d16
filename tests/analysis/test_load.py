"""A table read from its CSV is the table that was made."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.load import frame, read_table
from qualcode.output.csvfile import write_rows
from qualcode.problems import StudyError

words = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)
items = st.lists(words.filter(bool), max_size=3).map(tuple)
events = st.tuples(words, words, words, words, words, words, st.booleans(), words, words)
refusals = st.tuples(words, words, words, words, st.integers(0, 9), st.integers(0, 9), words, items)


def written(rows, table):
    stream = io.StringIO(newline="")
    write_rows(stream, table, rows)
    return stream.getvalue().encode()


@given(st.lists(events, max_size=4))
def test_written_then_read_is_the_same_words_and_answers(rows):
    assert read_table(written(rows, "events"), "events").equals(frame(rows, "events"))


@given(st.lists(refusals, max_size=4))
def test_written_then_read_is_the_same_numbers_and_lists(rows):
    assert read_table(written(rows, "uncoded"), "uncoded").equals(frame(rows, "uncoded"))


def test_what_is_not_known_stays_unknown():
    rows = [("I1", "I1:1", "", "", None, None, "好", ())]
    table = read_table(written(rows, "uncoded"), "uncoded")
    assert table["start"].isna().all() and table["refused"][0] == ()


def test_columns_of_an_earlier_version_come_out_empty():
    table = read_table(b"event_id,date\r\nE1,2019-06-25\r\n", "events")
    assert list(table["date"]) == ["2019-06-25"] and list(table["type"]) == [""] and not table["node"][0]


def test_some_other_file_is_refused():
    with pytest.raises(StudyError, match="no column 'event_id'"):
        read_table(b"a,b\r\n1,2\r\n", "events")
