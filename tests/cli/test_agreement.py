"""`agreement`, `sample` and `validate` on a study that was run."""

import csv
import json

import pytest


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def sheet(qualcode, study, tmp_path):
    out = tmp_path / "sheet.csv"
    answer = qualcode("sample", study / "results", "--n", 5, "--seed", 7, "--out", out)
    assert answer.code == 0, answer.err
    return out


def filled(sheet, results, *, coder="anna", flip=()):
    """Fill a sheet in as the machine coded, but for the rows in `flip`, whose first code is turned round."""
    held = rows(sheet)
    codes = list(held[0])[list(held[0]).index("note") + 1 :]
    made = {
        (r["segment_id"], r["code"]) for r in rows(results / "coded_segments.csv") if r["countable"] == "yes"
    }
    for place, row in enumerate(held):
        row["coder"] = coder
        for code in codes:
            yes = (row["segment_id"], code) in made
            row[code] = "1" if yes != (place in flip and code == codes[0]) else ""
    out = sheet.with_name(f"{coder}.csv")
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(held[0]))
        writer.writeheader()
        writer.writerows(held)
    return out, codes


def test_a_sheet_is_blind_and_can_be_drawn_again(qualcode, study, sheet, tmp_path):
    held = rows(sheet)
    assert held
    assert all(row[code] == "" for row in held for code in list(row)[list(row).index("note") :])
    design = json.loads(sheet.with_suffix(".design.json").read_text("utf-8"))
    assert len(design["units"]) == len(held)
    assert "codes" not in design["units"][0]
    again = tmp_path / "again.csv"
    qualcode("sample", study / "results", "--n", 5, "--seed", 7, "--out", again)
    assert again.read_bytes() == sheet.read_bytes()
    from_study = tmp_path / "study.csv"
    assert qualcode("sample", study, "--n", 5, "--seed", 7, "--out", from_study).code == 0
    assert from_study.read_bytes() == sheet.read_bytes()


def test_a_filled_sheet_is_never_replaced(qualcode, study, sheet):
    before = sheet.read_bytes()
    assert qualcode("sample", study / "results", "--seed", 8, "--out", sheet).code == 2
    assert sheet.read_bytes() == before


def test_whoever_codes_as_the_machine_finds_no_errors(qualcode, study, sheet, tmp_path):
    gold, codes = filled(sheet, study / "results")
    design, out = sheet.with_suffix(".design.json"), tmp_path / "validation"
    answer = qualcode("validate", study / "results", "--gold", gold, "--design", design, "--out", out)
    assert answer.code == 0, answer.err
    table = rows(out / "validation.csv")
    assert {row["code"] for row in table} == {*codes, *(code.rpartition(".")[0] for code in codes)} - {""}
    assert {row["fp"] + row["fn"] for row in table} == {"00"}
    assert {row["recall"] for row in table} <= {"1.0", ""}
    assert rows(out / "validation_errors.csv") == []


def test_every_error_is_listed_with_its_words(qualcode, study, sheet, tmp_path):
    gold, codes = filled(sheet, study / "results", flip={0, 1})
    out = tmp_path / "validation"
    qualcode("validate", study / "results", "--gold", gold, "--out", out)
    errors = rows(out / "validation_errors.csv")
    assert [(e["code"], e["text"]) for e in errors] == [(codes[0], r["text"]) for r in rows(sheet)[:2]]
    record = json.loads(qualcode("validate", study / "results", "--gold", gold, "--json").out)
    assert len(record["validation_errors"]) == 2


def test_agreement_with_the_machine_from_a_sheet(qualcode, study, sheet, tmp_path):
    gold, codes = filled(sheet, study / "results", flip={0})
    out, discuss = tmp_path / "agreement.csv", tmp_path / "discuss.csv"
    answer = qualcode(
        "agreement", gold, study / "results", "--format", "csv", "--out", out, "--disagreements", discuss
    )
    assert answer.code == 0, answer.err
    n = len(rows(sheet))
    (percent,) = [
        r for r in rows(out) if (r["code"], r["coefficient"], r["level"]) == (codes[0], "percent", "code")
    ]
    assert percent["coders"] == "anna;machine"
    assert float(percent["value"]) == pytest.approx(1 - 1 / n, abs=1e-5)
    assert [row["differ"] for row in rows(discuss)] == [codes[0]]


