"""Tables of turns and of documents, as researchers and survey tools keep them."""

import datetime
import io

import openpyxl
import pytest


def xlsx(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def turns(extract) -> list[tuple[str, str, str]]:
    return [(b.speaker, b.time, extract.quote(b)) for b in extract.blocks]


def test_rows_with_a_speaker_are_the_turns_of_one_document(one) -> None:
    extract = one(
        '时间,发言人,内容,城市\n00:01,访谈者,谈谈共享？,J市\n1:02:03,处长,"不给，\n涉密。",J市\n', "I01.csv"
    )
    assert turns(extract) == [("访谈者", "00:00:01", "谈谈共享？"), ("处长", "01:02:03", "不给，\n涉密。")]
    assert extract.metadata == {"城市": "J市"}


def test_rows_that_name_a_document_belong_to_it(read) -> None:
    table = "doc,speaker,text,date,mood\nI01,Q,Why?,2019,calm\nI01,A,No.,2019,cross\n"
    table += "I02,Q,And?,2020,calm\n,A,Yes.,,\n"
    extracts, (note,) = read(table, "all.csv")
    assert [(e.name, e.text, dict(e.metadata)) for e in extracts] == [
        ("I01", "Why?\nNo.", {"date": "2019"}),
        ("I02", "And?\nYes.", {"date": "2020", "mood": "calm"}),
    ]
    assert (note.kind, note.severity) == ("column-left-out", "note")
    assert "mood" in str(note)


def test_without_speakers_each_row_is_a_document(read) -> None:
    extracts, problems = read("编号,回答,性别\nS1,不愿意给。 因为涉密,女\nS2,愿意,男\n", "survey.csv")
    assert problems == []
    assert [(e.name, e.text, dict(e.metadata)) for e in extracts] == [
        ("S1", "不愿意给。 因为涉密", {"性别": "女"}),
        ("S2", "愿意", {"性别": "男"}),
    ]
    (only,), _ = read("text\nhello\n", "x.csv")
    assert only.name == "row2"


def test_a_column_that_counts_rows_names_no_documents(one) -> None:
    extract = one("id,speaker,text\n1,Q,Why?\n2,A,No.\n3,Q,Oh.\n", "I01.csv")
    assert len(extract.blocks) == 3


def test_names_that_never_come_back_are_people_not_voices(read) -> None:
    extracts, _ = read("姓名,回答\n张,给\n李,不给\n", "survey.csv")
    assert [(e.name, dict(e.metadata)) for e in extracts] == [
        ("row2", {"participant": "张"}),
        ("row3", {"participant": "李"}),
    ]


def test_columns_are_what_the_researcher_says(one) -> None:
    columns = {"text": "说了什么", "speaker": "谁", "date": "访谈日期"}
    extract = one("谁,说了什么,访谈日期\n甲,给,2019-06\n乙,不给,2019-06\n", "x.csv", columns=columns)
    assert turns(extract) == [("甲", "", "给"), ("乙", "", "不给")]
    assert extract.metadata == {"date": "2019-06"}


def test_a_table_without_text_lists_the_columns_it_has(refused) -> None:
    problem = refused("甲,乙\n1,2\n", "x.csv")
    assert problem.kind == "no-text-column"
    assert "甲, 乙" in str(problem)
    assert "没有" in str(refused("甲,乙\n1,2\n", "x.csv", columns={"text": "没有"}))


def test_a_column_that_is_not_there_is_named(read) -> None:
    extracts, (problem,) = read("text,城市\na,b\n", "x.csv", columns={"speaker": "谁"})
    assert problem.kind == "no-such-column"
    assert extracts


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_what_excel_saves_is_read(one, separator: str, encoding: str) -> None:
    rows = [
        ["发言人", "发言内容"],
        ["访谈者", "你们单位的数据给不给别的部门？"],
        ["处长", '他说"不给"，因为涉密的事情说不清'],
    ]
    text = "\r\n".join(separator.join('"' + c.replace('"', '""') + '"' for c in row) for row in rows)
    extract = one((text + "\r\n").encode(encoding), "I01.csv")
    assert [words for *_, words in turns(extract)] == [row[1] for row in rows[1:]]


def test_a_line_that_names_the_separator_is_no_header(one) -> None:
    assert one("sep=;\r\ntext;city\r\nhello;x\r\n", "x.csv").text == "hello"


def test_workbooks_give_their_values_and_skip_titles_and_hidden_sheets(read) -> None:
    data = xlsx(
        说明=[["本表为访谈记录"]],
        记录=[
            ["访谈记录表"],
            [None],
            ["文档", "说话人", "时间", "内容", "日期", "人数"],
            ["I01", "问", datetime.time(0, 1, 2), "谈谈？", datetime.datetime(2019, 6, 25), 3.0],
            ["I01", "答", "00:02", "不给。", datetime.datetime(2019, 6, 25), 3],
        ],
    )
    (extract,), problems = read(data, "all.xlsx")
    assert problems == []
    assert turns(extract) == [("问", "00:01:02", "谈谈？"), ("答", "00:00:02", "不给。")]
    assert extract.metadata == {"日期": "2019-06-25", "人数": "3"}


def test_a_sheet_can_be_chosen(read, refused) -> None:
    data = xlsx(一=[["text", "x"], ["a", 1]], 二=[["text", "x"], ["b", 1]])
    assert read(data, "x.xlsx", sheet="二")[0][0].text == "b"
    assert refused(data, "x.xlsx", sheet="三").kind == "no-such-sheet"


@pytest.mark.parametrize("data", ["", "\n\n", ",,,\n,,\n"])
def test_an_empty_table_is_an_error(refused, data: str) -> None:
    assert refused(data, "x.csv").kind in ("empty-file", "no-text-column")


def test_an_unclosed_quotation_mark_does_not_end_the_run(read) -> None:
    extracts, problems = read('text,city\n"no end,x\n' + "a,b\n" * 10, "x.csv")
    assert extracts or problems
