"""One column of a result table: its name, its type, its meaning."""

from __future__ import annotations

from typing import Literal, NamedTuple

Type = Literal["text", "int", "float", "date", "yes_no", "list"]


class Column(NamedTuple):
    name: str
    type: Type
    meaning: str


def columns(*rows: tuple[str, Type, str]) -> tuple[Column, ...]:
    """Declare a table's columns, in order."""
    return tuple(Column(*row) for row in rows)


# What talk is counted by and what kinds of document: first columns of every table that keeps them apart.
KIND_BASIS: tuple[tuple[str, Type, str], ...] = (
    ("basis", "text", "about (what talk refers to) or document (the date of a document); never added"),
    ("kind", "text", "kind of document; kinds are never added"),
)

# What a test by arranging documents says.
TESTED: tuple[tuple[str, Type, str], ...] = (
    ("p", "float", "two-sided, arranging documents; empty where p_floor >= .05 or nothing was tested"),
    ("p_floor", "float", "the smallest p these documents could give"),
)
