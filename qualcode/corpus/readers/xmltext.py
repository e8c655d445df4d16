"""Small questions to XML elements that do not care for namespaces.

Word writes one of two namespaces for the same words, WPS and exporters differ in more; names are enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def local(element: _Element) -> str:
    """The element's name without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """An attribute by its name without namespace or prefix (HTML knows no namespaces); "" where none is."""
    for key, value in element.attrib.items():
        if str(key).replace(":", "}").rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child of that name; None where there is none, or no element to ask."""
    if element is None:
        return None
    return next(element.iterchildren("{*}" + name), None)
