"""Regular expressions on two engines: a linear-time one first, a slower one for what it refuses.

Both search without regard to case and read `\\w \\d \\s \\b` as ASCII. google-re2 never takes more than
linear time and knows no look-around or back-reference; the `regex` module does, under a timeout of `TIMEOUT`
seconds a segment, because a careless pattern can take for ever on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
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
            return [(start, end) for start, end in _spans(text, compiled) if start < end]
        return _in_characters(text, compiled)
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


def _in_characters(text: str, compiled: Any) -> list[tuple[int, int]]:
    """Search the bytes of a text: the engine is spared counting the characters of all of it."""
    if text.isascii():
        raw = text.encode("ascii")
        return [(start, end) for start, end in _spans(raw, compiled) if start < end]
    raw = text.encode("utf-8", "surrogatepass")
    found: list[tuple[int, int]] = []
    character = byte = 0
    for start, end in _spans(raw, compiled):
        if start < end:
            character += len(raw[byte:start].decode("utf-8", "surrogatepass"))
            last = character + len(raw[start:end].decode("utf-8", "surrogatepass"))
            found.append((character, last))
            character, byte = last, end
    return found


def _spans(raw: bytes | str, compiled: Any) -> Iterator[tuple[int, int]]:
    return (match.span() for match in compiled.finditer(raw))


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
