"""Shares over time: exposure first, documents before segments, nothing added that must stay apart."""

import math
import random

import pytest
from pandas.testing import assert_frame_equal

from qualcode.analysis.basis import DECIDED
from qualcode.analysis.load import frame
from qualcode.analysis.placing import GRAINS, ROLLING
from qualcode.analysis.timeline import event_rows, timeline
from qualcode.model import Event, Phase

from .conftest import Corpus, codebook_of

AB = codebook_of("A", "A.x", "B")
PHASES = (Phase("P1", "2016-09-05", "2019-06-25"), Phase("P2", "2019-06-25", "2023-12-31"))


def policy(corpus: Corpus, name: str, date: str, *segments: str, **about: object) -> Corpus:
    return corpus.document(
        name, *segments, kind="policy", t_said=date, t_about_start=date, t_about_end=date, **about
    )


def row(table, **where):
    for name, value in where.items():
        table = table[(table[name] == value).to_numpy(dtype=bool)]
    assert len(table) == 1, table
    return table.iloc[0].to_dict()


def test_macro_is_the_mean_over_documents_and_micro_the_share_of_segments(corpus):
    """By hand: D1 has A in 1 of 1, D2 in 1 of 3: micro 2/4, macro (1 + 1/3) / 2."""
    policy(corpus, "D1", "2019-03-01", "A@0-2")
    policy(corpus, "D2", "2019-08-01", "A@0-2", "-", "-")
    found = row(timeline(*corpus.tables, AB), grain="year", code="A")
    assert (found["share_micro"], found["share_macro"]) == (0.5, pytest.approx(2 / 3))
    assert (found["n_segments"], found["exposure_segments"], found["exposure_documents"]) == (2, 4, 2)
    assert math.isnan(found["lo"]) and "2 documents only" in found["note"]


def test_empty_periods_are_listed_without_a_share(corpus):
    policy(corpus, "D1", "2017", "A")
    policy(corpus, "D2", "2019", "-")
    table = timeline(*corpus.tables, AB)
    years = table[(table["grain"] == "year") & (table["code"] == "A")]
    assert list(years["period"]) == ["2017", "2018", "2019"]
    assert list(years["exposure_segments"]) == [1, 0, 1]
    assert list(years["share_micro"].fillna(-1)) == [1, -1, 0]
    assert list(years["start"]) == ["2017-01-01", "2018-01-01", "2019-01-01"]


def test_a_year_has_no_quarter(corpus):
    policy(corpus, "D1", "2019", "A")
    policy(corpus, "D2", "2019-05", "A")
    policy(corpus, "D3", "2019-11-30", "-")
    table = timeline(*corpus.tables, AB)
    quarters = table[(table["grain"] == "quarter") & (table["code"] == "A")]
    assert list(quarters["period"]) == ["2019-Q2", "2019-Q3", "2019-Q4"]
    assert list(quarters["n_documents"]) == [1, 0, 0] and list(quarters["end"])[-1] == "2020-01-01"
    assert quarters["note"].str.contains("1 dated document of this kind are known by year only").all()


def test_phases_are_half_open_and_a_straddling_date_is_in_none(corpus):
    policy(corpus, "D1", "2019-06-24", "A")
    policy(corpus, "D2", "2019-06-25", "A")
    policy(corpus, "D3", "2019", "A")
    table = timeline(*corpus.tables, AB, PHASES)
    phases = table[(table["grain"] == "phase") & (table["code"] == "A")]
    assert list(phases["period"]) == ["P1", "P2"] and list(phases["exposure_documents"]) == [1, 1]


def test_talk_is_dated_by_when_it_was_held_and_has_no_phase(corpus):
    corpus.document("I1", "A", kind="interview", t_said="2021-03-04")
    table = timeline(*corpus.tables, AB, PHASES)
    assert set(table["basis"]) == {"said"} and set(table["grain"]) == {"year", "quarter"}


def test_kinds_and_modalities_are_never_summed(corpus):
    policy(corpus, "D1", "2019", "A", modality="normative")
    policy(corpus, "D2", "2019", "A", modality="actual")
    corpus.document("M1", "A", kind="minutes", t_about_start="2019", t_about_end="2019", modality="actual")
    table = timeline(*corpus.tables, AB)
    years = table[(table["grain"] == "year") & (table["code"] == "A")]
    assert sorted(zip(years["kind"], years["modality"], years["n_segments"], strict=True)) == [
        ("minutes", "actual", 1),
        ("policy", "actual", 1),
        ("policy", "normative", 1),
    ]


def test_a_parent_counts_a_segment_once_and_every_coding(corpus):
    policy(corpus, "D1", "2019", "A@0-2 A.x@4-6")
    found = row(timeline(*corpus.tables, AB), grain="year", code="A")
    assert (found["n_codings"], found["n_segments"], found["share_micro"]) == (2, 1, 1)


