"""Hand coding from elsewhere comes in whole, once, and only where its place is certain."""

import csv
import io
import json

import pytest
from openpyxl import Workbook

from qualcode.review.journal import read_folder

from .conftest import TALK
from .word import word

DATE = "2024-03-01T10:00:00Z"


@pytest.fixture
def handed(study, told):
    """Hand a file in; return exit code and what was said."""

    def hand(data, *options, name="I03_copy.docx"):
        path = study / name
        path.write_bytes(data)
        code, _, err = told("review", "import", path, study, *options)
        return code, err

    return hand


def table(rows, encoding="utf-8"):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


def kept(study):
    return [(d.coder, d.action, d.anchor.quote, d.code, d.memo) for d in read_folder(study / "decisions")[0]]


FEAR = "说实话大家都怕担责，谁也不敢先签字。"
REFUSE = "我们处里的数据一直不给别的部门。"
LATE = "后来市里开了会，追责的办法写清楚了，情况就好一些。"


def test_comments_become_codings_of_their_authors_with_their_dates(study, handed):
    data = word(
        TALK,
        [
            (FEAR, "甲", "fear", DATE),
            ("不给别的部门", "乙", "拒绝；open：厂商锁定 #memo 说的是以前", DATE),
            (LATE, "乙", "ＦＥＡＲ\n同意"),
        ],
    )
    assert handed(data)[0] == 0
    assert sorted(kept(study)) == sorted(
        [
            ("甲", "add", FEAR, "fear", ""),
            ("乙", "add", REFUSE, "refuse", ""),
            ("乙", "add", REFUSE, "open:厂商锁定", ""),
            ("乙", "memo", REFUSE, "", "说的是以前"),
            ("乙", "add", LATE, "fear", ""),
            ("乙", "add", LATE, "agree", ""),
        ]
    )
    decisions = read_folder(study / "decisions")[0]
    assert {d.dated for d in decisions if d.anchor.quote != LATE} == {DATE}
    assert {d.marked for d in decisions if d.code == "refuse"} == {"不给别的部门"}
    assert {d.source for d in decisions} == {"I03_copy.docx"}


def test_importing_twice_adds_nothing_and_undone_stays_undone(study, handed, told):
    data = word(TALK, [(FEAR, "甲", "fear", DATE), (REFUSE, "甲", "拒绝 #memo 注", DATE)])
    handed(data)
    before = kept(study)
    code, err = handed(data)
    assert (code, kept(study)) == (0, before)
    assert "3 were there before" in err
    undone = next(d for d in read_folder(study / "decisions")[0] if d.code == "fear")
    assert told("decide", "-", study, "--coder", "甲", "--undo", undone.id)[0] == 0
    length = len(read_folder(study / "decisions")[0])
    handed(data)
    assert len(read_folder(study / "decisions")[0]) == length


def test_what_a_coder_decided_later_stands(study, handed, told):
    data = word(TALK, [(FEAR, "甲", "fear", DATE)])
    assert told("run", study)[0] in (0, 1)
    assert told("decide", "I03:2#fear", study, "--coder", "甲", "--reject")[0] == 0
    code, err = handed(data)
    assert (code, "warning[decided-otherwise]" in err) == (0, True)
    assert [action for _, action, *_ in kept(study)] == ["reject"]


def test_mistakes_are_listed_and_the_rest_is_taken(study, handed):
    data = word(
        TALK,
        [
            (FEAR, "甲", "feer"),
            (FEAR, "甲", "fear; 拒觉"),
            ("答：对。", "甲", "agree"),
            (None, "甲", "fear"),
            ("问：数", "甲", "open:"),
            (REFUSE, "甲", "这里要再问一次"),
            (LATE, "a;b", "fear"),
            (LATE, "乙", "fear"),
        ],
    )
    code, err = handed(data)
    assert code == 1
    assert kept(study) == [("乙", "add", LATE, "fear", ""), ("甲", "add", "对。", "agree", "")]
    assert err.count("error[unknown-code]") == 3
    assert "did you mean 'fear'" in err
    assert "error[no-place]" in err
    assert "warning[no-code]" in err
    assert "error[no-coder]" in err


def test_remarks_become_memos_only_where_asked_for(study, handed):
    data = word(TALK, [(REFUSE, "甲", "这里，要再问一次"), (REFUSE, "甲", "#备注 典型")])
    handed(data)
    assert kept(study) == [("甲", "memo", REFUSE, "", "典型")]
    assert handed(data, "--memos")[0] == 0
    assert ("甲", "memo", REFUSE, "", "这里，要再问一次") in kept(study)
    handed(data, "--memos")
    assert len(kept(study)) == 2


def test_a_label_alone_is_nothing_to_code(handed):
    code, err = handed(word(TALK, [("问", "甲", "fear")]))
    assert (code, "error[no-segment]" in err) == (1, True)


def test_a_comment_over_several_sentences_codes_each_it_covers_half_of(study, handed):
    handed(word(TALK, [(f"不敢先签字。{REFUSE}\n问：是", "甲", "fear")]))
    assert kept(study) == [("甲", "add", REFUSE, "fear", "")]
    handed(word(TALK, [(f"都怕担责，谁也不敢先签字。{REFUSE}", "乙", "fear")]))
    assert [row[2] for row in kept(study) if row[0] == "乙"] == [FEAR, REFUSE]


