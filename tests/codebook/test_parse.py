"""A codebook means what it says: records hold what was written, inherited and defaulted as documented."""

import pickle

import pytest

from qualcode.codebook import Condition, parse_codebook, spoken

FULL = """\
qualcode: 1
id: yiwang_tongban
version: 1.0.0
title: {zh: 一网通办数据共享行为逻辑, en: Data-sharing logics in the one-network reform}
languages: [zh, en]
unit: window:3
fold: [case, width, script]
facets:
  logic: {question: "Which logic guides the behaviour told here?", exclusive: true}
  driver: {question: {zh: 由什么推动？}}
lexicons:
  refusal: {zh: [不给, 不予], en: [refus*, "cannot share"]}
  hindrance: [卡住, $refusal, 不给]
codes:
  - id: avoidance.security
    name: {zh: 以安全保密为由, en: Security as pretext}
    definition: 以涉密为理由拒绝。
    include: {zh: 笼统说涉密, en: blanket secrecy}
    confused_with: [avoidance]
    examples:
    - 一句涉密就挡回来了。
    - {text: 不得以涉密为由拒绝, kind: policy}
    - {text: 嗯, kind: focus_group, role: moderator}
    not_examples: 我们建了数据安全保障体系。
    rules:
      - {id: sec_near, near: [[涉密, 泄密], $refusal], within: 20 characters, weight: 0.5, nested: keep}
      - terms: $hindrance
        except: [卡住车]
        unless: [已经共享]
        where: {kind: [interview, focus_group], case: {not: 甲市}, bureau: 公安}
      - regex: '(涉密|保密).{0,6}给'
        unless: {code: driver, scope: turn}
        where: {date: 2019, issued: {from: 2019-06-25}}
    except: [安全保障体系]
    countable: {modality: [actual, hypothetical], holder: [self, "other:公安局"], reported: no}
  - id: driver
    name: Drivers
    facet: driver
    definition: d
  - id: avoidance
    name: 避责逻辑
    facet: logic
    definition: d
  - id: avoidance.security.law
    name: x
    facet: driver
    definition: d
"""


@pytest.fixture(scope="module")
def codebook():
    codebook, problems = parse_codebook(FULL)
    assert problems == []
    return codebook


def test_the_head(codebook):
    assert (codebook.id, codebook.version, codebook.unit) == ("yiwang_tongban", "1.0.0", "window:3")
    assert codebook.fold == {"case", "width", "script"}
    assert spoken(codebook.title, "en") == "Data-sharing logics in the one-network reform"
    assert (codebook.code_interviewers, codebook.overlap) == (False, "facet")


def test_what_is_not_given_has_its_default():
    codebook, _ = parse_codebook("qualcode: 1\nid: t\nversion: '1'\ncodes: []\n")
    assert (codebook.unit, codebook.fold, codebook.languages) == ("sentence", {"case", "width"}, ("zh", "en"))
    assert dict(codebook.codes) == {}


def test_nothing_folds_where_nothing_is_to_be_folded():
    codebook, problems = parse_codebook("qualcode: 1\nid: t\nversion: '1'\nfold: []\ncodes: []\n")
    assert problems == []
    assert codebook.fold == frozenset()


def test_codes_are_in_tree_order_parents_first_siblings_as_written(codebook):
    assert list(codebook.codes) == ["driver", "avoidance", "avoidance.security", "avoidance.security.law"]


def test_the_tree(codebook):
    assert codebook.children() == ("driver", "avoidance")
    assert codebook.children("avoidance") == ("avoidance.security",)
    assert codebook.parents("avoidance.security.law") == ("avoidance.security", "avoidance")
    assert codebook.descendants("avoidance") == ("avoidance.security", "avoidance.security.law")
    assert codebook.codes["avoidance.security.law"].level == 3


def test_a_facet_is_inherited_until_a_code_has_its_own(codebook):
    assert codebook.facet_of("avoidance.security") == "logic"
    assert codebook.facet_of("avoidance.security.law") == "driver"
    assert codebook.facets["logic"].exclusive
    assert codebook.facets["driver"].question == {"zh": "由什么推动？"}


def test_a_text_without_language_stands_under_its_own(codebook):
    assert codebook.codes["driver"].name == {"en": "Drivers"}
    assert codebook.codes["avoidance"].name == {"zh": "避责逻辑"}
    assert codebook.codes["avoidance"].label("en") == "避责逻辑"


def test_lexicons_put_other_lexicons_in_their_place_each_term_once(codebook):
    terms = [term.text for term in codebook.lexicons["hindrance"]]
    assert terms == ["卡住", "不给", "不予", "refus*", "cannot share"]


def test_lexicons_may_be_named_before_they_are_written():
    codebook, problems = parse_codebook(
        "qualcode: 1\nid: t\nversion: '1'\ncodes: []\nlexicons: {a: [$b, x], b: [$c], c: [y]}\n"
    )
    assert problems == []
    assert [term.text for term in codebook.lexicons["a"]] == ["y", "x"]


