"""claims.yaml: read with places, checked against codes, phases and events of the study."""

from pathlib import Path

import pytest

from qualcode.codebook import Code, Codebook
from qualcode.model import Event, Phase
from qualcode.project.claims import parse_claims
from qualcode.project.study import Study

STUDY = Study(
    Path(),
    Path("corpus"),
    Path("codebook.yaml"),
    Path("results"),
    events=(Event("E2019", "2019-06-25"),),
    phases=(Phase("P1", "2016-09-05", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01")),
)
BOOK = Codebook("t", codes={code: Code(code) for code in ("avoidance", "innovation", "field")})
TEXT = """qualcode: 1
claims:
  - id: falls
    says: 避责减少
    kind: falls_after
    code: avoidance
    node: E2019
    in: [interview, policy]
  - {id: bridge, kind: between, code: field, ends: [avoidance, innovation]}
"""


def read(text):
    return parse_claims(text, "claims.yaml", STUDY, BOOK)


def test_claims_are_read_as_written():
    claims, problems = read(TEXT)
    assert problems == []
    assert [(c.id, c.kind, c.within) for c in claims] == [
        ("falls", "falls_after", ("interview", "policy")),
        ("bridge", "between", ("interview",)),
    ]
    assert claims[0].values == {"code": "avoidance", "node": "2019-06-25"}
    assert claims[0].says == {"zh": "避责减少"} and claims[1].values["ends"] == ("avoidance", "innovation")


@pytest.mark.parametrize(
    ("written", "instead", "place", "kind", "meant"),
    [
        ("kind: falls_after", "kind: fall_after", (5, 11), "unknown-value", "falls_after"),
        ("code: avoidance", "code: avoidence", (6, 11), "unknown-name", "avoidance"),
        ("code: avoidance", "cod: avoidance", (6, 5), "unknown-key", "code"),
        ("code: avoidance", "phase: P1", (6, 5), "unknown-key", "kind"),
        ("node: E2019", "node: E2018x", (7, 11), "unknown-node", "2019-06-25"),
        ("in: [interview, policy]", "in: [interviews]", (8, 10), "unknown-value", "interview"),
        ("ends: [avoidance, innovation]", "ends: [avoidance]", (9, 52), "wrong-number", "2"),
        (
            "ends: [avoidance, innovation]",
            "ends: [avoidance, inovation]",
            (9, 64),
            "unknown-name",
            "innovation",
        ),
        (", ends: [avoidance, innovation]", "", (9, 5), "missing-key", "ends"),
        ("id: bridge", "id: falls", (9, 5), "duplicate-id", "falls"),
    ],
)
def test_mistakes_are_located_and_the_rest_is_read(written, instead, place, kind, meant):
    claims, problems = read(TEXT.replace(written, instead))
    found = [(p.place.line, p.place.column, p.kind) for p in problems]
    assert (*place, kind) in found
    assert any(meant in str(p) for p in problems if p.kind == kind)
    assert len(claims) == 1


@pytest.mark.parametrize("text", ["", "qualcode: 1\n", "claims: yes\n", "- a\n", "claims: [a]\n"])
def test_no_claims_in_any_shape_are_no_claims(text):
    assert read(text)[0] == []
