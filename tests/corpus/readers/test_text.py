"""Plain text and Markdown: the whole file is kept, and laid out as its author meant."""

from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.labelled import BODY
from qualcode.corpus.readers import ReadOptions, read_extracts
from qualcode.corpus.readers.text import _COMMENT, _lines

LINES = st.lists(
    st.sampled_from(
        [
            *(
                "### 唐鳳：",
                "# Title #",
                "---",
                "===",
                "",
                "  ",
                "<!-- note",
                "-->",
                "<!-- x -->",
                "id: 3",
                "# ",
            ),
            *(
                "访谈者：你们怎么看？",
                "我们不给。",
                "- item",
                "* * *",
                "1. first",
                "| a | b |",
                "|---|---|",
                "```",
            ),
            *(
                "— 3 —",
                "抄送：市委，",
                "市政府办公室 2019年4月10日印发",
                "The data were not shared with",
                "anyone else.",
                "[^1]: x",
            ),
            *("　　第一条　为了共享", "3", "4", "word \ufeff\u00ad", "a\u2028b", "⼯作", "-- >", "--- "),
        ]
    ),
    max_size=25,
)


@given(LINES, st.sampled_from([".txt", ".md"]))
def test_every_character_of_any_file_lies_in_one_block(lines: list[str], extension: str) -> None:
    extracts, _ = read_extracts("\n".join(lines).encode(), "x" + extension, ReadOptions())
    for extract in extracts:
        at = 0
        for block in extract.blocks:
            assert at <= block.span.start < block.span.end
            assert not extract.text[at : block.span.start].strip()
            at = block.span.end
        assert not extract.text[at:].strip()
        if extract.one_line:
            assert not any("\n" in extract.quote(block) for block in extract.blocks if block.kind in BODY)


def test_the_whole_file_is_the_text(one) -> None:
    source = "---\ncase: J市\n---\n\n# 访谈\n\n访谈者：你好？ \n受访者：好。\n"
    assert one(source, "I01.md").text == source


def test_a_yaml_head_is_front_and_is_read_as_metadata(one, laid) -> None:
    extract = one("---\ncase: J市\nid: 007\n---\n访谈者：你好？\n", "I01.txt")
    assert laid(extract) == [("front", "---\ncase: J市\nid: 007\n---"), ("paragraph", "访谈者：你好？")]
    assert extract.front.get("id").text == "007"
    assert extract.front.get("case").place.line == 2


def test_a_mistake_in_the_head_is_a_problem_with_its_line(read) -> None:
    extracts, problems = read("---\ncase: J市\ncase: K市\n---\n正文。\n", "I01.md")
    assert [(p.place.path, p.place.line) for p in problems] == [("I01.md", 3)]
    assert extracts[0].quote(extracts[0].blocks[-1]) == "正文。"


def test_a_rule_at_the_top_is_no_yaml_head(one, laid) -> None:
    assert laid(one("---\n一句话。\n---\n又一句。\n", "x.md"))[-1] == ("paragraph", "又一句。")
    assert one("---\n一句话。\n---\n又一句。\n", "x.txt").front is None


def test_headings_are_the_words_and_their_signs_are_furniture(one, laid) -> None:
    assert laid(one("# 标题\n\n### 唐鳳：\n好。\n", "x.md")) == [
        ("furniture", "#"),
        ("heading", "标题"),
        ("furniture", "###"),
        ("heading", "唐鳳："),
        ("paragraph", "好。"),
    ]
    extract = one("Title\n=====\n\nPart ##\n---\n\n## Part ##\n", "x.md")
    assert [(b.kind, b.level) for b in extract.blocks if b.kind == "heading"] == [
        ("heading", 1),
        ("heading", 2),
        ("heading", 2),
    ]


def test_comments_of_markdown_are_front(one, laid) -> None:
    text = "2021年通过\n\n<!-- INFO END -->\n\n第一条 略。<!-- 待核\n对 -->第二条 略。\n"
    assert laid(one(text, "law.md")) == [
        ("paragraph", "2021年通过"),
        ("front", "<!-- INFO END -->"),
        ("paragraph", "第一条 略。"),
        ("front", "<!-- 待核\n对 -->"),
        ("paragraph", "第二条 略。"),
    ]


def test_each_line_of_chinese_is_a_paragraph(one, laid) -> None:
    assert laid(one("访谈者：谈谈共享？\n受访者：不给。\n因为涉密。\n", "I.txt")) == [
        ("paragraph", "访谈者：谈谈共享？"),
        ("paragraph", "受访者：不给。"),
        ("paragraph", "因为涉密。"),
    ]


def test_wrapped_english_lines_are_one_paragraph_with_its_breaks_inside(one, laid) -> None:
    text = (
        "The bureau told us that the data could not be shared with\n"
        "anyone outside the system, because nobody had signed for\n"
        "it yet.\n"
        "\n"
        "Interviewer: And what did you do about it in the end, when\n"
        "the deadline came?\n"
        "Respondent: We waited.\n"
    )
    assert laid(one(text, "I.txt")) == [
        ("paragraph", text.split("\n\n")[0]),
        ("paragraph", "Interviewer: And what did you do about it in the end, when\nthe deadline came?"),
        ("paragraph", "Respondent: We waited."),
    ]


