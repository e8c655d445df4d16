"""What an input method leaves in YAML: full-width signs, curly quotes, wide spaces and tabs.

Most of these are no YAML mistakes: `id：避责` is a text, `[不给，不予]` a list of one. So texts written
without quotes are looked at for the shapes that nobody means (`mistakes_in`), and where YAML lost its way the
lines around that place are (`mistakes_near`). Each mistake says what was meant, so that reading can go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.expressions import expression
from qualcode.problems import problem
from qualcode.yamlnodes.nodes import Node
from qualcode.yamlnodes.source import Mistake, Source

# Spaces that look like one and are not: no-break, ideographic, and those of typesetting.
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_WIDE_RUN = expression(rf"[{_WIDE}]")
_KEY = r"[A-Za-z_][A-Za-z0-9_.]*"
_COLON_KEY = expression(rf"(?P<key>[a-z_][a-z0-9_.]+)[ {_WIDE}]*(?P<sign>：)")
_ANY_COLON_KEY = expression(rf"(?P<key>\w[\w.]{{0,30}})[ {_WIDE}]*(?P<sign>：)")
_WIDE_AFTER_COLON = expression(rf"{_KEY}:(?P<sign>[{_WIDE}]+)")
_MARKER = expression(rf"(?P<sign>[－–−‐﹣])(?=[ {_WIDE}]|{_KEY}[:：])|(?P<wide>-(?=[{_WIDE}]))")
_QUOTES = {"“": "”", "‘": "’", "＂": "＂", "＇": "＇", "”": "”", "„": "“"}
_BRACKETS = {"［": "］", "｛": "｝", "【": "】"}
_COMMAS = expression("[，、；﹐]")
_SENTENCE_END = tuple("。！？…；”」.!?")
_SHORT = 12  # a piece between commas that is longer than this is prose, not a term
_FLOW_COMMA = expression(rf"(?P<sign>，)(?=\s*{_KEY}\s*[:：])")
# One of these stands on the line of every such mistake.
_ANY_SIGN = expression(f"[{_WIDE}：－–−‐﹣，、；﹐＄＊{''.join((*_QUOTES, *_BRACKETS))}]")
_SIGNS = {"：": "colon", "，": "comma", "、": "comma", "；": "semicolon", "［": "bracket", "］": "bracket",
          "【": "bracket", "】": "bracket", "｛": "brace", "｝": "brace", "－": "hyphen", "＃": "hash",
          "｜": "bar", "＊": "asterisk", "＄": "dollar sign"}  # fmt: skip


MARKER = "list-marker"

# What to say of several lines with one kind of odd indent.
INDENTS = {
    "tab": "{n} lines are indented with tabs, this one first",
    "wide-space": "{n} lines have full-width spaces ({code}) where ordinary ones belong, this one first",
}


def mistakes_in(source: Source, root: Node, prose: frozenset[str] = frozenset()) -> list[Mistake]:
    """Find typing mistakes that YAML read as ordinary text, in reading order.

    Only texts written without quotes are looked at. `prose` names keys whose lists hold sentences.
    """
    if not _ANY_SIGN.search(source.text):
        return []
    lines = source.text.split("\n")
    odd = {n for n, line in enumerate(lines) if _ANY_SIGN.search(line)}
    found: dict[tuple[int, int], Mistake] = {}
    for node, in_flow_list, is_prose in _plain_texts(root, False, False, prose):
        if node.place.line - source.first_line not in odd:
            continue
        # Places point into the file as written; the mended text may have moved them to the right.
        line, column = source.position(node.place)
        for mistake in _in_text(source, lines, line, column, node.text, in_flow_list and not is_prose):
            found.setdefault((mistake.line, mistake.column), mistake)
    return [found[key] for key in sorted(found)]


def _plain_texts(
    node: Node, in_flow_list: bool, is_prose: bool, prose: frozenset[str]
) -> Iterator[tuple[Node, bool, bool]]:
    """Walk the texts without quotes, each once; aliases are seen where they are defined."""
    seen: set[int] = set()
    stack = [(node, in_flow_list, is_prose)]
    while stack:
        one, flow, sentence = stack.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if one.kind == "text":
            if one.plain and one.text:
                yield one, flow, sentence
        elif one.kind == "list":
            stack += [(item, one.flow, sentence) for item in reversed(one.items)]
        else:
            for key, value in reversed(one.entries):
                stack.append((value, False, sentence or key.text in prose))
                stack.append((key, False, False))


def _in_text(
    source: Source, lines: list[str], line: int, column: int, text: str, in_terms: bool
) -> Iterator[Mistake]:
    written = lines[line][column:]
    before = lines[line][:column]
    first = text[0]
    if _WIDE_RUN.match(written) and not before.strip(" -"):
        yield _indent(source, line, column, written, after_hyphen="-" in before)
        return
    marker = _MARKER.match(written) if not before.strip(" -") else None
    if marker:
        yield _marker(source, line, column, marker)
        return
    colon = _COLON_KEY.match(written)
    if colon:
        yield _colon(source, line, column + colon.start("sign"), written, colon.start("sign"))
        return
    wide = _WIDE_AFTER_COLON.match(written)
    if wide:
        yield _space(source, line, column + wide.start("sign"), wide["sign"])
        return
    if _BRACKETS.get(first) == text[-1] and len(text) > 1 and written.startswith(text):
        if first != "【" or _COMMAS.search(text) or "," in text:
            plain = "{}" if first == "｛" else "[]"
            yield _sign(source, line, column, first, plain[0])
            yield Mistake(line, column + len(text) - 1, 1, plain[1], None)
        return
    if first in _QUOTES and written.startswith(text):
        close = text.find(_QUOTES[first], 1)
        if close == len(text) - 1 and '"' not in text and "\\" not in text:
            yield _quote(source, line, column, first)
            yield Mistake(line, column + close, 1, '"', None)
            return
        if close < 0 and in_terms:
            yield _quote(source, line, column, first, open_only=True)
            return
    if first == "＄" and re.match(r"＄[A-Za-z_]", text):
        yield _sign(source, line, column, first, "$")
    if text.endswith("＊") and text[-2:-1].isascii() and text[-2:-1].isalpha() and written.startswith(text):
        yield _sign(source, line, column + len(text) - 1, "＊", "*")
    if in_terms and not text.endswith(_SENTENCE_END) and written.startswith(text):
        pieces = _COMMAS.split(text)
        if len(pieces) > 1 and all(len(piece.strip()) <= _SHORT for piece in pieces):
            signs = list(_COMMAS.finditer(text))
            yield _comma(source, line, column + signs[0].start(), signs[0][0])
            for sign in signs[1:]:
                yield Mistake(line, column + sign.start(), 1, ", ", None)


def mistakes_near(source: Source, first: int, last: int) -> list[Mistake]:
    """Find the typing mistake that can explain why YAML lost its way between two lines (from 0).

    The nearest line upwards from where it stopped that has one is taken; a mistake that mending does not cure
    is found again by nobody, because mending changes it.
    """
    lines = source.text.split("\n")
    last = min(last, len(lines) - 1)
    for number in range(last, max(first - 3, -1), -1):
        found = list(_in_line(source, lines[number], number))
        if found and lines[number][0] in "\t\u3000":
            # Nobody indents one line so; and lines of a text block begin with ordinary spaces.
            return [
                _indent(source, i, 0, line) for i, line in enumerate(lines) if line[:1] in {"\t", "\u3000"}
            ]
        if found:
            return found
    return []


def _in_line(source: Source, line: str, number: int) -> Iterator[Mistake]:
    indent = len(line) - len(line.lstrip(" "))
    body = line[indent:]
    if _WIDE_RUN.match(body) or body.startswith("\t"):
        yield _indent(source, number, indent, body)
        return
    marker = _MARKER.match(body)
    if marker:
        yield _marker(source, number, indent, marker)
        return
    start = indent + len(body) - len(re.sub(r"^(- +)+", "", body))
    colon = _ANY_COLON_KEY.match(line[start:])
    if colon:
        yield _colon(source, number, start + colon.start("sign"), line[start:], colon.start("sign"))
        return
    wide = _WIDE_AFTER_COLON.match(line[start:])
    if wide:
        yield _space(source, number, start + wide.start("sign"), wide["sign"])
        return
    outside = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", lambda quoted: "x" * len(quoted[0]), line)
    for comma in _FLOW_COMMA.finditer(outside):
        yield _comma(source, number, comma.start(), "，")
    for key in re.finditer(rf"(?<=[{{,，\s]){_COLON_KEY.pattern}", outside[start:]):
        if "{" in outside[: start + key.start()]:
            at = start + key.start("sign")
            yield _colon(source, number, at, line, at)
    for bracket in re.finditer(r"[［］｛｝]", outside):
        yield _sign(
            source,
            number,
            bracket.start(),
            bracket[0],
            dict(zip("［］｛｝", "[]{}", strict=True))[bracket[0]],
        )
    for quoted in re.finditer(r"(?<=: )“[^”\"\\]*”(?=\s*(?:$|#|[,}\]]))", outside):
        yield _quote(source, number, quoted.start(), "“")
        yield Mistake(number, quoted.end() - 1, 1, '"', None)


def _indent(source: Source, line: int, column: int, written: str, *, after_hyphen: bool = False) -> Mistake:
    """Mend a run of odd spaces at `column`; U+3000 and tabs are taken as two columns, as they look."""
    place = source.place(line, column)
    sign = written[0]
    run = re.match(rf"[\t {_WIDE}]+", written)
    spaces = run[0] if run else sign
    meant = "".join("  " if space in "\t\u3000" else " " for space in spaces)
    if sign == "\t":
        found = problem(
            "tab", place, "this line is indented with a tab", hint="indent with spaces, two a step"
        )
    else:
        found = problem(
            "wide-space",
            place,
            "a full-width space ({code}) stands after the hyphen"
            if after_hyphen
            else "this line is indented with a full-width space ({code})",
            hint="type ordinary spaces",
            code=f"U+{ord(sign):04X}",
        )
    return Mistake(line, column, len(spaces), meant, found)


def _space(source: Source, line: int, column: int, signs: str) -> Mistake:
    found = problem(
        "wide-space",
        source.place(line, column),
        "a full-width space ({code}) stands after the colon",
        hint="type an ordinary space",
        code=f"U+{ord(signs[0]):04X}",
    )
    return Mistake(line, column, len(signs), " ", found)


def _marker(source: Source, line: int, column: int, marker: re.Match[str]) -> Mistake:
    if marker["wide"]:
        after = marker.string[marker.end()]
        found = problem(
            "wide-space",
            source.place(line, column + 1),
            "a full-width space ({code}) stands after the hyphen",
            hint="type ordinary spaces",
            code=f"U+{ord(after):04X}",
        )
        return Mistake(line, column + 1, 1, "  ", found)
    found = problem(
        MARKER,
        source.place(line, column),
        "{sign!r} is no list marker",
        hint="type an ordinary hyphen and a space: '- '",
        sign=marker["sign"],
    )
    after = marker.string[marker.end() : marker.end() + 1]
    if after == "\u3000":
        return Mistake(line, column, 2, "-  ", found)
    return Mistake(line, column, 1, "-" if after == " " else "- ", found)


def _colon(source: Source, line: int, column: int, text: str, at: int) -> Mistake:
    found = problem(
        "full-width",
        source.place(line, column),
        "'：' is a full-width colon",
        hint="type ': ' (a colon and a space); a text that is to hold ： here needs quotes",
    )
    after = text[at + 1 : at + 2]
    return Mistake(line, column, 1, ":" if after in ("", " ") else ": ", found)


def _comma(source: Source, line: int, column: int, sign: str) -> Mistake:
    found = problem(
        "full-width",
        source.place(line, column),
        "{sign!r} is a full-width comma and parts nothing: all of this is one text",
        hint="type ', ' (a comma and a space); a text that is to hold {sign} needs quotes",
        sign=sign,
    )
    return Mistake(line, column, 1, ", ", found)


def _sign(source: Source, line: int, column: int, sign: str, plain: str) -> Mistake:
    found = problem(
        "full-width",
        source.place(line, column),
        "{sign!r} is a full-width {name}",
        hint="type {plain}; a text that is to hold {sign} needs quotes",
        sign=sign,
        name=_SIGNS[sign],
        plain=plain,
    )
    return Mistake(line, column, 1, plain, found)


def _quote(source: Source, line: int, column: int, sign: str, *, open_only: bool = False) -> Mistake:
    found = problem(
        "curly-quote",
        source.place(line, column),
        "{sign} is part of the text, not a quote round it",
        hint="leave it out, or type straight quotes; a text that is to hold it needs those round it",
        sign=sign,
    )
    return Mistake(line, column, 1, "" if open_only else '"', found)
