"""The timeline is what loops over the dated segments give, per kind, grain and code."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest

from .naive import timeline
from .tables import near, rows

DAY = datetime.date
PHASES = {
    "invented": (("P1", DAY(2017, 3, 1), DAY(2019, 6, 25)), ("P2", DAY(2019, 6, 25), DAY(2022, 1, 1))),
    "sample": (("P1", DAY(2016, 9, 5), DAY(2019, 6, 25)), ("P2", DAY(2019, 6, 25), DAY(2024, 1, 1))),
}


@pytest.mark.parametrize("grain", ["year", "quarter", "phase"])
def test_counts_and_shares(results, grain):
    folder, study = results
    phases = PHASES["invented" if "never" in study.codes else "sample"]
    wanted = timeline(study, grain, phases)
    told = [r for r in rows(folder, "timeline") if r["grain"] == grain]
    assert {r["modality"] for r in told} <= {"unassessed"}
    seen = {(r["basis"], r["kind"], r["code"], r["period"]) for r in told}
    assert len(seen) == len(told)
    assert wanted and set(wanted) <= seen
    for row in told:
        counted = wanted.get((row["basis"], row["kind"], row["code"], row["period"]))
        if counted is None:  # a period between two others: nothing to search, so no share
            assert {row[name] for name in ("n_codings", "n_segments", "exposure_segments")} == {"0"}
            assert row["share_micro"] == row["share_macro"] == row["lo"] == row["hi"] == ""
            assert row["note"]
            continue
        for name, value in counted.items():
            assert near(row[name], value), (row, name, value)
        assert (row["lo"] == "") == (counted["exposure_documents"] < 3)


def test_periods_are_half_open_and_follow_one_another(results):
    folder, _ = results
    for grain in ("year", "quarter"):
        spans = {
            ((r["basis"], r["kind"]), r["start"], r["end"])
            for r in rows(folder, "timeline")
            if r["grain"] == grain
        }
        for kind in {kind for kind, _, _ in spans}:
            laid = sorted((start, end) for k, start, end in spans if k == kind)
            assert all(one[1] == two[0] for one, two in pairwise(laid))


def test_what_has_no_date_or_repeats_another_is_in_no_period(invented):
    exposed = {
        (r["kind"], r["period"]): int(r["exposure_documents"])
        for r in rows(invented, "timeline")
        if r["code"] == "avoid" and r["grain"] == "year" and r["basis"] == "document"
    }
    # 2017-02-28, 2018, 2019-06-24, 2019, 2021-09-01, 2019-06-25, and policy20 which repeats one of 2019
    assert {year: n for (kind, year), n in exposed.items() if kind == "policy"} == {
        "2017": 1, "2018": 1, "2019": 3, "2020": 0, "2021": 1,
    }  # fmt: skip
    assert {year: n for (kind, year), n in exposed.items() if kind == "report"} == {"2021": 1}


def test_a_conference_day_belongs_to_the_phase_it_opens(invented):
    exposed = {
        r["period"]: int(r["exposure_documents"])
        for r in rows(invented, "timeline")
        if r["code"] == "avoid" and r["grain"] == "phase" and r["kind"] == "policy"
    }
    # P1 from 2017-03-01: 2018 and 2019-06-24; P2: 2019-06-25 and 2021-09-01; the bare 2019 straddles
    assert exposed == {"P1": 2, "P2": 2}