def test_short_english_lines_stay_apart(one, laid) -> None:
    assert len(laid(one("Meeting notes\n12 March 2019\nShanghai\n", "n.txt"))) == 3


def test_lines_longer_than_any_editor_wraps_are_paragraphs(one, laid) -> None:
    line = "We never shared it because nobody asked us to. " * 8
    assert len(laid(one(f"{line}\n{line}\n", "n.txt"))) == 2


def test_chinese_cut_at_a_fixed_width_is_joined_and_named(read) -> None:
    sentence = (
        "数据共享工作从二零一九年开始推进当时成立了领导小组要求各部门按时提交目录并且每月通报一次进展情况"
    )
    lines = [(sentence * 3)[i : i + 30] for i in range(0, 120, 30)]
    text = ("\n".join(lines) + "。\n\n") * 3
    (extract,), (problem,) = read(text, "copied.txt")
    assert problem.kind == "wrapped-chinese"
    assert len(extract.blocks) == 3


def test_markdown_items_notes_and_rows(one) -> None:
    text = "- 一\n  - 二\n\n3. 三\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: 注\n"
    extract = one(text, "x.md")
    assert [(b.kind, b.level, extract.quote(b)) for b in extract.blocks if b.kind != "furniture"] == [
        ("item", 1, "一"),
        ("item", 2, "二"),
        ("item", 1, "3. 三"),
        ("row", 0, "| a | b |"),
        ("row", 0, "| c | d |"),
        ("note", 0, "[^1]: 注"),
    ]


def test_what_belongs_to_the_paper_is_furniture(one, laid) -> None:
    text = "第一条 略。\n— 3 —\n第二条 略。\n抄送：市委，\n各区。\n市政府办公室 2019年4月10日印发\n"
    kinds = [kind for kind, _ in laid(one(text, "notice.txt"))]
    assert kinds == ["paragraph", "furniture", "paragraph", "furniture", "furniture", "furniture"]


def test_a_bare_number_is_an_answer_unless_it_counts_pages(one, laid) -> None:
    assert ("paragraph", "3") in laid(one("问：几个人？\n3\n问：还有吗？\n没有。\n", "I.txt"))
    assert [k for k, _ in laid(one("略。\n3\n略。\n4\n略。\n", "x.txt"))].count("furniture") == 2


def test_markup_in_the_text_stays(one) -> None:
    assert one(r"We did \[laughs\], see [here](https://x.org) &quot;ok&quot;.", "x.md").text.endswith(
        "ok&quot;."
    )


def test_a_text_recognised_from_a_scan_says_so(one) -> None:
    assert one("正文。", "scan.ocr.txt").note == "ocr"


def test_repairs_are_counted(one) -> None:
    extract = one("数据⼯作\r\n第二行\r\n", "x.txt")
    assert extract.text == "数据工作\n第二行\n"
    assert extract.repairs == {"newlines": 2, "kangxi radicals": 1}


def test_real_material_is_read_without_a_problem(real_data, read) -> None:
    files = sorted(p for p in real_data.rglob("*") if p.suffix in (".md", ".txt") and p.name != "README.md")
    assert files
    for path in files:
        extracts, problems = read(path.read_bytes(), path.name)
        assert (len(extracts), problems) == (1, [])


def test_rtf_under_another_name_is_refused_and_says_so() -> None:
    extracts, [found] = read_extracts(
        rb"{\rtf1\ansi\ansicpg936 \'ca\'fd\'be\'dd\par}", "a.txt", ReadOptions()
    )
    assert extracts == [] and (found.kind, found.severity) == ("rtf-as-text", "error")


def test_a_web_page_under_another_name_is_read_with_a_warning() -> None:
    page = "\n<!DOCTYPE html>\n<html><body><p>我们没有依据。</p></body></html>".encode()
    [extract], [found] = read_extracts(page, "a.txt", ReadOptions())
    assert "我们没有依据" in extract.text and (found.kind, found.severity) == ("html-as-text", "warning")
    assert read_extracts(page, "a.md", ReadOptions())[1] == []
    assert read_extracts("我说 <html> 是网页".encode(), "a.txt", ReadOptions())[1] == []


@given(
    st.lists(st.sampled_from(["字", "a ", " b", "\n", "\n\n", " \n", "\u3000", "<!--x-->"])),
    st.integers(0, 3),
)
def test_lines_that_are_not_blank_and_which_of_them_are_neighbours(parts: list[str], start: int) -> None:
    text = "".join(parts)
    start = min(start, len(text))
    comments = [m.span() for m in _COMMENT.finditer(text, start)]
    edges = [start, *(edge for span in comments for edge in span), len(text)]
    found, blank = [], True  # whether something lies between a line and the last one
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        blank = True
        for line in text[begin:end].split("\n"):
            if line.strip():
                found.append((begin, line, not blank))
            blank = not line.strip()
            begin += len(line) + 1
    lines = _lines(text, start, comments)
    assert list(zip(lines.starts, lines.strings, strict=True)) == [line[:2] for line in found]
    assert lines.followed() == [line[2] for line in found[1:]]