def test_exposure_counts_characters_that_are_not_blank(corpus):
    policy(corpus, "D1", "2019", "-")
    corpus.segment_rows = [
        tuple("一 二\n" if cell == "第1句，说的是-" else cell for cell in line)
        for line in corpus.segment_rows
    ]
    assert set(timeline(*corpus.tables, AB)["exposure_characters"]) == {2}


def test_three_documents_have_an_interval_that_holds_the_mean(corpus):
    for number, words in enumerate(("A", "-", "A", "-")):
        policy(corpus, f"D{number}", "2019", words, "-")
    found = row(timeline(*corpus.tables, AB, seed=3), grain="year", code="A")
    assert 0 <= found["lo"] < found["share_macro"] == 0.25 < found["hi"] <= 0.5 and found["note"] == ""


def test_undated_and_unknown_material_is_in_no_row(corpus):
    corpus.document("X", "A", kind="").document("I", "A", kind="interview")
    assert timeline(*corpus.tables, AB).empty


def test_events_name_the_phases_they_part():
    events = (Event("E2", "2019-06-25", {"zh": "会议"}, node=True), Event("E1", "2018", {"": "Notice"}))
    table = frame(event_rows(events, PHASES), "events")
    assert list(table["event_id"]) == ["E1", "E2"]
    assert list(table["phase_before"]) == ["", "P1"] and list(table["phase_after"]) == ["", "P2"]


def about(corpus: Corpus, name: str, start: str, end: str, *segments: str) -> Corpus:
    return corpus.document(name, *segments, t_said="2021-05-18", t_about_start=start, t_about_end=end)


def test_told_time_is_shared_out_over_years(corpus):
    """By hand: I1 tells of 61 days, 31 of them in 2018; its one segment with A weighs 31/61 there."""
    about(corpus, "I1", "2018-12-01", "2019-01-30", "A", "-")
    told = timeline(*corpus.tables, AB)
    told = told[(told["basis"] == "about").to_numpy(dtype=bool)]
    found = row(told, grain="year", code="A", period="2018")
    assert found["w_segments"] == pytest.approx(31 / 61) and found["w_exposure"] == pytest.approx(62 / 61)
    assert (found["n_segments"], found["exposure_segments"], found["share_micro"]) == (1, 2, 0.5)


def test_told_phases_leave_straddling_segments_out_and_say_how_many(corpus):
    about(corpus, "I1", "2018-01-01", "2018-12-31", "A")
    about(corpus, "I2", "2019-01-01", "2019-12-31", "A")
    about(corpus, "I3", "", "", "A")
    told = timeline(*corpus.tables, AB, PHASES, grains=("phase",))
    assert set(told["basis"]) == {"about"}
    found = row(told, code="A", period="P1")
    assert (found["n_segments"], found["exposure_segments"], found["w_exposure"]) == (1, 1, 1)
    assert "of 1 of 3 segments the time is not known; 1 lie in no one phase" in found["note"]
    assert row(told, code="A", period="P2")["exposure_segments"] == 0


def test_open_times_have_a_phase_and_no_year(corpus):
    about(corpus, "I1", "", "2018-12-31", "A")
    told = timeline(*corpus.tables, AB, PHASES)
    told = told[(told["basis"] == "about").to_numpy(dtype=bool)]
    assert set(told["grain"]) == {"phase"} and row(told, code="A", period="P1")["n_segments"] == 1


def test_rolling_windows_count_a_segment_in_each_that_holds_it(corpus):
    about(corpus, "I1", "2018-05-01", "2018-05-31", "A")
    told = timeline(*corpus.tables, AB, grains=("rolling",), window=6)
    told = told[(told["basis"] == "about") & (told["code"] == "A")]
    assert list(told["period"]) == ["2018-01/2018-06", "2018-04/2018-09"]


def test_a_table_is_the_same_however_much_is_counted_at_a_time(corpus, monkeypatch):
    draw = random.Random(5)
    for n in range(9):
        segments = [draw.choice(["A@0-2", "A.x B", "A A.x", "-", "x"]) for _ in range(draw.randint(1, 6))]
        day = draw.choice(["2018-03", "2019", "", "2020-05-01"])
        if n % 2:
            policy(corpus, f"D{n}", day, *segments, modality=draw.choice(["obligation", "actual"]))
        else:
            corpus.document(f"I{n}", *segments, t_said="2021-01-01", t_about_start=day, t_about_end=day)
    machine = corpus.codings.iloc[::2]
    asked = {"grains": (*GRAINS, ROLLING), "machine": machine, "whose": DECIDED}
    status = [draw.choice(["accepted", "added", "unreviewed"]) for _ in corpus.coding_rows]
    codings = corpus.codings.assign(status=status)
    tables = (*corpus.tables[:2], codings)
    whole = timeline(*tables, AB, PHASES, **asked)
    monkeypatch.setattr("qualcode.analysis.dated.AT_ONCE", 2)
    monkeypatch.setattr("qualcode.analysis.timeline.AT_ONCE", 2)
    monkeypatch.setattr("qualcode.analysis.toldtimes.AT_ONCE", 2)
    assert_frame_equal(timeline(*tables, AB, PHASES, **asked), whole)
