"""A folder becomes a corpus: files, what is said beside them, documents one by one."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from openpyxl import Workbook

from qualcode.corpus import Corpus, CorpusSettings, open_corpus, read_document, read_settings
from qualcode.corpus.ids import path_ids
from qualcode.corpus.readers import readers
from qualcode.model import Document
from qualcode.problems import Problem, UsageError
from qualcode.yamlnodes import read_yaml

TALK = "问：您好，您来介绍一下吧？\n答：我们局主要是做数据共享。\n问：难吗？\n答：难，他们不给。\n"
Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def files(texts: dict[str, str]) -> Path:
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return files


def settings(text: str) -> CorpusSettings:
    node, _ = read_yaml(text, "qualcode.yaml")
    found, problems = read_settings(node)
    assert problems == []
    return found


def all_of(corpus: Corpus) -> tuple[list[Document], list[Problem]]:
    documents, problems = [], []
    for document, found in corpus.documents():
        problems += found
        if document is not None:
            documents.append(document)
    return documents, problems


def opened(folder: Path, yaml: str = "{}") -> tuple[list[Document], list[Problem]]:
    corpus, problems = open_corpus(folder, settings(yaml))
    documents, found = all_of(corpus)
    return documents, [*problems, *found]


SOURCES = ("file name", "front matter", "sidecar", "table")


@pytest.mark.parametrize("given", [c for n in range(5) for c in combinations(SOURCES, n)])
def test_the_later_of_four_sources_wins(write: Write, given: tuple[str, ...]) -> None:
    front = "---\ncase: front matter\n---\n" if "front matter" in given else ""
    name = "file name_03.md" if "file name" in given else "03.md"
    files = {name: front + TALK}
    if "sidecar" in given:
        files[name.replace(".md", ".meta.yaml")] = "case: sidecar\n"
    if "table" in given:
        files["documents.csv"] = f"file,case\n{name},table\n"
    yaml = "{filename: '{case}_{n}'}" if "file name" in given else "{}"
    [document], problems = opened(write(files), yaml)
    assert problems == []
    assert document.metadata.case == (given[-1] if given else "")
    assert document.metadata.origins.get("case") == (given[-1] if given else None)


def test_defaults_of_the_study_say_least(write: Write) -> None:
    folder = write({"a.md": "---\ncase: A\n---\n" + TALK, "b.txt": TALK})
    documents, _ = opened(folder, "{defaults: {case: J市, rank: 处级}}")
    assert [(d.metadata.case, d.metadata.origins["case"]) for d in documents] == [
        ("A", "front matter"),
        ("J市", "settings"),
    ]
    assert documents[0].metadata.attributes == {"rank": "处级"}


def test_documents_come_in_the_order_of_their_paths_and_ids_are_paths(write: Write) -> None:
    folder = write({"b/2.txt": TALK, "b/10.txt": TALK, "a.txt": TALK, "a.md": TALK})
    documents, problems = opened(folder)
    assert [d.id for d in documents] == ["a.md", "a.txt", "b/10", "b/2"]
    assert problems == []


def test_path_ids_never_collide_nor_hold_dividing_signs() -> None:
    ids = path_ids(["a.txt", "a.md", "b:1.txt", "c@d#e.docx", "深/第1次.txt"])
    assert list(ids.values()) == ["a.txt", "a.md", "b_1", "c_d_e", "深/第1次"]


def test_ids_are_composed_and_hold_no_signs_that_are_no_text() -> None:
    names = ["e\u0301te\u0301.txt", "a\nb.txt", "x\udcff.txt", "第一次\u3000访谈.txt"]
    assert list(path_ids(names).values()) == ["été", "a_b", "x_", "第一次\u3000访谈"]


def test_a_reader_that_fails_is_one_file_that_cannot_be_read(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(data: bytes, name: str, options: object) -> None:
        raise RecursionError

    folder = write({"a.md": TALK, "b.txt": TALK})
    monkeypatch.setitem(readers, ".md", fail)
    documents, problems = opened(folder)
    assert [d.id for d in documents] == ["b"]
    assert [(p.kind, p.place.path) for p in problems] == [("reader-failed", "a.md")]


def test_rows_of_a_table_are_documents_with_metadata(write: Write) -> None:
    table = "document,text,日期,类型,rank\nI01,我们做数据共享。,2021年3月,访谈,处级\nI02,他们不给。,,政策,\n"
    said = "file,id,case\nall.csv,,J市\nall.csv,all/I02,K市\n"
    documents, problems = opened(write({"all.csv": table, "documents.csv": said}))
    assert [p for p in problems if p.severity == "error"] == []
    assert [(d.id, d.metadata.kind, d.metadata.date, d.metadata.case) for d in documents] == [
        ("all/I01", "interview", "2021-03", "J市"),
        ("all/I02", "policy", "", "K市"),
    ]
    assert documents[0].metadata.origins["date"] == "row"
    assert documents[0].metadata.attributes == {"rank": "处级"}


def test_the_second_of_two_documents_with_one_id_is_left_out_and_both_are_named(write: Write) -> None:
    folder = write({"a.md": "---\nid: I01\n---\n" + TALK, "b.md": "---\nid: I01\n---\n" + TALK, "c.md": TALK})
    documents, problems = opened(folder)
    assert [d.id for d in documents] == ["I01", "c"]
    [found] = problems
    assert (found.kind, found.place.path, found.values["other"]) == ("duplicate-id", "b.md", "a.md")


def test_one_document_that_cannot_be_read_never_stops_the_rest(write: Write) -> None:
    folder = write({"a.txt": TALK, "z.txt": TALK})
    (folder / "m.docx").write_bytes(b"PK\x03\x04 no document")
    (folder / "n.txt").write_bytes(b"")
    documents, problems = opened(folder)
    assert [d.id for d in documents] == ["a", "z"]
    assert {p.place.path for p in problems if p.severity == "error"} == {"m.docx", "n.txt"}


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    corpus, problems = open_corpus(tmp_path / "nowhere")
    assert corpus.files == () and [p.severity for p in problems] == ["error"]


def test_ignored_files_are_not_documents(write: Write) -> None:
    folder = write({"a.txt": TALK, "旧稿/b.txt": TALK, "旧稿/c.doc": "x"})
    documents, problems = opened(folder, "{ignore: ['旧稿/*']}")
    assert [d.id for d in documents] == ["a"] and problems == []
    corpus, problems = open_corpus(folder, settings("{ignore: ['*']}"))
    assert corpus.files == () and [p.kind for p in problems] == ["no-documents"]


def test_speakers_from_settings_front_matter_and_table_meet(write: Write) -> None:
    folder = write(
        {
            "a.md": "---\nspeakers: {张: respondent}\n---\n" + "李：难吗？\n张：难。\n" * 2,
            "speakers.csv": "file,label,role,actor,since,rank\na,张,,J市公安局,2017年6月,处级\n",
        }
    )
    [document], problems = opened(folder, "{speakers: {李: interviewer}}")
    assert problems == []
    li, zhang = document.speakers
    assert (li.role, li.role_source) == ("interviewer", "declared")
    assert (zhang.role, zhang.role_source, zhang.actor) == ("respondent", "declared", "J市公安局")
    assert zhang.since == "2017-06" and zhang.attributes == {"rank": "处级"}


def test_a_declared_speaker_nobody_hears_is_named(write: Write) -> None:
    folder = write({"a.md": "---\nspeakers: {访谈人: interviewer}\n---\n" + TALK})
    _, problems = opened(folder)
    assert [p.kind for p in problems] == ["unheard-speaker"]


def test_a_date_in_a_name_is_the_date_of_issue_of_a_policy_only(write: Write) -> None:
    law = "第一条 为了共享。\n\n第二条 本办法适用于本市。\n\n第三条 本办法自公布之日起施行。\n"
    folder = write({"2021-03-01 张.txt": TALK, "管理办法(2019-06-25).txt": law, "办法（2019）.txt": law})
    documents, problems = opened(folder)
    talk, year, day = documents
    assert problems == []
    assert (talk.metadata.kind, talk.metadata.date, talk.metadata.issued) == ("interview", "2021-03-01", "")
    assert (day.metadata.kind, day.metadata.date, day.metadata.issued) == ("policy", "", "2019-06-25")
    assert day.metadata.effective == "2019-06-25"
    assert (year.metadata.issued, year.metadata.effective) == ("2019", "")  # no day is invented
    assert day.metadata.origins["issued"] == "file name" and day.metadata.origins["kind"] == "text"


def test_a_date_of_download_that_differs_from_the_sign_off_is_pointed_out(write: Write) -> None:
    text = "J政发〔2017〕1号\n关于共享的通知\n各部门：\n现印发给你们。\nJ市人民政府\n2017年3月8日\n"
    _, [found] = opened(write({"通知 2023-05-01.txt": text}))
    assert found.kind == "other-date" and found.values["written"] == "2017-03-08"


def test_the_day_of_an_interview_is_read_above_its_first_speaker_where_nobody_gave_it(write: Write) -> None:
    head = "张局访谈\n访谈时间：2018年3月5日\n访谈地点：某市大数据局\n"
    folder = write({"a.txt": head + TALK, "b.txt": TALK + "时间：2018年3月5日\n"})
    (shown, later), problems = opened(folder)
    assert problems == []
    assert (shown.metadata.date, shown.metadata.origins["date"]) == ("2018-03-05", "text")
    assert later.metadata.date == ""


def test_a_day_of_talk_that_differs_from_the_one_given_is_pointed_out(write: Write) -> None:
    folder = write(
        {
            "2018-03-06 张.txt": "访谈时间：2018年3月5日\n" + TALK,
            "2018-03 李.txt": "日期：2018年3月5日\n" + TALK,
        }
    )
    documents, [found] = opened(folder)
    assert [document.metadata.date for document in documents] == ["2018-03", "2018-03-06"]
    assert (found.kind, found.place.path, found.values["written"]) == (
        "other-date",
        "2018-03-06 张.txt",
        "2018-03-05",
    )


def test_of_two_days_of_talk_neither_is_taken(write: Write) -> None:
    [document], [found] = opened(write({"a.txt": "时间：2018年3月5日\n日期：2018年3月8日\n" + TALK}))
    assert document.metadata.date == "" and found.kind == "two-answers"


def test_what_a_repeat_names_must_exist(write: Write) -> None:
    files = {
        "a.txt": TALK,
        "b.md": "---\nduplicate_of: a\n---\n" + TALK,
        "c.md": "---\nduplicate_of: aa\n---\n" + TALK,
    }
    documents, problems = opened(write(files))
    assert [d.metadata.duplicate_of for d in documents] == ["", "a", ""]
    [found] = problems
    assert (found.kind, found.place.path, found.values["meant"]) == ("unknown-duplicate", "c.md", "a")


def test_a_repeat_may_name_a_document_that_comes_later(write: Write) -> None:
    files = {"a.md": "---\nduplicate_of: I09\n---\n" + TALK, "b.md": "---\nid: I09\n---\n" + TALK}
    documents, problems = opened(write(files))
    assert documents[0].metadata.duplicate_of == "I09" and problems == []


def test_two_rows_that_give_one_speaker_two_roles_are_told(write: Write) -> None:
    table = "file,label,role\na,{0},respondent\na,{0},interviewer\na,{0},\n"
    label = opened(write({"a.txt": TALK}))[0][0].turns[0].speaker
    documents, problems = opened(write({"a.txt": TALK, "speakers.csv": table.format(label)}))
    assert documents[0].speaker(label).role == "interviewer"
    assert [(p.kind, str(p.place)) for p in problems] == [("said-twice", "speakers.csv:3:1")]


def test_rows_about_no_file_and_columns_of_guesses(write: Write) -> None:
    table = "file,kind,guess_kind,guess_title,turns\na,,policy (text),X,9\nzz.docx,policy,,,\n"
    [document], problems = opened(write({"a.txt": TALK, "documents.csv": table}))
    assert document.metadata.kind == "interview" and document.metadata.attributes == {}
    [found] = problems
    assert (found.kind, str(found.place)) == ("unknown-file", "documents.csv:3:1")


def test_files_are_named_loosely_but_never_by_guess(write: Write) -> None:
    files = {
        "x/A 03.txt": TALK,
        "y/04.txt": TALK,
        "z/04.txt": TALK,
        "documents.csv": "文件,案例\na 03,甲\n04,乙\ny\\04.txt,丙\n",
    }
    documents, problems = opened(write(files))
    assert [d.metadata.case for d in documents] == ["甲", "丙", ""]
    assert [(p.kind, p.place.line) for p in problems] == [("unclear-file", 3)]


def test_sidecars_without_a_document_and_with_two(write: Write) -> None:
    files = {
        "a.txt": TALK,
        "a.md": TALK,
        "a.meta.yaml": "case: x\n",
        "a.md.meta.yaml": "case: y\n",
        "b.meta.yaml": "case: z\n",
    }
    documents, problems = opened(write(files))
    assert [d.metadata.case for d in documents] == ["y", ""]
    assert sorted((p.kind, p.place.path) for p in problems) == [
        ("unclear-file", "a.meta.yaml"),
        ("unknown-file", "b.meta.yaml"),
    ]


def test_a_workbook_goes_before_a_csv_and_both_are_named(write: Write) -> None:
    folder = write({"a.txt": TALK, "documents.csv": "file,case\na,csv\n"})
    book = Workbook()
    assert book.active is not None
    book.active.append(["file", "case"])
    book.active.append(["a.txt", "xlsx"])
    book.save(folder / "documents.xlsx")
    [document], problems = opened(folder)
    assert document.metadata.case == "xlsx"
    assert [p.kind for p in problems] == ["two-tables"]


def test_a_gbk_table_from_excel_is_read(write: Write) -> None:
    folder = write({"访谈一.txt": TALK})
    (folder / "documents.csv").write_bytes(
        "文件,单位,日期\n访谈一.txt,市公安局的办公室,2019/6/25\n".encode("gbk")
    )
    [document], problems = opened(folder)
    assert [p for p in problems if p.severity == "error"] == []
    assert (document.metadata.actor, document.metadata.date) == ("市公安局的办公室", "2019-06-25")


def test_one_file_alone(write: Write) -> None:
    folder = write({"a.md": TALK, "a.meta.yaml": "id: I01\n", "b.meta.yaml": "id: I02\n", "x.doc": ""})
    document, problems = read_document(folder / "a.md")
    assert document is not None and document.id == "I01" and problems == []
    with pytest.raises(UsageError):
        read_document(folder / "x.doc")


def test_reading_twice_gives_the_same(write: Write) -> None:
    folder = write({"a.md": "---\nz: 1\nb: 2\n---\n" + TALK, "documents.csv": "file,q,c\na,1,2\n"})
    assert opened(folder) == opened(folder)
