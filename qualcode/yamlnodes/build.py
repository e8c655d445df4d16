"""Text -> nodes, from YAML events, under guard.

Nodes are built from the parser's events, not by its composer, because 100,000 nested brackets crash the C
composer and because it keeps the last of two equal keys in silence. Guards: nesting of 64, 200,000 nodes,
2,000,000 characters, aliases written out to at most 20,000 nodes beyond the file's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from qualcode.problems import Place, Problem, problem
from qualcode.yamlnodes.nodes import Node
from qualcode.yamlnodes.source import Source
from qualcode.yamlnodes.typing import INDENTS, MARKER, mistakes_in, mistakes_near

MAX_DEPTH = 64
MAX_NODES = 200_000
MAX_ALIASED = 20_000
MAX_CHARACTERS = 2_000_000
MAX_ROUNDS = 64  # of mending one typing mistake and reading again

# What YAML forbids, and the three line breaks that YAML 1.1 knows and editors do not count.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class _StopError(Exception):
    """Reading cannot go on; the problem says why. `line` is where YAML lost its way, if it was YAML."""

    def __init__(self, found: Problem, lines: tuple[int, int] | None = None) -> None:
        super().__init__(str(found))
        self.found = found
        self.lines = lines


def read_yaml(
    text: str, path: str, *, first_line: int = 1, prose: frozenset[str] = frozenset()
) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document into nodes, with everything that is wrong with it as YAML.

    `first_line` is the line of `path` that `text` begins on (front matter begins on line 2). Nothing written
    (or comments alone) gives `(None, [])`. Lists under the keys in `prose` hold sentences: a ， in them is
    punctuation. After a mistake that can be understood (a full-width colon, a tab
    indent) reading goes on as if it had been typed well, so that all mistakes come at once; after one that
    cannot, the node is None.
    """
    if text.startswith("\ufeff"):
        text = text[1:]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_CHARACTERS:
        place = Place(path, first_line)
        return None, [
            problem("too-large", place, "more than {most} characters of YAML", most=MAX_CHARACTERS,
                    hint="split it, and name the parts under imports")
        ]  # fmt: skip
    source = Source(text, path, first_line)
    forbidden = list(_forbidden(text, source))
    if forbidden:
        return None, forbidden
    typed: list[Problem] = []
    for _ in range(MAX_ROUNDS):
        try:
            node, problems = _build(source)
        except _StopError as stop:
            mended = mistakes_near(source, *stop.lines) if stop.lines else []
            if not mended:
                # Where indents were guessed, what YAML says next is mostly about the guess.
                guessed = any(found.kind in (*INDENTS, MARKER) for found in typed)
                return None, _told_once(typed) if guessed else [*typed, stop.found]
        else:
            mended = mistakes_in(source, node, prose) if node else []
            if not mended:
                return node, [*_told_once(typed), *problems]
        typed += [mistake.problem for mistake in mended if mistake.problem]
        source = source.mended(mended)
    return None, _told_once(typed)


def _told_once(typed: list[Problem]) -> list[Problem]:
    """Tell of tab indents (and of wide ones) once: where the first is, and how many lines have them."""
    told: list[Problem] = []
    for found in typed:
        same = [other for other in typed if other.kind == found.kind] if found.kind in INDENTS else [found]
        lines = {other.place.line for other in same}
        if len(lines) == 1:
            told.append(found)
        elif found is min(same, key=lambda other: other.place):
            told.append(replace(found, message=INDENTS[found.kind], values={**found.values, "n": len(lines)}))
    return told


def _forbidden(text: str, source: Source) -> Iterator[Problem]:
    for found in _FORBIDDEN.finditer(text):
        line = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        yield problem(
            "bad-character",
            source.place(line, column),
            "the character {code} ({name}) cannot stand in a YAML file",
            hint="delete it and type what you meant; it often comes with pasted text",
            code=f"U+{ord(found[0]):04X}",
            name=unicodedata.name(found[0], "a control character"),
        )


# What a text is wrapped in, and says nothing.
_PASSED_OVER = frozenset({yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent})


class _Open:
    """A list or map that is being read."""

    __slots__ = ("anchor", "children", "flow", "is_map", "place")

    def __init__(self, *, is_map: bool, place: Place, anchor: str | None, flow: bool) -> None:
        self.is_map = is_map
        self.place = place
        self.anchor = anchor
        self.flow = flow
        self.children: list[Node] = []


