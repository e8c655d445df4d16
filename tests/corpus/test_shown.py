"""What a text shows of itself, where nobody said."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus import shown
from qualcode.corpus.extract import Piece, lay_out
from qualcode.corpus.shown import shown_kind, shown_language, shown_title, shows_articles, shows_number


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们做了个 API 接口，叫 one-network", "zh"),
        ("The one-network reform (一网通办) in J city", "en"),
        ("12:30 …", ""),
        ("", ""),
        ("開放政府聯絡人", "zh"),
    ],
)
def test_language_by_what_there_is_more_of(text: str, language: str) -> None:
    assert shown_language(text) == language


def test_articles_and_numbers_show_a_policy() -> None:
    assert shows_articles("第一条 甲\n第二条　乙\n## 第十二条 丙")
    assert not shows_articles("他说第一条、第二条、第三条都好。\n第一条很难。")
    assert shows_number(["J市文件", "J政发〔2017〕1号"])
    assert not shows_number(["我们按国发〔2016〕51号做的"])


@pytest.mark.parametrize(
    ("title", "turns", "kind"),
    [
        ("关于印发管理办法的通知", 0, "policy"),
        ("数据共享专题会议纪要", 0, "minutes"),
        ("2020年工作总结", 0, "report"),
        ("A report on the reform", 0, "report"),
        ("张处长访谈", 40, "interview"),
        ("办法总比困难多", 0, ""),
        ("随想", 0, ""),
    ],
)
def test_kind(title: str, turns: int, kind: str) -> None:
    assert shown_kind(title, turns=turns) == kind


def title(*pieces: Piece) -> str:
    return shown_title(lay_out(pieces))


def test_the_title_is_the_first_heading_without_its_date() -> None:
    assert title(Piece("2017-01-11 經濟日報專訪", "heading", 1), Piece("葉：大家好。")) == "經濟日報專訪"
    assert title(Piece("数据安全法", "heading", 1), Piece("第一章 总则", "heading", 2)) == "数据安全法"
    assert title(Piece("2019-06-25", "heading", 1)) == "2019-06-25"  # nothing would remain


def test_a_speakers_heading_is_no_title() -> None:
    assert title(Piece("唐鳳：", "heading", 3), Piece("大家好。")) == ""


def test_a_notice_without_headings_has_its_title_under_its_number() -> None:
    pieces = [
        Piece("J政发〔2017〕1号"),
        Piece("关于印发管理办法的通知"),
        Piece("各部门："),
        Piece("现印发。"),
    ]
    assert title(*pieces) == "关于印发管理办法的通知"
    assert title(Piece("他说的话很长，一句接一句。"), Piece("关于印发管理办法的通知")) == ""


def test_a_title_wrapped_over_lines_is_one_line() -> None:
    assert title(Piece("国务院关于印发政务信息资源\n共享管理暂行办法的通知", "heading", 1)) == (
        "国务院关于印发政务信息资源共享管理暂行办法的通知"
    )
    assert title(Piece("J政办发〔2019〕38号"), Piece("关于印发《数据共享\n攻坚方案》的通知")) == (
        "关于印发《数据共享攻坚方案》的通知"
    )
    assert title(Piece("J市办公室关于印发《数据共享"), Piece("攻坚方案》的通知"), Piece("各县：")) == (
        "J市办公室关于印发《数据共享攻坚方案》的通知"
    )
    assert title(Piece("A long\nheading", "heading", 1)) == "A long heading"


@given(
    st.text(st.sampled_from("ab éß数据，\u20000 \n'’.")),
    st.text(st.sampled_from("甲乙a' ")),
    st.integers(0, 40),
)
def test_language_as_if_all_words_were_counted(text: str, more: str, times: int) -> None:
    text += more * times
    han, words = (len(found.findall(text)) for found in (re.compile(shown._HAN.pattern[:-1]), shown._WORD))
    assert shown_language(text) == ("" if not han and not words else "zh" if han >= words else "en")
