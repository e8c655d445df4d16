"""Rich text as Word, WPS and pandoc write it."""

import pytest


def rtf(inside: str, head: str = r"\ansi\ansicpg936") -> bytes:
    return ("{\\rtf1" + head + " " + inside + "}").encode("ascii")


def escaped(words: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in words.encode(encoding))


@pytest.mark.parametrize(
    ("inside", "head"),
    [
        (escaped("数据共享", "gbk"), r"\ansi\ansicpg936"),
        (r"\f1 " + escaped("數據", "big5"), r"\ansi{\fonttbl{\f1\fcharset136 PMingLiU;}}"),
        (r"\u25968?\u25454?\u20849?\u20139?", r"\ansi\ansicpg1252\uc1"),
        (r"\uc0\u25968\u25454", r"\ansi"),
        (r"\u-10179?\u-8704?", r"\ansi"),
    ],
)
def test_chinese_is_read_from_code_pages_and_unicode(one, inside: str, head: str) -> None:
    assert one(rtf(inside + r"\par", head), "x.rtf").text.strip() in ("数据共享", "數據", "数据", "😀")


def test_paragraphs_headings_rows_and_curly_quotes(one, laid) -> None:
    extract = one(
        rtf(
            r"{\stylesheet{\s1\outlinelevel0 heading 1;}}{\pard\outlinelevel1 \b Part\par}"
            r"{\pard He said \ldblquote no\rdblquote .\par}"
            r"{\trowd\cell\row}\trowd a\cell b\cell\row"
        ),
        "x.rtf",
    )
    assert laid(extract) == [("heading", "Part"), ("paragraph", "He said “no”."), ("row", "a\tb")]
    assert extract.blocks[0].level == 2


def test_a_fragment_without_its_head_is_read_to_its_end(one) -> None:
    assert one(rb"{\pard one\par}" + b"\n" + rb"{\pard two\par}", "x.rtf").text == "one\ntwo"


def test_what_is_left_out_is_said(read) -> None:
    (extract,), problems = read(rtf(r"text{\footnote a note}\deleted gone\par"), "x.rtf")
    assert [p.kind for p in problems] == ["notes-not-read", "tracked-changes"]
    assert "a note" not in extract.text


@pytest.mark.parametrize("data", [b"no rtf at all", b"{", b"{\\rtf1}", b"{\\rtf1 \\'zz \\u99999999999? }"])
def test_what_is_no_rtf_is_one_problem(read, data: bytes) -> None:
    extracts, problems = read(data, "x.rtf")
    assert len(problems) == 1 or (extracts and not problems)


@pytest.mark.parametrize("data", [rb"{\rtf1 one\par {two", rb"{\rtf1 one\par}} two\par}"])
def test_a_file_that_is_cut_off_or_ends_early_says_so(read, data: bytes) -> None:
    (extract,), (problem,) = read(data, "x.rtf")
    assert (problem.kind, problem.severity) == ("damaged-file", "warning")
    assert extract.text.startswith("one")


def test_one_damaged_character_does_not_cost_the_rest(read) -> None:
    (extract,), (problem,) = read(rtf(r"one \u9999999? two\par"), "x.rtf")
    assert problem.kind == "undecodable-bytes"
    assert extract.text == "one \ufffd two"


def test_a_link_gives_the_words_it_shows(one) -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "http://x.org"}}{\fldrslt{the notice}}}'
    assert one(rtf(f"see {link} now" + r"\par"), "x.rtf").text == "see the notice now"
