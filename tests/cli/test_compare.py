"""`qualcode compare` on two runs of one study."""

import csv
import json
import shutil

from qualcode.columns import COMPARISONS


def again(study, qualcode, name="second"):
    other = study.parent / name
    shutil.copytree(study / "results", other)
    return other


def test_runs_that_are_the_same_are_said_to_be(study, qualcode):
    first = again(study, qualcode)
    assert qualcode("run", study).code == 0
    code, out, err = qualcode("compare", first, study / "results")
    assert (code, out, err.strip()) == (0, "", "the same, byte for byte")
    assert json.loads(qualcode("compare", first, study / "results", "--json").out)["same"] is True


def test_an_edit_of_the_codebook_is_followed_to_the_numbers(study, qualcode, tmp_path):
    first = again(study, qualcode)
    book = study / "codebook.yaml"
    book.write_text(book.read_text("utf-8").replace("[以安全为由, 以保密为由]", "[以保密为由]"), "utf-8")
    assert qualcode("run", study).code == 0
    out = qualcode("compare", first, study / "results", "--out", tmp_path / "changes").out
    assert "codebook: codebook.yaml" in out
    assert "codings: lost 1" in out
    assert "avoidance.security (sec_terms=not found)" in out
    found = json.loads(qualcode("compare", first, study / "results", "--json").out)
    assert [one["change"] for one in found["codings_changed"]] == ["lost"]
    moved = {one["code"]: (one["was_codings"], one["n_codings"]) for one in found["codes_changed"]}
    assert moved == {"avoidance": (4, 3), "avoidance.security": (2, 1)}
    for name, columns in COMPARISONS.items():
        with (tmp_path / "changes" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert next(csv.reader(stream)) == [column.name for column in columns]


def test_a_folder_that_no_run_wrote_is_refused(study, qualcode, tmp_path):
    code, _, err = qualcode("compare", study / "results", tmp_path)
    assert code == 3
    assert "is no result folder" in err


def test_words_kept_for_testing_are_opened_on_request_only(study, qualcode):
    path = study / "corpus" / "办法.txt"
    text = path.read_text("utf-8")
    path.write_text(text.replace("---\n", "---\nsplit: test\n", 1), "utf-8")
    assert qualcode("run", study).code == 0
    first = again(study, qualcode)
    book = study / "codebook.yaml"
    book.write_text(book.read_text("utf-8").replace("[以安全为由, 以保密为由]", "[以保密为由]"), "utf-8")
    assert qualcode("run", study).code == 0
    answer = qualcode("compare", first, study / "results")
    assert "以安全为由" not in answer.out
    assert "words of 1 documents kept for testing are not shown" in answer.err
    assert not (study / ".qualcode").exists()
    assert "以安全为由" in qualcode("compare", first, study / "results", "--open-test").out
    assert (study / ".qualcode/opened.jsonl").is_file()
