"""Change at a node: documents are what is arranged, placebos see one side only, weak designs give no p."""

import math

import pytest
from scipy import stats

from qualcode.analysis.given import Given
from qualcode.analysis.shift import shift
from qualcode.model import Event, Phase

from .conftest import Corpus, codebook_of, row_of

AB = codebook_of("A", "B")
PHASES = (Phase("P1", "2016-01-01", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))


def told(corpus: Corpus, name: str, **years: str) -> Corpus:
    """An interview that tells of years: `_2018="AA--"` is four segments, two with A."""
    rows = [(year[1:], code) for year, codes in years.items() for code in codes]
    corpus.document(name, *[code if code in "AB" else "-" for _, code in rows])
    start = len(corpus.segment_rows) - len(rows)
    names = list(corpus.segments.columns)
    for n, (year, _) in enumerate(rows):
        cells = dict(zip(names, corpus.segment_rows[start + n], strict=True))
        cells |= {"t_about_start": f"{year}-01-01", "t_about_end": f"{year}-12-31"}
        corpus.segment_rows[start + n] = row_of("segments", **cells)
    return corpus


def policies(corpus: Corpus, year: int, *documents: str) -> Corpus:
    for n, codes in enumerate(documents):
        day = f"{year}-03-0{n + 1}"
        corpus.document(
            f"D{year}-{n}",
            *codes.replace("-", " - ").split(),
            kind="policy",
            t_about_start=day,
            t_about_end=day,
        )
    return corpus


def rows(made, table="shift", **where):
    found = made.tables[table]
    for name, value in where.items():
        found = found[(found[name] == value).to_numpy(dtype=bool)]
    return found.to_dict("records")


def test_each_interview_is_compared_with_itself(corpus):
    """By hand: falls of 1, .5, 1, .5, 1, .5: mean -.75, all of one sign: 2 of 64 arrangements."""
    for n in range(6):
        told(corpus, f"I{n}", _2018="AA", _2020="A-" if n % 2 else "--")
    told(corpus, "I9", _2018="AAAA")  # tells of one side only
    (found,) = rows(shift(Given(*corpus.tables, AB, PHASES)), code="A")
    assert (found["n_documents"], found["n_segments"], found["n_quotes"]) == (6, 24, 15)
    assert found["mean_diff"] == pytest.approx(-0.75) and (found["n_up"], found["n_down"]) == (0, 6)
    assert found["p"] == found["p_floor"] == 2 / 64
    assert found["p_holm"] == 2 / 64  # B differs nowhere and can show nothing, so one code is tested
    assert found["h"] == pytest.approx(2 * math.asin(0.5) - math.pi)
    assert (found["loo_min"], found["loo_max"]) == (pytest.approx(-0.8), pytest.approx(-0.7))


def test_five_interviews_are_not_tested(corpus):
    for n in range(5):
        told(corpus, f"I{n}", _2018="A", _2020="-")
    (found,) = rows(shift(Given(*corpus.tables, AB, PHASES)), code="A")
    assert math.isnan(found["p"]) and "5 of at least 6" in found["note"]
    assert found["mean_diff"] == -1


def test_documents_exchange_their_dates_and_agree_with_scipy(corpus):
    policies(corpus, 2018, "A", "AA-".replace("A", "A "), "A A", "A -")
    policies(corpus, 2020, "-", "A -", "-", "- -", "A - -")
    (found,) = rows(shift(Given(*corpus.tables, AB, PHASES)), code="A")
    before, after = [1, 2 / 3, 1, 1 / 2], [0, 1 / 2, 0, 0, 1 / 3]
    theirs = stats.permutation_test(
        (after, before), lambda x, y: abs(sum(x) / len(x) - sum(y) / len(y)), alternative="greater"
    )
    assert found["basis"] == "document" and found["p"] == pytest.approx(theirs.pvalue)
    assert found["mean_diff"] == pytest.approx(sum(after) / 5 - sum(before) / 4)


def test_three_documents_on_each_side_are_not_tested(corpus):
    policies(policies(corpus, 2018, "A", "A", "A"), 2020, "-", "-", "-")
    (found,) = rows(shift(Given(*corpus.tables, AB, PHASES)), code="A")
    assert math.isnan(found["p"]) and "at least 3 and 5" in found["note"]