def test_agreement_of_two_people_before_and_after(qualcode, tmp_path):
    head = "document_id,start,end,code,coder\n"
    before, after, units = (tmp_path / name for name in ("b.csv", "a.csv", "u.csv"))
    before.write_text(head + "D,0,5,a,x\nD,5,9,a,y\n", "utf-8")
    after.write_text(head + "D,0,5,a,x\nD,0,5,a,y\n", "utf-8")
    units.write_text("document_id,start,end\nD,0,5\nD,5,9\nD,9,12\n", "utf-8")
    record = json.loads(qualcode("agreement", before, "--after", after, "--units", units, "--json").out)
    percent = {
        r["stage"]: r["value"] for r in record if (r["level"], r["coefficient"]) == ("code", "percent")
    }
    third = pytest.approx(1 / 3, abs=1e-5)
    assert percent == {"before": third, "after": 1.0, "change": pytest.approx(2 / 3, abs=1e-5)}
    text = qualcode("agreement", before, "--units", units)
    assert "x – y" in text.out
    assert "no interval" not in text.err


@pytest.mark.parametrize(
    ("name", "counts", "value"),
    [
        ("interviews", (4920, 2), 0.8808539175142506),  # I07 and I08
        ("documents", (1518, 2), 0.6741505143820261),  # D06 and E01: one strict pass, one inclusive
    ],
)
def test_the_gold_of_the_sample_corpus(qualcode, root, name, counts, value):
    """Two invented coders; values of scikit-learn 1.9.1, cohen_kappa_score."""
    folder = root / "sample_corpus" / "gold"
    answer = qualcode("agreement", folder / f"{name}.csv", "--units", folder / f"{name}_units.csv", "--json")
    record = json.loads(answer.out)
    (kappa,) = [
        r
        for r in record
        if (r["coders"], r["level"], r["coefficient"]) == (["coder_a", "coder_b"], "all codes", "cohen")
    ]
    assert (kappa["n_units"], kappa["n_documents"]) == counts
    assert kappa["value"] == pytest.approx(value, abs=5e-6)


def test_several_coders_need_a_standard(qualcode, study, tmp_path):
    gold = tmp_path / "gold.csv"
    gold.write_text("document_id,start,end,code,coder\nI01,0,5,a,x\nI01,0,5,a,y\n", "utf-8")
    answer = qualcode("validate", study / "results", "--gold", gold)
    assert answer.code == 2
    assert "--coder" in answer.err


@pytest.mark.parametrize("text", ["", "name,age\n", "document_id,start,end,code,coder\n"])
def test_a_table_without_codings_is_one_line(qualcode, tmp_path, text):
    gold = tmp_path / "gold.csv"
    gold.write_text(text, "utf-8")
    assert qualcode("agreement", gold).code == 3


def test_spans_are_compared_only_where_whole_documents_were_coded(qualcode, study, sheet, tmp_path):
    gold, _ = filled(sheet, study / "results")
    levels = {
        row["level"] for row in json.loads(qualcode("agreement", gold, study / "results", "--json").out)
    }
    assert levels == {"code", "all codes", "sets"}


def test_dominance_corrects_levels_by_what_validate_wrote(qualcode, study, sheet, tmp_path):
    """Parents are validated with what is below them, since analyses count them so."""
    gold, codes = filled(sheet, study / "results")
    design, out = sheet.with_suffix(".design.json"), tmp_path / "validation"
    assert qualcode("validate", study / "results", "--gold", gold, "--design", design, "--out", out).code == 0
    held = {row["code"]: row for row in rows(out / "validation.csv")}
    parents = {code.rpartition(".")[0] for code in codes} - {""}
    assert parents <= set(held)
    for parent in parents:
        below = [held[code] for code in codes if code.startswith(f"{parent}.")]
        assert max(int(row["tp"]) for row in below) <= int(held[parent]["tp"])
        assert max(int(row["n_positive"]) for row in below) <= int(held[parent]["n_positive"])
    told = qualcode("analyze", "dominance", study / "results")
    assert "not identified" in told.out
    for path in (out, out / "validation.csv"):
        answer = qualcode("analyze", "dominance", study / "results", "--validation", path)
        assert answer.code == 0 and "p_adj" in answer.out


