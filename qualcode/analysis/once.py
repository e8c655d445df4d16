"""Work done once for the same tables: many analyses of a run start from the same contexts and evidence.

Nothing is remembered unless somebody asks for it, for a stretch of work in which no table is changed:

    with remembering():
        ...

Tables are told apart by which they are, not by what they hold. Of a large corpus only what is
small is remembered: its tables would be in memory several times over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

ROWS = 400_000  # of a table, from which on it is large

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_memory: ContextVar[dict[tuple[object, ...], tuple[object, Any]] | None] = ContextVar("memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember, until the end, what functions that are `once` made of tables that are not large.

    Neither tables nor what was made of them may be changed inside.
    """
    held = _memory.get()
    token = _memory.set({} if held is None else held)
    try:
        yield
    finally:
        _memory.reset(token)


def once(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Make a pure function of tables, a codebook and words answer again what it answered before."""
    return _remembered(make, large=False)


def once_of_any(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """The same of large tables too, for what is small whatever it is made of."""
    return _remembered(make, large=True)


def _remembered(make: Callable[_Given, _Made], *, large: bool) -> Callable[_Given, _Made]:
    @wraps(make)
    def asked(*given: _Given.args, **named: _Given.kwargs) -> _Made:
        memory = _memory.get()
        values = (*given, *named.values())
        if memory is None or (not large and any(map(_large, values))):
            return make(*given, **named)
        key = (make, *named, *(value if isinstance(value, str) else id(value) for value in values))
        if key not in memory:
            memory[key] = values, make(*given, **named)  # held, so that no other value comes to their id
        made: _Made = memory[key][1]
        return made

    return asked


def _large(value: Any) -> bool:
    return hasattr(value, "iloc") and len(value) > ROWS
