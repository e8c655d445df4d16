"""`qualcode report`: the page again, in another language, from results that are there."""


def test_the_report_in_the_language_of_the_study_is_the_one_of_the_run(qualcode, study, tmp_path):
    before = (study / "results" / "report.html").read_bytes()
    answer = qualcode("report", study / "results", "--out", tmp_path / "again.html")
    assert answer.code == 0, answer.err
    assert (tmp_path / "again.html").read_bytes() == before
    assert (study / "results" / "report.html").read_bytes() == before


def test_the_report_speaks_the_language_asked_for(qualcode, study, tmp_path):
    for lang, words in (("en", "Questions and answers"), ("zh", "问题与回答")):
        path = tmp_path / f"{lang}.html"
        assert qualcode("report", study / "results", "--language", lang, "--out", path).code == 0
        page = path.read_text("utf-8")
        assert f'<html lang="{lang}">' in page and words in page


def test_a_file_that_is_there_is_kept(qualcode, study, tmp_path):
    path = tmp_path / "mine.html"
    path.write_text("mine", "utf-8")
    answer = qualcode("report", study / "results", "--out", path)
    assert answer.code == 2 and "is there already" in answer.err and path.read_text("utf-8") == "mine"
    assert qualcode("report", study / "results", "--out", path, "--force").code == 0
