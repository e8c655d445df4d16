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

# How much of a phase carries a code.
SHARE_OF_PHASE: tuple[tuple[str, Type, str], ...] = (
    ("n_segments", "int", "codable segments of the phase"),
    ("n_documents", "int", "documents with one"),
    ("n_quotes", "int", "of those segments, the ones with the code"),
    ("p_micro", "float", "n_quotes / n_segments"),
    ("p_macro", "float", "mean over documents of each document's own share"),
    ("lo", "float", "lower end of the 95 % document-bootstrap interval of p_macro; from 3 documents"),
    ("hi", "float", "upper end"),
)
