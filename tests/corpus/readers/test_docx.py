# ruff: noqa: E501  (XML is easier to read unbroken)
"""Word documents: every word on the page once, and nothing that is not on it."""

import pytest


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_paragraphs_headings_and_title(one, laid, docx) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="标题 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="o"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="y"/><w:basedOn w:val="loop"/></w:style>'
    )
    body = "".join(p(f"第{s}", f'<w:pStyle w:val="{s}"/>') for s in ("1", "a3", "mine", "o", "loop", "gone"))
    extract = one(docx(body + p("附", '<w:outlineLvl w:val="1"/>'), styles=styles, core="访谈三"), "I03.docx")
    assert [(b.kind, b.level) for b in extract.blocks] == [
        *(("heading", 1), ("heading", 2), ("heading", 1), ("heading", 4)),
        *(("paragraph", 0), ("paragraph", 0), ("heading", 2)),
    ]
    assert extract.metadata == {"title": "访谈三"}
    assert extract.text.split("\n")[0] == "第1"


def test_a_title_that_a_program_made_up_is_none(one, docx) -> None:
    assert one(docx(p("文"), core="Microsoft Word - 文档1"), "x.docx").metadata == {}


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<w:ins><w:r><w:t>加进</w:t></w:r></w:ins>", "前加进后"),
        ("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", "前后"),
        ("<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo>", "前移来后"),
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "前链接后"),
        ("<w:smartTag><w:r><w:t>上海</w:t></w:r></w:smartTag>", "前上海后"),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "前控件后"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>点此输入</w:t></w:r></w:sdtContent></w:sdt>", "前后"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>", "前后"),
        ("<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/></w:r>", "前\t-后"),
        ("<w:r><w:br/></w:r>", "前\n后"),
        ("<w:fldSimple><w:r><w:t>7</w:t></w:r></w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r>", "前7后"),
        ("<w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby>", "前汉后"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "前x=1后"),
    ],
)  # fmt: skip
def test_what_stands_inside_a_paragraph(one, docx, inside: str, words: str) -> None:
    body = f"<w:p><w:r><w:t>前</w:t></w:r>{inside}<w:r><w:t>后</w:t></w:r></w:p>"
    assert one(docx(body), "x.docx").text == words


def test_a_text_box_is_read_once_behind_its_paragraph(one, docx) -> None:
    box = f"<w:txbxContent>{p('框里的话')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>{p('下一段')}"
    )
    assert one(docx(body), "x.docx").text == "正文\n框里的话\n下一段"


def test_rows_of_tables_are_rows_and_layout_tables_are_paragraphs(one, laid, docx) -> None:
    def tr(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    table = f"<w:tbl>{tr(p('姓名'), p('职务'))}{tr(p('甲'), p('处长'))}{tr(p('问：谁？') + p('答：我。'), p(''))}</w:tbl>"
    nested = f"<w:tbl>{tr(table)}</w:tbl>"
    assert laid(one(docx(nested), "x.docx")) == [
        ("row", "姓名\t职务"),
        ("row", "甲\t处长"),
        ("paragraph", "问：谁？"),
        ("paragraph", "答：我。"),
    ]


def test_rows_inside_content_controls_are_read_and_deleted_rows_are_not(one, laid, docx) -> None:
    def tr(words: str, deleted: str = "") -> str:
        return f"<w:tr><w:trPr>{deleted}</w:trPr><w:tc>{p(words)}</w:tc><w:tc>{p('值')}</w:tc></w:tr>"

    body = f"<w:tbl><w:sdt><w:sdtContent>{tr('留')}</w:sdtContent></w:sdt>{tr('删', '<w:del/>')}</w:tbl>"
    assert laid(one(docx(body), "x.docx")) == [("row", "留\t值")]


def test_notes_come_last_in_the_order_they_are_cited(one, laid, docx) -> None:
    cited = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    body = f"<w:p><w:r><w:t>正文</w:t></w:r>{cited.format('footnote', 3)}{cited.format('endnote', 1)}{cited.format('footnote', 2)}</w:p>"
    notes = "".join(f'<w:footnote w:id="{i}">{p(f"脚注{i}")}</w:footnote>' for i in (0, 2, 3))
    extract = one(
        docx(body, footnotes=notes, endnotes=f'<w:endnote w:id="1">{p("尾注")}</w:endnote>'), "x.docx"
    )
    assert laid(extract) == [("paragraph", "正文"), ("note", "脚注3"), ("note", "脚注2"), ("note", "尾注")]


def test_comments_hang_on_what_they_were_put_on(one, docx) -> None:
    body = (
        '<w:p><w:r><w:t>他们说</w:t></w:r><w:commentRangeStart w:id="5"/><w:r><w:t>⼀句涉密</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>就挡回来</w:t></w:r><w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>'
        '<w:r><w:t>了。</w:t><w:commentReference w:id="6"/></w:r></w:p>'
    )
    comments = (
        f'<w:comment w:id="5" w:author="李" w:date="2024-03-01T10:00:00Z">{p("避责")}{p("见I02")}</w:comment>'
        f'<w:comment w:id="6" w:author="王">{p("再核")}</w:comment>'
    )
    extract = one(docx(body, comments=comments), "I01.docx")
    first, second = extract.comments
    assert extract.text[first.span.start : first.span.end] == "一句涉密\n就挡回来"
    assert (first.author, first.text, first.date) == ("李", "避责\n见I02", "2024-03-01T10:00:00Z")
    assert (second.span.start, second.span.end) == (len(extract.text), len(extract.text))
    assert extract.repairs == {"kangxi radicals": 1}


NUMBERS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/><w:suff w:val="nothing"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)  # fmt: skip


