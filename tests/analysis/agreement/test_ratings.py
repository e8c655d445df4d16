"""From tables of codings to who said what about which segment."""

from collections import Counter

import pytest

from qualcode.analysis.agreement.gold import Unit, placed, read_gold, read_units, spans_as_units
from qualcode.analysis.agreement.ratings import ratings_of
from qualcode.analysis.agreement.table import agreement_rows, disagreement_rows, groups, measured
from qualcode.columns import AGREEMENT, DISAGREEMENTS
from qualcode.model import Span

HEAD = "document_id,start,end,code,coder\n"
UNITS = [Unit("D", Span(start, start + 10), f"第{start}句") for start in range(0, 50, 10)]


def gold(*rows):
    found, problems = read_gold(HEAD + "\n".join(rows), "gold.csv")
    assert problems == []
    return found


def sets(held, units=UNITS):
    ratings = ratings_of(units, held.given, held.coders)
    return [tuple(None if s is None else "".join(sorted(s)) for s in row) for row in ratings.sets]


def test_what_nobody_coded_is_a_value():
    held = gold("D,0,10,a,anna", "D,0,10,a,ben", "D,10,20,b,ben")
    assert sets(held) == [("a", "a"), ("", "b"), ("", ""), ("", ""), ("", "")]


def test_a_document_without_a_row_was_not_seen():
    held = gold("D,0,10,a,anna", "E,0,10,a,ben")
    assert sets(held, [UNITS[0], Unit("E", Span(0, 10))]) == [("a", None), (None, "a")]


def test_rows_without_a_code_say_what_was_seen():
    held = gold("D,0,10,,anna", "D,10,20,a,anna", "D,0,10,a,ben")
    assert sets(held)[:3] == [("", "a"), ("a", ""), (None, "")]


def test_a_filled_sheet_is_read_like_a_table_of_codings():
    sheet = (
        "segment_id,document_id,start,end,coder,speaker,question,text,note,fear,rule\n"
        "D:1,D,0,10,anna,某甲,问,答,,1,\nD:2,D,10,20,anna,某甲,问,答,不好说,否,x\nD:3,D,20,30,anna,,,,,,\n"
    )
    held, problems = read_gold(sheet, "sheet.csv")
    assert problems == []
    assert held.codes == ("fear", "rule")
    assert sets(held) == [("fear",), ("rule",), ("",)]


def test_spans_that_do_not_fit_units_go_where_they_mostly_lie():
    on, lost = placed(UNITS, gold("D,0,16,a,x", "D,21,24,b,x", "D,90,95,c,x").given)
    assert [[g.code for g in here] for here in on] == [["a"], ["a"], ["b"], [], []]
    assert [g.code for g in lost] == ["c"]


@pytest.mark.parametrize("row", ["D,x,10,a,anna", "D,10,3,a,anna", ",0,10,a,anna", "D,0,10,a,"])
def test_a_row_that_cannot_be_used_is_a_problem_with_its_line(row):
    held, problems = read_gold(HEAD + "D,0,10,a,anna\n" + row, "gold.csv")
    assert len(held.given) == 1
    assert [(p.kind, p.place.line) for p in problems] == [("bad-coding", 3)]


def test_some_other_table_is_no_codings():
    assert [p.kind for p in read_gold("name,age\nx,3\n", "t.csv")[1]] == ["no-codings"]


def test_an_interviewers_segments_are_no_units():
    table = "document_id,start,end,role\nD,0,5,interviewer\nD,5,9,respondent\n"
    assert [u.span for u in read_units(table, "u.csv")[0]] == [Span(5, 9)]


def test_without_units_the_places_coded_are_all_there_is():
    assert [u.span for u in spans_as_units(gold("D,5,9,a,x", "D,0,4,a,y", "D,0,4,b,x").given)] == [
        (0, 4),
        (5, 9),
    ]


def test_the_standard_and_the_machine_are_nobodys_colleagues():
    assert groups(("a", "adjudicated", "b", "c", "machine"))[0] == ("a", "b", "c")
    assert groups(("adjudicated", "machine")) == [("adjudicated", "machine")]


def test_the_table_says_undefined_and_why_there_is_no_interval():
    held = gold("D,0,10,a,anna", "D,0,10,a,ben", "D,10,20,a,ben")
    ratings = ratings_of(UNITS, held.given, held.coders)
    names = [c.name for c in AGREEMENT]
    rows = [dict(zip(names, row, strict=True)) for row in agreement_rows(ratings, ["a", "z"])]
    by = {(r["level"], r["code"], r["coefficient"]): r for r in rows}
    assert by["code", "a", "percent"]["value"] == 0.8
    assert by["code", "a", "positive"]["value"] == pytest.approx(2 / 3)
    # By hand: Po .8, Pe (1*2 + 4*3) / 25.
    assert by["code", "a", "cohen"]["value"] == pytest.approx((0.8 - 14 / 25) / (1 - 14 / 25), abs=1e-9)
    assert by["code", "z", "cohen"]["value"] is None
    assert by["code", "z", "cohen"]["note"].startswith("undefined")
    assert by["code", "a", "cohen"]["note"].startswith("no interval")
    assert by["all codes", "", "percent"]["n_units"] == 10


def test_intervals_resample_documents_not_segments():
    alike = {name: Counter({(True, True): 3, (False, False): 6, (True, False): 1}) for name in "abcd"}
    value, (lo, hi) = measured(alike, "percent", resamples=50)
    assert (value, lo, hi) == (0.9, pytest.approx(0.9), pytest.approx(0.9))
    apart = alike | {"e": Counter({(True, False): 10})}
    value, (lo, hi) = measured(apart, "percent", resamples=200)
    assert lo < value < hi


def test_disagreements_stand_side_by_side_with_the_standard_apart():
    held = gold(
        "D,0,10,a,anna",
        "D,0,10,a,ben",
        "D,0,10,b,ben",
        "D,10,20,a,anna",
        "D,10,20,a,ben",
        "D,0,10,b,adjudicated",
    )
    ratings = ratings_of(UNITS, held.given, held.coders)
    (row,) = disagreement_rows(ratings, ["a", "b"])
    assert held.coders == ("adjudicated", "anna", "ben")
    told = dict(zip([*(c.name for c in DISAGREEMENTS), *held.coders], row, strict=True))
    assert (told["agreed"], told["differ"], told["decision"]) == (("a",), ("b",), "")
    assert (told["anna"], told["ben"], told["adjudicated"]) == (("a",), ("a", "b"), ("b",))
