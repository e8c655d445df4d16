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
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.corpus.encoding import decode
from qualcode.corpus.extract import Extract, Laid, ReadOptions
from qualcode.corpus.readers.furniture import furniture
from qualcode.corpus.readers.wrapping import Wrap
from qualcode.model import BlockKind, Span
from qualcode.problems import Place, Problem, problem
from qualcode.text.repair import repair
from qualcode.yamlnodes import Node, read_yaml

extensions = (".txt", ".md", ".markdown", ".text")

_HTML = re.compile(
    r"[\ufeff\s]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_HEAD = re.compile(r"\s*---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"\s*(?:#.*\n\s*)*[^\s#:：][^\n:：]*[:：]")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"[ \t]{0,3}(?P<signs>#{1,6})[ \t]+(?P<title>\S.*?)(?P<tail>[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r"[ \t]{0,3}(?:={3,}|-{3,})[ \t]*")
_BULLET = re.compile(r"(?P<indent>[ \t]*)(?P<sign>[-*+])[ \t]+(?=\S)")
_NUMBER = re.compile(r"(?P<indent>[ \t]*)\d{1,3}[.)][ \t]+(?=\S)")
_NOTE = re.compile(r"[ \t]*\[\^[^\]\s]+\]:")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_ROW_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)\S*[ \t]*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its line break and what it is; `sign` is where the words begin behind # or a bullet."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int = 0
    sign: int = 0
    group: int = 0  # lines of one group have no blank line between them


def read_text(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read one text file into one extract."""
    decoded = decode(data, name, encoding=options.encoding)
    problems = list(decoded.problems)
    if decoded.text is None:
        return [], problems
    if source := _source_of_another(decoded.text, name):
        problems.append(source)
        if source.severity == "error":
            return [], problems
    text, repairs = repair(decoded.text)
    markdown = name.lower().endswith((".md", ".markdown"))
    start, front = _front_matter(text, name, problems)
    blocks = [Laid(_trimmed(text, 0, start), "front")] if start else []
    comments = [m.span() for m in _COMMENT.finditer(text, start)] if markdown else []
    lines = list(_lines(text, start, comments))
    strings = [text[line.start : line.end] for line in lines]
    wrap = Wrap.measure(_groups(lines, strings))
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
    lines = _classified(lines, strings, markdown=markdown)
    del strings  # as long as the text itself
    blocks += [Laid(_trimmed(text, a, b), "front") for a, b in comments]
    blocks += _blocks(text, lines, wrap)
    blocks.sort(key=lambda block: block.span)
    note = "ocr" if ".ocr." in name.lower() else ""
    extract = Extract(text, tuple(blocks), encoding=decoded.encoding, repairs=repairs, front=front, note=note)
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


def _lines(text: str, start: int, comments: list[tuple[int, int]]) -> Iterator[_Line]:
    """The non-blank lines outside comments; a comment inside a line cuts it in two."""
    group = 0
    edges = [start, *(edge for span in comments for edge in span), len(text)]
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        group += 1
        at = begin
        while at < end:
            stop = text.find("\n", at, end)
            stop = end if stop < 0 else stop
            if text[at:stop].strip():
                yield _Line(at, stop, group=group)
            else:
                group += 1
            at = stop + 1


def _groups(lines: list[_Line], strings: list[str]) -> list[list[str]]:
    groups: dict[int, list[str]] = {}
    for line, string in zip(lines, strings, strict=True):
        groups.setdefault(line.group, []).append(string)
    return list(groups.values())


def _classified(lines: list[_Line], strings: list[str], *, markdown: bool) -> list[_Line]:
    drawn = furniture(strings)
    result: list[_Line] = []
    for i, (line, string) in enumerate(zip(lines, strings, strict=True)):
        before = result[-1] if result and result[-1].group == line.group else None
        if "#" in string[:4] and (heading := _HEADING.fullmatch(string)):
            sign, end = line.start + heading.start("title"), line.start + heading.end("title")
            result.append(_Line(line.start, end, "heading", len(heading["signs"]), sign, line.group))
            if heading["tail"]:
                result.append(_Line(end, line.end, "furniture", group=line.group))
        elif markdown and before and before.kind == "paragraph" and _UNDERLINE.fullmatch(string):
            level = 1 if "=" in string else 2
            result[-1] = _Line(before.start, before.end, "heading", level, 0, before.group)
            result.append(_Line(line.start, line.end, "furniture", group=line.group))
        elif i in drawn or (markdown and (_FENCE.fullmatch(string) or _ROW_RULE.fullmatch(string))):
            result.append(_Line(line.start, line.end, "furniture", group=line.group))
        else:
            result.append(_plain(line, string) if markdown else line)
    return result


def _plain(line: _Line, string: str) -> _Line:
    """A line of Markdown that is neither heading nor drawn."""
    if bullet := _BULLET.match(string):
        level = len(bullet["indent"].expandtabs(4)) // 2 + 1
        return _Line(line.start, line.end, "item", level, line.start + bullet.end(), line.group)
    if number := _NUMBER.match(string):
        return _Line(
            line.start, line.end, "item", len(number["indent"].expandtabs(4)) // 2 + 1, 0, line.group
        )
    if _NOTE.match(string):
        return _Line(line.start, line.end, "note", group=line.group)
    return _Line(line.start, line.end, "row" if _ROW.fullmatch(string) else "paragraph", group=line.group)


def _blocks(text: str, lines: list[_Line], wrap: Wrap) -> Iterator[Laid]:
    """Blocks from classified lines, wrapped lines joined; signs before the words are furniture."""
    open_start, last = 0, None
    for line in [*lines, None]:
        if (
            last
            and line
            and line.group == last.group
            and last.kind in ("paragraph", "item", "note")
            and line.kind == "paragraph"
            and wrap.continues(text[last.start : last.end], text[line.start : line.end])
        ):
            last = _Line(line.start, line.end, last.kind, last.level, 0, last.group)
            continue
        if last:
            yield Laid(_trimmed(text, open_start, last.end), last.kind, last.level)
        if line and line.sign:
            yield Laid(_trimmed(text, line.start, line.sign), "furniture")
        if line:
            open_start = line.sign or line.start
        last = line


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    return Span(start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip()))
