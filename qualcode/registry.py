"""Families of plug-ins: a plain dict of names that answers a miss with what was meant.

On a miss the entry points of the group `qualcode.<family>` are consulted, so that an installed package can
add a reader or a pattern without touching this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Generic, TypeVar

from qualcode.problems import UsageError

T = TypeVar("T")


class Registry(dict[str, T], Generic[T]):
    """Named members of one family.

    >>> Registry("reader", {".txt": 1, ".docx": 2})[".doc"]
    Traceback (most recent call last):
    qualcode.problems.UsageError: no reader named '.doc'; did you mean '.docx'? known: .docx, .txt
    """

    def __init__(self, family: str, members: Mapping[str, T]) -> None:
        super().__init__(members)
        self.family = family

    def __missing__(self, name: str) -> T:
        from importlib.metadata import entry_points  # which few runs need, and takes long to import

        for found in entry_points(group=f"qualcode.{self.family}", name=name):
            member: T = found.load()
            self[name] = member
            return member
        known = f"known: {', '.join(sorted(self))}"
        meant = did_you_mean(name, self)
        raise UsageError(f"no {self.family} named {name!r}", hint=f"{meant} {known}".strip())


def did_you_mean(name: str, known: object) -> str:
    """Say `did you mean 'terms'?` where a known name is close, else nothing."""
    close = get_close_matches(name, sorted(str(k) for k in known), n=1, cutoff=0.6)  # type: ignore[attr-defined]
    return f"did you mean {close[0]!r}?" if close else ""
