"""Codes as people write them: by id, by name in either language, in any width and case; `open:` for new ones.

Nothing is guessed. A word that is no code comes back with what may have been meant, a name that two codes
bear with both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from qualcode.codebook.records import Codebook
from qualcode.registry import did_you_mean
from qualcode.review.records import OPEN, is_open
from qualcode.text.folding import fold

_BETWEEN = re.compile(r"[;；,，\n]")
_MEMO = re.compile(r"[#＃](?:memo|备注|备忘|備註)\s*[:：]?", re.IGNORECASE)
_LIKE_ID = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)+|open\s*:.*", re.IGNORECASE)
_KINDS = frozenset({"case", "width"})


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that should be a code: the codes that bear this name (none or several), and what is close."""

    word: str
    several: tuple[str, ...] = ()
    close: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote about words: codes, words that are none, and a memo."""

    codes: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    memo: str = ""

    @property
    def remark(self) -> bool:
        """Whether no code was meant: nothing in it is one, is written like one or comes close to one."""
        return bool(self.unknown) and not self.codes and not any(map(_meant, self.unknown))


def _meant(one: Unknown) -> bool:
    return bool(one.several or one.close or _LIKE_ID.fullmatch(_key(one.word)))


@dataclass(eq=False)
class Names:
    """The ids and names of a codebook's codes, as they may be written."""

    codebook: Codebook
    _by: dict[str, dict[str, None]] = field(default_factory=dict)
    _spelt: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = {_key(code) for code in self.codebook.codes}
        for code in self.codebook.codes.values():
            for word in (code.id, *code.name.values()):
                key = _key(word)
                if key and (word == code.id or key not in ids):  # an id goes before another code's name
                    self._by.setdefault(key, {})[code.id] = None
                    self._spelt[word] = None

    def code(self, word: str) -> str | Unknown:
        """Return the code that a word names.

        A new code is written `open:NAME`, with either colon.
        """
        key = _key(word)
        if key.startswith(OPEN):
            name = unicodedata.normalize("NFC", re.split("[:：]", word, maxsplit=1)[1].strip())
            return OPEN + name if is_open(OPEN + name) else Unknown(word)
        found = self._by.get(key, {})
        if len(found) == 1:
            return next(iter(found))
        close = "" if found else did_you_mean(word, self._spelt)
        return Unknown(word, tuple(found), close)

    def codes(self, text: str) -> tuple[tuple[str, ...], tuple[Unknown, ...]]:
        """Read codes divided by `;`, `,` or line ends; by 、 too, where all parts are codes."""
        text = text.strip()
        if not text:
            return (), ()
        whole = self.code(text)
        if isinstance(whole, str):
            return (whole,), ()
        codes: dict[str, None] = {}
        unknown: list[Unknown] = []
        for word in filter(None, (part.strip() for part in _BETWEEN.split(text))):
            found = self.code(word)
            parts = [self.code(part.strip()) for part in word.split("、")] if "、" in word else [found]
            if isinstance(found, str):
                codes[found] = None
            elif all(isinstance(part, str) for part in parts):
                codes |= dict.fromkeys(part for part in parts if isinstance(part, str))
            else:
                unknown.append(found)
        return tuple(codes), tuple(unknown)

    def said(self, text: str) -> Said:
        """Read a remark: codes, and from `#memo` (`#备注`) to its end a memo."""
        before, memo = text, ""
        mark = _MEMO.search(text)
        if mark is not None:
            before, memo = text[: mark.start()], text[mark.end() :].strip()
        return Said(*self.codes(before.strip().strip(";；,，").strip()), memo)


def _key(word: str) -> str:
    return " ".join(fold(unicodedata.normalize("NFC", word), _KINDS).split())


def listed(codes: Iterable[str]) -> str:
    """Codes as a message shows them."""
    return ", ".join(codes)
