"""The benchmark's texts and rules are the same wherever they are made."""

import doctest
from pathlib import Path

import pytest

from benchmarks import words
from benchmarks.books import codebook, rules, terms_of
from benchmarks.corpora import make
from benchmarks.report import tables
from benchmarks.words import overlaps_itself, vocabulary
from qualcode.codebook import load_codebook


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path, lang: str) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        make(tmp_path / name, lang, 0.08, seed=seed)
    assert written(tmp_path / "one") == written(tmp_path / "again")
    assert written(tmp_path / "one") != written(tmp_path / "other")


def test_a_corpus_has_the_size_asked_for_in_many_files_or_in_one(tmp_path: Path) -> None:
    assert 100_000 <= make(tmp_path / "many", "zh", 0.1) < 115_000
    assert 100_000 <= make(tmp_path / "one", "zh", 0.1, one=True) < 115_000
    assert len(list((tmp_path / "one").glob("*.txt"))) == 1 < len(list((tmp_path / "many").glob("*.txt")))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_terms_are_different_and_never_overlap_themselves(lang: str) -> None:
    terms = terms_of(lang)
    assert len(set(terms)) == 5_000
    assert not any(overlaps_itself(term) for term in terms)
    assert len(set(vocabulary(lang))) == len(vocabulary(lang))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_mix_is_a_codebook_without_errors(tmp_path: Path, lang: str) -> None:
    made = rules(lang, terms=500, mix=True)
    assert [len(made[kind]) for kind in ("terms", "wildcards", "near", "regex")] == [500, 50, 50, 50]
    book, problems = load_codebook(codebook([made], tmp_path, "mix", cues=True))
    assert book is not None and not [p for p in problems if p.severity == "error"]


def test_the_examples_in_docstrings_hold() -> None:
    for module in (tables, words):
        found = doctest.testmod(module)
        assert found.attempted and not found.failed