def test_a_study_can_name_its_validation(qualcode, study, sheet, tmp_path):
    gold, _ = filled(sheet, study / "results")
    assert qualcode("validate", study / "results", "--gold", gold, "--out", study / "validation").code == 0
    file = study / "qualcode.yaml"
    file.write_text(file.read_text("utf-8") + "\nvalidation: validation\n", "utf-8")
    assert qualcode("--quiet", "run", study).code == 0
    record = json.loads((study / "results" / "manifest.json").read_text("utf-8"))
    assert "validation/validation.csv" in record["inputs"]["study"]
    file.write_text(file.read_text("utf-8").replace("validation: validation", "validation: nowhere"), "utf-8")
    assert "no-validation" in qualcode("run", study).err


def test_causes_that_people_wrote_are_kept_and_counted(qualcode, study, sheet, tmp_path):
    gold, _ = filled(sheet, study / "results", flip={0, 1, 2})
    out = tmp_path / "validation"
    ask = ("validate", study / "results", "--gold", gold, "--out", out)
    assert qualcode(*ask).code == 0
    table = out / "validation_errors.csv"
    errors = rows(table)
    assert {(e["cause_by"], e["stands"], e["cause"] == e["guess"]) for e in errors} == {
        ("program", "yes", True)
    }
    errors[0]["cause"], errors[2]["cause"] = "反讽", "irony; quoted"
    rewritten(table, errors, "gb18030")
    answer = qualcode(*ask)
    assert answer.code == 0, answer.err
    assert "2 causes that people wrote are kept" in answer.err
    after = rows(table)
    assert [(e["cause"], e["cause_by"]) for e in after] == [
        ("反讽", "person"),
        (errors[1]["guess"], "program"),
        ("irony; quoted", "person"),
    ]
    assert [e["guess"] for e in after] == [e["guess"] for e in errors]
    counted = {r["cause"]: (r["n"], r["n_by_person"]) for r in rows(out / "validation_causes.csv")}
    assert counted["反讽"] == ("1", "1")
    assert (out / "kept" / "validation_errors.csv").is_file(), "what was edited is kept as it was"
    bytes_then = table.read_bytes()
    assert qualcode(*ask).code == 0
    assert table.read_bytes() == bytes_then


def test_a_cause_outlives_its_error_and_comes_back_with_it(qualcode, study, sheet, tmp_path):
    gold, _ = filled(sheet, study / "results", flip={0, 1})
    perfect, _ = filled(sheet, study / "results", coder="bert")
    out = tmp_path / "validation"
    table = out / "validation_errors.csv"
    qualcode("validate", study / "results", "--gold", gold, "--out", out)
    errors = rows(table)
    errors[0]["cause"] = "反讽"
    rewritten(table, errors)
    assert qualcode("validate", study / "results", "--gold", perfect, "--out", out).code == 0
    assert [(e["cause"], e["stands"]) for e in rows(table)] == [("反讽", "no")]
    assert rows(out / "validation_causes.csv") == []
    assert qualcode("validate", study / "results", "--gold", gold, "--out", out).code == 0
    assert next((e["cause"], e["stands"]) for e in rows(table)) == ("反讽", "yes")


def test_a_cause_is_not_put_on_other_words(qualcode, study, sheet, tmp_path):
    gold, _ = filled(sheet, study / "results", flip={0})
    out = tmp_path / "validation"
    qualcode("validate", study / "results", "--gold", gold, "--out", out)
    table = out / "validation_errors.csv"
    errors = rows(table)
    errors[0]["cause"], errors[0]["text"] = "反讽", "从前在这里的是另一句话。"
    rewritten(table, errors)
    qualcode("validate", study / "results", "--gold", gold, "--out", out)
    assert [(e["cause_by"], e["stands"]) for e in rows(table)] == [("program", "yes"), ("person", "no")]


def test_a_table_of_errors_that_cannot_be_read_is_not_written_over(qualcode, study, sheet, tmp_path):
    gold, _ = filled(sheet, study / "results", flip={0})
    out = tmp_path / "validation"
    qualcode("validate", study / "results", "--gold", gold, "--out", out)
    table = out / "validation_errors.csv"
    table.write_text("cause\n反讽\n", "utf-8")
    answer = qualcode("validate", study / "results", "--gold", gold, "--out", out)
    assert answer.code == 3
    assert "no table of errors" in answer.err
    assert table.read_text("utf-8") == "cause\n反讽\n"
    assert qualcode("validate", study / "results", "--gold", gold, "--causes", tmp_path / "x.csv").code == 2


def rewritten(path, held, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(held[0]))
        writer.writeheader()
        writer.writerows(held)
