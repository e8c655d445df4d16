"""Offsets give the words back, literals are counted as str.count does, an encoding changes no number."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from qualcode.corpus import open_corpus
from qualcode.corpus.settings import CorpusSettings

from .invented import invent
from .tables import items, rows, spans

TERMS = ("数据", "应当", "政务服务", "共享", "平台", "的", "第一", "API")
LITERALS = "\n".join(
    [
        "qualcode: 1",
        "id: literals",
        "version: 1.0.0",
        "facets:",
        *(f"  f{n}: {{question: '{term}?'}}" for n, term in enumerate(TERMS)),
        "codes:",
        *(
            f"  - {{id: c{n}, name: '{term}', facet: f{n}, definition: d, rules: [terms: ['{term}']]}}"
            for n, term in enumerate(TERMS)
        ),
    ]
)


def texts(corpus: Path, *, ignore: tuple[str, ...] = ()) -> dict[str, str]:
    """The text of every document, as reading made it."""
    opened, _ = open_corpus(corpus, CorpusSettings(ignore=ignore))
    return {document.id: document.text for document, _ in opened.documents() if document is not None}


def check_places(folder: Path, text: dict[str, str]) -> int:
    """Every place in every table holds the words that stand beside it; return how many were looked at."""
    looked = 0
    for table, words, parts in (
        ("segments", "text", ""),
        ("coded_segments", "quote", "spans"),
        ("matches", "quote", "parts"),
        ("uncoded", "text", ""),
    ):
        for row in rows(folder, table) if (folder / f"{table}.csv").exists() else ():
            whole = text[row["document_id"]]
            assert whole[int(row["start"]) : int(row["end"])] == row[words]
            if parts:
                places = spans(row[parts])
                assert [whole[start:end] for start, end in places] == items(row["matched"])
                assert all(int(row["start"]) <= start < end <= int(row["end"]) for start, end in places)
                looked += len(places)
            looked += 1
    return looked


def test_every_place_of_every_table_holds_its_words(invented, sample, root):
    assert check_places(invented, texts(invented.parent / "corpus")) > 1000
    assert check_places(sample, texts(root / "sample_corpus", ignore=("gold/*", "build/*"))) > 1000


@pytest.fixture(scope="module")
def laws(real_data, tmp_path_factory, ran) -> Path:
    folder = tmp_path_factory.mktemp("laws")
    (folder / "codebook.yaml").write_text(LITERALS, "utf-8")
    corpus = real_data / "laws_zh"
    ran("code", corpus, "--codebook", folder / "codebook.yaml", "--out", folder / "coded")
    return folder / "coded"


def test_literals_in_real_laws_are_counted_as_python_counts_them(laws, real_data):
    told = Counter((row["document_id"], row["code"]) for row in rows(laws, "matches"))
    text = texts(real_data / "laws_zh")
    inside: dict[str, list[tuple[int, int]]] = {name: [] for name in text}
    for row in rows(laws, "segments"):
        inside[row["document_id"]].append((int(row["start"]), int(row["end"])))
    found = 0
    for name, whole in text.items():
        body = "\n".join(whole[start:end] for start, end in inside[name])
        between = zip(
            [0, *(end for _, end in inside[name])], [*(s for s, _ in inside[name]), len(whole)], strict=True
        )
        outside = "\n".join(whole[start:end] for start, end in between)
        for n, term in enumerate(TERMS):
            assert told[name, f"c{n}"] == body.count(term)
            # Nothing is lost between body and front matter: no term lies across the end of a sentence.
            assert body.count(term) + outside.count(term) == whole.count(term)
            found += body.count(term)
    assert len(text) >= 18 and found > 5000


def test_places_in_real_laws(laws, real_data):
    assert check_places(laws, texts(real_data / "laws_zh")) > 10_000


def test_each_article_of_a_real_law_is_known_once(laws):
    """The Data Security Law has 55 articles: 第一条 to 第五十五条."""
    articles = [r["article"] for r in rows(laws, "segments") if r["document_id"].startswith("数据安全法")]
    assert len(dict.fromkeys(filter(None, articles))) == 55


HANT = """\
訪談者：為什麼資料不能共享？
受訪者：涉密的一律不給，數據安全誰也不敢簽字。我們怕擔責。
訪談者：後來怎麼改的？
受訪者：做了介面，按規定走，窗口的同仁都說省了很多力氣。
"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "gbk"])
def test_a_corpus_in_another_encoding_gives_the_same_numbers(encoding, invented, tmp_path, ran):
    study = invent(tmp_path / "study")
    if encoding == "gbk":  # has no emoji
        for corpus in (study / "corpus", _copied(study / "corpus", tmp_path / "plain")):
            _rewritten(corpus, lambda text: text.replace("🙂", ""))
    plain = tmp_path / "plain" if encoding == "gbk" else invented.parent / "corpus"
    mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(encoding, "")
    for path in sorted((study / "corpus").glob("*.txt")):
        path.write_bytes((mark + path.read_text("utf-8")).encode(encoding))
    assert _numbers(study / "corpus", study, tmp_path / "one", ran) == _numbers(
        plain, study, tmp_path / "two", ran
    )


def test_big5_is_read_as_the_characters_it_holds(tmp_path, ran):
    (tmp_path / "codebook.yaml").write_text(LITERALS.replace("'数据'", "'涉密'"), "utf-8")
    for encoding in ("utf-8", "big5"):
        corpus = tmp_path / encoding
        corpus.mkdir()
        for n in range(1, 4):
            (corpus / f"訪談{n}.txt").write_bytes((HANT * n).encode(encoding))  # each repeats the last
    one, two = (
        _numbers(tmp_path / encoding, tmp_path, tmp_path / f"out-{encoding}", ran)
        for encoding in ("utf-8", "big5")
    )
    assert one == two
    read = {row["encoding"] for row in rows(tmp_path / "out-big5", "documents")}
    assert all(name.startswith("big5") for name in read)
    assert one["matches.csv"].count("涉密".encode()) > 6


def _numbers(corpus: Path, study: Path, out: Path, ran) -> dict[str, bytes]:
    """The tables of a coding pass, without what names the bytes that were read."""
    ran("code", corpus, "--codebook", study / "codebook.yaml", "--out", out)
    assert {row["kind"] for row in rows(out, "problems")} <= {"near-duplicate"}, "no doubt of any encoding"
    told = {p.name: p.read_bytes() for p in out.glob("*.csv") if p.name != "documents.csv"}
    kept = [
        {k: v for k, v in row.items() if k not in ("encoding", "sha256", "repairs")}
        for row in rows(out, "documents")
    ]
    return told | {"documents": repr(kept).encode()}


def _copied(one: Path, two: Path) -> Path:
    return Path(shutil.copytree(one, two))


def _rewritten(folder: Path, change) -> None:
    for path in folder.glob("*.txt"):
        path.write_text(change(path.read_text("utf-8")), "utf-8")
