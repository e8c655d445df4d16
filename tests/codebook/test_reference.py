"""docs/codebook.md is whole and true: every key is in it, and every example in it is a usable codebook."""

import re

import pytest

from qualcode.codebook import parse_codebook
from qualcode.codebook.keys import MAPS, WHERE_FIELDS, names
from qualcode.coding.examples import example_results
from qualcode.patterns import patterns

AROUND = """\
qualcode: 1
id: t
version: 1.0.0
lexicons: {refusal: [不给, refus*]}
codes:
- {id: other, name: n, definition: d}
- {id: other.child, name: n, definition: d}
- id: a
  name: n
  definition: d
  rules:
"""


@pytest.fixture(scope="module")
def reference(root):
    return (root / "docs" / "codebook.md").read_text(encoding="utf-8")


def blocks(reference):
    return re.findall(r"^```yaml\n(.*?)^```$", reference, flags=re.S | re.M)


def test_every_key_is_explained(reference):
    keys = {name for keys in MAPS.values() for name in names(keys)} | set(WHERE_FIELDS)
    keys |= {key for member in patterns.values() for key in member.keys}
    assert (
        sorted(key for key in keys if not re.search(rf"`[^`]*\b{key}\b[^`]*`|^\s*{key}:", reference, re.M))
        == []
    )


def test_every_kind_of_pattern_has_a_zh_and_an_en_example(reference):
    rules = {}
    for block in blocks(reference):
        if block.startswith("- "):
            codebook, _ = parse_codebook(AROUND + re.sub("^", "  ", block, flags=re.M))
            for rule in codebook.codes["a"].rules:
                rules.setdefault(rule.kind, []).append(rule.written)
    assert set(rules) == set(patterns)
    rules.pop("code")  # ids of codes are of no language
    for kind, written in rules.items():
        assert any(re.search("[\u4e00-\u9fff]", one) for one in written), kind
        assert any(re.search("[a-z]{3}", re.sub(r"\w+:", "", one)) for one in written), kind


def test_every_example_is_usable(reference):
    found = blocks(reference)
    assert len(found) >= 12
    for block in found:
        text = block if block.startswith("qualcode:") else AROUND + re.sub("^", "  ", block, flags=re.M)
        codebook, problems = parse_codebook(text)
        assert [str(p) for p in problems if p.severity != "note"] == []
        assert all(result.passed for result in example_results(codebook))


def test_every_link_in_it_leads_somewhere(reference):
    heads = re.findall(r"^## (.*)$", reference, flags=re.M)
    anchors = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
    assert set(re.findall(r"\]\(#([^)]*)\)", reference)) <= anchors
