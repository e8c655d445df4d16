"""Subtitles: who said what, and when; nothing of the machinery around it."""

import pytest

VTT = """WEBVTT - meeting
Kind: captions

STYLE
::cue { color: red }

NOTE this is
not talk

7f0a-guid/12-0
00:00:01.000 --> 00:00:04.500 align:start
<v Wang Fang>First &amp; <i>second</i> line
goes on</v>

intro
00:05.000 --> 00:07.000
<v.loud 王芳>你好。<v 李雷>您好。</v>
未标明。

00:59:59.900 --> 01:00:02.000
李雷：再见。
王芳：再见。
"""


def spoken(extract) -> list[tuple[str, str, str, str]]:
    return [(b.speaker, b.time, b.time_end, extract.quote(b)) for b in extract.blocks]


def test_voices_times_and_nothing_else(one) -> None:
    assert spoken(one(VTT, "m.vtt")) == [
        ("Wang Fang", "00:00:01", "00:00:04", "First & second line goes on"),
        ("王芳", "00:00:05", "00:00:07", "你好。"),
        ("李雷", "00:00:05", "00:00:07", "您好。"),
        ("", "00:00:05", "00:00:07", "未标明。"),
        ("", "00:59:59", "01:00:02", "李雷：再见。"),
        ("", "00:59:59", "01:00:02", "王芳：再见。"),
    ]


def test_srt_with_bom_crlf_and_blank_lines_inside_a_cue(one) -> None:
    srt = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n唐鳳：数据共\r\n享。\r\n\r\n还有一句。\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,000\r\n<font color='red'>{\\an8}2</font>\r\n\r\n"
    )
    assert spoken(one(srt, "m.srt")) == [
        ("", "00:00:01", "00:00:02", "唐鳳：数据共享。还有一句。"),
        ("", "00:00:03", "00:00:04", "2"),
    ]


@pytest.mark.parametrize(
    "timing",
    [
        "00:00:61.000 --> 00:01:02.000",
        "00:00:05.000 --> 00:00:01.000",
        "abc --> 00:00:01.000",
        "00:00:01.000 -->",
    ],
)
def test_a_time_that_cannot_be_is_a_problem_with_its_line_and_keeps_its_words(read, timing: str) -> None:
    (extract,), (problem,) = read(f"WEBVTT\n\n{timing}\n<v A>hello</v>\n", "m.vtt")
    assert (problem.kind, problem.place.line) == ("bad-timestamp", 3)
    assert spoken(extract) == [("A", "", "", "hello")]


def test_cues_without_a_blank_line_between_them(one) -> None:
    srt = "1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:03,000 --> 00:00:04,000\ntwo\n"
    assert [words for *_, words in spoken(one(srt, "m.srt"))] == ["one", "two"]


def test_words_outside_any_cue_are_kept_and_named(read) -> None:
    (extract,), (problem,) = read("WEBVTT\n\n00:01.000 --> 00:02.000\none\n\nlost words\n", "m.vtt")
    assert (problem.kind, problem.severity, problem.place.line) == ("stray-text", "note", 6)
    assert extract.text == "one\nlost words"


def test_rolling_captions_are_given_once(one) -> None:
    vtt = (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n \nwe<00:00:01.500><c> never</c>\n\n"
        "00:00:02.000 --> 00:00:02.010\nwe never\n \n\n"
        "00:00:02.010 --> 00:00:03.000\nwe never\nshared<00:00:02.500><c> it</c>\n"
    )
    assert one(vtt, "m.vtt").text == "we never\nshared it"


def test_a_thousand_milliseconds_are_the_next_second(one) -> None:
    assert one("1\n00:09:40,1000 --> 00:10:09,800\nx\n", "m.srt").blocks[0].time == "00:09:41"


def test_words_in_angle_brackets_that_are_no_tag_stay(one) -> None:
    assert one("1\n00:00:01,000 --> 00:00:02,000\n<听不清>那个\n", "m.srt").text == "<听不清>那个"


def test_a_file_without_cues_is_an_error(refused) -> None:
    assert refused("WEBVTT\n\nNOTE nothing\n", "m.vtt").kind == "no-text"


def test_encodings_are_found(one) -> None:
    assert (
        one(
            "1\n00:00:01,000 --> 00:00:02,000\n我们单位的数据不给别的部门用。\n".encode("gb18030"), "m.srt"
        ).encoding
        == "gb18030"
    )
