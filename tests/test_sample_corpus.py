"""The sample corpus is what it says: synthetic and marked so, typed as Chinese is, planned as planned."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.corpus import open_corpus
from qualcode.corpus.segment import segment_document
from qualcode.model import ASKING, Document
from qualcode.project.study import load_study

ROOT = Path(__file__).resolve().parent.parent / "sample_corpus"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    study, problems = load_study(ROOT / "qualcode.yaml")
    assert study is not None, problems
    corpus, _ = open_corpus(study.corpus_folder, study.corpus)
    read = [document for document, _ in corpus.documents()]
    assert all(read), "a file of the sample corpus cannot be read"
    return {document.id: document for document in read if document}


def test_every_text_is_marked_as_synthetic(documents: dict[str, Document]) -> None:
    assert len(documents) == 21
    unmarked = [d.id for d in documents.values() if d.metadata.attributes.get("synthetic") != "true"]
    assert not unmarked


def test_every_interview_has_a_declared_interviewer(documents: dict[str, Document]) -> None:
    talk = [document for document in documents.values() if document.metadata.is_talk]
    assert len(talk) == 11
    for document in talk:
        asking = [s for s in document.speakers if s.role in ASKING and s.role_source == "declared"]
        assert asking, document.id


def test_the_files_show_the_formats_and_encodings_that_researchers_have(
    documents: dict[str, Document],
) -> None:
    formats = {document.source.format for document in documents.values()}
    assert formats >= {"txt", "md", "docx", "pdf", "vtt", "csv"}
    assert "gb18030" in {document.source.encoding.lower() for document in documents.values()}


def test_chinese_is_typed_with_full_width_punctuation(documents: dict[str, Document]) -> None:
    for document in documents.values():
        if document.metadata.language != "zh":
            continue
        body = "".join(document.text[b.span.start : b.span.end] for b in document.blocks if b.kind != "front")
        full, half = len(re.findall("[，；！？]", body)), len(re.findall(r"(?<=[一-鿿])[,;!?]", body))
        assert full > 20 * half, f"{document.id}: {full} full-width, {half} half-width marks"


def test_the_planned_design_stands_in_the_gold_codings() -> None:
    checked = subprocess.run(
        [sys.executable, str(ROOT / "build" / "check_design.py")], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


GOLD = ("interviews", "documents")


def table(name: str) -> list[dict[str, str]]:
    with (ROOT / "gold" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_four_files_are_held_back_and_these_have_gold(documents: dict[str, Document]) -> None:
    held_back = {d.id for d in documents.values() if d.metadata.split == "test"}
    assert held_back == {"I07", "I08", "D06", "E01"}
    assert held_back == {row["document_id"] for name in GOLD for row in table(f"{name}_units.csv")}
    assert {d.metadata.language for d in documents.values() if d.id in held_back} == {"zh", "en"}


@pytest.mark.parametrize("name", GOLD)
def test_gold_sentences_are_the_segments_of_the_file(name: str, documents: dict[str, Document]) -> None:
    given = {}
    for row in table(f"{name}_units.csv"):
        given.setdefault(row["document_id"], {})[int(row["start"]), int(row["end"])] = row["text"]
    for document, sentences in given.items():
        segments, _ = segment_document(documents[document])
        found = {(s.span.start, s.span.end): s.text for s in segments if s.kind != "heading"}
        assert sentences == found, document
    for row in table(f"{name}.csv"):
        assert (int(row["start"]), int(row["end"])) in given[row["document_id"]]


def test_every_difference_of_the_coders_is_settled_with_a_reason() -> None:
    given: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for row in table("documents.csv"):
        coders = given.setdefault((row["document_id"], row["start"]), {})
        coders.setdefault(row["coder"], set()).add(row["code"])
    apart = {place for place, by in given.items() if by.get("coder_a") != by.get("coder_b")}
    settled = table("documents_reasons.csv")
    assert {(row["document_id"], row["start"]) for row in settled} == apart
    assert all(row["reason"] for row in settled)
    for row in settled:
        agreed = given[row["document_id"], row["start"]].get("adjudicated", set())
        assert set(filter(None, row["adjudicated"].split(";"))) == agreed


def test_the_gold_is_what_its_sources_say() -> None:
    before = {path: path.read_bytes() for path in (ROOT / "gold").glob("*.csv")}
    try:
        for script in ("make_gold.py", "make_documents_gold.py"):
            subprocess.run([sys.executable, str(ROOT / "build" / script)], check=True)
        assert {path: path.read_bytes() for path in before} == before
    finally:
        for path, content in before.items():
            path.write_bytes(content)
