"""Rules written on the spot."""

import pytest

from qualcode.codebook import parse_codebook
from qualcode.codebook.expression import expression_codebook
from qualcode.problems import UsageError

BOOK = parse_codebook(
    "qualcode: 1\nid: t\nversion: 1.0.0\ntitle: t\nlexicons: {refusal: [不给, 不予]}\n"
    "codes: [{id: c, name: c, definition: d, rules: [terms: [怕]]}]\n"
)[0]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("怕担责", "terms: [怕担责]"),
        ("怕担责， 谁负责,shar*", "terms: [怕担责, 谁负责, shar*]"),
        ("$refusal", "terms: [不给, 不予]"),
        ("cannot share", "terms: [cannot share]"),
        ("near: [[怕], [责]], within: 6 characters", "near: [[怕], [责]], within: 6 characters"),
        ("{terms: [安全], except: [安全网]}", "terms: [安全]"),
        ("regex: '不.?给'", "regex: 不.?给"),
        ("12:30", "terms: [12:30]"),
    ],
)
def test_what_can_be_tried(text, written):
    made = expression_codebook(text, BOOK)
    (rule,) = made.rules
    assert rule.written == written
    assert (made.fold, made.lexicons) == (BOOK.fold, BOOK.lexicons)


@pytest.mark.parametrize(
    "text", ["", "不*", "near: [[怕], [责]]", "near: [[怕]], within: 6", "terms: [", "code: c", "regex: '('"]
)
def test_what_cannot_is_said(text):
    with pytest.raises(UsageError):
        expression_codebook(text, BOOK)
