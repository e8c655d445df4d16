"""Cells of result tables as text, and back: lists, numbers, and words that a spreadsheet must not run.

A spreadsheet takes a cell that begins with `=` for a formula, even one quoted from an interview. Such a cell
is written with one apostrophe before it. A cell that begins with an apostrophe of its own gets one more, so
that taking exactly one away gives back the words as they were, always.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, TypeVar, overload

from qualcode.columns import Type

_Key = TypeVar("_Key")

# What starts a formula or a command in Excel, WPS, LibreOffice or Google Sheets, the full-width forms that
# Chinese and Japanese builds of Excel take for the same, and white space that an import may trim.
RISKY = frozenset("=+-@|%\t\r\n\0＝＋－＠")
_GUARDED = RISKY | {"'"}


def guard(text: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula.

    >>> guard("=1+1"), guard("数据"), guard("'quoted'")
    ("'=1+1", '数据', "''quoted'")
    """
    return "'" + text if text[:1] in _GUARDED else text


def unguard(text: str) -> str:
    """Give back the words `guard` was given.

    >>> unguard(guard("'=1+1"))
    "'=1+1"
    """
    return text[1:] if text.startswith("'") else text


def join_list(items: Iterable[object]) -> str:
    r"""Write a list into one cell; `;` and `\` inside an item get a `\` before them.

    A list of one empty item cannot be told from an empty list: empty items are for nobody's use.

    >>> join_list(["3-5", "a;b"])
    '3-5;a\\;b'
    """
    return ";".join(str(item).replace("\\", "\\\\").replace(";", "\\;") for item in items)


def split_list(cell: str) -> tuple[str, ...]:
    r"""Give back the items `join_list` was given; an empty cell is an empty list.

    >>> split_list('3-5;a\\;b')
    ('3-5', 'a;b')
    """
    if not cell:
        return ()
    items = [""]
    signs = iter(cell)
    for sign in signs:
        if sign == "\\":
            items[-1] += next(signs, "")
        elif sign == ";":
            items.append("")
        else:
            items[-1] += sign
    return tuple(items)


def number_text(value: float) -> str:
    """Write a float with at most six significant digits, so that the last bits of a machine never show.

    >>> number_text(1 / 3), number_text(2.0), number_text(float("nan"))
    ('0.333333', '2.0', '')
    """
    return repr(float(f"{value:.6g}")) if isfinite(value) else ""


def cell_text(value: object, kind: Type) -> str:
    """Write one value of a column of this type. `None` and numbers that are not finite are empty cells."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if kind in ("int", "float") and _is_number(value) else guard(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        whole = kind == "int" and isfinite(value) and value == int(value)
        return str(int(value)) if whole else number_text(value)
    if isinstance(value, (tuple, list)):
        return guard(join_list(value))
    if type(value).__name__ in ("NAType", "NaTType"):  # pandas, without loading it
        return ""
    if isinstance(value, Mapping):
        return guard(join_list(f"{key}={value[key]}" for key in value))
    item = getattr(value, "item", None)  # a number of numpy's: its Python value
    if callable(item):
        return cell_text(item(), kind)
    return guard(str(value))


def csv_cell(text: str) -> str:
    """Write a cell's text as CSV has it: in quotes where it holds a comma, a quote or a line break.

    >>> csv_cell("a,b"), csv_cell('a "b" c'), csv_cell("甲，乙")
    ('"a,b"', '"a ""b"" c"', '甲，乙')
    """
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text


def csv_text(text: str) -> str:
    """Write words as CSV has them, guarded against spreadsheets.

    >>> print(csv_text("=1,1"))
    "'=1,1"
    """
    return csv_cell("'" + text if text[:1] in _GUARDED else text)


class Known(dict[_Key, str]):
    """The cells of values that come again and again, each written the first time it is asked for."""

    def __init__(self, write: Callable[[_Key], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, key: _Key) -> str:
        cell = self[key] = self._write(key)
        return cell


def csv_list(items: Iterable[object]) -> str:
    """Write a list as CSV has it.

    >>> csv_list(["a;b", "c,d"])
    '"a\\\\;b;c,d"'
    """
    return csv_text(join_list(items))


def csv_cells(values: Iterable[object], kinds: Iterable[Type]) -> str:
    """Write values of neighbouring columns as CSV has them, with commas between."""
    return ",".join(csv_cell(cell_text(value, kind)) for value, kind in zip(values, kinds, strict=True))


class Rows(Sequence[tuple[Any, ...]]):
    """Rows of a table, made when somebody asks for them; `lines` writes them as CSV without making them.

    A line is what `csv_cells` makes of the row, with its line end.
    """

    @abstractmethod
    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...

    @abstractmethod
    def lines(self) -> Iterator[str]: ...

    @overload
    def __getitem__(self, n: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, n: slice) -> list[tuple[Any, ...]]: ...
    def __getitem__(self, n: int | slice) -> tuple[Any, ...] | list[tuple[Any, ...]]:
        return list(self)[n]

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


def cell_value(text: str, kind: Type) -> object:
    """Read one cell of a column of this type; an empty one is `None` for numbers and yes/no.

    Raises `ValueError` where a number column holds something else.
    """
    return _READ[kind](text)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _int(text: str) -> int | None:
    return int(text) if text else None


def _float(text: str) -> float | None:
    return float(text) if text else None


def _yes_no(text: str) -> bool | None:
    if text not in ("", "yes", "no"):
        raise ValueError(f"neither yes nor no: {text!r}")
    return text == "yes" if text else None


_READ: dict[Type, Callable[[str], object]] = {
    "text": unguard,
    "date": unguard,
    "int": _int,
    "float": _float,
    "yes_no": _yes_no,
    "list": lambda text: split_list(unguard(text)),
}
