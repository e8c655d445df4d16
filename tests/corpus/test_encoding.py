"""No text is ever read as mojibake in silence."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.common import COMMON
from qualcode.corpus.encoding import _decode, _plain, decode, score
from qualcode.corpus.mojibake import _foreign_words, mojibake
from qualcode.corpus.signs import LOOKED_AT
from qualcode.problems import Place
from qualcode.text.repair import repair

HANS = (
    "我们单位的数据共享工作是从二〇一九年开始的，当时市里专门成立了领导小组，要求各部门按时提交目录。"
    "可是有的部门说这个涉密，一句话就挡回来了。后来大数据局把接口统一了，情况才慢慢好起来。"
)
HANT = (
    "我首先想請你跟我們簡介一下，你在開放政府裡擔任的角色，還有職務範圍。"
    "我現在是行政院的數位政務委員，主要是兩個功能，一是協調部會之間對於某件事不確定怎麼分工的時候。"
)
LATIN = "The caf\u00e9 owner didn\u2019t agree \u2013 \u201cna\u00efve\u201d, she said; M\u00fcller stayed. "


@pytest.mark.parametrize("size", [12, 30, 80, 2000])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((HANS, e) for e in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be")),
        *((HANT, e) for e in ("utf-8", "gb18030", "big5", "cp950", "big5hkscs", "utf-16-le")),
        (LATIN, "cp1252"),
        (LATIN, "utf-8"),
    ],
)
def test_usual_encodings_are_read_without_a_doubt(text: str, encoding: str, size: int) -> None:
    chance = random.Random(size)
    for _ in range(5):
        start = chance.randrange(len(text) - 12)
        sample = (text * 40)[start : start + size]
        if sample.isascii():
            continue
        decoded = decode(sample.encode(encoding), "I01.txt")
        assert decoded.text == sample
        assert [p.severity for p in decoded.problems if p.severity == "error"] == []
        if size >= 30:
            assert decoded.problems == ()


def test_a_doubt_names_both_candidates_and_the_setting() -> None:
    data = "寒蟬鳴泣".encode("big5")  # rare characters: nothing to tell by
    (doubt,) = decode(data, "notes.txt").problems
    assert doubt.kind == "doubtful-encoding"
    assert "encoding: " in str(doubt)
    assert doubt.values["first"] != doubt.values["second"]
    assert doubt.severity == "warning"


def test_the_setting_decides_and_is_not_doubted() -> None:
    decoded = decode("寒蟬鳴泣".encode("big5"), "notes.txt", encoding="big5")
    assert (decoded.text, decoded.problems) == ("寒蟬鳴泣", ())


def test_a_setting_that_turns_utf8_into_nonsense_is_doubted() -> None:
    """The setting is of the whole corpus, and one file of it may have been saved anew."""
    for encoding in ("gb18030", "utf-16", "big5"):
        doubt = decode(HANS.encode("utf-8"), "I01.txt", encoding=encoding).problems[0]
        assert (doubt.kind, doubt.severity) == ("doubtful-encoding", "warning")
    assert decode(HANS.encode("utf-8"), "I01.txt", encoding="utf-8").problems == ()
    assert decode(b"plain words", "I01.txt", encoding="gb18030").problems == ()


def test_characters_lost_before_the_file_was_saved_are_told_with_the_line_of_the_first() -> None:
    found = decode("访谈者：好。\n受访者：\ufffd\ufffd怕担责\ufffd。\n".encode(), "I01.txt").problems
    assert [(p.kind, p.place.line, p.values["n"]) for p in found] == [("lost-characters", 2, 3)]


@pytest.mark.parametrize("text", [HANS, HANT])
@pytest.mark.parametrize(
    ("meant", "read"),
    [
        ("utf-8", "cp1252"),
        ("utf-8", "latin-1"),
        ("utf-8", "gb18030"),
        ("gb18030", "latin-1"),
        ("big5", "latin-1"),
    ],
)
def test_chinese_read_wrongly_and_saved_so_is_told(text: str, meant: str, read: str) -> None:
    spoilt = text.encode(meant, "replace").decode(read, "ignore")
    found = decode(("访谈：" * (read == "gb18030") + spoilt).encode("utf-8"), "I01.txt")
    assert "mojibake" in [p.kind for p in found.problems]


@pytest.mark.parametrize(
    "text",
    [
        LATIN * 30,
        "Ça été où? Ère naïve, déjà vu, Noël à Zürich: ÄÖÜäöüß, señor, ação, Łódź, Ελλάδα, привет. " * 9,
        "寒蟬鳴泣，鬱壘饕餮，魑魅魍魎，躊躇徘徊。" * 9,
        "データの共有は、とても大切です。行政が責任を持つ。" * 9,
        "행정의 책임은 누구에게 있습니까? 데이터 공유." * 9,
        "«»“”‘’…—–€£°±×÷½¼" * 20,
    ],
)
def test_ordinary_writing_is_never_taken_for_spoilt(text: str) -> None:
    assert decode(text.encode("utf-8"), "I01.txt").problems == ()


def test_an_unknown_setting_is_an_error_that_names_it() -> None:
    decoded = decode(b"x", "a.txt", encoding="gb99999")
    assert decoded.text is None
    assert "gb99999" in str(decoded.problems[0])


def test_bytes_that_are_no_character_are_counted_and_placed() -> None:
    data = HANS.encode("gb18030") + b"\n" + "数据".encode("gb18030") + b"\xff\xff" + HANS.encode("gb18030")
    decoded = decode(data, "I01.txt")
    lost = next(p for p in decoded.problems if p.kind == "undecodable-bytes")
    assert decoded.text is not None
    assert decoded.text.count("\ufffd") == lost.values["n"]
    assert lost.place.line == 2
    assert decoded.encoding == "gb18030"


def test_one_broken_byte_does_not_turn_utf8_into_chinese_nonsense() -> None:
    data = HANS.encode("utf-8")
    decoded = decode(data[:300] + b"\xff" + data[300:], "I01.txt")
    assert decoded.encoding == "utf-8"
    assert decoded.text is not None
    assert decoded.text.replace("\ufffd", "") == HANS
    assert [p.kind for p in decoded.problems] == ["undecodable-bytes"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty-file"),
        (b"\r\n  \t", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b"\0" * 4096, "no-text"),
        (b"%PDF-1.7\n...", "not-text"),
        (b"PK\x03\x04" + bytes(range(256)), "not-text"),
        (bytes(random.Random(7).randbytes(4000)), "not-text"),
    ],
)
def test_what_is_no_text_is_one_error(data: bytes, kind: str) -> None:
    decoded = decode(data, "x.txt")
    assert decoded.text is None
    assert [(p.kind, p.severity) for p in decoded.problems] == [(kind, "error")]


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_error_and_never_an_exception(data: bytes) -> None:
    decoded = decode(data, "x.txt")
    assert (decoded.text is None) == any(p.severity == "error" for p in decoded.problems)


def test_the_right_reading_scores_far_above_the_wrong_one() -> None:
    data = HANS.encode("gb18030")
    assert score(data, "gb18030") > 0.6 > 0.2 > score(data, "big5hkscs")


def test_the_same_interview_in_three_encodings_is_the_same_text(real_data) -> None:
    folder = real_data / "import_formats"
    texts = {
        e: decode((folder / f"zh_interview_{e}.txt").read_bytes(), e) for e in ("big5", "utf16", "utf8bom")
    }
    assert all(decoded.problems == () for decoded in texts.values())
    assert texts["utf16"].text == texts["utf8bom"].text
    # Big5 has no 裏, and the file was written with a question mark for it.
    assert texts["big5"].text == (texts["utf8bom"].text or "").replace("裏", "?")


def test_a_zero_byte_in_a_text_is_named_with_its_place_and_the_text_is_read() -> None:
    read = decode(("第一行没有依据。\n第二行我们\0不给。\n" + "后来就给了。" * 20).encode(), "a.txt")
    [found] = read.problems
    assert (found.kind, found.severity, found.place.line) == ("zero-bytes", "warning", 2)
    assert (found.values["n"], found.values["byte"]) == (1, 41)
    assert read.text is not None and read.encoding == "utf-8"


def test_many_zero_bytes_are_utf16_or_no_text() -> None:
    assert decode("we refused it, and then we left".encode("utf-16-le"), "a.txt").encoding == "utf-16-le"
    assert decode(b"\0\1\2abc" * 50, "a.txt").text is None


@given(st.text(st.sampled_from("ab é’数\n\u00a0ÎÒ"), max_size=60))
def test_words_that_are_not_all_ascii(text: str) -> None:
    signs = "".join(sign for sign in text if not sign.isascii())
    plainly = " ".join(word for word in text.split(" ") if not word.isascii())
    assert _foreign_words(text, signs) == plainly
    assert _foreign_words(text + " " * 600, signs) == plainly


def test_nothing_ascii_counts_as_common_chinese() -> None:
    assert not any(map(str.isascii, COMMON))


MISREAD = "我们的数据共享工作".encode().decode("cp1252", "replace")
ANY = st.one_of(
    st.text(
        st.sampled_from("ab é’数的，\n\t\r\u00a0ÎÒ\ufffd\u00ad\u0301\x7f\x0c\x1a\ufeff⼯𠀀😀"), max_size=40
    ),
    st.text(max_size=20),
    st.sampled_from(["", " ", MISREAD, "我们的数据共享工作" * 3, "plain words\n" * 30, "é" * 7]),
)


@given(st.lists(ANY, max_size=4), st.sampled_from([0, 30, LOOKED_AT - 3, LOOKED_AT + 3]), st.booleans())
def test_what_is_read_at_once_is_read_as_it_is_otherwise(parts: list[str], many: int, first: bool) -> None:
    filled = ["x" * many, *parts] if first else [*parts, "的x" * (many // 2)]
    data = "".join(filled).encode("utf-8", "surrogatepass")
    plain = _plain(data, "a.txt")
    if plain is not None:
        read = _decode(data, Place("a.txt"), "")
        assert read.text is not None
        assert (plain.text, plain.encoding) == (read.text, read.encoding)
        assert plain.problems == (*read.problems, *mojibake(read.text, "a.txt"))
        assert repair(read.text) == (plain.text, {})


def test_nearly_all_files_are_read_at_once() -> None:
    for text in ("we refused it\n", "“We” refused it, he said; naïve.\n" * 40, "我们不信任他们。\n", MISREAD):
        assert _plain(text.encode(), "a.txt") is not None
