"""Front matter and sidecars: what is written is read, what is wrong has a line and a column."""

from qualcode.corpus.metadata_yaml import read_layer, read_sidecar
from qualcode.model import Speaker
from qualcode.problems import Problem
from qualcode.yamlnodes import read_yaml

FRONT = """\
id: I03
type: interview
lang: zh
interview_date: 2021年3月
number: 007
agreed: no
tags: [甲, 乙]
speakers:
  访谈者: interviewer
  张处长: {role: 受访者, actor: J市公安局, since: 2017, rank: 处级}
"""


def test_keys_aliases_attributes_and_speakers() -> None:
    layer, problems = read_sidecar(FRONT, "I03.meta.yaml")
    assert problems == []
    assert dict(layer.values) == {
        "id": "I03",
        "kind": "interview",
        "language": "zh",
        "date": "2021-03",
        "number": "007",
        "agreed": "no",
        "tags": "甲; 乙",
    }
    assert layer.speakers == {
        "访谈者": Speaker("访谈者", "interviewer", "declared"),
        "张处长": Speaker("张处长", "respondent", "declared", "J市公安局", "2017", {"rank": "处级"}),
    }


def test_speakers_may_be_a_list() -> None:
    text = "speakers:\n- {id: A, role: moderator, tenure_from: 2015}\n- {label: B, actor: 税务局}\n- C\n"
    layer, problems = read_sidecar(text, "x.meta.yaml")
    assert problems == []
    assert layer.speakers == {
        "A": Speaker("A", "moderator", "declared", attributes={"tenure_from": "2015"}),
        "B": Speaker("B", actor="税务局"),
        "C": Speaker("C"),
    }


def check(text: str) -> list[tuple[str, int, int]]:
    node, problems = read_yaml(text, "x.md", first_line=2)
    found: list[Problem] = list(problems)
    if node is not None:
        read_layer(node, "front matter", found)
    return [(p.kind, p.place.line, p.place.column) for p in found]


def test_mistakes_have_places() -> None:
    assert check("kind: intervew\n") == [("unknown-value", 2, 7)]
    assert check("title: a\ndate: soon\n") == [("bad-date", 3, 7)]
    assert check("isued: 2019\n") == [("near-key", 2, 1)]
    assert check("kind: policy\ntype: policy\n") == [("duplicate-key", 3, 1)]
    assert check("speakers:\n  A: interviwer\n") == [("unknown-value", 3, 6)]
    assert check("speakers:\n  - {role: respondent}\n") == [("missing-label", 3, 5)]
    assert check("title: {a: b}\n") == [("wrong-type", 2, 8)]
    assert check("speakers: A\n") == [("wrong-type", 2, 11)]
    assert check("- a\n- b\n") == [("wrong-type", 2, 1)]


def test_an_empty_sidecar_says_nothing() -> None:
    layer, problems = read_sidecar("# nothing yet\n", "x.meta.yaml")
    assert (dict(layer.values), problems) == ({}, [])
