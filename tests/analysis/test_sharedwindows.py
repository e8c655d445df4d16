"""Windows that texts share are found by number; what is found with them is what trying everything finds."""

import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from qualcode.analysis import sharedwindows
from qualcode.analysis.overlap import Source, stretches
from qualcode.analysis.sharedwindows import sharing
from qualcode.analysis.tokens import TOKEN, size

WORDS = st.text(alphabet="数据共享办", min_size=0, max_size=14)
MIXED = st.lists(
    st.sampled_from(("数", "据", "𠀀", "api", "a", "12", "_", "，", "\n", " ")), max_size=24
).map("".join)


@settings(max_examples=60, deadline=None)
@holds(st.lists(WORDS, max_size=3), st.lists(st.lists(WORDS, max_size=3), min_size=1, max_size=3))
def test_only_where_a_window_is_shared_can_a_stretch_begin(ours, documents):
    window = 3
    theirs = [(text, n) for n, texts in enumerate(documents) for text in texts]
    shared = sharing(ours, [t for t, _ in theirs], [n for _, n in theirs], window=window).starts
    for number, words in enumerate(ours):
        for n, texts in enumerate(documents):
            source = Source.of(map(list, texts))
            starts = shared.get(number, {}).get(n, [])
            found = stretches(list(words), source, window=window, starts=starts)
            assert found == stretches(list(words), source, window=window)
    assert list(shared) == sorted(shared)
    assert all(list(near) == sorted(near) for near in shared.values())


@settings(max_examples=200, deadline=None)
@holds(st.lists(MIXED, max_size=3), st.lists(st.lists(MIXED, max_size=3), min_size=1, max_size=3))
def test_texts_that_share_windows_of_a_size_have_all_stretches_of_that_size(ours, documents):
    window, least = 2, 3
    theirs = [(text, n) for n, texts in enumerate(documents) for text in texts]
    shared = sharing(ours, [t for t, _ in theirs], [n for _, n in theirs], window=window, size=least)
    having = set(shared.theirs)
    for number, words in enumerate(ours):
        tokens = TOKEN.findall(words)
        for n in range(len(documents)):
            rows = [row for row, (_, document) in enumerate(theirs) if document == n]
            limited = [row for row in rows if row in having]

            def found(rows, starts, tokens=tokens):
                source = Source.of(TOKEN.findall(theirs[row][0]) for row in rows)
                made = stretches(tokens, source, window=window, starts=starts)
                return [(a, b, rows[at]) for a, b, at in made if size(tokens[a:b]) >= least]

            assert found(limited, shared.starts.get(number, {}).get(n, [])) == found(rows, None)


@pytest.mark.parametrize("at_once", [1, 7])
def test_few_characters_at_a_time_find_the_same(monkeypatch, at_once):
    ours, theirs = ["要无条件共享", "", "数据 API 12 共享"], ["无条件共享数据", "共享", "api", "数据 API 12"]
    whole = sharing(ours, theirs, [0, 0, 1, 1], window=3)
    monkeypatch.setattr(sharedwindows, "AT_ONCE", at_once)
    assert sharing(ours, theirs, [0, 0, 1, 1], window=3) == whole
    assert whole.starts == {0: {0: [1, 2, 3]}, 2: {1: [0, 1]}} and whole.theirs == [0, 3]
