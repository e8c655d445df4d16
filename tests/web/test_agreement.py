"""Two people code blind on the page; `qualcode agreement` says of them what other programs say."""

import csv
import json
import random

import pytest

from .conftest import TALKS, decisions, write_study

CODES = ("avoidance.fear", "refuse", "agree")
MORE = {
    name: (
        "---\nkind: interview\n---\n",
        "问：怎么样？\n" + "".join(f"答：第{n}件事{words}。\n" for n, words in enumerate(said, 1)),
    )
    for name, said in {
        "I05": ("怕担责", "不给数据", "对", "没有变化", "怕追责", "说不好"),
        "I06": ("不给材料", "对", "对", "有人怕担责", "照旧", "再等等"),
    }.items()
}


@pytest.fixture
def study(tmp_path):
    return write_study(tmp_path / "study", {**TALKS, **MORE})


def segments(review, **wanted):
    """All segments a review lists, by asking as the page does."""
    status, answer = review.call("list", filter={"show": "all", "status": "all", **wanted}, start=0)
    assert status == 200
    return list(dict.fromkeys(row["segment"] for row in answer["rows"]))


def give(review, segment, codes):
    """Code a segment blind as the page does: every code added, then the segment done."""
    for code in codes:
        decide(review, segment, action="add", code=code)
    decide(review, segment, action="accept")


def decide(review, segment, code="", **verdict):
    here = {"segment": segment, "code": code}
    status, shown = review.call("entry", here=here, filter={"show": "all", "status": "all"})
    assert status == 200, shown
    status, answer = review.call(
        "decide",
        segment=segment,
        code=code,
        seen=shown["entry"]["seen"],
        here=here,
        filter={"show": "all", "status": "all"},
        **verdict,
    )
    assert status == 200, answer


def coded_blind(serving, plan):
    """Let coders work blind, each what is planned for them: coder -> segment -> codes."""
    for coder, its in plan.items():
        review = serving(coder, blind=True)
        for segment, codes in its.items():
            give(review, segment, codes)
        review.stop()


def planned(serving, seen, seed=5):
    """Draw codes for the segments each coder is to see; `seen` says which by coder."""
    review = serving("丙", blind=True)
    known = segments(review)
    review.stop()
    draw = random.Random(seed)
    truth = {segment: {code for code in CODES if draw.random() < 0.4} for segment in known}
    return {
        coder: {
            segment: sorted(code for code in CODES if (code in truth[segment]) != (draw.random() < 0.2))
            for segment in known
            if wanted(segment)
        }
        for coder, wanted in seen.items()
    }


def rows(out, **wanted):
    found = json.loads(out)
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


def test_what_two_coded_blind_on_the_page_agrees_as_scikit_learn_says(serving, study, told, tmp_path):
    metrics = pytest.importorskip("sklearn.metrics")
    plan = planned(
        serving, {"甲": lambda name: name < "I06:5", "乙": lambda name: name > "I04"}
    )  # neither saw all that the other did
    coded_blind(serving, plan)
    assert all(one.blind for one in decisions(study))
    both = [segment for segment in plan["甲"] if segment in plan["乙"]]
    assert 8 < len(both) < min(len(plan["甲"]), len(plan["乙"]))

    listed = tmp_path / "to_discuss.csv"
    _, out, err = told("agreement", study, "--json", "--disagreements", listed)
    assert f"甲 looked at {len(plan['甲'])} segments" in err
    assert "not independent" not in err
    for code in CODES:
        table = [[code in plan[coder][segment] for segment in both] for coder in ("甲", "乙")]
        (kappa,) = rows(out, coders=["乙", "甲"], code=code, coefficient="cohen")
        assert kappa["stage"] == ""
        assert kappa["n_units"] == len(both), "a segment one of them did not see is no no"
        assert kappa["value"] == pytest.approx(metrics.cohen_kappa_score(*table), abs=5e-6)
        (positive,) = rows(out, coders=["乙", "甲"], code=code, coefficient="positive")
        assert positive["value"] == pytest.approx(metrics.f1_score(*table), abs=5e-6)
    every = [[c in plan[coder][s] for s in both for c in CODES] for coder in ("甲", "乙")]
    (kappa,) = rows(out, coders=["乙", "甲"], level="all codes", coefficient="cohen")
    assert kappa["value"] == pytest.approx(metrics.cohen_kappa_score(*every), abs=5e-6)

    with listed.open(encoding="utf-8-sig", newline="") as stream:
        found = {row["segment_id"]: (row["甲"], row["乙"]) for row in csv.DictReader(stream)}
    assert found == {
        s: (";".join(plan["甲"][s]), ";".join(plan["乙"][s])) for s in both if plan["甲"][s] != plan["乙"][s]
    }


def test_a_coder_is_compared_with_the_machine_on_what_they_saw(serving, study, told):
    metrics = pytest.importorskip("sklearn.metrics")
    plan = planned(serving, {"甲": lambda name: name < "I05:4"})
    coded_blind(serving, plan)
    told("--quiet", "run", study)
    with (study / "results" / "coded_segments.csv").open(encoding="utf-8-sig", newline="") as stream:
        machine = {(row["segment_id"], row["code"]) for row in csv.DictReader(stream) if row["matched"]}
    _, out, _ = told("agreement", study, "--json", "--coder", "甲", "--code", "avoidance.fear")
    table = [
        ["avoidance.fear" in plan["甲"][s] for s in plan["甲"]],
        [(s, "avoidance.fear") in machine for s in plan["甲"]],
    ]
    (kappa,) = rows(out, coders=["甲", "machine"], level="code", coefficient="cohen")
    assert (kappa["n_units"], kappa["value"]) == (
        len(plan["甲"]),
        pytest.approx(metrics.cohen_kappa_score(*table), abs=5e-6),
    )


