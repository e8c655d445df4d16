"""Real transcripts and laws: dates, kinds, languages and titles as a reader would give them."""

import re
from pathlib import Path

import pytest

from qualcode.corpus import open_corpus
from qualcode.model import Document


def documents(folder: Path) -> list[Document]:
    corpus, problems = open_corpus(folder)
    assert problems == []
    found = [document for document, _ in corpus.documents()]
    assert None not in found and len(found) == len(corpus.files)
    return [document for document in found if document is not None]


@pytest.mark.parametrize(
    ("name", "n", "language"), [("interviews_zh_hant", 30, "zh"), ("interviews_en", 20, "en")]
)
def test_interviews(real_data: Path, name: str, n: int, language: str) -> None:
    found = documents(real_data / name)
    assert len(found) == n
    for document in found:
        metadata = document.metadata
        assert metadata.date == Path(document.source.path).name[:10]
        assert metadata.origins["date"] == "file name"
        assert (metadata.kind, metadata.origins["kind"]) == ("interview", "text")
        assert metadata.language == language
        first = document.text.split("\n", 1)[0]
        assert first == f"# {metadata.date} {metadata.title}"
        assert {s.role_source for s in document.speakers} <= {"pattern", "unknown"}
        asking = {s.label for s in document.speakers if s.role_source == "pattern"}
        assert all(
            re.search("問|記者|主持|答|Q|A|[Ii]nterviewer|[Mm]oderator|[Hh]ost", label) for label in asking
        )


def test_laws(real_data: Path) -> None:
    found = documents(real_data / "laws_zh")
    assert len(found) == 18
    for document in found:
        metadata = document.metadata
        name, date = re.fullmatch(r"(.*)\((\d{4}-\d\d-\d\d)\)\.md", document.source.path).groups()  # type: ignore[union-attr]
        assert metadata.issued == date and metadata.origins["issued"] == "file name"
        assert metadata.date == ""
        assert (metadata.kind, metadata.language) == ("policy", "zh")
        assert metadata.title.endswith(name)
        assert document.turns == ()
        # A law is in force from its issue on, or later; of amended ones the first force is kept apart.
        assert metadata.effective == "" or metadata.effective >= metadata.issued
        assert metadata.attributes.get("first_effective", "") < metadata.issued
    by_title = {d.metadata.title: d.metadata for d in found}
    order = by_title["优化营商环境条例"]
    assert (order.effective, order.doc_number, order.actor) == (
        "2020-01-01",
        "中华人民共和国国务院令第722号",
        "国务院",
    )
    assert by_title["中华人民共和国数据安全法"].actor == "全国人民代表大会常务委员会"
    assert by_title["中华人民共和国行政许可法"].attributes == {"first_effective": "2004-07-01"}
    assert by_title["网络数据安全管理条例"].actor == ""  # the text does not say who issued it
