"""Lean columns say what the words themselves say, whatever is asked of them."""

from collections import Counter
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis import load
from qualcode.analysis.csvplaces import STRIDE
from qualcode.analysis.large import read_large
from qualcode.analysis.lean import Lean, lean, shown, within_reach
from qualcode.analysis.numbering import numbered_alike, places_of, stretches, tally
from qualcode.columns import TABLES, names
from qualcode.output.csvfile import open_csv, write_rows
from qualcode.problems import StudyError

texts = st.lists(st.sampled_from(["", "a", "数据", "b;c", "=1+1", "'x", "Z"]), max_size=40)


@given(texts, st.data())
def test_it_is_filtered_sorted_and_compared_as_text(values, data):
    plain, held = pd.Series(values, dtype=object), pd.Series(lean(values))
    assert held.tolist() == values
    mask = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))), dtype=bool
    )
    assert held[mask].tolist() == plain[mask].tolist()
    assert (held == "a").tolist() == (plain == "a").tolist()
    assert (held != "").tolist() == (plain != "").tolist()
    assert held.isin(["a", "b;c"]).tolist() == plain.isin(["a", "b;c"]).tolist()
    assert held.map({"a": 1, "": 2}).tolist() == [{"a": 1, "": 2}.get(v) for v in values]
    assert held.sort_values(kind="stable").tolist() == plain.sort_values(kind="stable").tolist()
    assert list(held.unique()) == list(plain.unique())
    assert held.duplicated().tolist() == plain.duplicated().tolist()
    codes, found = pd.factorize(held)
    theirs, known = pd.factorize(plain)
    assert (codes.tolist(), list(found)) == (theirs.tolist(), list(known))


@given(texts)
def test_it_is_grouped_and_joined_as_text(values):
    number = list(range(len(values)))
    plain = pd.DataFrame({"name": pd.Series(values, dtype=object), "n": number})
    held = pd.DataFrame({"name": lean(values), "n": number})
    assert held.groupby("name", sort=True)["n"].sum().tolist() == plain.groupby("name")["n"].sum().tolist()
    other = pd.DataFrame({"name": ["a", "数据"], "m": [1, 2]})
    assert held.merge(other, on="name", how="left")["m"].tolist() == pytest.approx(
        plain.merge(other, on="name", how="left")["m"].tolist(), nan_ok=True
    )
    both = pd.concat([held, held], ignore_index=True)
    assert both["name"].tolist() == values * 2


words = st.text(st.sampled_from("ab,\"\n\r;\\'=数据\U00020000 "), max_size=12)


def segment(document: str, n: int, text: str) -> tuple[object, ...]:
    row: dict[str, object] = {
        **{column.name: () if column.type == "list" else "" for column in TABLES["segments"]},
        "document_id": document,
        "segment_id": f"{document}:{n}",
        "turn": n % 3 or None,
        "speech": None,
        "start": n * 10,
        "end": n * 10 + len(text),
        "text": text,
        "codes": ("x", "y;z")[: n % 3],
        "speaker": text[:2],
        "codable": n % 2 == 0,
    }
    return tuple(row[name] for name in names("segments"))


def table_of(path: Path, rows: list[tuple[object, ...]], *, excel: bool = False) -> Path:
    with open_csv(path) as stream:
        write_rows(stream, "segments", rows, excel)
    return path


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    assert list(one.columns) == list(other.columns)
    for name in one.columns:
        assert [None if v is pd.NA else v for v in one[name].tolist()] == [
            None if v is pd.NA else v for v in other[name].tolist()
        ], name


@given(st.lists(words, max_size=30), st.booleans())
def test_a_large_table_reads_as_a_small_one(tmp_path_factory, held, excel):
    folder = tmp_path_factory.mktemp("large")
    rows = [segment(f"d/{n // 7}", n, text) for n, text in enumerate(held)]
    path = table_of(folder / "segments.csv", rows, excel=excel)
    same(read_large(path, "segments"), load.read_table(path, "segments"))


@pytest.mark.parametrize("count", [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, 3 * STRIDE + 5])
def test_words_are_found_in_the_file_wherever_they_stand(count, tmp_path, monkeypatch):
    monkeypatch.setattr("qualcode.analysis.csvplaces.BLOCK", 1000)
    rows = [segment(f"d{n // 50}", n, f'第{n}句，"引"\n与，' + "a" * (n % 9)) for n in range(count)]
    found = read_large(table_of(tmp_path / "segments.csv", rows), "segments")
    at = names("segments").index("text")
    assert found["text"].tolist() == [row[at] for row in rows]
    if count:
        order = np.random.default_rng(3).permutation(count)
        assert found["text"].iloc[order].tolist() == [rows[n][at] for n in order]
        assert found["text"].iloc[count - 1] == rows[-1][at]
        assert isinstance(found["text"].array, Lean)


