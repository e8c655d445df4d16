"""How words are meant is said in the language of the page, actors' names kept as they are."""

import pytest

from qualcode.output.words import words
from qualcode.project.desk.evidence import _value


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("unspecified", "未指明", "unspecified"),
        ("self", "本单位", "self"),
        ("other:财政局", "他方: 财政局", "other: 财政局"),
        ("negated", "否定", "negated"),
        ("inherited", "承接问句", "inherited"),
    ],
)
def test_values_of_an_assertion(value, zh, en):
    assert (_value(value, words("zh")), _value(value, words("en"))) == (zh, en)