def test_talk_and_documents_are_never_added(corpus):
    told(policies(corpus, 2018, "A"), "I1", _2018="A", _2020="-")
    found = rows(shift(Given(*corpus.tables, AB, PHASES)), code="A")
    assert [(r["basis"], r["kind"]) for r in found] == [("about", "interview"), ("document", "policy")]


def test_a_placebo_sees_one_side_of_the_node_only(corpus):
    """The true change at the node must not leak into 2018: before it A is everywhere, after it nowhere."""
    for n in range(6):
        told(corpus, f"I{n}", _2016="AA", _2018="AA", _2020="--", _2021="--")
    made = shift(Given(*corpus.tables, AB, PHASES, placebos=("2018-01-01", "2021-01-01", "2030-01-01")))
    found = rows(made, "placebo", code="A")
    assert [(r["placebo"], r["start"], r["end"]) for r in found] == [
        ("2018-01-01", "2016-01-01", "2019-06-25"),
        ("2021-01-01", "2019-06-25", "2024-01-01"),
    ]
    assert [r["mean_diff"] for r in found] == [0, 0]
    assert rows(made, code="A")[0]["placebo_rank"] == 1


def test_the_scan_finds_where_the_change_lies_and_tests_all_dates_at_once(corpus):
    """By hand: all six change alike at 2018, so the largest of any arrangement is largest in 2 of 64."""
    for n in range(6):
        told(corpus, f"I{n}", _2016="AAAA", _2017="AAAA", _2018="--", _2019="-", _2020="-", _2021="-")
    found = rows(shift(Given(*corpus.tables, AB, PHASES)), "scan", code="A")
    largest = [r for r in found if r["largest"]]
    # quarters inside 2017 or 2018 divide what is told of that year, which then enters on neither side
    assert [r["date"] for r in largest] == [
        *("2017-04-01", "2017-07-01", "2017-10-01", "2018-01-01"),
        *("2018-04-01", "2018-07-01", "2018-10-01"),
    ]
    assert [r["mean_diff"] for r in largest] == pytest.approx([-1] * 7)
    assert {r["p"] for r in found} == {2 / 64} and len(found) > 5
    assert any(r["date"] == "2019-06-25" for r in found)


def test_gaps_between_phases_are_no_node_and_near_events_are_told(corpus):
    told(corpus, "I1", _2018="A", _2020="-")
    apart = (PHASES[0], Phase("P2", "2020-01-01", "2024-01-01"))
    made = shift(Given(*corpus.tables, AB, apart))
    assert made.tables["shift"].empty and any("touch" in str(r) for r in made.remarks)
    events = (Event("E1", "2018-06-28"), Event("E2", "2019-06-25"), Event("E3", "2016"))
    told_of = [str(r) for r in shift(Given(*corpus.tables, AB, PHASES, events)).remarks]
    assert "within a year of 2019-06-25: E1 (2018-06-28)" in told_of


def test_reversing_time_reverses_the_difference_and_keeps_p(corpus):
    other = Corpus()
    for n, (one, two) in enumerate(
        [("AA-", "-"), ("A-", "--"), ("AB", "--"), ("-", "A"), ("A", "-"), ("AA", "B")]
    ):
        told(corpus, f"I{n}", _2018=one, _2020=two)
        told(other, f"I{n}", _2018=two, _2020=one)
    (a,) = rows(shift(Given(*corpus.tables, AB, PHASES)), code="A")
    (b,) = rows(shift(Given(*other.tables, AB, PHASES)), code="A")
    assert a["mean_diff"] == pytest.approx(-b["mean_diff"]) and a["p"] == b["p"]
    assert a["log_or"] == pytest.approx(-b["log_or"])


def test_the_order_of_tables_does_not_matter(corpus):
    for n in range(7):
        told(corpus, f"I{n}", _2018="A" * (n % 3) + "-", _2020="-A" * (n % 2) + "-")
    turned = [table.iloc[::-1].reset_index(drop=True) for table in corpus.tables]
    one, two = shift(Given(*corpus.tables, AB, PHASES)), shift(Given(*turned, AB, PHASES))
    for name in one.tables:
        assert one.tables[name].equals(two.tables[name]), name
