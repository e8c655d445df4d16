"""The text being read: lines as written, and the same with typing mistakes mended.

Mending may lengthen a line (`id：x` becomes `id: x`), so each mended line remembers which column of the
original every one of its columns came from: places always point into the file as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from qualcode.problems import Place, Problem


class Mistake(NamedTuple):
    """A typing mistake: where it stands in the mended text (from 0), what is meant, what to say."""

    line: int
    column: int
    length: int
    meant: str
    problem: Problem | None  # None: told with another one


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file (or of the YAML head of one)."""

    text: str
    path: str
    first_line: int = 1
    origins: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def place(self, line: int, column: int) -> Place:
        """Turn a line and column of the text (from 0) into a place in the file as it was written."""
        origin = self.origins.get(line)
        if origin is not None:
            column = origin[min(column, len(origin) - 1)]
        return Place(self.path, line + self.first_line, column + 1)

    def position(self, place: Place) -> tuple[int, int]:
        """Return the line and column of the mended text (from 0) that a place stands for."""
        line, column = place.line - self.first_line, place.column - 1
        origin = self.origins.get(line)
        return line, (origin.index(column) if origin and column in origin else column)

    def mended(self, mistakes: Iterable[Mistake]) -> Source:
        """Return the text as it was meant."""
        lines = self.text.split("\n")
        origins = dict(self.origins)
        for mistake in sorted(mistakes, key=lambda m: (m.line, m.column), reverse=True):
            line = lines[mistake.line]
            start, end = mistake.column, mistake.column + mistake.length
            lines[mistake.line] = line[:start] + mistake.meant + line[end:]
            origin = origins.get(mistake.line, tuple(range(len(line) + 1)))
            origins[mistake.line] = origin[:start] + (origin[start],) * len(mistake.meant) + origin[end:]
        return Source("\n".join(lines), self.path, self.first_line, origins)