def test_ids_are_found_again_in_another_table(tmp_path, monkeypatch):
    rows = [segment(f"d{n // 5}", n, "x") for n in range(20)]
    whole = read_large(table_of(tmp_path / "a.csv", rows), "segments")
    some = read_large(table_of(tmp_path / "b.csv", [rows[7], rows[3], segment("d9", 1, "x")]), "segments")
    assert places_of(some["segment_id"], whole["segment_id"]).tolist() == [7, 3, -1]
    plain = pd.Series(["d1:7", "d0:3", "d9:1"])
    assert places_of(plain, whole["segment_id"]).tolist() == [7, 3, -1]
    wanted = whole["segment_id"].isin(["d0:3", "nobody", "d1:7"]).to_numpy()
    assert wanted.nonzero()[0].tolist() == [3, 7]
    monkeypatch.setattr("qualcode.analysis.sources.KEYS", 7)
    monkeypatch.setattr("qualcode.analysis.numbering.AT_ONCE", 7)
    assert places_of(whole["segment_id"], whole["segment_id"]).tolist() == list(range(20))
    back = whole.iloc[::-1]
    assert places_of(whole["segment_id"], back["segment_id"]).tolist() == list(range(19, -1, -1))
    one, other = numbered_alike(whole["segment_id"], some["segment_id"])
    assert one[[7, 3]].tolist() == other[:2].tolist()


def test_another_file_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\r\n1,2\r\n")
    with pytest.raises(StudyError, match="no table of segments"):
        read_large(tmp_path / "x.csv", "segments")


def test_a_row_with_too_few_cells_is_refused(tmp_path):
    path = table_of(tmp_path / "segments.csv", [segment("d", n, "x") for n in range(4)])
    lines = path.read_text("utf-8").split("\n")
    lines[2] = lines[2].replace(",", "", 1)
    path.write_text("\n".join(lines), "utf-8", newline="")
    with pytest.raises(ValueError, match=r"too few cells|invalid literal"):
        read_large(path, "segments")


def test_words_out_of_the_order_of_their_file_are_read_where_they_stand(tmp_path, monkeypatch):
    monkeypatch.setattr("qualcode.analysis.csvplaces.BLOCK", 1000)
    rows = [segment(f"d{n // 50}", n, "'" * (n % 3) + f'第{n}句，"引"\n') for n in range(300)]
    frame = read_large(table_of(tmp_path / "segments.csv", rows), "segments")
    order = np.random.default_rng(5).integers(0, 300, 400)
    for name in ("text", "document_id"):
        column = frame[name].iloc[order].array
        assert within_reach(column).tolist() == column.tolist()


@given(st.lists(st.none() | st.integers(-9, 9), max_size=30), st.data())
def test_some_rows_show_whole_numbers_as_the_column_has_them(values, data):
    whole = pd.DataFrame({"n": pd.array(values, dtype="Int64"), "name": lean(["x"] * len(values))})
    rows = data.draw(st.lists(st.integers(0, max(len(values) - 1, 0)), max_size=len(values)))
    some, wanted = shown(whole, rows)["n"], whole["n"].iloc[rows]
    assert some.tolist() == [values[row] for row in rows]
    assert [some.iloc[n] for n in range(len(rows))] == [values[row] for row in rows]
    assert some.isna().tolist() == wanted.isna().tolist()
    assert some.to_numpy(np.int32, na_value=-1).tolist() == wanted.to_numpy(np.int32, na_value=-1).tolist()
    order = np.argsort(some.array.ranks(), kind="stable")
    assert order.tolist() == sorted(
        range(len(rows)), key=lambda n: (values[rows[n]] is None, values[rows[n]] or 0)
    )


@given(texts)
def test_values_are_tallied(values):
    assert tally(pd.Series(lean(values))) == tally(pd.Series(values, dtype=object)) == dict(Counter(values))


@given(st.lists(st.integers(0, 9), max_size=30).map(sorted), st.integers(1, 9))
def test_no_stretch_ends_within_a_key(keys, size):
    held = np.array(keys, dtype=np.int32)
    cut = [held[some].tolist() for some in stretches(held, size)]
    assert list(chain.from_iterable(cut)) == keys
    assert all(one[-1] != other[0] for one, other in pairwise(cut))
    assert all(len(some) >= size for some in cut[:-1])


def test_copies_of_a_frame_that_shows_rows_hold_no_more_than_it(tmp_path):
    rows = [segment(f"d{n // 5}", n, "x" * n) for n in range(40)]
    whole = read_large(table_of(tmp_path / "segments.csv", rows), "segments")
    frame = shown(whole, np.arange(39, -1, -1))
    again = frame.assign(more=1)[["document_id", "speaker", "text"]].reset_index(drop=True)
    assert again["text"].tolist() == ["x" * n for n in range(39, -1, -1)]
    assert all(again[name].array._rows is not None for name in again)
    twice = shown(again[3:30], [5, 0])
    assert twice["text"].tolist() == ["x" * 31, "x" * 36]
    assert twice["text"].array._rows is twice["document_id"].array._rows
