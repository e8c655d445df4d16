"""A small study, coded for real: what pictures and pages are made from in these tests."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from qualcode.analysis.catalogue import analyses
from qualcode.analysis.cooccurrence import cooccurrence
from qualcode.analysis.given import Given, Made, Remark
from qualcode.analysis.load import frame
from qualcode.analysis.tables import coding_rows, document_row, match_rows, segment_rows
from qualcode.analysis.timeline import timeline
from qualcode.codebook import parse_codebook
from qualcode.codebook.records import Codebook
from qualcode.coding import code_document
from qualcode.model import Document, Event, Metadata, Phase, Segment, Span, Turn
from qualcode.output.network_html import page_data
from qualcode.output.report_blocks import Findings
from qualcode.problems import UsageError

HOSTILE = "</script><img src=x onerror=alert(1)>"
BOOK = """
qualcode: 1
id: small
version: 1.0.0
title: {zh: 小研究, en: A small study}
facets:
  logic: {question: Which logic?}
  barrier: {question: What hinders?}
codes:
  - {id: avoid, name: {zh: 避责逻辑, en: Avoidance}, facet: logic, definition: d,
     rules: [terms: [怕担责, 不敢]]}
  - {id: avoid.secret, name: {zh: 以保密为由, en: Secrecy}, definition: d, rules: [terms: [涉密]]}
  - {id: innovate, name: {zh: 创新逻辑, en: Innovation}, facet: logic, definition: d, rules: [terms: [接口]]}
  - {id: law, name: {zh: "法律 <b>&", en: "Law <b>&"}, facet: barrier, definition: d, rules: [terms: [规定]]}
  - {id: never, name: {zh: 没有过, en: Never}, facet: barrier, definition: d, rules: [terms: [从未出现]]}
"""
TALK = (
    "问：是不是怕担责？",
    "就是怕担责，涉密的谁敢给。",
    "后来做了接口，按规定走。" + HOSTILE,
    "😀不敢，也没有规定。",
    "接口是好的。",
    *("天气不错。",) * 8,
)
EVENTS = (
    Event("E1", "2019-06-25", {"zh": "全国放管服改革电视电话会议", "en": "National conference"}, node=True),
    Event("E2", "2020", {"zh": "条例施行", "en": "Regulation"}),
)
PHASES = (Phase("P1", "2017-01-01", "2019-06-25"), Phase("P2", "2019-06-25", "2023-01-01"))


@dataclass(frozen=True)
class Study:
    codebook: Codebook
    documents: pd.DataFrame
    segments: pd.DataFrame
    codings: pd.DataFrame
    matches: pd.DataFrame
    nodes: pd.DataFrame
    edges: pd.DataFrame
    timeline: pd.DataFrame

    @property
    def tables(self):
        return self.documents, self.segments, self.codings

    def labels(self, lang: str = "zh") -> dict[str, str]:
        return {code.id: code.label(lang) for code in self.codebook.codes.values()}


def document_of(name: str, lines: tuple[str, ...], kind: str, date: str) -> tuple[Document, list[Segment]]:
    talk = kind == "interview"
    text, segments, turns = "", [], []
    for index, line in enumerate(lines, 1):
        span = Span(len(text), len(text) + len(line))
        role = ("interviewer" if line.startswith("问") else "respondent") if talk else ""
        turn = index if talk else 0
        segments.append(
            Segment(
                f"{name}:{index}",
                name,
                index,
                span,
                line,
                turn=turn,
                speech=(index + 1) // 2 if talk else 0,
                speaker="处长" if talk else "",
                role=role,
                role_source="declared" if talk else "",
                time="00:12:31" if talk else "",
                article="" if talk else f"第{index}条",
            )
        )
        turns.append(Turn(index, index, "处长", span))
        text += line + "\n"
    about = Metadata(kind=kind, date=date, case="J市", language="zh")
    return Document(name, text, about, turns=tuple(turns) if talk else ()), segments


def analysed(study: Study) -> tuple[dict[str, Made], dict[str, Remark]]:
    """Every named analysis of the small study; and why others are not made."""
    codes = dict.fromkeys(("bridge", "negatives", "transitions"), ("avoid", "innovate", "law"))
    made, unasked = {}, {}
    for name, listed in analyses.items():
        given = Given(*study.tables, study.codebook, PHASES, EVENTS, codes=codes.get(name, ()), resamples=200)
        try:
            made[name] = listed.make(given)
        except UsageError as error:
            unasked[name] = Remark(error.template, error.values)
    return made, unasked


def findings_of(study: Study, **more: object) -> Findings:
    """What a report of the small study tells, its analyses and its network among it."""
    made, unasked = analysed(study)
    return Findings(
        *(study.codebook, *study.tables, study.matches, study.nodes, study.edges, study.timeline),
        *(EVENTS, PHASES),
        figure_unit="run3",
        analysed=made,
        unasked=unasked,
        network=page_data(*study.tables, study.codebook, study.nodes, study.edges),
        **more,  # type: ignore[arg-type]
    )


def small_study() -> Study:
    codebook, problems = parse_codebook(BOOK)
    assert codebook is not None, problems
    rows: dict[str, list] = {"documents": [], "segments": [], "coded_segments": [], "matches": []}
    for number in range(6):
        kind, date = ("interview", f"202{number % 3}-03-01") if number < 4 else ("policy", f"20{14 + number}")
        document, segments = document_of(f"D{number}", TALK, kind, date)
        coded = code_document(document, segments, codebook)
        rows["documents"].append(document_row(document, segments, coded, codebook))
        rows["segments"] += segment_rows(document, segments, coded, codebook)
        rows["coded_segments"] += coding_rows(document, segments, coded, codebook, PHASES)
        rows["matches"] += match_rows(document, segments, coded, codebook)
    made = {name: frame(lines, name) for name, lines in rows.items()}
    given = (made["documents"], made["segments"], made["coded_segments"])
    nodes, edges = cooccurrence(*given, codebook, units=("segment", "speech", "run3"))
    return Study(codebook, *given, made["matches"], nodes, edges, timeline(*given, codebook, PHASES))
