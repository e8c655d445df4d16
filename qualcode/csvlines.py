"""Rows of result tables as lines of CSV, written a column at a time; and tables that write their own lines.

    csv_blocks(rows, kinds)     text of many whole lines at a time

A line is `cells.cell_text` of every value, in quotes where it holds a comma, a quote or a line break, with
commas between and CR LF at its end. Written value by value that takes microseconds a cell. But the values of
a column are mostly of one type and few of them need quotes, and both can be asked of many at once.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from operator import itemgetter
from typing import Any, ClassVar, TypeVar, overload

from qualcode.cells import GUARDED, cell_text, join_list, number_text
from qualcode.columns import Type

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_ROWS = 2_000  # rows written together
_SOME = 16  # of so many lines one is looked at
_FEW = 5  # rows sooner written value by value
_FIRST = itemgetter(0)
_EMPTY = '""'  # a line of one empty cell would be taken for no line at all


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
    return csv_cell("'" + text if text[:1] in GUARDED else text)


def csv_texts(texts: Sequence[str]) -> Sequence[str]:
    """Write many texts, each as `csv_text` does.

    >>> csv_texts(["a", "=b", "c,d"])
    ['a', "'=b", '"c,d"']
    """
    if any_guarded(texts):
        texts = ["'" + text if text[:1] in GUARDED else text for text in texts]
    together = "".join(texts)
    if '"' in together or "\n" in together or "\r" in together:
        return [csv_cell(text) for text in texts]
    if "," in together:
        return [f'"{text}"' if "," in text else text for text in texts]
    return texts


def any_guarded(texts: Sequence[str]) -> bool:
    """Whether any text begins with what is guarded against spreadsheets.

    >>> any_guarded(["a", "", "-b"])
    True
    """
    try:
        return not GUARDED.isdisjoint(map(_FIRST, texts))
    except IndexError:  # one is empty
        return not GUARDED.isdisjoint([text[:1] for text in texts])


def plain(words: Sequence[str]) -> bool:
    """Whether words can stand in cells as they are, alone or as the only item of a list.

    >>> plain(["担心", "worry"]), plain(["担心;"]), plain(["=1"])
    (True, False, False)
    """
    together = "".join(words)
    if any(sign in together for sign in ',;"\\\n\r'):
        return False
    return not any_guarded(words)


def csv_list(items: Iterable[object]) -> str:
    """Write a list as CSV has it.

    >>> csv_list(["a;b", "c,d"])
    '"a\\\\;b;c,d"'
    """
    return csv_text(join_list(items))


def csv_cells(values: Iterable[object], kinds: Iterable[Type]) -> str:
    """Write values of neighbouring columns as CSV has them, with commas between."""
    return ",".join(csv_cell(cell_text(value, kind)) for value, kind in zip(values, kinds, strict=True))


def csv_blocks(rows: Iterable[Sequence[object]], kinds: Sequence[Type]) -> Iterator[str]:
    r"""Write rows as CSV, many lines at a time. A row that is wider or narrower is a `ValueError`.

    >>> list(csv_blocks([("a", 1), ("b,c", None)], ("text", "int")))
    ['a,1\r\n"b,c",\r\n']
    """
    stream = iter(rows)
    while block := list(islice(stream, _ROWS)):
        if len(block) < _FEW:
            yield "".join([f"{csv_cells(row, kinds) or _EMPTY}\r\n" for row in block])
            continue
        yield "\r\n".join(_by_columns(block, kinds)) + "\r\n"


def csv_lines(rows: Sequence[Sequence[object]], kinds: Sequence[Type]) -> list[str]:
    r"""Write rows as `csv_blocks` does, each as a line of its own.

    >>> csv_lines([("a", 1), ("b,c", None)], ("text", "int"))
    ['a,1\r\n', '"b,c",\r\n']
    """
    return [f"{line}\r\n" for line in _by_columns(rows, kinds)] if rows else []


def _by_columns(rows: Sequence[Sequence[object]], kinds: Sequence[Type]) -> Iterable[str]:
    """One row or more as lines without their ends, written column by column."""
    columns = list(zip(*rows, strict=True))
    cells = [csv_column(values, kind) for values, kind in zip(columns, kinds, strict=True)]
    return (
        map(",".join, zip(*cells, strict=True)) if len(cells) > 1 else [line or _EMPTY for line in cells[0]]
    )


def encoded(text: str) -> bytes:
    """Lines of a table as bytes, the same that a stream of `open_csv` makes of them."""
    return text.encode("utf-8", "backslashreplace")


def encoded_lines(lines: Sequence[str]) -> bytes:
    """The same of lines one by one.

    A long text with one sign in it that is not ASCII is encoded sign by sign, and one that is all ASCII is
    copied: where most lines are, each is encoded by itself.
    """
    some = lines[::_SOME]
    if 2 * sum(map(str.isascii, some)) > len(some):
        with suppress(UnicodeEncodeError):  # a lone surrogate
            return b"".join(map(str.encode, lines))
    return encoded("".join(lines))


def csv_column(values: Sequence[Any], kind: Type) -> Sequence[str]:
    """Write the values of a column of this type as CSV has them.

    >>> csv_column([True, None, "=a"], "text")
    ['yes', '', "'=a"]
    """
    types = {*map(type, values)}
    if len(types) == 1:
        return _written(types.pop(), values, kind)
    cells = {one: iter(_written(one, [v for v in values if type(v) is one], kind)) for one in types}
    return [next(cells[type(value)]) for value in values]


def _written(one: type, values: Sequence[Any], kind: Type) -> Sequence[str]:
    """Write values that are all of one Python type."""
    write = _BY_TYPE.get(one)
    return write(values, kind) if write else [csv_cell(cell_text(value, kind)) for value in values]


def _texts(values: Sequence[str], kind: Type) -> Sequence[str]:
    if kind in ("int", "float"):  # numbers as text are numbers still
        return [csv_cell(cell_text(value, kind)) for value in values]
    return csv_texts(values)


def _floats(values: Sequence[float], kind: Type) -> Sequence[str]:
    if kind == "int":
        return [str(int(value)) if value.is_integer() else number_text(value) for value in values]
    known = {value: number_text(value) for value in {*values}}
    return [known[value] if value else repr(value) for value in values]  # 0.0 and -0.0 are one key


_BY_TYPE: dict[type, Callable[[Sequence[Any], Type], Sequence[str]]] = {
    str: _texts,
    float: _floats,
    int: lambda values, _: list(map(str, values)),
    bool: lambda values, _: ["yes" if value else "no" for value in values],
    type(None): lambda values, _: [""] * len(values),
    tuple: lambda values, _: [csv_list(value) if value else "" for value in values],
    list: lambda values, _: [csv_list(value) if value else "" for value in values],
}


class Known(dict[_Key, _Value]):
    """The cells of what comes again and again, written the first time they are asked for."""

    def __init__(self, write: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, key: _Key) -> _Value:
        cells = self[key] = self._write(key)
        return cells


class Rows(Sequence[tuple[Any, ...]]):
    """Rows of a table, made when somebody asks for them; `blocks` writes them as CSV without making them."""

    kinds: ClassVar[tuple[Type, ...]]

    @abstractmethod
    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...

    def blocks(self) -> Iterator[str]:
        """Write the rows as `csv_blocks` does, many whole lines at a time."""
        return csv_blocks(self, self.kinds)

    @overload
    def __getitem__(self, n: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, n: slice) -> list[tuple[Any, ...]]: ...
    def __getitem__(self, n: int | slice) -> tuple[Any, ...] | list[tuple[Any, ...]]:
        return list(self)[n]

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]
