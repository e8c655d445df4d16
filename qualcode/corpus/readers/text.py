"""Read plain text and Markdown (.txt .text .md .markdown): the whole file is kept as the document's text.

A YAML head between `---` lines is a `front` block and is read as metadata; an HTML comment in Markdown is a
`front` block too. Markdown headings (`### 唐鳳：`, or underlined) are headings; the signs that make them so
are `furniture`, as are the signs of a bulleted item. Every line of Chinese is a paragraph; lines of Latin
text that were wrapped at a fixed width are one paragraph with its line breaks inside. Nothing is rewritten:
`\\[laughs\\]`, links and `&quot;` stay as they are.

Accepts any encoding (see `qualcode.corpus.encoding`). Refuses an empty file, a file that is no text and RTF
under another name; a web page under the name of plain text is read with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain, compress, count, islice, repeat
from operator import add, contains, eq, itemgetter, ne, not_

from qualcode.corpus.encoding import decode
from qualcode.corpus.extract import Extract, Laid, Layout, ReadOptions
from qualcode.corpus.labels import LABEL_WITHIN
from qualcode.corpus.layout import Row, woven
from qualcode.corpus.readers.furniture import furniture
from qualcode.corpus.readers.wrapping import Wrap
from qualcode.expressions import expression
from qualcode.model import BlockKind, Span
from qualcode.problems import Place, Problem, problem
from qualcode.text.repair import repair
from qualcode.yamlnodes import Node, read_yaml

extensions = (".txt", ".md", ".markdown", ".text")

_HTML = expression(
    r"[\ufeff\s]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_HEAD = expression(r"\s*---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = expression(r"\s*(?:#.*\n\s*)*[^\s#:：][^\n:：]*[:：]")
_COMMENT = expression(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = expression(r"[ \t]{0,3}(?P<signs>#{1,6})[ \t]+(?P<title>\S.*?)(?P<tail>[ \t]+#+)?[ \t]*")
_UNDERLINE = expression(r"[ \t]{0,3}(?:={3,}|-{3,})[ \t]*")
_BULLET = expression(r"(?P<indent>[ \t]*)(?P<sign>[-*+])[ \t]+(?=\S)")
_NUMBER = expression(r"(?P<indent>[ \t]*)\d{1,3}[.)][ \t]+(?=\S)")
_NOTE = expression(r"[ \t]*\[\^[^\]\s]+\]:")
_ROW = expression(r"[ \t]*\|.*\|[ \t]*")
_ROW_RULE = expression(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
_SIGN: BlockKind = "furniture"  # what # and bullets are
_FENCE = expression(r"[ \t]*(?:```|~~~)\S*[ \t]*")


@dataclass(slots=True)
class _Lines:
    """The lines that are not blank, side by side, and what each is.

    `signs` is where the words begin behind # or a bullet (0: there is none), `tails` where the words of a
    heading end before its closing signs, by number.
    """

    starts: list[int]
    strings: list[str]
    words: list[str]  # the strings without blanks at their edges
    numbers: list[int]  # counted with blank lines: neighbours follow one another
    kinds: list[BlockKind] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    signs: dict[int, int] = field(default_factory=dict)
    tails: dict[int, int] = field(default_factory=dict)

    def followed(self) -> list[bool]:
        """Whether another line follows each, all but the last, without a blank line between them."""
        return list(map(eq, map(add, self.numbers, repeat(1)), islice(self.numbers, 1, None)))


def read_text(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read one text file into one extract."""
    decoded = decode(data, name, encoding=options.encoding)
    del data  # of a large file the text alone is enough to hold
    problems = list(decoded.problems)
    if decoded.text is None:
        return [], problems
    if source := _source_of_another(decoded.text, name):
        problems.append(source)
        if source.severity == "error":
            return [], problems
    text, repairs = (decoded.text, {}) if decoded.sound else repair(decoded.text)
    markdown = name.lower().endswith((".md", ".markdown"))
    start, front = _front_matter(text, name, problems)
    comments = [m.span() for m in _COMMENT.finditer(text, start)] if markdown else []
    lines = _lines(text, start, comments)
    followed = lines.followed()
    wrap = Wrap.measure(compress(lines.strings, followed))
    if wrap.han:
        problems.append(
            problem(
                "wrapped-chinese",
                Place(name),
                "the lines of this Chinese text are cut at a fixed width; words cut in two are not found",
                hint="copy it again without line breaks inside paragraphs",
                severity="warning",
            )
        )
    _classify(lines, markdown=markdown)
    joined = _joined(lines, followed, wrap) if wrap.latin or wrap.han else frozenset()
    blocks: Sequence[Laid] = _laid(text, start, lines, joined)
    if comments:
        noted = [Laid(_trimmed(text, a, b), "front") for a, b in comments]
        blocks = tuple(sorted([*noted, *blocks], key=lambda block: block.span))
    note = "ocr" if ".ocr." in name.lower() else ""
    extract = Extract(
        text,
        blocks,
        encoding=decoded.encoding,
        repairs=repairs,
        front=front,
        note=note,
        one_line=not joined,
    )
    return [extract], problems


