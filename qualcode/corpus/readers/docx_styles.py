"""What paragraph styles of Word say: headings, numbered lists, tables of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.corpus.readers.xmltext import attribute, child
from qualcode.model import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"(?:heading|标题|標題|überschrift|titre)\s*([1-9])(?:\s.*)?", re.IGNORECASE)
_TITLES = {"title": 1, "标题": 1, "標題": 1, "大标题": 1, "subtitle": 2, "副标题": 2, "副標題": 2}
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*(?:[1-9]|heading)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """`heading` is 1 for the outermost, 0 for none; `list_id` is empty for a paragraph of no list."""

    heading: int = 0
    list_id: str = ""
    list_level: int = 0
    contents: bool = False

    def kind(self) -> tuple[BlockKind, int]:
        """The kind of block such a paragraph is, and its level."""
        if self.contents:
            return "furniture", 0
        if self.heading:
            return "heading", self.heading
        if self.list_id:
            return "item", self.list_level + 1
        return "paragraph", 0

    def with_properties(self, properties: _Element) -> Style:
        """The style with what the paragraph itself says: its outline level and its list."""
        style = self
        outline = child(properties, "outlineLvl")
        if outline is not None:
            level = _small(outline)
            style = replace(style, heading=level + 1 if level < 9 else 0)
        numbers = child(properties, "numPr")
        if numbers is not None:
            list_id, level_of = child(numbers, "numId"), child(numbers, "ilvl")
            if list_id is not None:
                value = attribute(list_id, "val")
                style = replace(style, list_id="" if value == "0" else value)
            if level_of is not None:
                style = replace(style, list_level=_small(level_of))
        return style


def read_styles(root: _Element | None) -> dict[str, Style]:
    """Read `word/styles.xml` into styles by id, each with what it takes over from those it is built on.

    The default paragraph style stands under "" too.
    """
    if root is None:
        return {}
    elements = {attribute(e, "styleId"): e for e in root.iterchildren("{*}style")}
    styles: dict[str, Style] = {}
    for style_id, element in elements.items():
        styles[style_id] = _resolve(style_id, elements)
        if attribute(element, "default") in ("1", "true") and attribute(element, "type") == "paragraph":
            styles[""] = styles[style_id]
    return styles


def _resolve(style_id: str, elements: dict[str, _Element]) -> Style:
    chain: list[_Element] = []
    while style_id in elements and elements[style_id] not in chain:
        chain.append(elements[style_id])
        based = child(chain[-1], "basedOn")
        style_id = attribute(based, "val") if based is not None else ""
    style = Style()
    for element in reversed(chain):
        named = child(element, "name")
        name = (attribute(named, "val") if named is not None else "").strip()
        if found := _HEADING.fullmatch(name):
            style = replace(style, heading=int(found[1]))
        elif name.lower() in _TITLES:
            style = replace(style, heading=_TITLES[name.lower()])
        style = replace(style, contents=style.contents or bool(_CONTENTS.match(name)))
        properties = child(element, "pPr")
        if properties is not None:
            style = style.with_properties(properties)
    return style


def _small(element: _Element) -> int:
    value = attribute(element, "val")
    return int(value) if re.fullmatch(r"\d", value) else 0
