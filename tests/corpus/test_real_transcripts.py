"""Real transcripts and laws: what is heard in them against what a plain search over the files finds."""

import re
from functools import cache
from pathlib import Path

import pytest

from qualcode.corpus.readers import read_extracts, readers
from qualcode.corpus.segment import segment_document
from qualcode.corpus.settings import CorpusSettings
from qualcode.corpus.speakers import find_turns
from qualcode.model import Document, Metadata

UNITS = ("sentence", "clause", "turn", "paragraph", "article", "window:3")
NO_BODY = {"label", "front", "furniture"}
TURNS, SPEECHES = 187, 126  # of the interview in eleven formats; counted in its Markdown source


@cache
def read(path: Path, kind: str = "") -> Document:
    extracts, _ = read_extracts(path.read_bytes(), path.name)
    metadata = Metadata(kind=kind)
    blocks, turns, speakers, _ = find_turns(extracts[0], metadata, CorpusSettings())
    return Document(path.stem, extracts[0].text, metadata, blocks, turns, speakers)


def utterances(document: Document) -> list[tuple[str, str]]:
    """Who said what, without white space, which formats lay out differently."""
    return [
        (turn.speaker, "".join(document.text[turn.span.start : turn.span.end].split()))
        for turn in document.turns
    ]


FORMATS = [
    "zh_interview.docx", "zh_interview.epub", "zh_interview.html", "zh_interview.odt", "zh_interview.pdf",
    "zh_interview.rtf", "zh_interview.srt", "zh_interview.vtt", "zh_interview_big5.txt",
    "zh_interview_utf16.txt", "zh_interview_utf8bom.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_one_interview_has_the_same_turns_in_every_format(real_data: Path, name: str) -> None:
    if Path(name).suffix not in readers:
        pytest.skip(f"no reader for {Path(name).suffix}")
    document = read(real_data / "import_formats" / name, "interview")
    assert len(document.turns) == TURNS
    assert document.turns[-1].speech == SPEECHES
    assert [speaker.label for speaker in document.speakers] == ["蔡沛琪", "唐鳳"]
    assert {speaker.role for speaker in document.speakers} == {"unknown"}
    same = utterances(read(real_data / "import_formats" / "zh_interview_utf8bom.txt", "interview"))
    here = utterances(document)
    assert [who for who, _ in here] == [who for who, _ in same]
    differing = [(a, b) for (_, a), (_, b) in zip(here, same, strict=True) if _plain(a) != _plain(b)]
    if "big5" in name:  # one character has no place in Big5
        assert len(differing) == 1
        assert sum(x != y for x, y in zip(*differing[0], strict=True)) == 1
    else:
        assert differing == []


def _plain(words: str) -> str:
    """Words without the marks that formats show in ways of their own: links, emphasis, breaks."""
    words = words.replace("…", "")  # the PDF draws it from another font, a few words off
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", words)
    return re.sub(r"[\\*_>\-\s]|https?://\S+", "", words)


def interviews(folder: Path) -> list[Path]:
    return [*sorted((folder / "interviews_zh_hant").iterdir()), *sorted((folder / "interviews_en").iterdir())]


def test_every_heading_with_a_colon_is_a_turn_and_no_role_is_guessed(real_data: Path) -> None:
    paths = interviews(real_data)
    assert len(paths) == 50
    said_by_label = {}
    for path in paths:
        raw = path.read_text("utf-8")
        labels = re.findall(r"^### (.*?)[ ]*[：:][ ]*$", raw, re.MULTILINE)
        document = read(path)
        assert [turn.speaker for turn in document.turns] == labels, path.name
        for speaker in document.speakers:
            if speaker.role != "unknown":
                said_by_label[speaker.label] = (speaker.role, speaker.role_source)
    # the only roles are those the labels themselves say
    asking = ("提問者", "記者", "問", "Interviewer")
    assert said_by_label == dict.fromkeys(asking, ("interviewer", "pattern"))


def test_every_article_of_every_law_is_found(real_data: Path) -> None:
    total = 0
    for path in sorted((real_data / "laws_zh").iterdir()):
        raw = path.read_text("utf-8")
        expected = list(
            dict.fromkeys(re.findall(r"^(第[〇零一二三四五六七八九十百]+条)[ 　]", raw, re.MULTILINE))
        )
        document = read(path)
        segments = segment_document(document, "article")[0]
        assert [s.article for s in segments if s.kind == "article"] == expected, path.name
        assert document.turns == ()
        total += len(expected)
    assert total == 1157  # grep -cE '^第.+条[ 　]' over the eighteen files


def test_a_law_is_laid_out_as_it_reads(real_data: Path) -> None:
    document = read(real_data / "laws_zh" / "行政许可法(2019-04-23).md")
    segments = segment_document(document, "article")[0]
    hearing = next(s for s in segments if s.article == "第四十八条")
    assert hearing.section == "第四节 听 证"
    assert hearing.text.startswith("第四十八条 听证按照下列程序进行：")
    assert hearing.text.endswith("行政机关应当根据听证笔录，作出行政许可决定。")
    beijing = read(real_data / "laws_zh" / "北京市数字经济促进条例(2022-11-25).md")
    headings = [s.text for s in segment_document(beijing)[0] if s.kind == "heading"]
    assert headings.count("第一章 总 则") == 1  # its table of contents is front matter


@pytest.mark.parametrize("unit", UNITS)
def test_segments_of_real_texts_share_out_the_body(real_data: Path, unit: str) -> None:
    for path in [*interviews(real_data)[::7], *sorted((real_data / "laws_zh").iterdir())[::3]]:
        document = read(path)
        held = [
            i
            for segment in segment_document(document, unit)[0]
            for i in range(*segment.span)
            if not document.text[i].isspace()
        ]
        body = [
            i
            for block in document.blocks
            if block.kind not in NO_BODY
            for i in range(*block.span)
            if not document.text[i].isspace()
        ]
        assert held == body, path.name


def test_an_english_sentence_rarely_begins_with_a_small_letter(real_data: Path) -> None:
    small = total = 0
    for path in sorted((real_data / "interviews_en").iterdir()):
        for segment in segment_document(read(path))[0]:
            total += 1
            small += segment.text[0].islower()
    assert total > 8_000
    assert small * 200 < total