def _source_of_another(text: str, name: str) -> Problem | None:
    """A problem for plain text that is the source of a formatted document; None for any other."""
    if name.lower().endswith((".md", ".markdown")):
        return None
    if text[:200].lstrip("\ufeff \t\r\n").startswith("{\\rtf"):
        return problem(
            "rtf-as-text",
            Place(name, 1),
            "the file is RTF, whatever its extension says: its words stand among codes",
            hint="rename it to .rtf",
        )
    if _HTML.match(text):
        return problem(
            "html-as-text",
            Place(name, 1),
            "the file is a web page, whatever its extension says: its tags are read as words",
            hint="rename it to .html",
            severity="warning",
        )
    return None


def _front_matter(text: str, name: str, problems: list[Problem]) -> tuple[int, Node | None]:
    """Where the YAML head ends (0: there is none) and what it says."""
    found = _HEAD.match(text)
    if not found or not _KEY.match(found["yaml"]):
        return 0, None
    first_line = text.count("\n", 0, found.start("yaml")) + 1
    node, wrong = read_yaml(found["yaml"], name, first_line=first_line)
    problems.extend(wrong)
    return found.end(), node


def _lines(text: str, start: int, comments: list[tuple[int, int]]) -> _Lines:
    """The lines outside comments that are not blank; a comment inside a line cuts it in two."""
    lines = _Lines([], [], [], [])
    edges = [start, *(edge for span in comments for edge in span), len(text)]
    first = 0
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        parts = text[begin:end].split("\n")
        words = list(map(str.strip, parts))
        starts = accumulate(map(add, map(len, parts), repeat(1)), initial=begin)
        lines.starts += compress(starts, words)
        lines.strings += compress(parts, words)
        lines.words += filter(None, words)
        lines.numbers += compress(count(first), words)
        first += len(parts) + 1
    return lines


def _classify(lines: _Lines, *, markdown: bool) -> None:
    """Say of each line what it is: in Markdown a line that begins with a letter is a paragraph."""
    strings = lines.strings
    drawn = furniture(strings)
    lines.kinds = ["paragraph"] * len(strings)
    if markdown:
        letters = map(str.isalpha, map(itemgetter(0), strings))
        odd = list(compress(count(), map(not_, letters)))
    else:
        odd = [i for i in compress(count(), map(contains, strings, repeat("#"))) if "#" in strings[i][:4]]
    for i in sorted({*odd, *drawn}):
        _classify_one(lines, i, markdown=markdown, drawn=i in drawn)


def _classify_one(lines: _Lines, i: int, *, markdown: bool, drawn: bool) -> None:
    string, start = lines.strings[i], lines.starts[i]
    if "#" in string[:4] and (heading := _heading(string)):
        level, title, tail = heading
        lines.kinds[i], lines.levels[i], lines.signs[i] = "heading", level, start + title
        if tail:
            lines.tails[i] = start + tail
    elif markdown and _is_underline(lines, i):
        lines.kinds[i - 1], lines.levels[i - 1] = "heading", 1 if "=" in string else 2
        lines.kinds[i] = "furniture"
    elif drawn or (markdown and (_FENCE.fullmatch(string) or _ROW_RULE.fullmatch(string))):
        lines.kinds[i] = "furniture"
    elif markdown:
        _classify_plain(lines, i)


