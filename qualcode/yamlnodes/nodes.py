"""The node: a text, a list or a map, with the place where it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qualcode.problems import Place

NodeKind = Literal["text", "list", "map"]


@dataclass(slots=True)  # never changed; a frozen one takes three times as long to make, and files hold many
class Node:
    """A value of a YAML file as written.

    `text` is the scalar (empty for `key:` with nothing behind it, and for lists and maps); `plain` says that
    it stood without quotes. Keys of a map are texts, in the order written, each once.
    """

    kind: NodeKind
    place: Place
    plain: bool = False
    text: str = ""
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
    flow: bool = False  # a list or map written in [] or {}
    size: int = 1  # nodes in here, aliases written out

    def get(self, key: str) -> Node | None:
        """Return the value of a key; None where there is none, or where this is no map."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None

    @property
    def empty(self) -> bool:
        """Whether nothing was written: `key:` with no value. A quoted empty text is something."""
        return self.kind == "text" and self.plain and not self.text


Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """Return nested texts, lists and dicts, for those who need no places."""
    if node.kind == "list":
        return [plain(item) for item in node.items]
    if node.kind == "map":
        return {key.text: plain(value) for key, value in node.entries}
    return node.text
