"""Regular expressions that are compiled when they are first used.

A command imports some two hundred of them and uses a few: to compile them all took a tenth of its start.

    _PAGE = expression(r"[Pp]age [0-9]+")       # nothing is compiled
    _PAGE.fullmatch("Page 3")                   # now it is
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn")


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what can be used like `re.compile(pattern, flags)`; a mistake in it shows at its first use."""
    return cast("re.Pattern[str]", _Expression(pattern, flags))


class _Expression:
    """An expression that becomes its compiled form, attribute by attribute, when one is first asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._asked = flags

    def __getattr__(self, name: str) -> Any:  # asked only for what is not there yet
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._asked)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