def test_authors_are_who_they_are_said_to_be(study, handed):
    data = word(TALK, [(FEAR, "Zhang San", "fear"), (REFUSE, "", "refuse")])
    code, err = handed(data, "--coder", "甲")
    assert (code, "of several authors" in err) == (2, True)
    assert handed(data, "--author", "Zhang San=甲", "--author", "=乙")[0] == 0
    assert {row[0] for row in kept(study)} == {"甲", "乙"}
    assert handed(data, "--author", "Zhang Sen=甲")[0] == 2
    assert handed(data, "--author", "甲")[0] == 2
    one = word(TALK, [(LATE, "Author", "fear")])
    assert handed(one, "--coder", "丙")[0] == 0
    assert ("丙", "add", LATE, "fear", "") in kept(study)


def test_a_dry_run_says_all_and_writes_nothing(study, handed):
    code, err = handed(word(TALK, [(FEAR, "甲", "fear")]), "--dry-run")
    assert (code, "1 decisions of 甲 would be written" in err) == (0, True)
    assert not (study / "decisions").exists()


# Copies of a transcript.


def test_a_copy_with_other_blanks_widths_and_a_title_is_the_document(study, handed):
    copy = "访谈记录三\n\n" + TALK.replace("，", ", ").replace("。", " 。").replace("\n", "\n\n")
    start = copy.index("我们处里")
    code, err = handed(word(copy, [((start, copy.index("。", start) + 1), "甲", "refuse")]))
    assert (code, "changed-copy" in err) == (0, False)
    assert kept(study) == [("甲", "add", REFUSE, "refuse", "")]


def test_the_second_of_two_equal_answers_is_the_second(study, handed):
    at = TALK.rindex("对。")
    handed(word(TALK, [((at, at + 2), "甲", "agree")]))
    decision = read_folder(study / "decisions")[0][0]
    text = (study / "corpus" / "I03.txt").read_text("utf-8")
    assert decision.anchor.start == text.rindex("对。")


def test_in_a_changed_copy_only_certain_places_are_taken(study, handed):
    copy = TALK.replace("大家都怕担责", "大家都害怕担责").replace("后来有变化吗", "后来呢")
    copy = copy.replace("问：是不是担心出了问题说不清楚？\n答：对。\n", "", 1)  # one of two equal answers
    second = copy.rindex("对。")
    data = word(
        copy,
        [
            (REFUSE, "甲", "refuse"),  # in a line that was changed, but long enough to be known by itself
            ("都害怕担责，", "甲", "fear"),  # the very words were changed
            ((second, second + 2), "甲", "agree"),  # nobody can say which of the two is left
            (LATE, "甲", "fear"),
        ],
    )
    code, err = handed(data)
    assert (code, "warning[changed-copy]" in err) == (1, True)
    assert [row[2:4] for row in kept(study)] == [(REFUSE, "refuse"), (LATE, "fear")]
    assert err.count("error[not-located]") == 2
    assert "searched: 都害怕担责，" in err


def test_a_file_of_another_text_belongs_to_no_document(study, handed):
    other = "今天谈的是另一件事情，与共享无关。\n大家都来说一说各自的看法吧。\n"
    code, err = handed(word(other, [("另一件事情", "甲", "fear")]))
    assert (code, "error[no-document]" in err) == (1, True)
    assert kept(study) == []


def test_of_two_documents_with_one_text_the_name_or_a_person_decides(study, handed):
    (study / "corpus" / "I04.txt").write_bytes((study / "corpus" / "I03.txt").read_bytes())
    data = word(TALK, [(FEAR, "甲", "fear")])
    code, err = handed(data, name="copy.docx")
    assert (code, "error[several-documents]" in err) == (1, True)
    assert handed(data, "--document", "I04", name="copy.docx")[0] == 0
    assert handed(data, name="I03 甲.docx")[0] == 0
    assert [d.document for d in read_folder(study / "decisions")[0]] == ["I04", "I03"]
    assert handed(data, "--document", "I05")[0] == 2


def test_comments_on_a_transcript_in_the_corpus_are_read_where_they_are(study, told):
    (study / "corpus" / "I03.txt").unlink()
    (study / "corpus" / "I03.docx").write_bytes(word(TALK, [(FEAR, "甲", "fear")]))
    assert told("review", "import", study / "corpus" / "I03.docx", study)[0] == 0
    assert kept(study) == [("甲", "add", FEAR, "fear", "")]


# Tables.

