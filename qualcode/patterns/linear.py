"""Regular expressions on two engines: a linear-time one first, a slower one for what it refuses.

Both search without regard to case and read `\\w \\d \\s \\b` as ASCII. google-re2 never takes more than
linear time and knows no look-around or back-reference; the `regex` module does, under a timeout of `TIMEOUT`
seconds a segment, because a careless pattern can take for ever on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

TIMEOUT = 2.0

_CLASSES = {
    r"\w": "A-Za-z0-9_",
    r"\W": r"\x00-/:-@\[-\^`{-\U0010ffff",
    r"\d": "0-9",
    r"\D": r"\x00-/:-\U0010ffff",
    r"\s": r"\t\n\v\f\r ",
    r"\S": r"\x00-\x08\x0e-\x1f!-\U0010ffff",
}
_ONE_BYTE = r"\C"  # may match part of a character
_WORD = "[A-Za-z0-9_]"
_EDGE = f"(?:(?<!{_WORD})(?={_WORD})|(?<={_WORD})(?!{_WORD}))"
_TOKEN = re.compile(r"\\.|\[\^?\]?|.", re.DOTALL)  # a first ] in a class is a literal
_IN_CLASS = re.compile(r"\\.|.", re.DOTALL)


class SlowError(Exception):
    """The slower engine did not finish in time."""


@lru_cache(maxsize=4096)
def linear(pattern: str) -> Any | None:
    """Compile for google-re2; None where it refuses."""
    import re2

    try:
        return re2.compile(pattern, linear_options())
    except re2.error:
        return None


def linear_options() -> Any:
    """Return how the linear-time engine is to read every expression."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    return options


def is_linear(pattern: str) -> bool:
    """Whether google-re2 takes an expression."""
    return _whole(pattern) is not None


@lru_cache(maxsize=4096)
def slower(pattern: str) -> Any:
    """Compile for the `regex` module. Raises `regex.error` with its complaint."""
    import regex

    return regex.compile(with_ascii_classes(pattern), regex.IGNORECASE)


def spans(pattern: str, text: str) -> list[tuple[int, int]]:
    """Return where a pattern matches, leftmost, not overlapping, empty matches dropped.

    Offsets are code points. Raises `SlowError` when the slower engine ran out of time.
    """
    compiled = _whole(pattern)
    if compiled is not None:
        if _ONE_BYTE in pattern:
            found = (match.span() for match in compiled.finditer(text))
            return [(start, end) for start, end in found if start < end]
        return _in_characters(text, searching(pattern))
    try:
        return [
            match.span()
            for match in slower(pattern).finditer(text, timeout=TIMEOUT)
            if match.start() < match.end()
        ]
    except TimeoutError:
        raise SlowError(pattern) from None


@lru_cache(maxsize=4096)
def _whole(pattern: str) -> Any | None:
    """Compile for google-re2 without groups, which only whoever asks for them should pay for."""
    import re2

    options = linear_options()
    options.never_capture = True
    try:
        return re2.compile(pattern, options)
    except re2.error:
        return None


Search = Callable[[bytes, int, int], tuple[int, int]]


@lru_cache(maxsize=4096)
def searching(pattern: str) -> Search:
    """Return what finds the first match between two places of some bytes, `(-1, -1)` where there is none.

    Most searches find nothing, and then the wrapper round the engine takes longer than the engine.
    """
    import re2

    compiled = _whole(pattern)
    assert compiled is not None
    try:
        return partial(_first, compiled._regexp.Match, re2._Anchor.UNANCHORED)
    except AttributeError:  # another build of the wrapper
        return partial(_searched, compiled)


def _first(match: Callable[..., Any], anchor: Any, raw: bytes, start: int, end: int) -> tuple[int, int]:
    span: tuple[int, int] = match(anchor, raw, start, end)[0]
    return span


def _searched(compiled: Any, raw: bytes, start: int, end: int) -> tuple[int, int]:
    found = compiled.search(raw, start, end)
    return (-1, -1) if found is None else found.span()


def _in_characters(text: str, search: Search) -> list[tuple[int, int]]:
    """Search the bytes of a text: the engine is spared counting the characters of all of it."""
    raw = text.encode("utf-8", "surrogatepass")
    if text.isascii():
        return list(_spans(raw, search))
    found: list[tuple[int, int]] = []
    character = byte = 0
    for start, end in _spans(raw, search):
        character += len(raw[byte:start].decode("utf-8", "surrogatepass"))
        last = character + len(raw[start:end].decode("utf-8", "surrogatepass"))
        found.append((character, last))
        character, byte = last, end
    return found


def _spans(raw: bytes, search: Search) -> Iterator[tuple[int, int]]:
    """Yield the matches that are not empty; behind an empty one the search goes on a byte further."""
    at, last = 0, len(raw)
    while at <= last:
        start, end = search(raw, at, last)
        if start < 0:
            return
        if start < end:
            yield start, end
        at = end if end > at else at + 1


def with_ascii_classes(pattern: str) -> str:
    r"""Write `\w \d \s \b` and their opposites so that they mean ASCII.

    The ASCII flag of the slower engine would also make letters beyond ASCII mind their case.

    >>> with_ascii_classes(r"\d+[\w-]")
    '[0-9]+[A-Za-z0-9_-]'
    """
    out: list[str] = []
    inside = False
    at = 0
    while at < len(pattern):
        found = (_IN_CLASS if inside else _TOKEN).match(pattern, at)
        token = found[0] if found else pattern[at]
        at += len(token)
        if token[0] == "\\" and len(token) == 2:
            token = _ascii(token, inside=inside)
        elif inside:
            inside = token != "]"
        else:
            inside = token[0] == "["
        out.append(token)
    return "".join(out)


def _ascii(escape: str, *, inside: bool) -> str:
    members = _CLASSES.get(escape)
    if members is not None:
        return members if inside else f"[{members}]"
    if escape in ("\\b", "\\B") and not inside:
        return _EDGE if escape == "\\b" else f"(?!{_EDGE})"
    return escape