def test_who_saw_nothing_in_common_is_told_so(serving, study, told):
    plan = planned(serving, {"甲": lambda name: name < "I04", "乙": lambda name: name > "I05"})
    coded_blind(serving, plan)
    code, _, err = told("agreement", study, "--coder", "甲", "--coder", "乙")
    assert code == 2
    assert "have nothing in common" in err and "--blind" in err
    _, out, err = told("agreement", study, "--json")
    assert "甲 have looked at no segment in common" in err
    assert rows(out, coders=["乙", "甲"], coefficient="cohen", level="all codes")[0]["value"] is None
    assert rows(out, coders=["甲", "machine"], coefficient="percent", level="all codes")[0]["n_units"] > 0


def test_before_is_what_was_coded_blind_and_after_is_what_counts_now(serving, study, told):
    metrics = pytest.importorskip("sklearn.metrics")
    plan = planned(serving, {"甲": lambda name: name > "I05", "乙": lambda name: name > "I05"})
    coded_blind(serving, plan)
    _, out, _ = told("agreement", study, "--json")
    then = {(r["level"], r["code"], r["coefficient"]): r["value"] for r in rows(out, coders=["乙", "甲"])}
    differ = [
        (segment, code)
        for segment, its in plan["甲"].items()
        for code in CODES
        if (code in its) != (code in plan["乙"][segment])
    ]
    assert len(differ) > 3

    # They talk: one difference is settled as a yes, one as a no, and 乙 gives way in a third.
    review = serving("乙")
    for (segment, code), yes in zip(differ[:2], (True, False), strict=True):
        verdict = "add" if yes else "reject"
        decide(review, segment, code=code, action=verdict, settles=True)
        for its in plan.values():
            its[segment] = sorted({*its[segment], code} if yes else {*its[segment]} - {code})
    segment, code = differ[2]
    decide(review, segment, code=code, action="add" if code in plan["甲"][segment] else "reject")
    plan["乙"][segment] = sorted({*plan["乙"][segment]} ^ {code})
    review.stop()

    _, out, err = told("agreement", study, "--json")
    assert "before: what coders gave on their own" in err
    before = rows(out, coders=["乙", "甲"], stage="before")
    assert {(r["level"], r["code"], r["coefficient"]): r["value"] for r in before} == then
    every = [[c in plan[coder][s] for s in plan[coder] for c in CODES] for coder in ("乙", "甲")]
    (after,) = rows(out, coders=["乙", "甲"], stage="after", level="all codes", coefficient="cohen")
    assert after["value"] == pytest.approx(metrics.cohen_kappa_score(*every), abs=5e-6)
    (change,) = rows(out, coders=["乙", "甲"], stage="change", level="all codes", coefficient="cohen")
    assert change["value"] == pytest.approx(after["value"] - then["all codes", "", "cohen"], abs=2e-6)
    assert rows(out, coders=["甲", "adjudicated"], stage="before", coefficient="percent", level="all codes")


def test_what_a_third_person_settled_stands_though_only_two_are_compared(serving, study, told):
    coded_blind(serving, {"甲": {"I05:2": ["refuse"], "I05:3": []}, "乙": {"I05:2": [], "I05:3": []}})
    review = serving("丙")
    decide(review, "I05:2", code="refuse", action="add", settles=True)
    review.stop()
    _, out, _ = told("agreement", study, "--json", "--coder", "甲", "--coder", "乙")
    theirs = rows(out, coders=["乙", "甲"], code="refuse", coefficient="percent")
    percent = {row["stage"]: row["value"] for row in theirs}
    assert (percent["before"], percent["after"]) == (0.5, 1.0)
    assert {tuple(row["coders"]) for row in json.loads(out)} == {
        ("乙", "甲"),
        ("乙", "adjudicated"),
        ("甲", "adjudicated"),
    }


def test_reviewing_what_the_machine_coded_is_said_not_to_be_independent(serving, study, told):
    for coder in ("甲", "乙"):
        review = serving(coder)
        decide(review, "I05:2", code="avoidance.fear", action="accept" if coder == "甲" else "reject")
        decide(review, "I05:3", code="refuse", action="accept")
        review.stop()
    _, out, err = told("agreement", study, "--json")
    assert "not independent: 乙, 甲 decided" in err
    (percent,) = rows(out, coders=["乙", "甲"], code="avoidance.fear", coefficient="percent")
    assert (percent["value"], percent["n_units"]) == (0.5, 2)
    assert "not independent" in percent["note"]
    _, text, _ = told("agreement", study)
    assert "where they differ: 1 segments" in text and "I05:2" in text


def test_a_segment_decided_on_in_part_says_nothing_of_its_other_codes(serving, study, told):
    for coder, verdict in (("甲", "accept"), ("乙", "reject")):
        review = serving(coder)
        # 怕担责 and 不给 stand in I03:2 and I03:3; 追责 and 再等等 in neighbouring ones
        decide(review, "I03:2", code="avoidance.fear", action=verdict)
        review.stop()
    told("decide", "I03:2", study, "--coder", "乙", "--add", "refuse")
    _, out, _ = told("agreement", study, "--json", "--coder", "甲", "--coder", "乙")
    (percent,) = rows(out, code="avoidance.fear", coefficient="percent")
    assert (percent["value"], percent["n_units"]) == (0.0, 1)


def test_nobody_decided_anything(study, told):
    code, _, err = told("agreement", study)
    assert code == 2
    assert "nobody has decided anything" in err
    code, _, err = told("agreement", study, study)
    assert code == 2
    assert "RESULTS goes with a CSV" in err
