"""PDFs: paragraphs come back from lines, and a file that breaks PDFium costs only itself."""

import sys
import time
from pathlib import Path

import pytest

from qualcode.corpus.extract import lay_out
from qualcode.corpus.readers.pdf_child import Child, Died
from qualcode.corpus.readers.pdf_layout import PageLine, join, pieces


def pdf(*pages: list[tuple[float, float, float, str]], picture: bool = False) -> bytes:
    """Make a PDF of pages of (x, y, size, words), in Helvetica; with `picture` each page has a drawn box."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for page in pages:
        drawn = "0 0 300 300 re f\n" if picture else ""
        stream = drawn + "\n".join(
            f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET" for x, y, size, words in page
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>"
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        data
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
            f"startxref\n{len(data)}\n%%EOF\n"
        ).encode()
    )


def test_lines_are_joined_and_pages_numbers_and_heads_set_aside(one, laid) -> None:
    line = "The bureau told us that the data could not be shared with anyone {}"
    pages = []
    for n in range(1, 5):
        body = [(72.0, 740.0 - 14 * i, 11.0, line.format(f"in {n} {i}")) for i in range(6)]
        body.append((72.0, 656.0, 11.0, f"and that was it {n}."))
        pages.append([(72.0, 800.0, 9.0, "Field notes 2019"), *body, (290.0, 40.0, 9.0, str(n))])
    extract = one(pdf(*pages), "notes.pdf")
    assert [k for k, _ in laid(extract)].count("furniture") == 8
    paragraphs = [words for kind, words in laid(extract) if kind == "paragraph"]
    assert len(paragraphs) == 4
    assert paragraphs[0].endswith("anyone in 1 5 and that was it 1.")


def test_larger_lines_are_headings(one, laid) -> None:
    page = [
        (72.0, 760.0, 18.0, "Findings"),
        (72.0, 720.0, 11.0, "They never shared it, because nobody asked."),
    ]
    page += [(72.0, 700.0 - 14 * i, 11.0, "More words of the body text here.") for i in range(3)]
    assert laid(one(pdf(page), "x.pdf"))[0] == ("heading", "Findings")


def test_a_scan_is_an_error_that_names_the_way_out(refused) -> None:
    problem = refused(pdf([(290.0, 40.0, 9.0, "1")], picture=True), "folder/scan.pdf")
    assert problem.kind == "no-text-layer"
    assert "scan.ocr.txt" in str(problem)


def test_scanned_pages_among_others_are_named(read) -> None:
    body = [(72.0, 740.0 - 14 * i, 11.0, "Some words that are long enough to be text.") for i in range(4)]
    (extract,), (problem,) = read(pdf(body, [], body, picture=True), "x.pdf")
    assert (problem.severity, problem.values["pages"]) == ("warning", "2")
    assert extract.text


def test_blank_pages_are_no_scans(one) -> None:
    body = [(72.0, 740.0, 11.0, "Some words that are long enough to be text.")]
    assert one(pdf(body, []), "x.pdf").text.startswith("Some words")


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n" + b"\0" * 500, b"%PDF-1.4\n1 0 obj\n<<"])
def test_what_is_no_pdf_is_one_error(refused, data: bytes) -> None:
    assert refused(data, "x.pdf").kind == "damaged-file"


def test_a_locked_pdf_is_named_so(refused) -> None:
    lock = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<00> <00>] "
    )
    data = pdf([(72.0, 740.0, 11.0, "secret")]).replace(b"/Root 1 0 R", f"/Root 1 0 R {lock}".encode())
    assert refused(data, "x.pdf").kind == "locked-file"


def test_a_truncated_pdf_is_read_or_is_one_error(read, real_data) -> None:
    data = (real_data / "import_formats" / "zh_interview.pdf").read_bytes()
    for share in (0.1, 0.5, 0.9):
        extracts, problems = read(data[: int(len(data) * share)], "x.pdf")
        assert len(extracts) + len(problems) == 1


def test_a_child_that_dies_or_hangs_costs_one_document(tmp_path: Path) -> None:
    script = tmp_path / "child.py"
    script.write_text(
        "import os, sys, time\n"
        "while len(head := sys.stdin.buffer.read(8)) == 8:\n"
        "    data = sys.stdin.buffer.read(int.from_bytes(head, 'big'))\n"
        "    if data == b'crash': os.abort()\n"
        "    if data == b'hang': time.sleep(60)\n"
        "    sys.stdout.buffer.write((2).to_bytes(8, 'big') + b'{}'); sys.stdout.buffer.flush()\n"
    )
    child = Child(script)
    try:
        assert child.ask(b"good", seconds=30) == {}
        with pytest.raises(Died) as crashed:
            child.ask(b"crash", seconds=30)
        assert crashed.value.reason == "crash"
        assert child.ask(b"good", seconds=30) == {}
        began = time.monotonic()
        with pytest.raises(Died) as hung:
            child.ask(b"hang", seconds=0.5)
        assert hung.value.reason == "timeout"
        assert time.monotonic() - began < 20
        assert child.ask(b"good", seconds=30) == {}
    finally:
        child.close()


def test_a_lost_document_is_a_problem(refused, monkeypatch) -> None:
    from qualcode.corpus.readers import pdf as reader

    for reason, kind in (("crash", "damaged-file"), ("timeout", "pdf-too-slow")):

        def lost(data: bytes, *, seconds: float, reason: str = reason) -> dict[str, object]:
            raise Died(reason)

        monkeypatch.setattr(reader, "read_in_child", lost)
        assert refused(pdf([]), "x.pdf").kind == kind


def test_pdfium_never_enters_this_process(one) -> None:
    one(pdf([(72.0, 740.0, 11.0, "Some words that are long enough.")]), "x.pdf")
    assert "pypdfium2" not in sys.modules


def chinese(
    *lines: tuple[str, float], left: float = 72.0, page: int = 1, top: float = 700.0
) -> list[PageLine]:
    """Lines of 10 point Chinese under each other: (words, indent)."""
    return [
        PageLine(
            words, left + indent, top - 14 * i, left + indent + 10 * len(words), top - 14 * i + 10, 10.0, page
        )
        for i, (words, indent) in enumerate(lines)
    ]


def test_indented_chinese_paragraphs_are_told_apart_and_go_over_the_page() -> None:
    full = "数据共享工作从二零一九年开始推进当时成立了领导小组要求各部门"
    first = chinese(
        (full[:28], 20), (full[:30], 0), ("到此为止。", 0), (full[:28], 20), (full[:30], 0), page=1
    )
    second = chinese(("接着说完。", 0), (full[:28], 20), ("又完。", 0), page=2)
    texts = [piece.text for piece in pieces([first, second])]
    assert texts == [
        full[:28] + full[:30] + "到此为止。",
        full[:28] + full[:30] + "接着说完。",
        full[:28] + "又完。",
    ]


def test_labels_begin_a_paragraph_even_behind_a_full_line() -> None:
    full = "数据共享工作从二零一九年开始推进当时成立了领导小组要求各部门"
    page = chinese(
        (full, 0),
        (full, 0),
        ("访谈者：为什么不给别的部门共享数据呢请你具体谈谈这个问题", 0),
        ("处长：不给。", 0),
    )
    assert [piece.text[:4] for piece in pieces([page])] == ["数据共享", "访谈者：", "处长：不"]


def test_columns_are_read_as_columns() -> None:
    full = "数据共享工作从二零一九年开始推进"
    left = chinese((full, 0), (full, 0), ("完。", 0))
    right = chinese((full, 0), (full, 0), ("完。", 0), left=320.0)
    assert [piece.text for piece in pieces([left + right])] == [full * 2 + "完。"] * 2


def test_radicals_of_browser_prints_are_repaired_and_counted() -> None:
    extract = lay_out(pieces([chinese(("数据共享⼯作⼈员不给我们部门⽤", 0))]))
    assert extract.text == "数据共享工作人员不给我们部门用"
    assert extract.repairs == {"kangxi radicals": 3}


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["数据共", "享工作"], "数据共享工作"),
        (["the govern\u00ad", "ment said"], "the government said"),
        (["a long-", "term plan"], "a long-term plan"),
        (["we shared", "nothing"], "we shared nothing"),
        (["他说，", "API 不给"], "他说，API 不给"),
    ],
)
def test_lines_are_joined_as_their_language_does(lines: list[str], joined: str) -> None:
    assert join(lines) == joined


def test_the_real_interview_has_its_paragraphs_again(real_data, read) -> None:
    folder = real_data / "import_formats"
    (printed,), problems = read((folder / "zh_interview.pdf").read_bytes(), "x.pdf")
    (word,), _ = read((folder / "zh_interview.docx").read_bytes(), "x.docx")
    assert problems == []

    def plain(extract) -> list[str]:
        return [extract.quote(b).replace(" ", "") for b in extract.blocks if b.kind != "furniture"]

    ours, theirs = plain(printed), plain(word)
    assert len(ours) == len(theirs) == 375
    assert ours == theirs
