"""The sample corpus is what it says: synthetic and marked so, typed as Chinese is, planned as planned."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.corpus import open_corpus
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
