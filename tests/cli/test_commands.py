"""The commands as a researcher calls them."""

import csv
import io
import json
import shutil
import sys

import pytest

from qualcode.cli.main import COMMANDS
from qualcode.columns import ANALYSES, TABLES, names

from .conftest import held

FIRST_ROWS = ("documents", "segments", "coded_segments", "matches")


def table_of(text):
    return list(csv.DictReader(text.splitlines()))


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_study_runs_at_once(lang, tmp_path, qualcode):
    folder = tmp_path / "研究 one"
    assert qualcode("init", folder, "--lang", lang).code == 0
    code, out, err = qualcode("run", folder)
    assert (code, out) == (0, ""), err
    codes = {row["code"] for row in table(folder / "results/coded_segments.csv")}
    assert codes == {"avoidance", "avoidance.security", "innovation"}
    for name in sorted(TABLES.keys() - ANALYSES.keys() - {"kwic", "claims", "claim_quotes"}):
        assert (folder / f"results/{name}.csv").is_file()
        header = next(csv.reader((folder / f"results/{name}.csv").open(encoding="utf-8-sig")))
        assert tuple(header[: len(names(name))]) == names(name)


def test_a_new_study_has_a_codebook_whose_examples_hold(tmp_path, qualcode):
    for lang in ("zh", "en"):
        qualcode("init", tmp_path / lang, "--lang", lang)
        assert qualcode("codebook", "check", tmp_path / lang / "codebook.yaml").code == 0
        assert qualcode("codebook", "test", tmp_path / lang / "codebook.yaml").code == 0


def test_init_never_overwrites(tmp_path, qualcode):
    (tmp_path / "codebook.yaml").write_text("mine")
    code, _, err = qualcode("init", tmp_path, "--lang", "zh")
    assert (code, "already has codebook.yaml" in err) == (2, True)
    assert held(tmp_path) == {"codebook.yaml": b"mine"}


def test_init_into_a_folder_with_other_files_adds_to_them(tmp_path, qualcode):
    (tmp_path / "notes.md").write_text("mine")
    assert qualcode("init", tmp_path, "--lang", "en").code == 0
    assert (tmp_path / "notes.md").read_text() == "mine"


def test_the_study_is_found_from_a_folder_below_it(study, qualcode, monkeypatch):
    monkeypatch.chdir(study / "corpus")
    code, _, err = qualcode("run")
    assert code == 0, err
    assert "../" not in err


