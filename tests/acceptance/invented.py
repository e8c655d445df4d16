"""An invented study of twenty documents: every kind, several cases, bare years, a repeat, who asks and who
answers; its codes have parents, children, and evidence that overlaps across facets."""

from __future__ import annotations

import random
from pathlib import Path

CODEBOOK = """\
qualcode: 1
id: invented
version: 1.0.0
title: {zh: 虚构研究, en: An invented study}
facets:
  logic: {question: Which logic?}
  barrier: {question: What stands in the way?}
lexicons:
  refusal: [不给, 不予, 拒绝]
codes:
  - {id: avoid, name: {zh: 避责, en: Avoidance}, facet: logic, definition: d}
  - id: avoid.security
    name: {zh: 以安全为由, en: Security as pretext}
    definition: d
    rules:
      - {id: sec_near, near: [[涉密, 数据安全], $refusal], within: 8 characters}
      - {id: sec_terms, terms: [保密]}
  - {id: avoid.blame, name: {zh: 怕担责, en: Fear of blame}, definition: d,
     rules: [terms: [怕担责, 不敢签, "=追责"]]}
  - {id: innovate, name: {zh: 创新, en: Innovation}, facet: logic, definition: d,
     rules: [terms: [接口, API, 创新]]}
  - {id: law, name: {zh: 法律, en: Law}, facet: barrier, definition: d,
     rules: [terms: [数据安全法, 规定], regex: '第[0-9]+条']}
  - {id: secrecy, name: {zh: 涉密, en: Secrecy}, facet: barrier, definition: d,
     rules: [terms: [涉密, 保密规定]]}
  - {id: refusal, name: {zh: 拒绝, en: Refusal}, facet: barrier, definition: d, rules: [terms: [$refusal]]}
  - {id: never, name: {zh: 没有过, en: Never}, facet: barrier, definition: d, rules: [terms: [从未出现]]}
"""
CODES = (
    "avoid", "avoid.security", "avoid.blame", "innovate", "law", "secrecy", "refusal", "never",
)  # fmt: skip
SENTENCES = (
    "一句涉密就不给了",
    "数据安全，所以拒绝",
    "他们以保密规定为由",
    "大家都怕担责",
    "谁也不敢签",
    "=追责这两个字写在表里",
    "后来做了API接口",
    "要鼓励创新",
    "数据安全法第21条写得清楚",
    "按规定不予共享，也不给说法",
    "涉密的事我不知道",
    "今天天气很好",
    "我们开了会",
    "；分号也写在句子里\\斜杠也写",
    "群众少跑路🙂",
)
UNITS = ("segment", "speech", "run2", "run3", "speech-run3", "document", "case")
STUDY = f"""\
qualcode: 1
title: {{zh: 虚构研究, en: Invented}}
corpus: corpus
codebook: codebook.yaml
network: {{units: [{", ".join(UNITS)}]}}
timeline: {{by: [year, quarter, phase]}}
events:
  - {{id: E2019, date: 2019-06-25, name_zh: 会议, name_en: Conference, node: yes}}
phases:
  - {{id: P1, start: 2017-03-01, end: E2019}}
  - {{id: P2, start: E2019, end: 2022-01-01}}
output: {{figures: [svg]}}
seed: 7
"""
DATES = {
    "interview": ("2018-05-02", "2019", "2021-11-30", "2020-08", ""),
    "focus_group": ("2020-03-01", "2020-12-31"),
    "fieldnote": ("2019-06-24", "2019-06-25"),
    "policy": ("2017-02-28", "2018", "2019-06-24", "2019", "2021-09-01", "2019-06-25"),
    "minutes": ("2018-07", "2020-07-07"),
    "report": ("2021", ""),
}


def invent(folder: Path, *, seed: int = 20190625) -> Path:
    """Write the study into a folder and return it."""
    draw = random.Random(seed)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    lines = ["file,id,kind,language,date,case,duplicate_of"]
    number = 0
    for kind, dates in DATES.items():
        for date in dates:
            number += 1
            name = f"{kind}{number:02}"
            text = said(draw) if kind in ("interview", "focus_group") else written(draw, kind)
            (corpus / f"{name}.txt").write_text(text, "utf-8")
            case = draw.choice(("甲市", "乙市", "丙市", ""))
            lines.append(f"{name}.txt,{name},{kind},zh,{date},{case},")
    repeated = "policy14"
    (corpus / "policy20.txt").write_bytes((corpus / "policy14.txt").read_bytes())
    lines.append(f"policy20.txt,policy20,policy,zh,2019-06-25,甲市,{repeated}")
    (corpus / "documents.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, "utf-8")
    (folder / "qualcode.yaml").write_text(STUDY, "utf-8")
    return folder


def said(draw: random.Random) -> str:
    lines = []
    for turn in range(draw.randint(6, 14)):
        who = "访谈者" if turn % 3 == 0 else draw.choice(("受访者A", "受访者B"))
        lines.append(f"{who}：{prose(draw, draw.randint(1, 4))}")
    return "\n".join(lines) + "\n"


def written(draw: random.Random, kind: str) -> str:
    if kind != "policy":
        return "\n\n".join(prose(draw, draw.randint(1, 5)) for _ in range(5)) + "\n"
    numerals = "一二三四五六七八"
    return "\n".join(f"第{numerals[n]}条　{prose(draw, draw.randint(1, 4))}" for n in range(8)) + "\n"


def prose(draw: random.Random, count: int) -> str:
    return "".join(draw.choice(SENTENCES) + "。" for _ in range(count))
