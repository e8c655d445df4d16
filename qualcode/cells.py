"""Cells of result tables as text, and back: lists, numbers, and words that a spreadsheet must not run.

A spreadsheet takes a cell that begins with `=` for a formula, even one quoted from an interview. Such a cell
is written with one apostrophe before it. A cell that begins with an apostrophe of its own gets one more, so
that taking exactly one away gives back the words as they were, always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import isfinite

from qualcode.columns import Type

# What starts a formula or a command in Excel, WPS, LibreOffice or Google Sheets, the full-width forms that
# Chinese and Japanese builds of Excel take for the same, and white space that an import may trim.
RISKY = frozenset("=+-@|%\t\r\n\0＝＋－＠")
GUARD = "'"  # before words that a spreadsheet would run as a formula
GUARDED = RISKY | {GUARD}


def guard(text: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula.

    >>> guard("=1+1"), guard("数据"), guard("'quoted'")
    ("'=1+1", '数据', "''quoted'")
    """
    return GUARD + text if text[:1] in GUARDED else text


def unguard(text: str) -> str:
    """Give back the words `guard` was given.

    >>> unguard(guard("'=1+1"))
    "'=1+1"
    """
    return text[1:] if text.startswith(GUARD) else text


def join_list(items: Iterable[object]) -> str:
    r"""Write a list into one cell; `;` and `\` inside an item get a `\` before them.

    A list of one empty item cannot be told from an empty list: empty items are for nobody's use.

    >>> join_list(["3-5", "a;b"])
    '3-5;a\\;b'
    """
    texts = [*map(str, items)]
    joined = ";".join(texts)
    if "\\" not in joined and joined.count(";") < len(texts):
        return joined
    return ";".join(text.replace("\\", "\\\\").replace(";", "\\;") for text in texts)


def split_list(cell: str) -> tuple[str, ...]:
    r"""Give back the items `join_list` was given; an empty cell is an empty list.

    >>> split_list('3-5;a\\;b')
    ('3-5', 'a;b')
    """
    if not cell:
        return ()
    if "\\" not in cell:
        return tuple(cell.split(";"))
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
