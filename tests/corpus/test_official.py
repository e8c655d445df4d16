"""An official document says its number, body and dates in places of its own, not where it cites others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.docnumber import normal_number
from qualcode.corpus.official import Official, read_official

NOTICE = """\
J市人民政府办公室文件
J政办发〔2017〕12号
J市人民政府办公室关于印发政务信息资源共享管理办法的通知
各县（市、区）人民政府，市政府各部门、各直属机构：
根据《国务院关于印发政务信息资源共享管理暂行办法的通知》（国发〔2016〕51号）要求，经市政府同意，现印发给你们，请认真贯彻执行。
J市人民政府办公室
2017年3月8日
政务信息资源共享管理办法
第三十条　本办法自2017年5月1日起施行，有效期至2022年4月30日。
抄送：市委各部门。
J市人民政府办公室　2017年3月10日印发
""".splitlines()


def read(*lines: str, title: str = "", issued: str = "") -> Official:
    found, problems = read_official(lines, title, issued=issued)
    assert problems == []
    return found


def test_a_notice() -> None:
    found = read(*NOTICE, title=NOTICE[2])
    assert found.doc_number == "J政办发〔2017〕12号"
    assert found.issued == "2017-03-08"  # under the signature, not the day of printing
    assert found.written
    assert found.actor == "J市人民政府办公室"
    assert found.effective == "2017-05-01"
    assert found.expired == "2022-04-30"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("国发〔2016〕51号", "国发〔2016〕51号"),
        ("国发[2016]51号", "国发〔2016〕51号"),
        ("国发（2016）51号", "国发〔2016〕51号"),
        ("国发﹝2016﹞51号", "国发〔2016〕51号"),
        ("国发【2016】51 号", "国发〔2016〕51号"),
        ("国办发〔２０１８〕４５号", "国办发〔2018〕45号"),
        ("沪府发〔2018〕第126号", "沪府发〔2018〕126号"),
        ("（发改高技〔2017〕1272号）", "发改高技〔2017〕1272号"),
        ("国务院令 第716号", "国务院令第716号"),
        ("市人民政府令第四十五号", "市人民政府令第45号"),
        ("国家税务总局公告2020年第12号", "国家税务总局公告2020年第12号"),
    ],
)
def test_document_numbers_in_all_their_forms(written: str, normal: str) -> None:
    assert normal_number(written) == normal
    assert read("某某办公室文件", written, "关于某事的通知").doc_number == normal


@given(
    st.sampled_from(["国发", "J政办发", "沪府规", "发改高技"]),
    st.integers(1980, 2030),
    st.integers(1, 9999),
    st.sampled_from(["〔〕", "[]", "（）", "﹝﹞", "【】", "()", "［］"]),
    st.sampled_from(["", "第"]),
)
def test_a_number_is_normal_however_it_is_typed(body: str, year: int, n: int, marks: str, no: str) -> None:
    normal = normal_number(f"{body}{marks[0]}{year}{marks[1]}{no}{n}号")
    assert normal == f"{body}〔{year}〕{n}号"
    assert normal_number(normal) == normal


@pytest.mark.parametrize(
    "text", ["", "第3号", "根据国发〔2016〕51号文件", "12345号", "2016年51号", "《办法》（国发〔2016〕51号）"]
)
def test_what_is_no_number_alone(text: str) -> None:
    assert normal_number(text) == ""


def test_a_number_cited_in_the_body_is_not_the_documents_own() -> None:
    body = "为贯彻国发〔2016〕51号文件精神，推进政务信息资源共享，结合本市实际，现提出如下实施意见。"
    assert read("关于推进共享的意见", body, "国发〔2016〕51号").doc_number == ""


def test_two_different_numbers_at_the_head_are_named_and_neither_is_taken() -> None:
    found, problems = read_official(["J政发〔2017〕1号", "J政发〔2017〕2号", "关于某事的通知"])
    assert found.doc_number == ""
    assert [p.kind for p in problems] == ["two-answers"]
    assert "J政发〔2017〕1号" in str(problems[0]) and "J政发〔2017〕2号" in str(problems[0])


def test_the_written_date_goes_before_the_posted_one_and_both_are_kept() -> None:
    found = read("成文日期：2016年09月05日", "发布日期：2016-09-19", "发文机关：国务院", "索引号：x")
    assert (found.issued, found.posted, found.actor) == ("2016-09-05", "2016-09-19", "国务院")
    assert read("发布日期：2016-09-19").issued == "2016-09-19"


def test_sign_offs_in_chinese_numerals_and_by_two_bodies() -> None:
    found = read(
        "关于某事的通知", "请遵照执行。", "J市发展和改革委员会", "J市财政局", "二〇一九年六月二十五日"
    )
    assert (found.actor, found.issued) == ("J市发展和改革委员会; J市财政局", "2019-06-25")


def test_the_table_above_a_notice_on_a_government_web_page() -> None:
    found = read(
        "索 引 号：\t000014349/2016-00184\t主题分类：\t电子政务",
        "发文机关：\t国务院\t成文日期：\t2016年09月05日",
        "发文字号：\t国发〔2016〕51号\t发布日期：\t2016年09月19日",
        "国务院关于印发办法的通知",
        "国发〔2016〕51号",
        "现印发给你们。",
        "国务院",
        "2016年9月5日",
        "第二十八条　本办法自印发之日起施行。",
    )
    assert (found.actor, found.doc_number) == ("国务院", "国发〔2016〕51号")
    assert (found.issued, found.posted, found.effective) == ("2016-09-05", "2016-09-19", "2016-09-05")


def test_an_order_is_signed_by_a_person_and_given_by_a_body() -> None:
    found = read(
        "某市人民政府令",
        "第45号",
        "《某市公共数据管理办法》已经审议通过，现予公布，自2021年1月1日起施行。",
        "市长　某某",
        "2020年12月3日",
    )
    assert (found.doc_number, found.actor) == ("某市人民政府令第45号", "某市人民政府")
    assert (found.issued, found.effective) == ("2020-12-03", "2021-01-01")


def test_a_date_told_in_the_text_is_no_sign_off() -> None:
    found = read(
        "工作回顾",
        "2019年6月25日，全国会议召开，部署了深化放管服改革优化营商环境的重点任务和分工。",
        "有关负责同志出席",
        "2019年7月1日",
    )
    assert found.issued == ""


LAW = ("某省信息化促进条例", "2007年11月23日 某省第十届人民代表大会常务委员会第三十一次会议通过")
AMENDED = "2018年9月21日 某省第十三届人民代表大会常务委员会第五次会议《关于修改某条例的决定》第二次修正"


def test_of_a_list_of_versions_the_latest_counts() -> None:
    found = read(*LAW, AMENDED, "第一条 为了加快信息化。", "第九条 本条例自2008年1月1日起施行。")
    assert found.issued == "2018-09-21"
    assert found.actor == "某省人民代表大会常务委员会"
    assert (found.effective, found.first_effective) == ("", "2008-01-01")


def test_the_day_of_force_in_a_list_of_versions_is_not_the_day_of_issue() -> None:
    found = read(
        "优化营商环境条例",
        "2019年10月8日 国务院第66次常务会议通过",
        "2019年10月22日 中华人民共和国国务院令第722号公布",
        "2020年1月1日 施行",
    )
    assert (found.issued, found.effective) == ("2019-10-22", "2020-01-01")
    assert (found.actor, found.doc_number) == ("国务院", "中华人民共和国国务院令第722号")


def test_in_force_from_the_day_of_issue() -> None:
    lines = (*LAW, "第九条 本条例自公布之日起施行。")
    assert read(*lines).effective == "2007-11-23"
    assert read(*lines, issued="2007-12-01").effective == "2007-12-01"
    assert read(*lines, issued="2007").effective == ""  # no day is invented
    assert read(*LAW, AMENDED, "第九条 本条例自公布之日起施行。").effective == ""  # of which version?


def test_force_of_something_else_is_not_taken() -> None:
    text = "会议强调，《优化营商环境条例》将于2020年1月1日起施行，各部门要做好准备。"
    assert read("会议情况通报", text).effective == ""
    assert read("会议情况通报", "会上说，自2020年1月1日起实施新的目录标准。").effective == ""