def test_automatic_numbers_are_written_out_as_word_shows_them(one, docx) -> None:
    def item(words: str, list_id: int, level: int = 0) -> str:
        return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')

    body = item("总则", 4) + item("目的", 4, 1) + item("范围", 4, 1) + item("职责", 4) + item("其一", 4, 1)
    body += item("点", 5) + item("重来", 6) + item("不编号", 0)
    extract = one(docx(body, numbering=NUMBERS), "law.docx")
    assert extract.text.split("\n") == [
        *(
            "第一条 总则",
            "（一）目的",
            "（二）范围",
            "第二条 职责",
            "（一）其一",
            "点",
            "第一条 重来",
            "不编号",
        )
    ]
    assert [(b.kind, b.level) for b in extract.blocks][:2] == [("item", 1), ("item", 2)]
    assert extract.blocks[-1].kind == "paragraph"


def test_soft_breaks_between_sentences_or_labels_end_a_paragraph(one, laid, docx) -> None:
    body = "<w:p><w:r><w:t>问：谈谈共享</w:t><w:br/><w:t>答：不给。</w:t><w:br/><w:t>因为涉密</w:t><w:br/><w:t>就是这样</w:t></w:r></w:p>"
    assert [words for _, words in laid(one(docx(body), "x.docx"))] == [
        "问：谈谈共享",
        "答：不给。",
        "因为涉密\n就是这样",
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(one, docx) -> None:
    body = p("前半句", "<w:rPr><w:del/></w:rPr>") + p("后半句")
    assert one(docx(body), "x.docx").text == "前半句后半句"


def test_contents_and_the_tail_of_a_notice_are_furniture(one, laid, docx) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    body = p("第一章 总则 1", '<w:pStyle w:val="T"/>') + p("第一条 略。") + p("— 2 —") + p("抄送：市委。")
    kinds = [kind for kind, _ in laid(one(docx(body, styles=styles), "x.docx"))]
    assert kinds == ["furniture", "paragraph", "furniture", "furniture"]


def test_headers_and_footers_are_not_read(one, docx) -> None:
    assert one(docx(p("正文"), header1=p("内部资料"), footer1=p("1")), "x.docx").text == "正文"


def test_the_strict_form_of_the_format_is_read(one, zipped) -> None:
    body = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        + p("严格")
        + "</w:body></w:document>"
    )
    rels = (
        '<Relationships xmlns="x"><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"'
        ' Target="/word/document2.xml"/></Relationships>'
    )
    assert one(zipped({"_rels/.rels": rels, "word/document2.xml": body}), "x.docx").text == "严格"


def test_a_document_without_words_is_an_error(refused, docx) -> None:
    assert refused(docx("<w:p/>"), "x.docx").kind == "no-text"


def test_a_time_above_what_is_said_is_a_paragraph_of_its_own(one, laid, docx) -> None:
    body = "<w:p><w:r><w:t>Wang Fang   0:03</w:t><w:br/><w:t>so we waited</w:t></w:r></w:p>"
    assert [words for _, words in laid(one(docx(body), "teams.docx"))] == ["Wang Fang   0:03", "so we waited"]
