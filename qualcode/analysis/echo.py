"""Policy wording in talk: the tables `echo` and `echo_sources`.

Words of policies, minutes and reports that come back in talk: a stretch with the length of at least 8, a
Chinese character counting 1 and a word of letters or digits 4/3 (8 characters, or 6 English words), inside
one segment of each. Punctuation and white space do not count; case, width and script are folded as the
codebook says. Stretches are as long as they can be (`overlap`). docs/methods.md says how often texts that
have nothing to do with each other share as much.

A stretch that is a title, an actor, an event or stands in 《》, with less than 8 of other words, is a `name`:
naming a rule is not speaking its language. Several documents may have the same words; the first by date is
the source. Talk held before the source was issued cannot have it from there: such stretches show how much
wording is common property, and rate_before stands beside rate_after as a control. `asked` says that the
interviewer said the words first. Repeating is not agreeing: read how the words are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qualcode.analysis.given import EXAMPLES, Given, Made, Remark, remark
from qualcode.analysis.load import Row, frame
from qualcode.analysis.overlap import WINDOW, Names, Source, grouped, stretches, without, written
from qualcode.analysis.questions import answers
from qualcode.analysis.sharedwindows import sharing
from qualcode.analysis.tables import WRITTEN
from qualcode.analysis.tokens import TOKEN, size
from qualcode.model import KINDS, TALK
from qualcode.text.dates import first_day, last_day
from qualcode.text.folding import fold, fold_each

if TYPE_CHECKING:
    import pandas as pd

LONG = 8
MOST = 30_000_000  # characters of talk and documents that are looked at
AT_ONCE = 1_000_000  # that are folded at a time
TITLE = re.compile("《[^《》]{2,60}》")


class Found(NamedTuple):
    """Tokens of a segment of talk (a row), and the segments (rows) of documents that have them, by date."""

    row: int
    start: int
    end: int
    sources: Mapping[str, int]


def echo(given: Given) -> Made:
    """Return the tables `echo`, by place in talk, and `echo_sources`, by date of the source."""
    import numpy as np

    talk = np.flatnonzero(given.talk)
    rules = np.flatnonzero(given.kept["kind"].isin(WRITTEN).to_numpy(dtype=bool))
    if not len(talk) or not len(rules):
        return _nothing(
            remark("talk and documents are both needed to look for wording of the one in the other")
        )
    texts = _texts(given)
    if texts is None:
        return _nothing(
            remark("there is too much material to look for wording in all of it: nothing was looked for")
        )
    dates = _dates(given)
    by_document = grouped(zip(given.kept["document_id"].iloc[rules], rules.tolist(), strict=True))
    order = sorted(by_document, key=lambda name: (dates.get(name) or "9999", name))
    found = list(_found(given, texts, talk.tolist(), {name: by_document[name] for name in order}))
    held = frame(list(_rows(given, found, dates)), "echo")
    wording = held[(held["what"] == "wording").to_numpy(dtype=bool)]
    said = remark(
        "{n} stretches of wording; {early} of them in talk held before the document was issued, which"
        " cannot have them from there",
        n=len(wording),
        early=int((wording["order"] == "before").sum()),
    )
    sources = list(_sources(given, wording, order, dates))
    return Made({"echo": held, "echo_sources": frame(sources, "echo_sources")}, [said])


def _nothing(why: Remark) -> Made:
    return Made({"echo": frame([], "echo"), "echo_sources": frame([], "echo_sources")}, [why])


def _texts(given: Given) -> list[str] | None:
    """The words of all segments, folded; nothing where there are too many of them."""
    made: list[str] = []
    part: list[str] = []
    length, held = 0, 0
    for text in given.kept["text"]:
        part.append(str(text))
        held += len(part[-1])
        if held > AT_ONCE:
            made += fold_each(part, given.codebook.fold)
            length, held = length + held, 0
            part.clear()
            if length > MOST:
                return None
    made += fold_each(part, given.codebook.fold)
    return made if length + held <= MOST else None


def _found(
    given: Given, texts: Sequence[str], talk: Sequence[int], documents: Mapping[str, Sequence[int]]
) -> Iterator[Found]:
    """The stretches of talk, each with all documents that have it; `documents` come by date."""
    names = list(documents)
    held_by = [(row, n) for n, name in enumerate(names) for row in documents[name]]
    shared = sharing(
        [texts[row] for row in talk],
        [texts[row] for row, _ in held_by],
        [n for _, n in held_by],
        window=WINDOW,
        size=LONG,
    )
    rows: dict[int, list[int]] = {}  # of each document, those that have words of talk
    for row, n in map(held_by.__getitem__, shared.theirs):
        rows.setdefault(n, []).append(row)
    sources = {n: Source.of(TOKEN.findall(texts[row]) for row in held) for n, held in rows.items()}
    for number, near in shared.starts.items():
        row = talk[number]
        tokens = TOKEN.findall(texts[row])
        runs: dict[tuple[int, int], dict[str, int]] = {}
        for n, starts in near.items():
            for start, end, place in stretches(tokens, sources[n], starts=starts):
                if size(tokens[start:end]) >= LONG:
                    runs.setdefault((start, end), {})[names[n]] = rows[n][place]
        for (start, end), held in sorted(runs.items()):
            if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in runs):
                yield Found(row, start, end, held)


def _rows(given: Given, found: Sequence[Found], dates: Mapping[str, str]) -> Iterator[Row]:
    names = Names(_names(given))
    sources = [next(iter(one.sources.items())) for one in found]
    columns = ("kind", "segment_id", "t_said", "codes", "text")
    said = [given.kept[name].iloc[[one.row for one in found]].tolist() for name in columns]
    issued = [given.kept[name].iloc[[at for _, at in sources]].tolist() for name in ("segment_id", "text")]
    asked = _questions(given, [str(name) for name in said[1]])
    for one, (source, _), cells, (place, rule) in zip(
        found, sources, zip(*said, strict=True), zip(*issued, strict=True), strict=True
    ):
        kind, segment, day, codes, text = cells
        spans = [match.span() for match in TOKEN.finditer(fold(text, given.codebook.fold))]
        tokens = _tokens(text, given)[one.start : one.end]
        titles = TITLE.findall(text) + TITLE.findall(rule)
        rest = without(tokens, [tuple(_tokens(title, given)) for title in titles] + names.near(tokens))
        yield (
            *(given.names[one.row], str(kind), str(segment), str(day)),
            *(text[spans[one.start][0] : spans[one.end - 1][1]], size(tokens)),
            "wording" if size(rest) >= LONG else "name",
            order_of(str(day), dates.get(source, "")),
            *(source, str(place), dates.get(source, "")),
            tuple(one.sources),
            written(tokens) in written(_tokens(asked.get(str(segment), ""), given)),
            tuple(codes),
        )


def order_of(said: str, issued: str) -> str:
    """Say whether talk was held after a document was issued, before it, or that nobody knows.

    >>> order_of("2021-03", "2020"), order_of("2021", "2021-06-01"), order_of("", "2020")
    ('after', 'unknown', 'unknown')
    """
    if not said or not issued:
        return "unknown"
    if first_day(said) >= last_day(issued):
        return "after"
    return "before" if last_day(said) < first_day(issued) else "unknown"


def _tokens(text: str, given: Given) -> list[str]:
    return TOKEN.findall(fold(text, given.codebook.fold))


def _questions(given: Given, wanted: Sequence[str]) -> dict[str, str]:
    """The words of the question before some segments."""
    if not wanted:
        return {}
    before = answers(given.segments, wanted)
    ids = {one for name in wanted if name in before for one in before[name].question}
    kept = given.segments[given.segments["segment_id"].isin(ids).to_numpy(dtype=bool)]
    words = dict(zip(kept["segment_id"], kept["text"], strict=True))
    return {
        name: " ".join(str(words[one]) for one in before[name].question) for name in wanted if name in before
    }


def _dates(given: Given) -> dict[str, str]:
    """When each document was issued, as far as it is known."""
    columns = ("document_id", "issued", "date", "effective")
    lines = zip(*(given.documents[name].tolist() for name in columns), strict=True)
    return {str(name): issued or date or effective for name, issued, date, effective in lines}


def _names(given: Given) -> list[tuple[str, ...]]:
    """What things are called: titles, actors and events, as tokens, the longest first."""
    called = [str(name) for column in ("title", "actor") for name in given.documents[column] if name]
    called += [str(name) for name in given.kept["actor"].unique() if name]
    for event in given.events:
        called += [*event.name.values(), *event.aliases]
    made = {tuple(_tokens(name, given)) for name in called}
    return sorted((name for name in made if name), key=lambda name: (-len(name), name))


def _sources(
    given: Given, wording: pd.DataFrame, order: Sequence[str], dates: Mapping[str, str]
) -> Iterator[Row]:
    held = _held(given)
    quotes: dict[tuple[str, str], list[tuple[str, str]]] = {}  # by source and kind: when it was said, where
    columns = ("sources", "kind", "said", "segment_id")
    for sources, kind, said, segment in zip(*(wording[name].tolist() for name in columns), strict=True):
        for source in sources:
            quotes.setdefault((source, kind), []).append((str(said), str(segment)))
    quoted = {source for source, _ in quotes}
    for source in filter(quoted.__contains__, order):
        day = dates.get(source, "")
        for kind in (kind for kind in KINDS if kind in held):
            sides = grouped((order_of(said, day), n) for n, said in enumerate(held[kind]))
            counts = list(held[kind].values())
            late, early = ([counts[n] for n in sides.get(side, ())] for side in ("after", "before"))
            after, before = (sum(sum(one.values()) for one in some) for some in (late, early))
            mine = quotes.get((source, kind), [])
            orders = [order_of(said, day) for said, _ in mine]
            n_after, n_before = orders.count("after"), orders.count("before")
            ids = [segment for (_, segment), side in zip(mine, orders, strict=True) if side == "after"]
            yield (
                *(source, day, kind, after, len(set().union(*late)), n_after),
                1000 * n_after / after if after else None,
                *(before, n_before, 1000 * n_before / before if before else None),
                tuple(dict.fromkeys(ids))[:EXAMPLES],
            )


def _held(given: Given) -> dict[str, dict[str, dict[str, int]]]:
    """How many segments of talk there are: by kind, by when they were said, by document."""
    made: dict[str, dict[str, dict[str, int]]] = {}
    for kind, said, name in zip(given.kinds.tolist(), given.kept["t_said"], given.names, strict=True):
        if kind in TALK:
            documents = made.setdefault(kind, {}).setdefault(str(said), {})
            documents[name] = documents.get(name, 0) + 1
    return made
