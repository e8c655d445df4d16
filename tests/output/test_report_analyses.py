"""The analyses in the report: an answer for each, hedged as the tables are, and quotes behind numbers."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from qualcode.analysis.catalogue import analyses
from qualcode.analysis.given import Made, Remark
from qualcode.analysis.instances import Point, instances
from qualcode.columns import TABLES
from qualcode.output import analysed, report_data
from qualcode.output.analysed import over_time, relations, voices
from qualcode.output.analysed.cells import Telling
from qualcode.output.report_blocks import Behind, Table
from qualcode.output.report_checklist import coreq
from qualcode.output.report_html import report_html
from qualcode.output.words import words

from .coded_study import HOSTILE, findings_of


@pytest.fixture(scope="module")
def findings(study):
    return findings_of(study, version="0.1.0")


def telling(findings, lang="en"):
    return Telling(findings, words(lang), lang)


def made_of(table, *rows, **more):
    """An analysis with these rows; columns not given are empty."""
    empty = {"text": "", "date": "", "int": None, "float": float("nan"), "yes_no": False, "list": ()}
    lines = [{column.name: empty[column.type] for column in TABLES[table]} | row for row in rows]
    return Made({table: pd.DataFrame(lines, columns=[column.name for column in TABLES[table]])}, **more)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_analysis_has_a_question_an_answer_and_its_warnings(findings, lang):
    page = report_html(findings, lang).decode()
    for name, listed in analyses.items():
        section = re.search(f'<section id="analysis-{name}".*?</section>', page, re.DOTALL)[0]
        assert words(lang)(listed.line) in section.replace("&#39;", "'")
        assert re.search(r'<ul class="answer">\s*<li>.+?</li>', section, re.DOTALL), name
    assert f'href="#analysis-{next(iter(analyses))}"' in page


def test_a_report_in_chinese_has_no_english_heads_or_answers(findings):
    for name in findings.analysed:
        section = analysed.section(findings, name, words("zh"), "zh")
        for block in section.blocks:
            for head in block.head if isinstance(block, Table) else ():
                assert head in ("p", "z", "Q", "n", "lift") or re.search("[一-鿿]", head), (name, head)
        for sentence in analysed.answer(name, telling(findings, "zh")):
            assert re.search("[一-鿿]", sentence), sentence


def test_an_analysis_nobody_has_told_is_shown_as_it_is(findings, monkeypatch):
    monkeypatch.delitem(analysed.known, "saturation")
    section = analysed.section(findings, "saturation", words("en"), "en")
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert table.head[:2] == ["position", "document_id"] and len(table.rows) == 4


def test_what_could_not_be_made_says_why(findings):
    told = replace(findings, analysed={}, unasked={"paths": Remark("the codebook states no path", {})})
    section = analysed.section(told, "paths", words("en"), "en")
    assert section.blocks[1].items == ["Not asked: the codebook states no path."]


SHIFT = {
    "kind": "interview",
    "code": "avoid",
    "node": "2019-06-25",
    "p_before": 0.4,
    "p_after": 0.2,
    "mean_diff": -0.2,
}


def shifted(findings, **cells):
    made = made_of("shift", SHIFT | {"lo": -0.3, "hi": -0.1, "placebo_rank": 1, "p_holm": 0.01} | cells)
    return " ".join(over_time.shift(made, telling(findings)))


def test_a_change_is_said_with_its_interval_its_p_and_the_other_dates(findings):
    said = shifted(findings)
    assert "Avoidance goes from 40% to 20%" in said and "−30.0 to −10.0" in said
    assert "p is .010." in said and "No other date tried" in said


def test_a_change_that_may_be_chance_or_gradual_is_said_to_be_so(findings):
    assert "not to be told from chance" in shifted(findings, p_holm=0.3)
    assert "gradual change, not a turning point" in shifted(findings, placebo_rank=2)
    assert "could not have given a small p" in shifted(findings, p_holm=float("nan"))
    assert shifted(findings, lo=-0.3, hi=0.1).startswith("No code's interval leaves out 0")


def test_no_code_is_said_to_lead_without_validation(findings):
    row = {
        "facet": "logic",
        "kind": "interview",
        "phase": "P1",
        "code": "avoid",
        "n_documents": 9,
        "p_macro": 0.4,
    }
    said = list(
        over_time.dominance(made_of("dominance", row | {"label": "not identified"}), telling(findings))
    )
    assert said[0].startswith("Which code leads cannot be said") and "Avoidance 40% (P1)" in said[1]
    led = {"label": "contested", "rank": 1, "pr_top": 0.8}
    (said,) = over_time.dominance(made_of("dominance", row | led), telling(findings))
    assert "in 80% of the resamples only; the lead is contested" in said


def test_a_bridge_is_said_to_be_one_only_as_the_analysis_says(findings):
    template = "{kind}: {code} is present, not shown to bridge"
    remarks = [Remark(template, {"kind": "interview", "code": "law"})]
    made = made_of("bridge", remarks=remarks)
    assert list(relations.bridge(made, telling(findings))) == [
        "Interviews: Law <b>& is present, not shown to bridge."
    ]


def test_saturation_is_said_with_its_definition(findings):
    rows = [
        {"position": n, "n_segments": 10, "uncoded_share": 0.5, "ratio": r, "met": m, "base": 4, "run": 2}
        | {"threshold": 0.05}
        for n, r, m in ((5, float("nan"), ""), (6, 0.2, "no"), (7, 0.0, "yes"))
    ]
    said = list(voices.saturation(made_of("saturation", *rows), telling(findings)))
    assert "base of 4, a run of 2 and 5.0%" in said[0] and "from document 7 of 3 on" in said[0]
    assert said[1].startswith("50% of the segments have no code")


def test_prompted_codes_are_named_from_five_quotes_and_half(findings):
    row = {"kind": "interview", "n_quotes": 6, "n_prompted": 3, "share_prompted": 0.5}
    rows = [row | {"code": "avoid"}, row | {"code": "law", "n_quotes": 4}]
    said = list(voices.leakage(made_of("leakage", *rows), telling(findings)))
    assert "Of 10 places" in said[0] and "6 (60%)" in said[0]
    assert said[1].startswith("In half of its places or more the question has it: Avoidance;")


def test_numbers_know_the_segments_behind_them(findings):
    sections = [analysed.section(findings, name, words("en"), "en") for name in findings.analysed]
    data, number = report_data.page_data(findings, sections, words("en"), "en")
    cells = [
        cell
        for section in sections
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if isinstance(cell, Behind)
    ]
    assert cells and all(set(cell.ids) <= set(number) for cell in cells)
    for name, n in number.items():
        held = data["quotes"][n]
        row = findings.segments[findings.segments["segment_id"] == name].iloc[0]
        assert held["id"] == name and "".join(text for text, _ in held["text"]) == row["text"]
    assert any(HOSTILE in "".join(text for text, _ in held["text"]) for held in data["quotes"])


def test_a_page_holds_so_many_segments_and_no_more(findings, monkeypatch):
    monkeypatch.setattr(report_data, "MOST", 3)
    page = report_html(findings, "en").decode()
    numbers = {n for found in re.findall(r'data-behind="([\d ]+)"', page) for n in found.split()}
    assert numbers <= {"0", "1", "2"} and page.count('"ref":') == 3


def test_points_of_a_timeline_have_segments_of_their_period(findings):
    held = instances(findings.documents, findings.codings, findings.codebook, each=2)
    ids = held[Point("document", "policy", "year", "2018", "avoid", "unassessed")]
    assert len(ids) == 2 and all(name.startswith("D4:") for name in ids)
    said = held[Point("said", "interview", "year", "2020", "avoid", "unassessed")]
    assert [name.partition(":")[0] for name in said] == ["D0", "D3"]  # one of each document first
    table = findings.timeline
    for point, found in held.items():
        asked = {
            name: getattr(point, name) for name in ("basis", "kind", "grain", "period", "code", "modality")
        }
        row = table[(table[list(asked)] == pd.Series(asked)).all(axis=1)]
        assert len(found) <= int(row["n_segments"].iloc[0]), point


def test_the_checklist_fills_in_what_a_run_knows_and_leaves_the_rest(findings):
    (listed,) = [block for block in coreq(findings, words("en"), "en").blocks if block.type == "checklist"]
    lines = [line for _, part in listed.parts for line in part]
    assert [line.number for line in lines] == [str(n) for n in range(1, 33)]
    assert {int(line.number) for line in lines if line.answer} == {12, 22, 24, 25, 26, 27, 29}
    assert lines[11].answer == "Interviews 4; besides 2 other documents."
    assert "no person has reviewed" in lines[23].answer and lines[26].answer == "qualcode 0.1.0"
    people = findings.codings.assign(decided_by=[("李四",)] * len(findings.codings))
    again = coreq(replace(findings, codings=people), words("en"), "en")
    assert "1 people reviewed" in again.blocks[1].parts[2][1][0].answer


def test_claims_stand_with_their_verdict_and_quotes(findings):
    claims = made_of(
        "claims",
        {
            "claim": "a",
            "says_en": "Avoidance falls",
            "verdict": "breaks",
            "kind": "interview",
            "why": "it rises",
            "contradicting": ("D0:2",),
        },
    ).tables["claims"]
    page = report_html(replace(findings, claims=claims), "en").decode()
    section = re.search('<section id="claims".*?</section>', page, re.DOTALL)[0]
    assert "0 claims hold, 1 break, 0 cannot be told." in section
    assert "Avoidance falls" in section and 'data-behind="' in section


def test_the_same_findings_give_the_same_bytes(findings):
    assert report_html(findings, "zh") == report_html(findings, "zh")
