"""How well times are read, where somebody said beforehand what they are. The figures are in docs/methods.md.

`unseen_*.yaml` were written after the words of times were settled; I07 and I08 of the sample corpus are held
back. Both may get better, and no worse than they were when they were measured.
"""

import csv
from collections import Counter

import pytest

from qualcode.analysis.periods import placed
from qualcode.corpus import open_corpus
from qualcode.corpus.segment import segment_document
from qualcode.corpus.settings import CorpusSettings
from qualcode.corpus.when import times_of
from qualcode.model import Event, Phase

from .told import cases, found

EVENTS = (
    Event(
        "E2019",
        "2019-06-25",
        {"zh": "全国深化放管服改革优化营商环境电视电话会议"},
        "conference",
        aliases=("放管服会议", "放管服那个会", "放管服的会"),
    ),
)
PHASES = (Phase("P1", "2016-01-01", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))
HELD_BACK = frozenset({"I07", "I08"})


@pytest.mark.parametrize(("name", "right", "of"), [("unseen_zh.yaml", 52, 60), ("unseen_en.yaml", 25, 30)])
def test_unseen_sentences(name, right, of):
    held = list(cases(name))
    assert len(held) == of
    assert sum(found(case) == case.wanted for case in held) >= right


@pytest.fixture(scope="module")
def agreement(root):
    """Per interview of the sample, how often the phase is the one its design says."""
    folder = root / "sample_corpus"
    wanted: dict[str, list[dict[str, str]]] = {}
    with (folder / "gold" / "design.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            wanted.setdefault(row["document_id"], []).append(row)
    counts: dict[str, Counter[str]] = {}
    corpus, _ = open_corpus(folder, CorpusSettings(ignore=("gold/*", "build/*")))
    for document, _ in corpus.documents():
        if document is None or document.id not in wanted:
            continue
        segments, _ = segment_document(document)
        read = dict(zip(map(_ink, segments), times_of(document, segments, EVENTS), strict=True))
        counts[document.id] = Counter(_verdict(row, _when(read, row["quote"])) for row in wanted[document.id])
    return counts


def test_phases_of_the_sample_interviews(agreement):
    dev = sum((count for name, count in agreement.items() if name not in HELD_BACK), Counter())
    assert dev["right"] >= 0.93 * dev.total() and dev["wrong"] <= 0.02 * dev.total()
    held = sum((agreement[name] for name in sorted(HELD_BACK)), Counter())
    assert held["right"] >= 0.87 * held.total() and held["wrong"] <= 0.07 * held.total()


def _verdict(row, when):
    found = placed(when.start, when.end, PHASES)
    if found.phase:
        return "right" if found.phase == row["period"] else "wrong"
    return "straddles" if found.note else "unknown"


def _when(read, quote):
    """The time of the segment with these words; the design quotes sentences, a file may be cut elsewhere."""
    words = _bare(quote)
    near = (when for text, when in read.items() if words in text or text in words)
    return read[words] if words in read else next(near)


def _ink(segment):
    return _bare(segment.text)


def _bare(text):
    return "".join(text.split())
