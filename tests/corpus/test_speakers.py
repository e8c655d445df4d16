"""Who speaks where: turns, speeches, times, front matter and roles, from transcripts as they come."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus import labels
from qualcode.corpus.extract import Extract, Laid, Piece, lay_out
from qualcode.corpus.labelled import BODY, Lines, read_labels
from qualcode.corpus.labels import Label, read_label
from qualcode.corpus.readers import read_extracts
from qualcode.corpus.settings import CorpusSettings
from qualcode.corpus.speakers import find_turns
from qualcode.model import Document, Metadata, Role, Span, Speaker


def read(
    text: str, kind: str = "interview", *, name: str = "a.txt", interviewer: str = "", **settings
) -> Document:
    """A document heard from the text of a file; problems hang on it as `problems` of the source note."""
    document, _ = read_with_problems(text, kind, name=name, interviewer=interviewer, **settings)
    return document


def read_with_problems(
    text: str, kind: str = "interview", *, name: str = "a.txt", interviewer: str = "", **settings
):
    extracts, _ = read_extracts(dedent(text).lstrip("\n").encode(), name)
    metadata = Metadata(kind=kind, interviewer=interviewer)
    blocks, turns, speakers, problems = find_turns(extracts[0], metadata, CorpusSettings(**settings))
    return Document("d", extracts[0].text, metadata, blocks, turns, speakers), problems


def heard(text: str, kind: str = "interview", **settings) -> list[tuple[str, str]]:
    document = read(text, kind, **settings)
    return [(turn.speaker, document.text[turn.span.start : turn.span.end]) for turn in document.turns]


def times(text: str) -> list[str]:
    return [turn.time for turn in read(text).turns]


def roles(document: Document) -> dict[str, tuple[str, str]]:
    return {speaker.label: (speaker.role, speaker.role_source) for speaker in document.speakers}


FORMS = {
    "known words": "访谈者：给吗？\n受访者A：不给。\n访谈者：为何？\n",
    "half width": "访谈者: 给吗？\n受访者A: 不给。\n访谈者: 为何？\n",
    "half width, no space": "访谈者:给吗？\n受访者A:不给。\n访谈者:为何？\n",
    "questions": "问：给吗？\n答：不给。\n问：为何？\n",
    "numbered": "Q1：给吗？\nA1：不给。\nQ2：为何？\n",
    "letters": "Q: 给吗？\nA: 不给。\nQ: 为何？\n",
    "full-width letters": "Ｑ：给吗？\nＡ：不给。\nＱ：为何？\n",
    "interviewer and respondent": "I: 给吗？\nR: 不给。\nI: 为何？\n",
    "English words": "Interviewer: 给吗？\nRespondent 1: 不给。\nInterviewer: 为何？\n",
    "codes with times": "Q: 给吗？\nI03-A[00:12:31]: 不给。\nQ: 为何？\n",
    "times before names": "[00:01:02] 李四：给吗？\n[00:01:09] 张处长：不给。\n[00:02:00] 李四：为何？\n",
    "times after names": "李四 00:01:02\n给吗？\n张处长 00:01:09\n不给。\n李四 00:02:00\n为何？\n",
    "iFlytek": "说话人1 00:02\n给吗？\n\n说话人2 00:09\n不给。\n\n说话人1 00:20\n为何？\n",
    "Tencent": "说话人 1 00:02\n给吗？\n\n说话人 2 00:09\n不给。\n\n说话人 1 00:20\n为何？\n",
    "Tencent with names": "李四(00:01:05): 给吗？\n张三(00:01:09): 不给。\n李四(00:02:00): 为何？\n",
    "Tencent, full width": "李四（00：01：05）：给吗？\n张三（00：01：09）：不给。\n"
    "李四（00：02：00）：为何？\n",
    "Otter": "Jane Doe  1:02:03\n给吗？\n\nWang Fang  1:02:09\n不给。\n\nJane Doe  1:03:00\n为何？\n",
    "Teams": "Wang Fang   0:03\n给吗？\n\nLi Si   0:09\n不给。\n\nWang Fang   0:20\n为何？\n",
    "Zoom": "00:00:02\tWang Fang\t给吗？\n00:00:09\tLi Si\t不给。\n00:00:20\tWang Fang\t为何？\n",
    "Meet": "Wang Fang (10:02)\n给吗？\n\nLi Si (10:09)\n不给。\n\nWang Fang (10:20)\n为何？\n",
    "headings": "### 蔡沛琪：\n给吗？\n\n### 唐鳳：\n不给。\n\n### 蔡沛琪：\n为何？\n",
    "names that recur": "老李：给吗？\n老张：不给。\n老李：为何？\n老张：\n没有。\n",
    "bold names": "**访谈者：** 给吗？\n\n**受访者**：不给。\n\n**访谈者：** 为何？\n",
    "numbered lines": "1. 问：给吗？\n   答：不给。\n2. 问：为何？\n",
    "names set apart": "访 谈 者：给吗？\n受　访　者：不给。\n访 谈 者：为何？\n",
    "times with dates": "李四(2021-03-05 10:00:01): 给吗？\n张三(2021-03-05 10:00:09): 不给。\n"
    "李四(2021-03-05 10:01): 为何？\n",
    "capitals": "INTERVIEWER: 给吗？\nMR. LEE: 不给。\nINTERVIEWER: 为何？\nMR. LEE: No.\n",
    "bracketed names": "【访谈者】：给吗？\n【受访者】：不给。\n【访谈者】：为何？\n",
    "machine speakers": "[00:01.000 --> 00:04.000] SPEAKER_00: 给吗？\n"
    "[00:05.000 --> 00:06.000] SPEAKER_01: 不给。\n"
    "[00:07.000 --> 00:09.000] SPEAKER_00: 为何？\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_label_gives_the_same_three_utterances(form: str) -> None:
    said = heard(FORMS[form], name="a.md" if form in {"headings", "bold names"} else "a.txt")
    assert [words for _, words in said][:3] == ["给吗？", "不给。", "为何？"]
    assert said[0][0] == said[2][0] != said[1][0]


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("known words", ["访谈者", "受访者A", "访谈者"]),
        ("numbered", ["Q", "A", "Q"]),
        ("codes with times", ["Q", "I03-A", "Q"]),
        ("Tencent", ["说话人 1", "说话人 2", "说话人 1"]),
        ("Otter", ["Jane Doe", "Wang Fang", "Jane Doe"]),
        ("machine speakers", ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]),
    ],
)
def test_a_label_is_kept_as_written_without_its_time_and_colon(form: str, names: list[str]) -> None:
    assert [name for name, _ in heard(FORMS[form])] == names


@pytest.mark.parametrize(
    "line",
    [
        "17:30", "第一条：略", "注：略", "地址：市府路1号", "第一：略", "时间：2021年3月", "附件：名单",
        "http://a.gov.cn/b", "也就是说：没有", "我的意思是：没有", "一是：没有", "（笑）：好", "比例 3：1",
        "责任单位：市公安局", "Note: none", "会议议定：按季通报", "会议研究了：下一步",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_label_makes_no_speaker_however_often(line: str) -> None:
    text = "访谈者：给吗？\n受访者：不给。\n" + f"{line}\n" * 4 + "访谈者：为何？\n"
    assert {name for name, _ in heard(text)} == {"访谈者", "受访者"}
    assert heard(f"{line}\n" * 5) == []


def test_a_plain_label_must_recur() -> None:
    once = "访谈者：给吗？\n受访者：不给。\n老陈：我补充。\n访谈者：好。\n"
    assert "老陈" not in dict(heard(once))
    assert heard(once)[1] == ("受访者", "不给。\n老陈：我补充。")
    assert heard("老李：给吗？\n老张：不给。\n") == []
    assert (
        heard("老李：给吗？\n老张：不给。\n老李：好。\n") == []
    )  # the same label twice explains but two lines
    assert len(heard("老李：给吗？\n老张：不给。\n老李：好。\n老张：好。\n")) == 4


def test_a_declared_label_counts_anywhere() -> None:
    text = "老李：给吗？\n老陈：不给。\n"
    assert heard(text, labels=("老李", "老陈")) == [("老李", "给吗？"), ("老陈", "不给。")]
    declared = {"老陈": Speaker("老陈", "respondent", "declared", actor="J市公安局")}
    document = read(text, speakers=declared)
    assert [turn.speaker for turn in document.turns] == ["老陈"]
    assert document.speaker("老陈").actor == "J市公安局"
    assert heard("一、会议内容\n老陈：同意。\n", "policy", labels=("老陈",)) == [("老陈", "同意。")]


def test_a_declared_label_counts_even_where_it_looks_like_something_else() -> None:
    text = "背景：我是背景的同事。\n工作人员：好。\n也是：行。\n"
    assert [name for name, _ in heard(text, labels=("背景", "也是"))] == ["背景", "也是"]


def test_width_case_and_spaces_do_not_hide_a_declared_label() -> None:
    assert heard("Ｐ 1: 不给。\n", labels=("p1",)) == [("Ｐ 1", "不给。")]


def test_an_explicit_form_makes_speakers_when_seen_three_times() -> None:
    timed = "甲处 00:01\n给吗？\n乙局 00:09\n不给。\n"
    assert heard(timed) == []
    assert [name for name, _ in heard(timed + "丙委 00:20\n为何？\n")] == ["甲处", "乙局", "丙委"]


def test_beside_headings_a_phrase_with_a_colon_is_no_speaker() -> None:
    text = (
        "### 甲：\n開放政府：一個是透明。\n\n### 乙：\n開放政府：另一個是參與。\n\n### 甲：\n開放政府：對。\n"
    )
    assert [name for name, _ in heard(text, name="a.md")] == ["甲", "乙", "甲"]


def test_a_heading_may_name_anybody() -> None:
    names = ["一位不願具名的網友", "張三、李四", "Lee, John", "有人"]
    text = "".join(f"### {name}：\n好。\n\n" for name in names)
    assert [name for name, _ in heard(text, name="a.md")] == names


def test_an_agenda_is_no_conversation() -> None:
    assert heard("签到 09:00\n致辞 09:30\n茶歇 10:30\n讨论 11:00\n", "minutes") == []


def test_paragraphs_up_to_the_next_label_belong_to_the_turn() -> None:
    text = "访谈者：给吗？\n\n受访者：不给。\n\n没有依据。\n\n所以不给。\n\n访谈者：好。\n"
    assert heard(text)[1] == ("受访者", "不给。\n\n没有依据。\n\n所以不给。")


def test_a_repeated_label_is_a_new_turn_of_the_same_speech() -> None:
    turns = read("问：给吗？\n答：不给。\n答：真没有。\n问：好。\n").turns
    assert [(turn.number, turn.speech) for turn in turns] == [(1, 1), (2, 2), (3, 2), (4, 3)]


def test_a_label_without_words_is_no_turn() -> None:
    assert heard("问：\n答：不给。\n问：好。\n") == [("答", "不给。"), ("问", "好。")]


def test_bracketed_sounds_stay_in_the_words() -> None:
    assert heard("问：给吗？\n答：（笑）不给。[听不清]\n问：好。\n")[1] == ("答", "（笑）不给。[听不清]")


def test_what_stands_above_the_first_label_is_front_matter() -> None:
    text = """
        数据共享访谈
        时间：2021年3月5日
        关键词：
        数据、共享、依据
        文字记录：
        说话人1 00:02
        给吗？
        说话人2 00:09
        不给。
        说话人1 00:12
        好。
        以上内容由AI生成，仅供参考
        """
    document = read(text)
    front = [document.text[b.span.start : b.span.end] for b in document.blocks if b.kind == "front"]
    assert front[0] == "数据共享访谈"
    assert front[-1] == "以上内容由AI生成，仅供参考"
    assert "数据、共享、依据" in front
    body = [document.text[b.span.start : b.span.end] for b in document.blocks if b.kind == "paragraph"]
    assert body == ["给吗？", "不给。", "好。"]
    assert document.turns[-1].span.end < document.text.index("以上内容")


def test_the_signature_of_a_program_is_nobodys_words() -> None:
    text = FORMS["Otter"] + "\nTranscribed by https://otter.ai\n"
    assert heard(text)[-1] == ("Jane Doe", "为何？")


def test_much_text_above_the_first_label_is_named() -> None:
    _, problems = read_with_problems("很长的说明。\n" * 300 + FORMS["questions"])
    assert [p.kind for p in problems] == ["long-lead"]


def test_blocks_hold_all_characters_in_order_and_labels_are_their_own() -> None:
    for form, text in FORMS.items():
        document = read(text, name="a.md" if "#" in text else "a.txt")
        spans = [block.span for block in document.blocks]
        assert spans == sorted(spans), form
        held = "".join("".join(document.text[a:b].split()) for a, b in spans)
        assert held == "".join(document.text.split()), form
        words = "".join(
            document.text[b.span.start : b.span.end] for b in document.blocks if b.kind == "paragraph"
        )
        assert set("给吗？不给。为何没有No. \n") >= set(words), form


def test_times_are_carried_over_the_hour() -> None:
    text = "甲 59:58\n一。\n乙 00:03\n二。\n甲 1:00:09\n三。\n"
    assert times(text) == ["00:59:58", "01:00:03", "01:00:09"]
    assert times(FORMS["times with dates"]) == ["10:00:01", "10:00:09", "10:01:00"]
    assert times("甲 75:00\n一。\n乙 75:03\n二。\n甲 76:00\n三。\n") == ["01:15:00", "01:15:03", "01:16:00"]


def test_a_bare_time_is_a_label_and_not_a_speaker() -> None:
    document = read("问：给吗？\n[00:01:00] 再说一遍。\n答：不给。\n[00:02:00] 真的。\n[00:03:00] 完。\n")
    assert [turn.speaker for turn in document.turns] == ["问", "答"]
    labels = [document.text[b.span.start : b.span.end] for b in document.blocks if b.kind == "label"]
    assert labels == ["问：", "[00:01:00]", "答：", "[00:02:00]", "[00:03:00]"]


def test_a_time_on_the_line_above_a_label_is_the_time_of_the_turn() -> None:
    assert times("00:01:00\n问：给吗？\n00:02:00\n答：不给。\n00:03:00\n问：好。\n") == [
        "00:01:00",
        "00:02:00",
        "00:03:00",
    ]


def test_speakers_the_format_gives_need_no_label() -> None:
    extract = lay_out(
        [Piece("给吗？", speaker="甲", time="00:00:01"), Piece("不给。", speaker="乙"), Piece("真的。")]
    )
    blocks, turns, speakers, _ = find_turns(extract, Metadata(kind="interview"), CorpusSettings())
    assert [(t.speaker, t.time, extract.text[t.span.start : t.span.end]) for t in turns] == [
        ("甲", "00:00:01", "给吗？"),
        ("乙", "", "不给。\n真的。"),
    ]
    assert [b.kind for b in blocks] == ["paragraph"] * 3
    assert [s.label for s in speakers] == ["甲", "乙"]


def test_a_cue_may_carry_the_name_in_its_words() -> None:
    words = ["李四: 给吗？", "张三: 不给。", "真的。", "李四: 好。", "张三: 对。"]
    extract = lay_out([Piece(w, time=f"00:00:0{i}") for i, w in enumerate(words)])
    _, turns, _, _ = find_turns(extract, Metadata(), CorpusSettings())
    assert [(t.speaker, t.time) for t in turns] == [
        ("李四", "00:00:00"),
        ("张三", "00:00:01"),
        ("李四", "00:00:03"),
        ("张三", "00:00:04"),
    ]


def test_a_table_may_hold_name_and_words_in_two_columns() -> None:
    extract = lay_out([Piece(w, kind="row") for w in ["访谈者\t给吗？", "受访者\t不给。", "访谈者\t好。"]])
    _, turns, _, _ = find_turns(extract, Metadata(), CorpusSettings())
    assert [(t.speaker, extract.text[t.span.start : t.span.end]) for t in turns][:2] == [
        ("访谈者", "给吗？"),
        ("受访者", "不给。"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("访谈者：给吗？\n受访者A：不给。\n主持人：好。\n", ["interviewer", "respondent", "moderator"]),
        ("Q1：给吗？\nA1：不给。\n", ["interviewer", "respondent"]),
        ("I: well?\nR: no.\nI: why?\n", ["interviewer", "respondent"]),
        ("说话人1 00:02\n给？\n说话人2 00:09\n不给。\n说话人1 00:12\n好。\n", ["unknown", "unknown"]),
        ("A：给。\nB：不给。\nA：好。\nB：行。\n", ["unknown", "unknown"]),
        ("I：给。\nII：不给。\nI：好。\nII：行。\n", ["unknown", "unknown"]),
    ],
)
def test_a_label_may_say_its_role(text: str, expected: list[Role]) -> None:
    known = roles(read(text))
    assert [role for role, _ in known.values()] == expected
    assert all(source == ("unknown" if role == "unknown" else "pattern") for role, source in known.values())


def test_what_is_declared_wins_over_what_a_label_says() -> None:
    declared = {
        "受访者": Speaker("受访者", "interviewer", "declared"),
        "访谈者": Speaker("访谈者", actor="J大学"),  # nothing said about the role
    }
    document = read("访谈者：给吗？\n受访者：不给。\n", speakers=declared)
    assert roles(document) == {"访谈者": ("interviewer", "pattern"), "受访者": ("interviewer", "declared")}
    assert document.speaker("访谈者").actor == "J大学"


def test_the_interviewer_of_the_metadata_is_a_declared_one() -> None:
    document = read("老李：给吗？\n老张：不给。\n老李：好。\n老张：行。\n", interviewer="老李、小王")
    assert roles(document) == {"老李": ("interviewer", "declared"), "老张": ("unknown", "unknown")}


def test_a_policy_has_no_turns_and_minutes_have_them_where_labels_recur() -> None:
    policy = "责任单位：市公安局\n主持人：王某\n主持人：王某\n主持人：王某\n问：谁负责？\n答：市公安局。\n"
    assert heard(policy, "policy") == heard(policy, "report") == []
    assert heard("主持人：王某\n记录人：李某\n会议研究了三个问题。\n", "minutes") == []
    minutes = "会议研究了共享问题。\n张局长：不给。\n李局长：给。\n张局长：好。\n李局长：行。\n"
    assert [name for name, _ in heard(minutes, "minutes")] == ["张局长", "李局长", "张局长", "李局长"]
    first = read(minutes, "minutes").blocks[0]
    assert first.kind == "paragraph"  # what minutes say before anybody speaks is body


def test_a_text_of_unsaid_kind_in_articles_is_a_document() -> None:
    law = "第一条 略。\n第二条 略。\n第三条 略。\n问：谁？\n答：他。\n问：谁？\n"
    assert heard(law, "") == []


def test_a_line_that_might_be_a_label_is_noted_once_with_its_line() -> None:
    _, problems = read_with_problems(
        "访谈者：给吗？\n受访者：不给。\n老陈：我补充。\n老吴：我也是。\n访谈者：好。\n"
    )
    assert [(p.kind, p.severity, p.place.line) for p in problems] == [("label-not-accepted", "note", 3)]
    assert "老陈, 老吴" in str(problems[0])


def test_a_title_page_may_name_who_asks_and_who_answers() -> None:
    talk = "访谈者：给吗？\n受访者：不给。\n访谈者：好。\n"
    above = "张处长访谈\n访谈者：李某\n受访者：张某\n时间：2021年3月\n"
    assert heard(above + talk) == heard(talk)
    once = "受访者：某副科长\n问：给吗？\n答：不给。\n问：好。\n"
    assert [name for name, _ in heard(once)] == ["问", "答", "问"]
    assert read(once).blocks[0].kind == "front"


def test_a_short_first_answer_is_no_title_page() -> None:
    assert heard("问：您好\n答：您好\n问：给吗？\n答：不给。\n")[0] == ("问", "您好")
    assert heard("主持人：开始吧。\n问：给吗？\n答：不给。\n问：好。\n")[0] == ("主持人", "开始吧。")


def test_numbers_of_questions_are_no_people_and_numbers_of_people_are() -> None:
    assert [s.label for s in read("Q1：一？\nA1：二。\nQ2：三？\nA2：四。\nA2：五。\n").speakers] == [
        "Q",
        "A",
    ]
    declared = read("Q1：一？\nA1：二。\nQ2：三？\nA2：四。\n", labels=("A1", "A2"))
    assert [s.label for s in declared.speakers] == ["Q1", "A1", "Q2", "A2"]
    several = read("Q1：一？\nA1：二。\nA2：三。\nQ2：四？\nA3：五。\n")
    assert [s.label for s in several.speakers] == ["Q1", "A1", "A2", "Q2", "A3"]
    assert [s.label for s in read("Q：一？\nA1：二。\nQ：三？\nA2：四。\n").speakers] == ["Q", "A1", "A2"]


def test_labels_with_nothing_said_under_them_leave_the_text_as_it_is() -> None:
    document = read("名单\n访谈者：\n受访者：\n")
    assert document.turns == ()
    assert [b.kind for b in document.blocks] == ["paragraph"] * 3


def test_an_interview_without_speakers_is_named() -> None:
    _, problems = read_with_problems("我们没有依据。\n后来就给了。\n")
    assert [(p.kind, p.severity) for p in problems] == [("no-speakers", "warning")]
    _, problems = read_with_problems("我们没有依据。\n", "fieldnote")
    assert problems == []


def test_date_lines_of_an_unlabelled_interview_are_front_matter() -> None:
    document = read("时间：2021年3月\n地点：J市\n我们没有依据。\n时间：这个词后来也说过。\n")
    assert [b.kind for b in document.blocks][:3] == ["front", "front", "paragraph"]


def test_an_empty_text_has_nobody() -> None:
    extract = lay_out([])
    assert find_turns(extract, Metadata(kind="interview"), CorpusSettings()) == ((), (), (), [])
    assert Laid(Span(0, 0)).speaker == ""


pieces = [
    "访谈者",
    "Q1",
    "张处长",
    "Jane Doe",
    "受访者（男:45岁）",
    "注",
    "17",
    "http",
    "x",
    "1. 问",
    "第一条",
    "00:12:31",
]
signs = [
    "：",
    ":",
    ": ",
    "： ",
    "\t",
    "** ",
    ":** ",
    "*",
    "：3",
    ": 3",
    ":\u3000",
    "//",
    " ",
    "[",
    "】：",
    ":\u00a0",
]
line = st.lists(st.sampled_from([*pieces, *signs, "好，", "and so on ", "字" * 50]), max_size=6).map("".join)
whole = st.lists(st.tuples(st.sampled_from(["", "", "### ", "- ", "| ", "\u3000"]), line), max_size=8)


def line_by_line(extract: Extract, declared: frozenset[str]) -> list[tuple[Label, ...]]:
    """What `read_label` says of every line of every block."""
    text, read = extract.text, []
    for block in extract.blocks:
        kind, at, found = block.kind, block.span.start, []
        lines = [extract.quote(block)] if kind == "heading" else extract.quote(block).split("\n")
        for one in lines if kind in BODY else ():
            heading, row = kind == "heading", kind == "row"
            found.append(read_label(text, at, at + len(one), heading=heading, row=row, declared=declared))
            at += len(one) + 1
        read.append(tuple(label for label in found if label))
    return read


@given(whole, st.sampled_from(["\n", "\n\n"]), st.sampled_from([(), ("x",), ("http",)]))
def test_labels_are_those_of_every_line_by_itself(lines, between: str, declared: tuple[str, ...]) -> None:
    text = between.join(sign + words for sign, words in lines)
    for name in ("a.md", "a.txt", "a.html"):
        for extract in read_extracts(text.encode(), name)[0]:
            found = read_labels(extract, Lines.of(extract), frozenset(declared)).of_blocks()
            read = [found.get(n, ()) for n in range(len(extract.blocks))]
            assert read == line_by_line(extract, frozenset(declared))


def test_behind_the_beginning_of_a_line_stands_no_digit_of_any_kind() -> None:
    for sign in map(chr, range(0x110000)):
        if labels._OPENING.match(f"甲：{sign}"):
            assert not (sign.isspace() or sign.isdigit() or sign in "*_")
