"""`qualcode claims` and what a run says of a study's claims."""

import csv
import json

import pytest

CLAIMS = """qualcode: 1
claims:
  - {id: there, says: {zh: 有避责, en: There is avoidance}, kind: found_in, code: avoidance, documents: 1, in: [interview]}
  - {id: everywhere, says: 处处创新, kind: share_at_least, code: innovation, share: 0.9}
"""  # noqa: E501


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def claimed(study):
    (study / "claims.yaml").write_text(CLAIMS, "utf-8")
    return study


def test_every_run_checks_the_claims_beside_the_study(qualcode, claimed):
    answer = qualcode("run", claimed)
    assert answer.code == 0 and "claims: 1 hold" in answer.err
    held = {row["claim"]: row for row in rows(claimed / "results" / "claims.csv")}
    assert held["there"]["verdict"] == "holds" and held["there"]["says_zh"] == "有避责"
    assert held["everywhere"]["verdict"] == "cannot be told"  # one interview is no sample
    quotes = rows(claimed / "results" / "claim_quotes.csv")
    assert [q["segment_id"] for q in quotes if q["claim"] == "there"] == held["there"]["supporting"].split(
        ";"
    )
    assert all(q["quote"] for q in quotes)
    record = json.loads((claimed / "results" / "manifest.json").read_text("utf-8"))
    assert "claims.yaml" in record["inputs"]["study"]


def test_a_broken_claim_is_a_line_and_an_exit_code_on_request(qualcode, claimed):
    book = claimed / "codebook.yaml"
    code = "  - {id: unheard_of, name: 没人说的, definition: 谁也不说。, rules: [terms: [无人说起]]}\n"
    book.write_text(book.read_text("utf-8") + code, "utf-8")
    text = CLAIMS.replace("code: avoidance, documents", "code: unheard_of, documents")
    (claimed / "claims.yaml").write_text(text, "utf-8")
    answer = qualcode("run", claimed)
    assert answer.code == 0 and "warning[claim-breaks]: there:" in answer.err
    assert qualcode("run", claimed, "--strict-claims").code == 1
    assert str(claimed) not in (claimed / "results" / "report.html").read_text("utf-8")
    assert "claim-breaks" in (claimed / "results" / "problems.csv").read_text("utf-8-sig")


def test_claims_can_be_checked_without_a_run(qualcode, claimed, monkeypatch):
    monkeypatch.chdir(claimed)
    answer = qualcode("claims", "check", "results", "--quotes")
    assert answer.code == 0 and answer.out.startswith("holds  there (interview): There is avoidance")
    assert "\n    + " in answer.out
    record = json.loads(qualcode("claims", "check", "--json").out)
    assert [one["verdict"] for one in record["claims"]] == ["holds", "cannot be told"]
    assert qualcode("claims", "check", "results", "--strict").code == 0
    broken = claimed / "other.yaml"
    broken.write_text("claims: [{id: a, kind: found_in, code: nothing, documents: 1}]\n", "utf-8")
    answer = qualcode("claims", "check", "results", "--claims", broken)
    assert answer.code == 1 and "other.yaml:1:40: error[unknown-name]" in answer.err


def test_a_study_without_claims_says_so(qualcode, study):
    answer = qualcode("claims", "check", study / "results")
    assert answer.code == 3 and "claims.yaml" in answer.err


def test_mistakes_in_claims_do_not_stop_a_run(qualcode, claimed):
    (claimed / "claims.yaml").write_text(CLAIMS.replace("code: innovation", "code: inovation"), "utf-8")
    answer = qualcode("run", claimed)
    assert answer.code == 1 and "did you mean 'innovation'" in answer.err
    assert [row["claim"] for row in rows(claimed / "results" / "claims.csv")] == ["there"]


def test_kinds_are_listed(qualcode):
    answer = qualcode("claims", "kinds")
    assert answer.code == 0 and "falls_after" in answer.out and "[node]" in answer.out
