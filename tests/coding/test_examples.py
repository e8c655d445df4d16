"""A codebook's examples are its tests."""

from qualcode.codebook import parse_codebook
from qualcode.coding.examples import example_results

CODEBOOK = """\
qualcode: 1
id: t
version: 1.0.0
title: t
languages: [zh, en]
fold: [case, width, script]
codes:
  - id: avoidance
    name: n
    definition: d
    examples:
      - 一句涉密就挡回来了。
      - {text: 不得拒绝共享。, kind: policy, role: ''}
    not_examples:
      - 我们建了安全保障体系。
      - {text: 为什么说涉密？, role: interviewer}
      - 拒绝
  - id: avoidance.security
    name: n
    definition: d
    rules:
      - {id: secret, terms: [涉密, 安全], except: [安全保障]}
      - {id: refuse, terms: [拒绝], where: {kind: policy}}
      - {id: weak, terms: [挡回], weight: 0.1}
"""


def results():
    codebook, problems = parse_codebook(CODEBOOK.replace(", role: ''", ""))
    assert codebook is not None, [str(one) for one in problems]
    return example_results(codebook)


def test_examples_ask_for_a_countable_coding_of_the_code_or_a_descendant():
    assert [(one.expected, one.got, one.passed) for one in results()] == [
        (True, True, True),
        (True, True, True),
        (False, False, True),
        (False, False, True),
        (False, False, True),
    ]


def test_they_say_which_rules_stood_and_why_others_did_not():
    by_text = {one.text: one for one in results()}
    assert by_text["一句涉密就挡回来了。"].fired == ("secret", "weak")
    assert by_text["我们建了安全保障体系。"].refused == (("secret", "except"),)
    assert by_text["为什么说涉密？"].refused == (("secret", "interviewer"),)
    assert by_text["拒绝"].refused == (("refuse", "where"),)


def test_they_keep_their_place_in_the_codebook():
    assert [one.place.line for one in results()] == [12, 13, 15, 16, 17]