def test_without_a_study_it_says_what_to_do(tmp_path, qualcode, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = qualcode("run")
    assert (code, "no qualcode.yaml" in err, "--codebook" in err) == (2, True, True)
    (tmp_path / "empty").mkdir()
    assert qualcode("run", "empty").code == 3
    assert qualcode("run", "nowhere").code == 2


def test_run_without_a_study_is_the_study_without_events(study, qualcode, tmp_path):
    code, _, err = qualcode(
        "run", "--corpus", study / "corpus", "--codebook", study / "codebook.yaml", "--out", tmp_path / "out"
    )
    assert code == 0, err
    with_study, without = held(study / "results"), held(tmp_path / "out")
    assert with_study.keys() == without.keys()
    bare = with_study["codes.csv"].removeprefix("\ufeff".encode())
    assert without["codes.csv"] == bare


def test_code_writes_the_coding_pass_alone(study, qualcode, tmp_path):
    code, out, err = qualcode(
        "code", study / "corpus", "--codebook", study / "codebook.yaml", "--out", tmp_path / "coded"
    )
    assert (code, out) == (0, ""), err
    assert sorted(held(tmp_path / "coded")) == sorted(
        [*(f"{name}.csv" for name in FIRST_ROWS), "problems.csv", "manifest.json"]
    )


def test_every_coding_leads_to_the_words_and_to_the_line_of_its_rule(study, qualcode):
    codings = table(study / "results/coded_segments.csv")
    matches = table(study / "results/matches.csv")
    segments = {row["segment_id"]: row for row in table(study / "results/segments.csv")}
    book = (study / "codebook.yaml").read_text("utf-8").splitlines()
    assert codings
    for coding in codings:
        segment = segments[coding["segment_id"]]
        assert coding["quote"] == segment["text"]
        start = int(segment["start"])
        for span, words in zip(coding["spans"].split(";"), coding["matched"].split(";"), strict=True):
            a, b = map(int, span.split("-"))
            assert segment["text"][a - start : b - start] == words
        mine = [m for m in matches if m["segment_id"] == coding["segment_id"] and m["code"] == coding["code"]]
        assert {m["rule"] for m in mine if not m["blocked_by"]} == set(coding["rules"].split(";"))
        for match in mine:
            assert match["file"] == "codebook.yaml"
            assert match["kind"] in book[int(match["line"]) - 1]


def test_options_override_the_study(study, qualcode, tmp_path):
    out = tmp_path / "out"
    assert qualcode("run", study, "--unit", "turn", "--out", out, "--parquet", "--xlsx").code == 0
    assert {row["kind"] for row in table(out / "segments.csv")} >= {"turn"}
    assert json.loads((out / "manifest.json").read_text("utf-8"))["unit"] == "turn"
    assert (out / "results.xlsx").is_file()
    assert (out / "coded_segments.parquet").is_file()


def test_the_same_tables_in_every_form(study, qualcode, tmp_path):
    import pyarrow.parquet as pq
    from openpyxl import load_workbook

    out = tmp_path / "out"
    qualcode("run", study, "--out", out, "--parquet", "--xlsx")
    book = load_workbook(out / "results.xlsx")
    for name in book.sheetnames:
        rows = table(out / f"{name}.csv")
        assert book[name].max_row == len(rows) + 1
        parquet = pq.read_table(out / f"{name}.parquet")
        assert (parquet.num_rows, parquet.num_columns) == (len(rows), book[name].max_column)
    quotes = [row["quote"] for row in table(out / "coded_segments.csv")]
    assert pq.read_table(out / "coded_segments.parquet")["quote"].to_pylist() == quotes


def test_an_unreadable_document_is_exit_1_and_in_the_manifest(study, qualcode):
    (study / "corpus/坏.docx").write_bytes(b"torn")
    code, _, err = qualcode("run", study)
    assert (code, "坏.docx" in err, "1 could not be read" in err) == (1, True, True)
    manifest = json.loads((study / "results/manifest.json").read_text("utf-8"))
    assert manifest["failures"] == ["坏.docx"]
    assert manifest["counts"]["unread"] == 1


def test_json_is_on_stdout_and_talk_is_not(study, qualcode):
    code, out, err = qualcode("run", study, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["counts"]["documents"] == 2
    assert found["codes"] == {"avoidance": 2, "avoidance.security": 2, "innovation": 2}
    assert "results:" in err
    assert qualcode("run", study, "--quiet").err == ""


def test_a_summary_says_how_many_interviews_have_no_known_interviewer(study, qualcode):
    text = "张三：我们不敢签字。\n李四：他们也不敢签字。\n张三：后来好了。\n李四：是的。\n" * 2
    (study / "corpus/访谈02.txt").write_text(text, "utf-8")
    assert "1 of 2 interviews have no known interviewer" in qualcode("run", study).err


def test_verify_holds_and_says_what_does_not(study, qualcode):
    results = study / "results"
    code, out, err = qualcode("verify", results)
    assert (code, "all " in err) == (0, True), out
    before = held(results)
    with (study / "corpus/办法.txt").open("a", encoding="utf-8") as file:
        file.write("\n第四条 拒绝共享的，层层请示。\n")
    with (results / "codes.csv").open("a") as file:
        file.write("remark")
    (results / "uncoded.csv").unlink()
    code, out, err = qualcode("verify", results, "--json")
    files = json.loads(out)["files"]
    assert code == 1
    assert files["corpus/办法.txt"] == "input changed"
    assert files["codes.csv"] == "edited"
    assert files["uncoded.csv"] == "missing"
    assert files["coded_segments.csv"] == "differs"
    assert files["events.csv"] == "same"
    assert held(results).keys() == before.keys() - {"uncoded.csv"}


def test_verify_after_the_study_moved_and_with_parts_of_it_elsewhere(study, qualcode, tmp_path):
    moved = tmp_path / "an other place" / "study"
    shutil.copytree(study, moved)
    shutil.rmtree(study)
    assert qualcode("verify", moved / "results").code == 0
    (moved / "corpus").rename(tmp_path / "texts")
    code, _, err = qualcode("verify", moved / "results")
    assert (code, "--corpus" in err) == (2, True)
    assert qualcode("verify", moved / "results", "--corpus", tmp_path / "texts").code == 0


def test_verify_wants_a_result_folder(study, qualcode):
    assert qualcode("verify", study).code == 2
    (study / "codebook.yaml").write_text("codes: [", "utf-8")
    assert qualcode("verify", study / "results").code == 3


def test_kwic_finds_terms_as_rules_do(study, qualcode):
    code, out, _ = qualcode("kwic", study / "results", "涉密")
    assert (code, "[涉密]" in out, out.count("\n")) == (0, True, 1)
    assert "[想了个办法]" in qualcode("kwic", study / "results", "想…辦法").out
    assert "怕担责" in qualcode("kwic", study / "results", "怕担责").out, "interviewers' words are searchable"
    code, out, _ = qualcode("kwic", study / "results", "没有这个词")
    assert (code, out) == (1, "")


def test_kwic_of_codes_and_rules_with_what_was_refused(study, qualcode):
    results = study / "results"
    standing = qualcode("kwic", results, "code:avoidance", "--format", "csv").out
    everything = qualcode("kwic", results, "code:avoidance", "--format", "csv", "--refused").out
    rows = list(csv.DictReader(io.StringIO(everything)))
    assert len(rows) > len(list(csv.DictReader(io.StringIO(standing)))) > 0
    assert {row["code"] for row in rows} == {"avoidance", "avoidance.security"}
    assert any(row["blocked_by"] for row in rows)
    assert qualcode("kwic", results, "rule:sec_terms").code == 0
    code, _, err = qualcode("kwic", results, "code:avoidence")
    assert (code, "did you mean 'avoidance'" in err) == (2, True)


def test_kwic_sorts_by_the_words_on_either_side(study, qualcode):
    def sides(sort):
        out = qualcode("kwic", study / "results", "数据", "--sort", sort, "--format", "csv").out
        return [(row["left"], row["right"]) for row in csv.DictReader(io.StringIO(out))]

    lefts = [left[::-1] for left, _ in sides("left")]
    rights = [right for _, right in sides("right")]
    assert len(lefts) > 2
    assert lefts == sorted(lefts)
    assert rights == sorted(rights)


def test_kwic_of_what_was_left_and_what_was_refused(study, qualcode):
    results = study / "results"
    uncoded = [row["segment_id"] for row in table(results / "uncoded.csv")]
    listed = table_of(qualcode("kwic", results, "--uncoded", "--format", "csv").out)
    assert [row["segment_id"] for row in listed] == uncoded
    some = qualcode("kwic", results, "--uncoded", "--sample", 3, "--seed", 7, "--format", "csv")
    assert (
        some.out == qualcode("kwic", results, "--uncoded", "--sample", 3, "--seed", 7, "--format", "csv").out
    )
    assert len(table_of(some.out)) == 3
    assert "drawn at random with seed 7" in some.err
    refused = table_of(qualcode("kwic", results, "--refused", "--format", "csv").out)
    assert [row["blocked_by"] for row in refused] == [
        row["blocked_by"] for row in table(results / "matches.csv") if row["blocked_by"]
    ]
    assert qualcode("kwic", results).code == 2


def test_kwic_leaves_documents_kept_for_testing_out(study, qualcode):
    path = study / "corpus" / "办法.txt"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nsplit: test\n", 1), "utf-8")
    assert qualcode("run", study).code == 0
    answer = qualcode("kwic", study / "results", "code:avoidance", "--refused")
    assert "办法:" not in answer.out
    assert "1 documents kept for testing were left out" in answer.err
    opened = qualcode("kwic", study / "results", "code:avoidance", "--open-test")
    assert "办法:" in opened.out
    assert "warning[test-opened]" in opened.err
    assert (study / ".qualcode" / "opened.jsonl").is_file()
    assert qualcode("verify", study / "results").code == 0, "the journal is no part of the results"


def test_kwic_writes_new_files_only(study, qualcode, tmp_path):
    for form in ("csv", "xlsx", "text"):
        path = tmp_path / f"places.{form}"
        assert qualcode("kwic", study / "results", "数据", "--format", form, "-o", path).code == 0
        assert path.stat().st_size > 50
        assert qualcode("kwic", study / "results", "数据", "--format", form, "-o", path).code == 2
    assert qualcode("kwic", study / "results", "数据", "--format", "xlsx").code == 2


def test_network_and_timeline_show_what_the_run_wrote(study, qualcode):
    for command, name, option in (
        ("network", "cooccurrence_edges", ("--unit", "run3")),
        ("timeline", "timeline", ()),
    ):
        code, out, err = qualcode(command, study / "results", *option, "--format", "csv")
        shown = sorted(tuple(row.items()) for row in csv.DictReader(io.StringIO(out)))
        kept = [row for row in table(study / f"results/{name}.csv") if row.get("unit", "run3") == "run3"]
        assert code == 0, err
        assert shown == sorted(tuple(row.items()) for row in kept)


def test_network_and_timeline_write_folders_of_their_own(study, qualcode, tmp_path):
    assert qualcode("network", study / "results", "--unit", "document", "--out", tmp_path / "net").code == 0
    units = {row["unit"] for row in table(tmp_path / "net/cooccurrence_nodes.csv")}
    assert units == {"document"}
    assert qualcode("timeline", study / "results", "--by", "year", "--out", tmp_path / "time").code == 0
    assert table(tmp_path / "time/timeline.csv")
    assert qualcode("network", study / "results", "--unit", "pages").code == 2
    assert qualcode("timeline", study / "results", "--code", "avoidence").code == 2
    assert qualcode("network", study).code == 3


@pytest.mark.parametrize("command", ["network", "timeline"])
def test_an_analysis_never_replaces_the_results_it_is_made_from(command, study, qualcode, tmp_path):
    results = study / "results"
    before = held(results)
    for options in ((), ("--force",)):
        code, _, err = qualcode(command, results, "--out", results, *options)
        assert code == 2 and "other results" in err
    assert held(results) == before
    assert qualcode(command, results, "--out", tmp_path / "own").code == 0
    assert qualcode(command, results, "--out", tmp_path / "own").code == 0, "its like it replaces"


@pytest.mark.parametrize(
    "damage",
    [
        lambda held: held[: len(held) // 2],
        lambda held: held.replace(b",yes,", b",perhaps,", 1),
        lambda held: held.split(b"\r\n", 1)[1],
        lambda held: b"",
        lambda held: b"\xff\xfe" + held,
        lambda held: None,
    ],
    ids=["cut off", "odd cell", "no head", "empty", "not UTF-8", "gone"],
)
@pytest.mark.parametrize("table", ["segments", "coded_segments"])
def test_a_damaged_table_is_told_by_its_name(damage, table, study, qualcode):
    path = study / "results" / f"{table}.csv"
    left = damage(path.read_bytes())
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    for command in ("network", "timeline"):
        code, _, err = qualcode(command, study / "results")
        assert code == 3 and f"{table}.csv" in err


def test_an_analysis_with_a_changed_codebook_says_so(study, qualcode):
    with (study / "codebook.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# a thought\n")
    assert "the codebook changed" in qualcode("network", study / "results").err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_shells(shell, qualcode):
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("no bash to ask for its version")
    code, out, _ = qualcode("completion", shell)
    assert code == 0
    assert "_QUALCODE_COMPLETE" in out


def test_completion_knows_the_commands(monkeypatch, qualcode):
    monkeypatch.setenv("_QUALCODE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "qualcode co")
    monkeypatch.setenv("COMP_CWORD", "1")
    monkeypatch.setattr(sys, "argv", ["qualcode"])
    out = qualcode().out
    assert {"plain,code", "plain,corpus", "plain,codebook", "plain,completion"} <= set(out.split())


def test_every_command_has_help_with_an_example_in_both_languages(qualcode):
    for command in COMMANDS:
        code, out, err = qualcode(command, "--help")
        assert code == 0, err
        assert f"qualcode {command}" in out.partition("Examples:")[2], command
        assert qualcode("--lang", "zh", command, "--help").code == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("rnu",), "did you mean 'run'"),
        (("corpus", "chekc", "."), "did you mean 'check'"),
        (("run", "--untl", "turn"), "did you mean --unit"),
        (("run", ".", "--unit", "sentense"), "did you mean 'sentence'"),
        (("code",), "is missing"),
        (("code", "nowhere", "--codebook", "x.yaml", "--out", "out"), "there is no"),
        (("run", "--corpus", "nowhere", "--codebook", "x.yaml", "--out", "out"), "there is no"),
        (("kwic", "nowhere", "x", "--width", "many"), "--width"),
        (("completion", "tcsh"), "tcsh"),
    ],
)
def test_a_call_that_makes_no_sense_is_exit_2_with_what_was_meant(
    call, words, qualcode, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    code, out, err = qualcode(*call)
    assert (code, out) == (2, "")
    assert words in err


def test_options_of_all_commands_stand_before_or_after_the_command(study, qualcode):
    after = qualcode("run", study, "--lang", "zh").err
    assert "结果" in after
    assert after == qualcode("--lang", "zh", "run", study).err
    assert qualcode("run", study, "--lang", "fr").code == 2