def _heading(string: str) -> tuple[int, int, int] | None:
    """The level of a line that is a heading, where its words begin, and where they end before closing signs.

    0 where no signs close it.
    """
    return _short_heading(string) if len(string) <= LABEL_WITHIN else _any_heading(string)


def _any_heading(string: str) -> tuple[int, int, int] | None:
    found = _HEADING.fullmatch(string)
    return found and (len(found["signs"]), found.start("title"), found.end("title") if found["tail"] else 0)


_short_heading = lru_cache(maxsize=1024)(_any_heading)  # a transcript has the same few over and over


def _is_underline(lines: _Lines, i: int) -> bool:
    """Whether a line of dashes makes a heading of the paragraph above it."""
    return (
        i > 0
        and lines.numbers[i - 1] + 1 == lines.numbers[i]
        and lines.kinds[i - 1] == "paragraph"
        and bool(_UNDERLINE.fullmatch(lines.strings[i]))
    )


def _classify_plain(lines: _Lines, i: int) -> None:
    """Classify a line of Markdown that is neither heading nor drawn."""
    string = lines.strings[i]
    if bullet := _BULLET.match(string):
        lines.kinds[i], lines.levels[i] = "item", len(bullet["indent"].expandtabs(4)) // 2 + 1
        lines.signs[i] = lines.starts[i] + bullet.end()
    elif number := _NUMBER.match(string):
        lines.kinds[i], lines.levels[i] = "item", len(number["indent"].expandtabs(4)) // 2 + 1
    elif _NOTE.match(string):
        lines.kinds[i] = "note"
    elif _ROW.fullmatch(string):
        lines.kinds[i] = "row"


def _joined(lines: _Lines, followed: Sequence[bool], wrap: Wrap) -> frozenset[int]:
    """The lines that go on with the paragraph, item or note of the line before them."""
    kinds, strings = lines.kinds, lines.strings
    return frozenset(
        i
        for i, close in enumerate(followed, 1)
        if close
        and kinds[i] == "paragraph"
        and kinds[i - 1] in ("paragraph", "item", "note")
        and wrap.continues(strings[i - 1], strings[i])
    )


def _laid(text: str, start: int, lines: _Lines, joined: frozenset[int]) -> Layout:
    """The head before `start`, then the lines, wrapped ones joined; signs about the words are furniture."""
    rows: list[Row] = [(*_trimmed(text, 0, start), "front", 0)] if start else []
    starts, levels, signs, tails = lines.starts, lines.levels, lines.signs, lines.tails
    lengths = list(map(len, lines.words))
    for i in compress(count(), map(ne, lengths, map(len, lines.strings))):
        starts[i] += len(lines.strings[i]) - len(lines.strings[i].lstrip())
    ends = list(map(add, starts, lengths))
    lines.words.clear()
    lines.strings.clear()  # as long as the text itself
    if not joined and not tails:
        laid = Layout.of(rows)
        words, stops = starts[:], starts[:]  # where words begin, and where the signs before them end
        for i, place in signs.items():
            words[i], stops[i] = place, starts[i] + len(text[starts[i] : place].rstrip())
        wanted = list(chain.from_iterable(zip(map(ne, words, starts), repeat(True), strict=False)))
        each = map(levels.get, range(len(starts)), repeat(0))
        laid.extend(
            woven(starts, words, wanted),
            woven(stops, ends, wanted),
            woven(repeat(_SIGN), lines.kinds, wanted),
            woven(repeat(0), each, wanted),
        )
        return laid
    for i, (begin, end, kind) in enumerate(zip(starts, ends, lines.kinds, strict=True)):
        if i in joined:
            first, _, kind, level = rows[-1]
            rows[-1] = (first, end, kind, level)
            continue
        if i in signs:
            rows.append((begin, begin + len(text[begin : signs[i]].rstrip()), "furniture", 0))
            begin = signs[i]
        if i in tails:
            rows.append((begin, tails[i], kind, levels[i]))
            rows.append((*_trimmed(text, tails[i], end), "furniture", 0))
        else:
            rows.append((begin, end, kind, levels.get(i, 0)))
    return Layout.of(rows)


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    return Span(start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip()))
