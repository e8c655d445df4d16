"""What pictures and pages say: English templates, and their Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qualcode.language import translations
from qualcode.languages import zh_pages, zh_report

Words = Callable[..., str]

KIND_NAMES = {
    "interview": "Interviews",
    "focus_group": "Focus groups",
    "policy": "Policies",
    "minutes": "Minutes",
    "report": "Reports",
    "fieldnote": "Field notes",
    "": "Kind not known",
}


def words(lang: str) -> Words:
    """Return a function that says a template in a language: `say("{n} documents", n=3)`.

    >>> words("zh")("Documents")
    '材料'
    """
    known: Mapping[str, str] = translations(lang)
    if lang == "zh":
        # A word of a page may read otherwise on the command line: the page's own form comes first.
        known = {**known, **zh_report.CATALOGUE, **zh_pages.CATALOGUE}

    def say(template: str, **values: object) -> str:
        found = known.get(template, template)
        return found.format_map(_Kept(values)) if values else found

    return say


class _Kept(dict[str, object]):
    """Values for a template; a name nobody gave stays visible."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
