"""What changed between two codebooks, told on edits made by hand."""

import pytest

from qualcode.codebook import parse_codebook
from qualcode.codebook.diff import FieldChange, ListChange, difference

BOOK = """\
qualcode: 1
id: t
version: 1.0.0
languages: [zh]
facets: {logic: {question: 为什么不给？}}
lexicons:
  refusal: [不给, 拒绝]
  hindrance: [$refusal, 卡住]
context:
- {id: neg, set: {polarity: negated}, any: [没有]}
codes:
- id: fear
  name: 怕担责
  facet: logic
  definition: 因担心被追究而不做。
  examples: [谁也不敢签。]
  rules:
  - terms: [不敢签, 怕担责]
  - {near: [[数据, 信息], $refusal], within: 20 characters}
- id: pretext
  name: 借口
  facet: logic
  definition: 拿别的事当理由。
  except: [安全保障体系]
  rules:
  - {id: sec, terms: [以安全为由], weight: 0.5}
  - {id: law, all: [[依法, 按规定], $hindrance], unless: [已经共享], weight: 0.5}
- id: hand
  name: 人工
  definition: 由人来编码。
"""


def changes(*edits):
    """What the codebook's difference is after texts in it were replaced."""
    edited = BOOK
    for old, new in edits:
        assert edited.count(old) == 1, old
        edited = edited.replace(old, new)
    return between(BOOK, edited)


def between(one, other):
    (before, said), (after, told) = parse_codebook(one), parse_codebook(other)
    assert before is not None, [str(p) for p in said]
    assert after is not None, [str(p) for p in told]
    return difference(before, after)


def told(found):
    return [(change.what, change.how, change.id) for change in found.changes]


def test_a_codebook_does_not_differ_from_itself_however_it_is_laid_out():
    assert changes().changes == ()
    laid_out = changes(
        (
            "- {id: neg, set: {polarity: negated}, any: [没有]}",
            "- any: [没有]\n  id: neg\n  set: {polarity: negated}",
        ),
        ("[不敢签, 怕担责]", "[怕担责, 不敢签]"),
    )
    assert laid_out.changes == ()
    assert laid_out.problems == []


def test_terms_of_a_rule_come_and_go():
    found = changes(("[不敢签, 怕担责]", "[不敢签, 怕问责]"))
    assert told(found) == [("rule", "changed", "fear:1")]
    assert found.changes[0].lists == (ListChange("terms", ("怕问责",), ("怕担责",)),)
    assert found.changes[0].place.line == 18


def test_groups_are_told_apart():
    found = changes(("[数据, 信息]", "[数据]"))
    assert found.changes[0].lists == (ListChange("group 1", (), ("信息",)),)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("以安全为由], weight: 0.5", "以安全为由], weight: 0.6", FieldChange("weight", "0.5", "0.6")),
        ("within: 20 characters", "within: sentence",
         FieldChange("pattern", "near of 2 groups within 20 characters", "near of 2 groups within sentence")),
        ("within: 20 characters", "within: 20, nested: keep", FieldChange("nested", "", "keep")),
        ("within: 20 characters", "within: 20, where: {kind: {not: policy}, date: {from: 2019}}",
         FieldChange("where", "", "kind not policy; date from 2019-01-01 before …")),
        ("unless: [已经共享]", "unless: {terms: [已经共享], scope: turn}",
         FieldChange("unless", "terms", "terms in the turn")),
    ],
)  # fmt: skip
def test_limits_of_a_rule_change(old, new, change):
    found = changes((old, new))
    assert [one.fields for one in found.changes] == [(change,)]
    assert found.of_results


def test_what_refuses_a_rule_changes():
    found = changes(("unless: [已经共享]", "unless: [已经共享, 已开放]"), ("[安全保障体系]", "[安全保障]"))
    assert [(one.id, one.lists) for one in found.changes] == [
        ("pretext", (ListChange("except", ("安全保障",), ("安全保障体系",)),)),
        ("law", (ListChange("unless terms", ("已开放",), ()),)),
    ]


def test_a_lexicon_names_the_rules_it_reaches_through_other_lexicons_too():
    found = changes(("[不给, 拒绝]", "[不给, 拒绝, 挡回]"))
    assert told(found) == [("lexicon", "changed", "refusal")]
    assert found.changes[0].lists == (ListChange("terms", ("挡回",), ()),)
    assert found.changes[0].reaches == ("fear:2", "law")


def test_a_lexicon_for_listed_terms_is_told_by_its_name():
    found = changes(("[依法, 按规定], $hindrance", "[依法, 按规定], [不给, 推诿]"))
    assert found.changes[0].lists == (ListChange("terms", ("不给", "推诿"), ("$hindrance",)),)


def test_a_code_with_another_id_and_the_same_rules_is_renamed():
    found = changes(("- id: pretext", "- id: excuse"), ("name: 借口", "name: 托辞"))
    assert told(found) == [("code", "renamed", "excuse")]
    assert found.changes[0].before == "pretext"
    assert found.changes[0].fields == (FieldChange("name.zh", "借口", "托辞"),)


def test_a_code_without_rules_is_known_by_its_name_and_definition():
    assert told(changes(("- id: hand", "- id: manual"))) == [("code", "renamed", "manual")]


def test_codes_are_added_and_removed_with_their_rules():
    shorter = BOOK[: BOOK.index("- id: pretext")]
    found = between(shorter, BOOK)
    assert told(found) == [
        ("code", "added", "pretext"),
        ("rule", "added", "sec"),
        ("rule", "added", "law"),
        ("code", "added", "hand"),
    ]
    assert told(between(BOOK, shorter)) == [
        ("code", "removed", "pretext"),
        ("rule", "removed", "sec"),
        ("rule", "removed", "law"),
        ("code", "removed", "hand"),
    ]


def test_a_rule_put_before_others_changes_none_of_them():
    found = changes(("  - terms: [不敢签, 怕担责]", "  - terms: [不好签]\n  - terms: [不敢签, 怕担责]"))
    assert told(found) == [("rule", "added", "fear:1")]


def test_a_named_rule_under_another_code_has_moved():
    line = "  - {id: sec, terms: [以安全为由], weight: 0.5}\n"
    found = changes((line, ""), ("  - terms: [不敢签", line + "  - terms: [不敢签"))
    assert [(one.what, one.how, one.id, one.before, one.code) for one in found.changes] == [
        ("rule", "moved", "sec", "pretext", "fear")
    ]


def test_cues_and_settings_change():
    found = changes(
        ("any: [没有]", "any: [没有, 并未], dir: both"), ("languages: [zh]", "languages: [zh, en]")
    )
    assert told(found) == [("codebook", "changed", "t"), ("cue", "changed", "neg")]
    assert found.changes[1].lists == (ListChange("terms", ("并未",), ()),)
    assert found.changes[1].fields == (FieldChange("direction", "forward", "both"),)


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("[不敢签, 怕担责]", "[不敢签]", "warning"),
        ("因担心被追究而不做。", "因怕担责而不做。", "note"),
        ("[谁也不敢签。]", "[谁也不敢签。, 没人敢签。]", "note"),
    ],
)
def test_a_version_that_was_not_raised_is_told(old, new, severity):
    (said,) = changes((old, new)).problems
    assert (said.kind, said.severity) == ("version-unchanged", severity)
    assert changes((old, new), ("version: 1.0.0", "version: 1.1.0")).problems == []


def test_a_new_version_of_the_same_is_one_change_of_nothing():
    found = changes(("version: 1.0.0", "version: 1.1.0"))
    assert told(found) == [("codebook", "changed", "t")]
    assert not found.of_results
