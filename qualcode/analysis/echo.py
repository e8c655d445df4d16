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
from qualcode.analysis.overlap import TOKEN, Source, grouped, sharing, size, stretches, without, written
from qualcode.analysis.questions import answers
from qualcode.analysis.tables import WRITTEN
from qualcode.model import KINDS, TALK
from qualcode.text.dates import first_day, last_day
from qualcode.text.folding import fold

if TYPE_CHECKING:
    import pandas as pd

LONG = 8
MOST = 30_000_000  # characters of talk and documents that are looked at
TITLE = re.compile("《[^《》]{2,60}》")
Names = list[tuple[str, ...]]


class Found(NamedTuple):
    """Tokens of a segment of talk (a row), and the segments (rows) of documents that have them, by date."""

    row: int
    start: int
    end: int
    sources: Mapping[str, int]


def echo(given: Given) -> Made:
    """Return the tables `echo`, by place in talk, and `echo_sources`, by date of the source."""
    talk = [row for row, kind in enumerate(given.kinds.tolist()) if kind in TALK]
    rows = [row for row, kind in enumerate(given.kinds.tolist()) if kind in WRITTEN]
    dates = _dates(given)
    remarks: list[Remark] = []
    if not talk or not rows:
        remarks.append(
            remark("talk and documents are both needed to look for wording of the one in the other")
        )
        return Made({"echo": frame([], "echo"), "echo_sources": frame([], "echo_sources")}, remarks)
    texts = given.kept["text"]
    if sum(map(len, texts)) > MOST:
        remarks.append(
            remark("there is too much material to look for wording in all of it: nothing was looked for")
        )
        talk = []
    by_document = grouped((given.names[row], row) for row in rows)
    order = sorted(by_document, key=lambda name: (dates.get(name) or "9999", name))
    found = list(_found(given, talk, {name: by_document[name] for name in order}))
    held = frame(list(_rows(given, found, dates)), "echo")
    wording = held[(held["what"] == "wording").to_numpy(dtype=bool)]
    if talk:
        remarks.append(
            remark(
                "{n} stretches of wording; {early} of them in talk held before the document was issued, which"
                " cannot have them from there",
                n=len(wording),
                early=int((wording["order"] == "before").sum()),
            )
        )
    sources = list(_sources(given, wording, order, dates)) if talk else []
    return Made({"echo": held, "echo_sources": frame(sources, "echo_sources")}, remarks)


def _found(given: Given, talk: Sequence[int], documents: Mapping[str, Sequence[int]]) -> Iterator[Found]:
    """The stretches of talk, each with all documents that have it; `documents` come by date."""
    texts = [str(text) for text in given.kept["text"].tolist()]
    names = list(documents)
    held_by = [(row, n) for n, name in enumerate(names) for row in documents[name]]
    sources: dict[int, Source] = {}
    for number, near in sharing(
        [texts[row] for row in talk],
        [texts[row] for row, _ in held_by],
        [n for _, n in held_by],
        lambda text: _tokens(text, given),
    ):
        row = talk[number]
        tokens = _tokens(texts[row], given)
        runs: dict[tuple[int, int], dict[str, int]] = {}
        for n, starts in near.items():
            if n not in sources:
                sources[n] = Source.of(_tokens(texts[held], given) for held in documents[names[n]])
            for start, end, place in stretches(tokens, sources[n], starts=starts):
                if size(tokens[start:end]) >= LONG:
                    runs.setdefault((start, end), {})[names[n]] = documents[names[n]][place]
        for (start, end), held in sorted(runs.items()):
            if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in runs):
                yield Found(row, start, end, held)


def _rows(given: Given, found: Sequence[Found], dates: Mapping[str, str]) -> Iterator[Row]:
    names = _names(given)
    asked = _questions(given, [given.kept["segment_id"].iloc[one.row] for one in found])
    for one in found:
        cells = given.kept.iloc[one.row]
        text, segment, said = str(cells["text"]), str(cells["segment_id"]), str(cells["t_said"])
        spans = [match.span() for match in TOKEN.finditer(fold(text, given.codebook.fold))]
        tokens = _tokens(text, given)[one.start : one.end]
        source, at = next(iter(one.sources.items()))
        titles = TITLE.findall(text) + TITLE.findall(str(given.kept["text"].iloc[at]))
        rest = without(tokens, [tuple(_tokens(title, given)) for title in titles] + names)
        yield (
            *(given.names[one.row], str(cells["kind"]), segment, said),
            *(text[spans[one.start][0] : spans[one.end - 1][1]], size(tokens)),
            "wording" if size(rest) >= LONG else "name",
            order_of(said, dates.get(source, "")),
            *(source, str(given.kept["segment_id"].iloc[at]), dates.get(source, "")),
            tuple(one.sources),
            written(tokens) in written(_tokens(asked.get(segment, ""), given)),
            tuple(cells["codes"]),
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
    before = answers(given.segments)
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


def _names(given: Given) -> Names:
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
    said = given.kept["t_said"].tolist()
    for source in order:
        day = dates.get(source, "")
        mine = wording[[source in listed for listed in wording["sources"]]] if len(wording) else wording
        for kind in (kind for kind in KINDS if kind in TALK and len(mine)):
            sides = grouped(
                (order_of(str(said[row]), day), row) for row in (given.kinds == kind).nonzero()[0]
            )
            if not sides:
                continue
            of = mine[(mine["kind"] == kind).to_numpy(dtype=bool)]
            quotes = grouped((order_of(str(when), day), n) for n, when in enumerate(of["said"]))
            after, before = (len(sides.get(side, ())) for side in ("after", "before"))
            late, early = (len(quotes.get(side, ())) for side in ("after", "before"))
            ids = [str(of["segment_id"].iloc[n]) for n in quotes.get("after", ())]
            yield (
                *(source, day, kind, after, len({given.names[row] for row in sides.get("after", ())}), late),
                1000 * late / after if after else None,
                *(before, early, 1000 * early / before if before else None),
                tuple(dict.fromkeys(ids))[:EXAMPLES],
            )
