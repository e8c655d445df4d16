"""What an input method leaves in YAML: full-width signs, curly quotes, wide spaces and tabs."""

from __future__ import annotations

from qualcode.yamlnodes.nodes import Node
from qualcode.yamlnodes.source import Mistake, Source


def mistakes_in(source: Source, root: Node, prose: frozenset[str] = frozenset()) -> list[Mistake]:
    """Find typing mistakes that YAML read as ordinary text."""
    return []


def mistakes_near(source: Source, first: int, last: int) -> list[Mistake]:
    """Find typing mistakes that can explain why YAML lost its way between two lines."""
    return []
