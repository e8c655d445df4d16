"""OpenDocument, web pages and e-books: the words of the page, block by block."""
# ruff: noqa: E501  (XML is easier to read unbroken)

import pytest


def test_odt_has_headings_lists_rows_boxes_and_notes(one, laid, odt) -> None:
    extract = one(
        odt(
            '<text:p text:style-name="P1">关于共享的通知</text:p>'
            '<text:h text:outline-level="2">一、背景</text:h>'
            "<text:p>数据<text:s text:c='2'/>共享<text:tab/>工作<text:line-break/>推进<text:span>很慢</text:span>"
            "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
            "<text:note-body><text:p>见附件。</text:p></text:note-body></text:note>。</text:p>"
            "<text:list><text:list-item><text:p>第一项</text:p><text:list><text:list-item><text:p>细项</text:p>"
            "</text:list-item></text:list></text:list-item></text:list>"
            "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>部门</text:p></table:table-cell>"
            "<table:table-cell><text:p>数</text:p></table:table-cell></table:table-row></table:table-header-rows></table:table>"
            "<text:p>正文<draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box></draw:frame>完</text:p>",
            '<style:style style:name="P1" style:parent-style-name="Title"/>',
        ),
        "x.odt",
    )
    assert laid(extract) == [
        ("heading", "关于共享的通知"),
        ("heading", "一、背景"),
        ("paragraph", "数据  共享\t工作\n推进很慢。"),
        ("item", "第一项"),
        ("item", "细项"),
        ("row", "部门\t数"),
        ("paragraph", "正文完"),
        ("paragraph", "框里"),
        ("note", "见附件。"),
    ]
    assert [b.level for b in extract.blocks][:2] == [1, 2]
    assert [b.level for b in extract.blocks][3:5] == [1, 2]


def test_odt_deletions_are_out_and_comments_apart(one, odt) -> None:
    extract = one(
        odt(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>删掉的</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
            '<text:p>他说<office:annotation office:name="7"><dc:creator>李</dc:creator><dc:date>2024-03-01</dc:date>'
            '<text:p>避责</text:p></office:annotation>涉密<office:annotation-end office:name="7"/>就不给<text:change text:change-id="1"/></text:p>'
        ),
        "x.odt",
    )
    assert extract.text == "他说涉密就不给"
    (comment,) = extract.comments
    assert extract.text[comment.span.start : comment.span.end] == "涉密"
    assert (comment.author, comment.text, comment.date) == ("李", "避责", "2024-03-01")


def test_odt_contents_are_furniture(one, laid, odt) -> None:
    body = "<text:table-of-content><text:index-body><text:p>一、背景 1</text:p></text:index-body></text:table-of-content><text:p>正文</text:p>"
    assert laid(one(odt(body), "x.odt")) == [("furniture", "一、背景 1"), ("paragraph", "正文")]


PAGE = """<!DOCTYPE html><html><head><title>通知_某市人民政府</title><meta charset="{charset}">
<meta name="ArticleTitle" content="关于共享的通知"><style>p {{color: red}}</style></head><body>
<header><h1>某市人民政府</h1></header><nav><ul><li>首页</li></ul></nav>
<div id=main><h2>关于共享的通知</h2>正文在<b>div</b>里，
没有空格。<p>第一段<br>第二段。<br/>第三段 end
of line</p><ul><li>甲<ol><li>乙</li></ol></li></ul>
<table><tr><th>部门</th><td>数</td></tr></table><p hidden>藏</p><p style="display: none">藏</p>
<script>var x = "藏";</script><blockquote>引文</blockquote>A &amp; B&nbsp;C</div><footer>版权</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_a_web_page_is_read_without_what_frames_it(one, laid, charset: str) -> None:
    extract = one(PAGE.format(charset=charset).encode(charset), "notice.html")
    assert laid(extract) == [
        ("heading", "关于共享的通知"),
        ("paragraph", "正文在div里，没有空格。"),
        ("paragraph", "第一段\n第二段。"),
        ("paragraph", "第三段 end of line"),
        ("item", "甲"),
        ("item", "乙"),
        ("row", "部门\t数"),
        ("paragraph", "引文"),
        ("paragraph", "A & B\u00a0C"),
    ]
    assert extract.metadata == {"title": "关于共享的通知"}


def test_a_page_that_says_the_wrong_encoding_is_read_by_its_bytes(one) -> None:
    assert one("<meta charset=gb2312><p>数据共享</p>".encode(), "x.htm").text == "数据共享"


def test_the_header_of_an_article_holds_its_title(one, laid) -> None:
    page = "<body><header>站名</header><article><header><h1>题目</h1></header><p>正文</p></article></body>"
    assert laid(one(page, "x.html")) == [("heading", "题目"), ("paragraph", "正文")]


def test_a_page_without_words_of_its_own_is_an_error(refused) -> None:
    assert refused("<html><body><script>render()</script></body></html>", "x.html").kind == "no-text"


def test_a_page_nested_without_end_is_an_error(refused) -> None:
    assert refused("<div>" * 100_000 + "x", "x.html").kind in ("damaged-file", "no-text")


def test_entities_of_a_page_open_nothing(read) -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>数据&x;共享</p>'
    (extract,), _ = read(page, "x.html")
    assert "root:" not in extract.text
    assert extract.text.startswith("数据")


def test_chapters_of_a_book_come_in_the_order_of_its_spine(one, laid, epub) -> None:
    book = epub(
        {
            "b.xhtml": "<section><h1>第一章</h1><p>先&nbsp;<a epub:type='noteref' href='#n'>1</a>说。</p>"
            "<aside epub:type='footnote'><p>注一</p></aside></section>",
            "a.xhtml": "<p>后说。",  # not well-formed
        },
        nav="<p>目录</p>",
    )
    extract = one(book, "book.epub")
    assert laid(extract) == [
        ("heading", "第一章"),
        ("paragraph", "先\u00a0说。"),
        ("note", "注一"),
        ("paragraph", "后说。"),
    ]
    assert extract.metadata == {"title": "口述史"}


def test_a_locked_book_is_an_error(refused, epub) -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData><CipherData>'
        '<CipherReference URI="OPS/text/a.xhtml"/></CipherData></EncryptedData></encryption>'
    )
    book = epub({"a.xhtml": "<p>x</p>"}, **{"META-INF/encryption.xml": encryption})
    assert refused(book, "book.epub").kind == "locked-file"


def test_a_missing_chapter_is_named_and_the_rest_read(read, epub, zipped) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(epub({"a.xhtml": "<p>甲</p>", "b.xhtml": "<p>乙</p>"}))) as book:
        members = {n: book.read(n) for n in book.namelist() if not n.endswith("b.xhtml")}
    (extract,), (problem,) = read(zipped(members), "book.epub")
    assert extract.text == "甲"
    assert "OPS/text/b.xhtml" in str(problem)


def test_a_locked_odt_is_named_so(refused, zipped) -> None:
    manifest = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    assert (
        refused(zipped({"META-INF/manifest.xml": manifest, "content.xml": b"\x8a\x01"}), "x.odt").kind
        == "locked-file"
    )
