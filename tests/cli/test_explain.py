"""`qualcode explain`: ids of segments and codings, sentences given, codes that are not there."""

import json

SPLIT = "---\nsplit: test\n---\n"


def test_a_segment_by_study_and_by_results(study, qualcode):
    by_study = qualcode("explain", "访谈01:2", study)
    by_results = qualcode("explain", "访谈01:2", study / "results")
    assert by_study.code == by_results.code == 0
    assert by_study.out == by_results.out
    assert "[不敢签]" in by_study.out
    assert "codebook.yaml:24" in by_study.out


def test_a_coding_by_its_id_says_what_its_other_rules_miss(study, qualcode):
    found = json.loads(qualcode("explain", "访谈01:3#avoidance.security@machine", study, "--json").out)
    (code,) = found["codes"]
    assert (code["code"], code["verdict"]) == ("avoidance.security", "counts")
    assert [one["rule"] for one in code["absent"]] == ["sec_terms"]
    for match in code["matches"]:
        start = found["start"]
        words = [found["text"][a - start : b - start] for a, b in match["parts"]]
        assert words == match["matched"]
        assert match["file"] == "codebook.yaml"


def test_words_given(study, qualcode):
    answer = qualcode("explain", "--text", "一句涉密就挡回来了。", study)
    assert "+ avoidance.security" in answer.out
    asked = qualcode("explain", "--text", "一句涉密就挡回来了。", "--role", "interviewer", study)
    assert "who asks (interviewer)" in asked.out
    assert "no rule of any code" in qualcode("explain", "--text", "今天天气好。", study).out
    assert "缺第 1 组" in qualcode(
        "--lang", "zh", "explain", "--text", "不给。", study, "--code", "avoidance.security"
    ).out  # fmt: skip


def test_unknown_ids_are_answered(study, qualcode):
    for asked, said in (
        ("访谈02:2", "did you mean '访谈01'?"),
        ("访谈01:999", "has no segment 999: it has"),
        ("访谈01", "is no id of a segment"),
    ):
        code, _, err = qualcode("explain", asked, study)
        assert code == 2
        assert said in err
    assert "did you mean 'avoidance'?" in qualcode("explain", "访谈01:2", study, "--code", "avoidence").err
    assert qualcode("explain", study).code == 2
    assert qualcode("explain").code == 2


def test_documents_kept_for_testing_stay_closed(study, qualcode):
    path = study / "corpus" / "访谈01.txt"
    path.write_text(SPLIT + path.read_text("utf-8"), "utf-8")
    code, out, err = qualcode("explain", "访谈01:2", study)
    assert (code, out) == (2, "")
    assert "kept for testing" in err
    code, out, err = qualcode("explain", "访谈01:2", study, "--open-test")
    assert code == 0
    assert "warning[test-opened]" in err
    (line,) = (study / ".qualcode/opened.jsonl").read_text("utf-8").splitlines()
    record = json.loads(line)
    assert (record["command"], record["documents"]) == ("explain 访谈01:2", ["访谈01"])
    assert record["codebook"]["files"].keys() == {"codebook.yaml"}