def _build(source: Source) -> tuple[Node | None, list[Problem]]:
    problems: list[Problem] = []
    anchors: dict[str, Node] = {}
    stack: list[_Open] = []
    root: Node | None = None
    written = aliased = 0
    for event in _events(source):
        sort = type(event)
        if sort in _PASSED_OVER or (sort is yaml.DocumentStartEvent and root is None):
            continue
        mark = event.start_mark
        place = source.place(mark.line, mark.column)
        if sort is yaml.ScalarEvent and stack and not (event.tag or event.anchor or written == MAX_NODES):
            written += 1  # what most of a file is
            stack[-1].children.append(Node("text", place, plain=not event.style, text=event.value))
            continue
        if sort is yaml.DocumentStartEvent:
            problems.append(
                problem("two-documents", place, "a second YAML document begins here",
                        hint="keep one document in a file: take out the line ---")
            )  # fmt: skip
            break
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            written += 1
            if event.tag is not None:
                problems.append(
                    problem("tag", place, "the tag {tag!r} is not used here",
                            hint="write the value without it", tag=event.tag)
                )  # fmt: skip
        if isinstance(event, yaml.CollectionStartEvent):
            _guard_depth(len(stack) + 1, place)
            is_map = isinstance(event, yaml.MappingStartEvent)
            if event.anchor:
                anchors.pop(event.anchor, None)
            stack.append(_Open(is_map=is_map, place=place, anchor=event.anchor, flow=bool(event.flow_style)))
            continue
        anchor = None
        if isinstance(event, yaml.ScalarEvent):
            node = Node("text", place, plain=not event.style, text=event.value)
            anchor = event.anchor
        elif isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            node = _close(done, problems)
            anchor = done.anchor
        else:
            node = _alias(event.anchor or "", anchors, place)
            aliased += node.size
            _guard_depth(len(stack) + _height(node), place)
        if written > MAX_NODES or aliased > MAX_ALIASED:
            raise _StopError(
                problem("too-large", place, "more than {most} values in one file",
                        most=MAX_NODES if written > MAX_NODES else MAX_ALIASED,
                        hint="split it, or write fewer aliases (*name)")
            )  # fmt: skip
        if anchor:
            anchors[anchor] = node
        if stack:
            stack[-1].children.append(node)
        else:
            root = node
    return (None if root is None or root.empty else root), problems


def _events(source: Source) -> Iterator[Any]:
    """Yield the parser's events; its complaint, if any, as a `_StopError`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(source.text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        stopped = error.problem_mark or error.context_mark
        begun = error.context_mark or stopped
        # A quote never closed, a key without colon: what helps is where it begins, not where YAML gave up.
        told = begun if error.problem in _BEGUN else stopped
        line, column = (told.line, told.column) if told else (0, 0)
        raise _StopError(
            problem(
                "yaml",
                source.place(line, column),
                "this is not YAML: {what}",
                hint=_ADVICE.get(error.problem or "", "look at this line and the one above it"),
                what=" ".join(filter(None, (error.context, error.problem))),
                begun=begun.line + source.first_line if begun else 1,
            ),
            (begun.line, stopped.line) if begun and stopped else None,
        ) from None
    except yaml.YAMLError as error:
        raise _StopError(
            problem("yaml", source.place(0, 0), "this is not YAML: {what}", what=str(error))
        ) from None


_BEGUN = {"found unexpected end of stream", "could not find expected ':'"}

_ADVICE = {
    "mapping values are not allowed in this context": (
        "a text that holds ': ' needs quotes, and the keys of one entry begin in the same column"
    ),
    "could not find expected ':'": "a key is written 'key: value', with a space after the colon",
    "did not find expected ',' or ']'": (
        "close the list that begins on line {begun} with ], and part its items with ', '"
    ),
    "did not find expected ',' or '}'": (
        "close the map that begins on line {begun} with }}, and part its entries with ', '"
    ),
    "did not find expected key": "the keys of one entry begin in the same column",
    "did not find expected '-' indicator": "the items of one list begin in the same column",
    "found unexpected end of stream": "a quote is opened and never closed",
    "found character that cannot start any token": "put quotes round a text that begins with this sign",
    "found unknown escape character": "in double quotes \\ is special; write a regex in single quotes",
    "found undefined tag handle": "put quotes round a text that begins with !",
    "did not find expected alphabetic or numeric character": (
        "put quotes round a text that begins with * or &"
    ),
}


def _close(done: _Open, problems: list[Problem]) -> Node:
    size = 1 + sum(child.size for child in done.children)
    if not done.is_map:
        return Node("list", done.place, items=tuple(done.children), flow=done.flow, size=size)
    entries: dict[str, tuple[Node, Node]] = {}
    for key, value in zip(done.children[::2], done.children[1::2], strict=True):
        if key.kind != "text":
            problems.append(
                problem("bad-key", key.place, "a list or a map stands where a key is expected",
                        hint="put quotes round a text that begins with [ or {{")
            )  # fmt: skip
        elif key.text in entries:
            first = entries[key.text][0].place.line
            problems.append(
                problem("duplicate-key", key.place, "{key!r} stands twice in one map, first on line {first}",
                        hint="keep one of them", key=key.text, first=first)
            )  # fmt: skip
        else:
            entries[key.text] = (key, value)
    return Node("map", done.place, entries=tuple(entries.values()), flow=done.flow, size=size)


def _alias(name: str, anchors: dict[str, Node], place: Place) -> Node:
    if name not in anchors:
        raise _StopError(
            problem("unknown-alias", place, "*{name} points to no finished &{name} above it", name=name,
                    hint="put quotes round a text that begins with *")
        )  # fmt: skip
    return anchors[name]


def _height(node: Node) -> int:
    children = [*node.items, *(value for _, value in node.entries)]
    return 1 + max(map(_height, children), default=0) if node.kind != "text" else 0


def _guard_depth(depth: int, place: Place) -> None:
    if depth > MAX_DEPTH:
        raise _StopError(
            problem("too-deep", place, "values are nested more than {most} deep", most=MAX_DEPTH,
                    hint="look for brackets that are opened and never closed")
        )  # fmt: skip