HEAD = ("文档", "起", "止", "引文", "编码", "编码员", "备注", "结论", "改为")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_table_of_codings_comes_in(study, handed, encoding):
    text = (study / "corpus" / "I03.txt").read_text("utf-8")
    start = text.index(FEAR)
    wide = "".join(chr(ord(figure) + 0xFEE0) for figure in str(start))
    rows = [
        HEAD,
        ("I03", wide, start + len(FEAR), "", "fear", "甲", "典型", "", ""),
        ("I03", "", "", "我们处里的 数据,一直不给", "拒绝", "甲", "", "", ""),
        ("I03", "", "", "我们处里的数据一直不给别的部门.", "拒绝", "甲", "", "", ""),
        ("I03", "", "", LATE, "fear", "乙", "", "改码", "同意"),
    ]
    code, err = handed(table(rows, encoding), name="codings.csv")
    assert code == 1
    assert "codings.csv:3:4: error[not-located]" in err, err
    assert sorted(kept(study)) == sorted(
        [
            ("甲", "add", FEAR, "fear", ""),
            ("甲", "memo", FEAR, "fear", "典型"),
            ("甲", "add", REFUSE, "refuse", ""),
            ("乙", "recode", LATE, "fear", ""),
        ]
    )
    assert handed(table(rows, encoding), name="codings.csv")[1].count("were there before")
    assert len(kept(study)) == 4


def test_a_workbook_names_what_is_wrong_by_its_cell(study, handed):
    book = Workbook()
    book.active.title = "codes"
    for row in (
        ("document", "start", "end", "quote", "code", "coder", "verdict"),
        ("I03", None, None, "对。", "agree", "甲", None),
        ("I9", None, None, FEAR, "fear", "甲", None),
        ("I03", 40.0, 58.0, None, "fear", "甲", None),
        ("I03", 40, 58, "别的话", "fear", "甲", None),
        ("I03", 40, 9999, None, "fear", "甲", None),
        ("I03", 58, 40, None, "fear", "甲", None),
        ("I03", None, None, FEAR, "fear", None, None),
        ("I03", None, None, FEAR, "fear", "machine", None),
        ("I03", None, None, FEAR, None, "甲", None),
        ("I03", None, None, FEAR, "fear", "甲", "也许"),
        ("I03", None, None, None, "fear", "甲", None),
    ):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    code, err = handed(stream.getvalue(), name="codings.xlsx")
    assert code == 1
    for cell, kind in (
        *(("D2", "not-located"), ("A3", "no-document"), ("D5", "other-words"), ("B6", "bad-place")),
        *(("B7", "bad-place"), ("F8", "no-coder"), ("F9", "no-coder"), ("E10", "no-code")),
        *(("G11", "unknown-verdict"), ("D12", "no-place")),
    ):
        assert f"codings.xlsx!codes!{cell}: error[{kind}]" in err, (cell, err)
    assert "these words stand 2 times in I03; searched: 对。" in err
    assert kept(study) == [("甲", "add", FEAR, "fear", "")]


def test_a_row_against_another_takes_neither(study, handed):
    rows = [
        ("document", "quote", "code", "coder", "verdict"),
        ("I03", FEAR, "fear", "甲", "accept"),
        ("I03", FEAR, "fear", "甲", "reject"),
        ("I03", FEAR, "fear", "乙", ""),
        ("I03", FEAR, "fear", "乙", "accept"),
    ]
    code, err = handed(table(rows), name="codings.csv")
    assert (code, err.count("error[contradiction]")) == (1, 1)
    assert [row[:2] for row in kept(study)] == [("乙", "accept")]


def test_a_changed_verdict_is_the_latest_word(study, handed):
    head = ("document", "quote", "code", "coder", "verdict")
    handed(table([head, ("I03", FEAR, "fear", "甲", "accept")]), name="a.csv")
    handed(table([head, ("I03", FEAR, "fear", "甲", "reject")]), name="a.csv")
    handed(table([head, ("I03", FEAR, "fear", "甲", "reject")]), name="a.csv")
    assert [row[1] for row in kept(study)] == ["accept", "reject"]


def test_english_words_are_not_found_inside_others(study, handed):
    (study / "corpus" / "E01.txt").write_text("A: The therapist sat apart from part of us.\n", "utf-8")
    head = ("document", "quote", "code", "coder")
    for words, n in (("the rapist", 0), ("part", 1), ("THERAPIST", 0), ("The  therapist", 1)):
        code, err = handed(table([head, ("E01", words, "fear", words.replace(" ", ""))]), name="e.csv")
        assert code == (0 if n else 1), (words, err)


def test_imported_codings_count_in_the_next_run(study, handed, told):
    handed(word(TALK, [(FEAR, "甲", "fear"), (LATE, "甲", "open:厂商锁定")]))
    assert told("run", study)[0] in (0, 1)
    with (study / "results" / "coded_segments.csv").open(encoding="utf-8-sig", newline="") as stream:
        status = {
            row["code"]: (row["coder"], row["status"]) for row in csv.DictReader(stream) if row["decided_by"]
        }
    assert status == {"fear": ("machine", "accepted"), "open:厂商锁定": ("甲", "added")}
    assert json.loads(told("corpus", "changes", study, "--json")[1])[0]["state"] == "unchanged"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.csv", "a.pdf", "a.txt"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"\xff\xfe\x00\x01" * 9, b"a,b\n1,2\n"])
def test_a_broken_file_is_a_message(study, handed, name, data):
    code, err = handed(data, "--coder", "甲", name=name)
    assert (code == 0) == ("error" not in err and "neither" not in err)
    assert kept(study) == []
