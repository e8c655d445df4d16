"""The shipped cue files on the sentences they were made with: a floor, not a figure to report."""

import subprocess
import sys

import pytest

from qualcode.codebook.cues import AXES

from .measure import agrees, assessed, cue_codebook, parts_of, read_items, score, wilson


@pytest.fixture(scope="module")
def items(root):
    return read_items(root / "tests/coding/context/dev.yaml")


@pytest.fixture(scope="module")
def cues():
    return cue_codebook()


def test_there_are_enough_sentences_of_every_hard_case(items):
    """Dates, changes of speaker, a fact told twice (H15 to H17) are nothing one segment can show."""
    by_language = {language: [i for i in items if i.language == language] for language in ("zh", "en")}
    assert len(by_language["zh"]) >= 150
    assert len(by_language["en"]) >= 80
    zh = [item.tag for item in by_language["zh"]]
    for n in (*range(1, 15), *range(18, 23)):
        if n not in (7, 13, 22):
            assert zh.count(f"H{n}") >= 2, n


def test_evidence_stands_where_it_is_said_to(items):
    for item in items:
        assert tuple(item.text[a:b] for a, b in sorted(parts_of(item))) == item.evidence


@pytest.mark.parametrize("language", ["zh", "en"])
def test_cues_read_nearly_all_of_them_as_meant(items, cues, language):
    counts, wrong = score(items, cues)
    for axis in AXES:
        right, missed = counts[language, axis, True], counts[language, axis, False]
        assert right / (right + missed) >= 0.97, "\n".join(wrong)


def test_without_cue_files_nothing_is_assessed(items):
    bare = cue_codebook(["actors.yaml"])
    assert all(
        getattr(assessed(item, bare).assertion, axis) == "unassessed" for item in items for axis in AXES
    )


def test_wilson_intervals():
    """methods: 18 of 20 gives .70 to .97, 27 of 30 .74 to .97."""
    assert [round(x, 2) for x in (*wilson(18, 20), *wilson(27, 30))] == [0.70, 0.97, 0.74, 0.97]
    assert wilson(0, 0) == (0.0, 1.0)


def test_an_expected_other_is_any_other():
    assert agrees("holder", "other", "other:finance")
    assert not agrees("holder", "other:tax", "other:finance")
    assert not agrees("holder", "other", "self")


def test_the_script_prints_a_table(root):
    script = root / "tests/coding/context/measure.py"
    done = subprocess.run(
        [sys.executable, script, script.with_name("dev.yaml")], capture_output=True, check=True, cwd=root
    )
    assert b"whole sentence" in done.stdout
