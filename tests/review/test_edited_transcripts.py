"""Real transcripts, edited with known consequences: no decision ever lands on other words than its own."""

import random
import re

import pytest

from qualcode.corpus import open_corpus, segment_document
from qualcode.review.anchors import anchor_of, find_again

TALKS = (
    "interviews_zh_hant/2018-12-25-沙盒團隊來訪.md",
    "interviews_zh_hant/2017-08-11-度度客來訪.md",
    "interviews_en/2018-05-14-Bloomberg-visit.md",
)


def laid(text, folder, name="talk.md"):
    (folder / name).write_text(text, "utf-8")
    (document,) = [one for one, _ in open_corpus(folder)[0].documents() if one is not None]
    return document, segment_document(document)[0]


def edited(text, draw):
    """Edit a transcript as people do. What comes back: each character with its place in the old text."""
    cells = [(sign, at) for at, sign in enumerate(text)]
    for _ in range(draw.randint(1, 5)):
        now = "".join(sign for sign, _ in cells)
        turns = [match.span() for match in re.finditer(r"### .*\n(?:(?!###).*\n)*", now)]
        start, end = draw.choice(turns[1:-1])
        short = [place for place in turns if place[1] - place[0] < 30] or turns
        what = draw.choice(("word", "delete", "repeat", "swap", "one yes more", "one yes less", "speaker"))
        if what == "word":
            at = draw.randrange(start, end)
            if cells[at][0] not in "\n#：:":
                cells[at] = ("變", None)
        elif what == "delete":
            del cells[start:end]
        elif what == "repeat":
            cells[end:end] = [(sign, None) for sign, _ in cells[start:end]]
        elif what == "swap":
            first = draw.randrange(len(turns) - 1)
            (a, b), (c, d) = turns[first], turns[first + 1]
            cells[a:d] = [*cells[c:d], *cells[b:c], *cells[a:b]]
        elif what == "one yes more":
            (a, b), (_, at) = draw.choice(short), draw.choice(turns)
            cells[at:at] = [(sign, None) for sign, _ in cells[a:b]]
        elif what == "one yes less":
            a, b = draw.choice(short)
            del cells[a:b]
        else:
            stop = now.index("\n", start)
            cells[start:stop] = [(sign, None) for sign in "### 某人："]
    return cells


@pytest.mark.parametrize("name", TALKS)
def test_nothing_lands_in_a_wrong_place_and_nearly_all_that_is_untouched_is_found(name, real_data, tmp_path):
    text = laid((real_data / name).read_text("utf-8"), tmp_path)[0].text  # repaired, as it is read
    document, segments = laid(text, tmp_path)
    assert document.text == text
    anchors = [anchor_of(document, segment) for segment in segments]
    whole = found_whole = 0
    for seed in range(8):
        cells = edited(text, random.Random(seed))
        now, its = laid("".join(sign for sign, _ in cells), tmp_path)
        places = {at: n for n, (_, at) in enumerate(cells) if at is not None}
        starts = {segment.span.start: segment for segment in its}
        for anchor in anchors:
            wanted = list(range(anchor.start, anchor.start + len(anchor.quote)))
            there = places.get(anchor.start, -1)
            untouched = there >= 0 and [at for _, at in cells[there : there + len(wanted)]] == wanted
            found = find_again(now, its, anchor, same_text=False, starts=starts)
            if found.state in ("unchanged", "moved"):
                span = found.segment.span
                assert [at for _, at in cells[span.start : span.end]] == wanted, (seed, anchor.quote)
            whole += untouched
            found_whole += untouched and found.state in ("unchanged", "moved")
    assert found_whole > 0.95 * whole
