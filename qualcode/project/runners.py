"""Ways to spread the coding of documents; each calls the same function on one document.

    runners["serial"](work, documents)

A runner yields one result per item, in the order of the items, and holds only a few at a time. Whatever the
runner, results are those of `serial`: that is what makes a run on many machines the same as on one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qualcode.registry import Registry

Runner = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


def serial(work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
    """Do one after the other, here.

    >>> list(serial(str.upper, ["a", "b"]))
    ['A', 'B']
    """
    return map(work, items)


runners: Registry[Runner] = Registry("runner", {"serial": serial})
