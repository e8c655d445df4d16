"""Small interviews, coded by a small codebook, to decide about."""

from pathlib import Path

import pytest

from qualcode.codebook import parse_codebook
from qualcode.corpus import open_corpus, segment_document

BOOK = """
qualcode: 1
id: small
title: {zh: 小}
languages: [zh]
codes:
  - {id: fear, name: {zh: 怕担责}, definition: 怕, rules: [{terms: [担责, 追责]}]}
  - {id: refuse, name: {zh: 拒绝}, definition: 不给, rules: [{terms: [不给]}]}
  - {id: agree, name: {zh: 同意}, definition: 对, rules: [{terms: [对]}]}
"""
TALK = """问：数据共享推进得怎么样？
答：说实话大家都怕担责，谁也不敢先签字。我们处里的数据一直不给别的部门。
问：是不是担心出了问题说不清楚？
答：对。
问：是不是担心出了问题说不清楚？
答：对。
问：后来有变化吗？
答：后来市里开了会，追责的办法写清楚了，情况就好一些。
"""


@pytest.fixture(scope="session")
def book():
    made, problems = parse_codebook(BOOK)
    assert made is not None, problems
    return made


@pytest.fixture
def read(tmp_path):
    """Read a text as a document with its segments."""

    def document(text=TALK, name="I03"):
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.txt").write_text(text, "utf-8")
        found = [one for one, _ in open_corpus(folder)[0].documents() if one is not None and one.id == name]
        return found[0], segment_document(found[0])[0]

    return document


@pytest.fixture
def study(tmp_path) -> Path:
    """A study of that one interview."""
    folder = tmp_path / "study"
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "I03.txt").write_text("---\nkind: interview\n---\n" + TALK, "utf-8")
    (folder / "codebook.yaml").write_text(BOOK, "utf-8")
    (folder / "qualcode.yaml").write_text(
        "qualcode: 1\nnetwork: {figure: segment, units: [segment]}\n", "utf-8"
    )
    return folder
