"""The languages qualcode speaks: which one to use, and templates looked up in it.

Everything said is an English template with `{names}`; a catalogue in `qualcode/languages/` maps it to another
language. A template without an entry is shown in English, so that nothing is ever lost; a test finds it.
Column names, error kinds and ids are never translated: scripts rely on them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

LANGUAGES = ("en", "zh")
GUESS = "did you mean {meant!r}?"
_GUESSED = re.compile(r"did you mean (.+)\?", re.DOTALL)


def translations(lang: str) -> Mapping[str, str]:
    """Return the catalogue {English template: template} of a language; empty for English and unknown ones.

    >>> translations("en")
    {}
    """
    if lang not in LANGUAGES or lang == "en":
        return {}
    catalogue: Mapping[str, str] = _catalogue(lang, "CATALOGUE")
    return catalogue


def nouns(lang: str) -> Mapping[str, str]:
    """Return the nouns that messages are about ("a rule") in a language: values, not templates."""
    if lang not in LANGUAGES or lang == "en":
        return {}
    known: Mapping[str, str] = _catalogue(lang, "NOUNS")
    return known


@cache
def _catalogue(lang: str, name: str) -> Mapping[str, str]:
    held = import_module(f"qualcode.languages.{lang}")
    return _Guessing(getattr(held, name), held.CATALOGUE[GUESS])


class _Guessing(dict[str, str]):
    """A catalogue that also has a form for what `did_you_mean` says, a guess filled in already."""

    def __init__(self, known: Mapping[str, str], form: str) -> None:
        super().__init__(known)
        self._form = form

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key)
        if found is not None or not key.startswith("did you mean "):
            return default if found is None else found
        said = _GUESSED.fullmatch(key)
        return self._form.replace("{meant!r}", said[1]) if said else default


def choose_language(asked: str | None, environment: Mapping[str, str], system: str = "") -> str:
    """Return the language to speak: the one asked for, else QUALCODE_LANG, else the locale, else English.

    `system` is what the operating system says where no locale variable is set (Windows, macOS).

    >>> choose_language(None, {"LANG": "zh_CN.UTF-8"})
    'zh'
    >>> choose_language("en", {"LANG": "zh_CN.UTF-8"})
    'en'
    >>> choose_language(None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    'en'
    """
    # POSIX: LC_ALL beats LC_MESSAGES beats LANG, and an empty variable counts as not set.
    order = ("QUALCODE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    found = asked or next((environment[name] for name in order if environment.get(name)), system)
    lower = found.lower()
    return "zh" if lower.startswith(("zh", "chinese")) else "en"


def fill(template: str, lang: str, values: Mapping[str, object]) -> str:
    """Look a template up in a language and fill in its `{names}`; a name nobody gave stays visible.

    Without values the text is taken as it stands, braces and all.

    >>> fill("{n} files", "en", {"n": 3})
    '3 files'
    """
    found = translations(lang).get(template, template)
    return found.format_map(_Kept(values)) if values else found


class _Kept(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
