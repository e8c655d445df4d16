"""A Chinese report is Chinese: what has a Chinese name is called by it, in tables, answers and verdicts."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser

import pytest

from qualcode.codebook import load_codebook
from qualcode.language import translations


class Seen(HTMLParser):
    """The texts a reader sees, element by element, without the segments quoted."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = 0
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style")
        self.texts += [value for name, value in attrs if name in ("title", "aria-label", "alt") and value]

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.hidden and data.strip():
            self.texts.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def seen(shipped) -> list[str]:
    reader = Seen()
    reader.feed((shipped / "report.html").read_text("utf-8"))
    return reader.texts


def test_codes_facets_theories_and_actors_are_called_by_their_names(seen, root):
    book, _ = load_codebook(root / "codebooks" / "action_logics.yaml")
    ids = {*book.codes, *book.facets, *book.theories, *book.context.actors}
    assert {"避责逻辑", "逻辑", "制度"} <= set(seen)
    assert {text for text in seen if text in ids} == set()


def test_the_verdicts_on_claims_are_given_in_chinese(seen, shipped):
    with (shipped / "claims.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 10
    assert {row["why"] for row in rows} & set(seen) == set()
    assert {row["says_zh"] for row in rows} <= set(seen)


def test_nothing_that_has_a_chinese_form_stands_there_in_english(seen):
    """Sentences and phrases of the catalogues; single words may be words of an English document."""
    phrases = [
        text for text, form in translations("zh").items() if len(text) > 14 and " " in text and text != form
    ]
    patterns = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for text in phrases]
    whole = [pattern for pattern in patterns if len(pattern.replace(".+", "")) > 14]
    english = re.compile("|".join(whole))
    assert [text for text in seen if english.fullmatch(text)] == []