def test_rules_have_their_id_or_the_codes_and_a_number(codebook):
    rules = codebook.codes["avoidance.security"].rules
    assert [rule.id for rule in rules] == ["sec_near", "avoidance.security:2", "avoidance.security:3"]
    assert [rule.kind for rule in rules] == ["near", "terms", "regex"]
    assert [rule.place.line for rule in rules] == [26, 27, 31]
    assert list(codebook.rules) == list(rules)


def test_what_stands_round_a_pattern(codebook):
    near, terms, regex = codebook.codes["avoidance.security"].rules
    assert (near.weight, near.nested_keep) == (0.5, True)
    assert (terms.weight, terms.nested_keep) == (1.0, False)
    assert [term.text for term in terms.excepts] == ["卡住车"]
    assert terms.unless.scope == "segment"
    assert [term.text for term in terms.unless.pattern.terms] == ["已经共享"]
    assert (regex.unless.scope, regex.unless.pattern.codes) == ("turn", ("driver",))


def test_a_rule_knows_how_it_was_written(codebook):
    near, terms, regex = codebook.codes["avoidance.security"].rules
    assert near.written == "near: [[涉密, 泄密], $refusal], within: 20 characters"
    assert terms.written == "terms: $hindrance"
    assert regex.written == "regex: '(涉密|保密).{0,6}给'"


def test_conditions(codebook):
    _, terms, regex = codebook.codes["avoidance.security"].rules
    bare = [(c.field, c.values, c.negated) for c in terms.where]
    assert bare == [
        ("kind", ("interview", "focus_group"), False),
        ("case", ("甲市",), True),
        ("bureau", ("公安",), False),
    ]
    assert [(c.field, c.since, c.before) for c in regex.where] == [
        ("date", "2019-01-01", "2020-01-01"),
        ("issued", "2019-06-25", ""),
    ]
    assert isinstance(terms.where[0], Condition)


def test_examples_are_a_respondents_words_unless_they_say_otherwise(codebook):
    code = codebook.codes["avoidance.security"]
    assert [(e.kind, e.role) for e in code.examples] == [
        ("interview", "respondent"),
        ("policy", ""),
        ("focus_group", "moderator"),
    ]
    assert [e.text for e in code.not_examples] == ["我们建了数据安全保障体系。"]


def test_countable_holds_only_what_is_set(codebook):
    assert codebook.codes["avoidance.security"].countable == {
        "modality": ("actual", "hypothetical"),
        "holder": ("self", "other:公安局"),
        "reported": ("no",),
    }
    assert codebook.codes["avoidance.security.law"].countable == {}


def test_yaml_words_are_texts_in_a_codebook_too():
    codebook, problems = parse_codebook(
        "qualcode: 1\nid: t\nversion: 1.0\ncodes:\n- {id: a, name: no, definition: 007, "
        "rules: [terms: [no, 1:30, 2019-06-28, 1.10]]}\n"
    )
    assert problems == []
    assert codebook.version == "1.0"
    assert codebook.codes["a"].name == {"en": "no"}
    assert codebook.codes["a"].definition == {"en": "007"}
    assert [t.text for t in codebook.codes["a"].rules[0].pattern.terms] == [
        "no",
        "1:30",
        "2019-06-28",
        "1.10",
    ]


def test_text_pasted_from_elsewhere_is_composed_and_repaired_like_documents():
    codebook, problems = parse_codebook(
        "qualcode: 1\nid: t\nversion: '1'\ncodes:\n- id: a\n  name: ⼯作\n  definition: cafe\u0301\n"
        "  examples: [⼯\u200b作]\n  rules: [{terms: [⼯作]}]\n"
    )
    code = codebook.codes["a"]
    assert problems == []
    assert (code.name, code.definition) == ({"zh": "工作"}, {"en": "caf\u00e9"})
    assert code.examples[0].text == "工作"
    assert code.rules[0].pattern.terms[0].text == "工作"


def test_a_text_in_front_of_the_file_or_windows_lines_change_nothing():
    plain, _ = parse_codebook(FULL)
    windows, problems = parse_codebook("\ufeff" + FULL.replace("\n", "\r\n"))
    assert problems == []
    assert windows.codes == plain.codes
    assert windows.lexicons == plain.lexicons


def test_cues_and_actors_are_read():
    codebook, problems = parse_codebook(
        "qualcode: 1\nid: t\nversion: '1'\ncodes: []\n"
        "context:\n- {id: neg, set: {polarity: negated}, any: [没有], dir: forward}\n"
        "- {id: who, set: {holder: other}, actors: true}\nactors: {a: [公安局]}\n"
    )
    assert problems == []
    assert [cue.id for cue in codebook.context.cues] == ["neg", "who"]
    assert codebook.context.actors["a"].aliases[0].text == "公安局"


def test_a_codebook_travels_to_another_process(codebook):
    there = pickle.loads(pickle.dumps(codebook))
    assert there.codes == codebook.codes
    assert there.children("avoidance") == codebook.children("avoidance")


def test_a_codebook_with_an_error_is_none_but_warnings_do_not_hinder():
    assert parse_codebook("id: t\ncodes: []\n")[0] is not None
    assert parse_codebook("id: t\ncodes: {}\n")[0] is None
