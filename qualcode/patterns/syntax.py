r"""Expressions of the linear-time engine as trees: what they are made of, as far as it is of use here.

    parsed("不(敢|愿).{0,4}签")
    [['不', Group([['敢'], ['愿']]), Repeat(0, 4, [[ANY]]), '签']]

An expression is a list of choices, a choice a list of items: a run of plain characters in lower case, a set
(one of a few plain characters), `ANY` (one character, whichever), a `Group` of choices, a `Repeat` of them.
What takes no room is left out. Plain are ASCII and Chinese characters and any marks, of which it is known
what else they are without regard to case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from qualcode.text.sentences import HAN

FEW = 16  # characters of a range that are told one by one
NO_END = 1 << 30  # repetitions

_PLAIN = f" -~{HAN}"  # and marks
_TOKEN = re.compile(
    rf"""
      (?P<plain> (?: (?! [\\.\[()*+?|^$] | \{{[0-9]+(?:,[0-9]*)?\}} ) [{_PLAIN}] )+ )
    | (?P<any> \. | \\[dDsSwWafnrtv] )
    | (?P<nothing> [\^$] | \\[bBAz] | \(\?[imsU-]+\) )
    | (?P<open> \( (?: \? (?: P?<\w+> | [imsU-]*: ) | (?!\?) ) )
    | (?P<close> \) )
    | (?P<or> \| )
    | (?P<sign> \\[!-/:-@\[-`{{-~] )
    | (?P<set> \[ \^? \]? (?: \\. | \[:\w+:\] | [^\]\\] )* \] )
    | (?P<other> [^{_PLAIN}] )
    """,
    re.VERBOSE | re.DOTALL,
)
_TIMES = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>[0-9]+)(?P<more>,(?P<most>[0-9]*))?\})\??")
_MEMBER = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])|(?P<first>[^\\])-(?P<last>[^\\\]])|(?P<one>[^\\-])", re.DOTALL
)
_ALL_PLAIN = re.compile(f"[{_PLAIN}]*")


class Anything(Enum):
    """The one character that may be any."""

    ANY = "."

    def __repr__(self) -> str:
        return self.name


ANY = Anything.ANY


class Group(NamedTuple):
    """One of some choices."""

    choices: Sequence[Sequence[Item]]


class Repeat(NamedTuple):
    """One of some choices, so many times."""

    least: int
    most: int
    choices: Sequence[Sequence[Item]]


Item = str | frozenset[str] | Anything | Group | Repeat


class UnknownError(Exception):
    """The expression holds something that is not read here."""


def parsed(pattern: str) -> list[list[Item]]:
    """Return the choices of an expression the engine has accepted. Raises `UnknownError`."""
    return _Parser(pattern).choices(inside=False)


class _Parser:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def choices(self, *, inside: bool) -> list[list[Item]]:
        """Read on to the end, or to the bracket that closes a group."""
        items: list[Item] = []
        found = [items]
        while self._at < len(self._pattern):
            token = _TOKEN.match(self._pattern, self._at)
            if token is None:
                raise UnknownError(self._pattern)
            self._at = token.end()
            kind, said = token.lastgroup, token[0]
            if kind == "or":
                found.append(items := [])
            elif kind == "close":
                if not inside:
                    raise UnknownError(self._pattern)
                return found
            elif kind == "nothing":
                self._times()
            elif kind == "plain":
                self._plain(said.lower(), items)
            elif kind == "open":
                self._repeated(self.choices(inside=True), items)
            else:
                item: Item = ANY
                if kind == "sign":
                    item = said[1]
                elif kind == "other" and _is_mark(said):
                    item = said
                elif kind == "set":
                    item = _members(said[1:-1])
                self._repeated([[item]], items)
        if inside:
            raise UnknownError(self._pattern)
        return found

    def _plain(self, run: str, items: list[Item]) -> None:
        """Add a run of characters, of which a repetition takes the last one."""
        times = self._times()
        if times is None:
            items.append(run)
            return
        if len(run) > 1:
            items.append(run[:-1])
        items.append(Repeat(*times, [[run[-1]]]))

    def _repeated(self, choices: list[list[Item]], items: list[Item]) -> None:
        times = self._times()
        if times is not None:
            items.append(Repeat(*times, choices))
        elif len(choices) == 1:
            items += choices[0]
        else:
            items.append(Group(choices))

    def _times(self) -> tuple[int, int] | None:
        """Read how often what stands before here is repeated; None where nothing is said of it."""
        found = _TIMES.match(self._pattern, self._at)
        if found is None:
            return None
        self._at = found.end()
        if found["sign"]:
            return int(found["sign"] == "+"), 1 if found["sign"] == "?" else NO_END
        least = int(found["least"])
        if not found["more"]:
            return least, least
        return least, int(found["most"]) if found["most"] else NO_END


def _members(inner: str) -> Item:
    """Return the characters of a class; `ANY` where they are many, or not all of them plain."""
    found: set[str] = set()
    at = 0
    if inner.startswith("^") or "[:" in inner:
        return ANY
    while at < len(inner):
        member = _MEMBER.match(inner, at)
        if member is None:
            return ANY
        at = member.end()
        if member["first"]:
            first, last = ord(member["first"]), ord(member["last"])
            if last - first > FEW:
                return ANY
            found.update(map(chr, range(first, last + 1)))
        else:
            found.add(member["sign"] or member["one"])
    if not all(_ALL_PLAIN.fullmatch(one) or _is_mark(one) for one in found):
        return ANY
    return frozenset(map(str.lower, found))


@lru_cache(maxsize=1024)
def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "P"
