"""spaCy pipelines by name, loaded when first asked for.

`blank_zh` (a token is a character) and `blank_en` need no model. Any other name is an installed pipeline
package or the folder of one; nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BLANK = "blank_"
_SAMPLE = {"zh": "我们昨天在上海市大数据中心共享了数据。", "en": "Yesterday Mary shared the data in London."}
# What a token attribute rests on, as spaCy's documents know it.
_RESTS_ON = {
    **{name: name for name in ("LEMMA", "POS", "TAG", "MORPH", "DEP")},
    **dict.fromkeys(("ENT_TYPE", "ENT_IOB", "ENT_ID", "ENT_KB_ID"), "ENT_IOB"),
    "SENT_START": "SENT_START",
    "IS_SENT_START": "SENT_START",
}


def blank_for(language: str) -> str:
    """Return the name of the blank pipeline for a document's language.

    >>> blank_for("zh"), blank_for("en"), blank_for("")
    ('blank_zh', 'blank_en', 'blank_en')
    """
    return "blank_zh" if language == "zh" else "blank_en"


@lru_cache(maxsize=8)
def pipeline(name: str) -> Language | None:
    """Load a pipeline; None where nothing of that name is installed."""
    import spacy

    try:
        return spacy.blank(name.removeprefix(BLANK)) if name.startswith(BLANK) else spacy.load(name)
    except (ImportError, OSError):
        return None


@lru_cache(maxsize=512)
def parsed(name: str, text: str) -> Doc:
    """Run a loaded pipeline over a text."""
    loaded = pipeline(name)
    if loaded is None:
        raise LookupError(name)
    return loaded(text)


def lacks(name: str, attributes: Iterable[str]) -> list[str]:
    """Return the attributes, sorted, that a loaded pipeline does not give its tokens (LEMMA, POS, ...)."""
    asked = sorted({attribute for attribute in attributes if attribute in _RESTS_ON})
    if not asked:
        return []
    loaded = pipeline(name)
    if loaded is None:
        return asked
    sample = parsed(name, _SAMPLE["zh" if loaded.lang == "zh" else "en"])
    return [attribute for attribute in asked if not sample.has_annotation(_RESTS_ON[attribute])]
