"""Lint finds what is valid and unwise, at its place, and leaves alone what is right."""

import inspect
import re
from pathlib import Path

import pytest

from qualcode.codebook.checks.lint import lint_codebook, lints
from qualcode.codebook.template import template

HEAD = "qualcode: 1\nid: t\nversion: 1.0.0\n"  # a text below begins on line 4
CODE = "codes:\n- {id: a, name: A, definition: d"  # ... and a code's further keys follow
SHOWN = ", examples: [x], not_examples: [y]"


def lint(text, kinds):
    """The problems of some kinds in a codebook, as (line, column, severity, kind)."""
    book, problems = lint_codebook(Path("t.yaml"), (HEAD + text).encode())
    assert book is not None, [str(p) for p in problems]
    return [(p.place.line, p.place.column, p.severity, p.kind) for p in problems if p.kind in kinds]


def rules(*written, code="", top="languages: [zh]\n"):
    """A codebook of one code with some rules, the first on line 8."""
    lines = "".join(f"  - {{{one}}}\n" for one in written)
    return f"{top}codes:\n- id: a\n  name: A\n  definition: d\n{code}  rules:\n{lines}"


# name -> (kinds looked at, codebook with the fault, where it is found, codebook that is left alone)
FAULTS = {
    "an exception that refuses every term": (
        {"never-matches", "dead-term"},
        CODE + ", except: [安全], rules: [{terms: [数据安全]}]}\n",
        [(5, 57, "warning", "never-matches")],
        CODE + ", except: [数据安全], rules: [{terms: [安全]}]}\n",
    ),
    "an exception that refuses one of several terms": (
        {"never-matches", "dead-term"},
        CODE + ", rules: [{terms: [数据安全, 涉密], except: [安全]}]}\n",
        [(5, 52, "warning", "dead-term")],
        CODE + ", rules: [{terms: [安全, 涉密], except: [安全保障体系]}]}\n",
    ),
    "a word is not inside a longer word": (
        {"never-matches", "dead-term"},
        CODE + ", rules: [{terms: [data share], except: [share]}]}\n",
        [(5, 43, "warning", "never-matches")],
        CODE + ", rules: [{terms: [shareholder, shar*], except: [share]}]}\n",
    ),
    "an unless that every match brings with it": (
        {"never-matches", "dead-term"},
        CODE + ", rules: [{terms: [不予共享], unless: [共享]}]}\n",
        [(5, 43, "warning", "never-matches")],
        CODE + ", rules: [{terms: [不予共享], unless: {all: [共享, 已经]}}]}\n",
    ),
    "a group without a term left": (
        {"never-matches", "dead-term"},
        CODE + ", rules: [{near: [[数据, 信息], [不给]], within: 5, except: [给]}]}\n",
        [(5, 43, "warning", "never-matches")],
        CODE + ", rules: [{near: [[数据, 信息], [不给]], within: 5, except: [给力]}]}\n",
    ),
    "fewer terms left than asked for": (
        {"never-matches", "dead-term"},
        CODE + ", rules: [{count: [数据安全, 信息安全, 涉密], at_least: 2, except: [安全]}]}\n",
        [(5, 43, "warning", "never-matches")],
        CODE + ", rules: [{count: [数据, 信息, 涉密], at_least: 2, except: [数据安全]}]}\n",
    ),
    "a kind asked for that the code excludes": (
        {"never-applies"},
        CODE + ", where: {kind: interview}, rules: [{terms: [不给], where: {kind: policy}}]}\n",
        [(5, 69, "warning", "never-applies")],
        CODE + ", where: {kind: [interview, policy]}, rules: [{terms: [不给], where: {kind: policy}}]}\n",
    ),
    "a value asked for and excluded": (
        {"never-applies"},
        CODE + ", where: {case: {not: 甲市}}, rules: [{terms: [不给], where: {case: 甲市}}]}\n",
        [(5, 69, "warning", "never-applies")],
        CODE + ", where: {case: {not: 甲市}}, rules: [{terms: [不给], where: {case: [甲市, 乙市]}}]}\n",
    ),
    "two periods with no day in common": (
        {"never-applies"},
        CODE + ", where: {date: 2019}, rules: [{terms: [不给], where: {date: 2020}}]}\n",
        [(5, 64, "warning", "never-applies")],
        CODE + ", where: {date: 2019}, rules: [{terms: [不给], where: {date: 2019-06}}]}\n",
    ),
    "interviewers, who are not coded": (
        {"never-applies"},
        CODE + ", rules: [{terms: [不给], where: {role: interviewer}}]}\n",
        [(5, 43, "warning", "never-applies")],
        "code_interviewers: true\n" + CODE + ", rules: [{terms: [不给], where: {role: interviewer}}]}\n",
    ),
    "a role in a document": (
        {"never-applies"},
        CODE + ", rules: [{terms: [不给], where: {role: respondent, kind: policy}}]}\n",
        [(5, 43, "warning", "never-applies")],
        CODE + ", rules: [{terms: [不给], where: {role: respondent, kind: [policy, interview]}}]}\n",
    ),
    "a term that a sentence ends in": (
        {"never-in-segment"},
        CODE + ", rules: [{terms: ['不给。再说']}]}\n",
        [(5, 52, "warning", "never-in-segment")],
        "unit: paragraph\n" + CODE + ", rules: [{terms: ['不给。再说', '不给，再说']}]}\n",
    ),
    "a term that a clause ends in": (
        {"never-in-segment"},
        "unit: clause\n" + CODE + ", rules: [{terms: ['不给，再说']}]}\n",
        [(6, 52, "warning", "never-in-segment")],
        "unit: clause\n" + CODE + ", rules: [{terms: [不给再说]}]}\n",
    ),
    "an edge of words beside a Chinese character": (
        {"ascii-edge"},
        CODE + r", rules: [{regex: '\b涉密'}]}" + "\n",
        [(5, 51, "warning", "ascii-edge")],
        CODE + r", rules: [{regex: '涉密|\bAPI\b'}]}" + "\n",
    ),
    "a full-width term where width is not folded": (
        {"unfolded-term"},
        "fold: [case]\n" + CODE + ", rules: [{terms: [ＡＰＩ, API]}]}\n",
        [(6, 52, "note", "unfolded-term")],
        "fold: [width]\n" + CODE + ", rules: [{terms: [ＡＰＩ, API]}]}\n",
    ),
    "a traditional term where script is not folded": (
        {"unfolded-term"},
        CODE + ", rules: [{terms: [數據]}]}\n",
        [(5, 52, "note", "unfolded-term")],
        "fold: [script]\n" + CODE + ", rules: [{terms: [數據]}]}\n",
    ),
    "weights that never reach 1": (
        {"below-threshold", "idle-rule"},
        rules("terms: [签字], weight: 0.3", "terms: [担责], weight: 0.4"),
        [(6, 7, "warning", "below-threshold")],
        rules("terms: [签字], weight: 0.3", "terms: [担责], weight: 0.7"),
    ),
    "a weight that never decides": (
        {"below-threshold", "idle-rule"},
        rules("terms: [签字]", "terms: [担责], weight: 0.2"),
        [(11, 5, "warning", "idle-rule")],
        rules("terms: [签字]", "terms: [担责], weight: 0.2", "terms: [追责], weight: 0.8"),
    ),
    "tenths that add up to 1": (
        {"below-threshold", "idle-rule"},
        rules(*["terms: [签字], weight: 0.1"] * 9),
        [(6, 7, "warning", "below-threshold")],
        rules(*["terms: [签字], weight: 0.1"] * 10),
    ),
    "an expression that matches nothing": (
        {"empty-match"},
        CODE + ", rules: [{regex: '(涉密)?.{0,6}'}]}\n",
        [(5, 51, "warning", "empty-match")],
        CODE + ", rules: [{regex: '(涉密)?.{1,6}'}]}\n",
    ),
    "an expression that never finishes": (
        {"catastrophic-regex"},
        CODE + ", rules: [{regex: '(a|aa)+(?!b)c'}]}\n",
        [(5, 51, "warning", "catastrophic-regex")],
        CODE + ", rules: [{regex: '不给(?!力)'}, {regex: '(a|aa)+c'}]}\n",
    ),
    "an expression that never finishes, inside another pattern": (
        {"catastrophic-regex"},
        CODE + ", rules: [{all: [不给, {regex: '(数|数数)+(?!据)库'}]}]}\n",
        [(5, 62, "warning", "catastrophic-regex")],
        CODE + ", rules: [{all: [不给, {regex: '数+(?!据)库'}]}]}\n",
    ),
    "a term twice in a list": (
        {"repeated-term"},
        CODE + ", rules: [{near: [[数据, 信息, 数据], [不给]], within: 5}]}\n",
        [(5, 60, "note", "repeated-term")],
        CODE + ", rules: [{near: [[数据, 信息], [数据]], within: 5}]}\n",
    ),
    "a term twice in a lexicon, but for its script": (
        {"repeated-term"},
        "fold: [script]\nlexicons: {l: [数据, 數據]}\ncodes: []\n",
        [(5, 20, "note", "repeated-term")],
        "fold: [case]\nlexicons: {l: [数据, 數據], m: [数据]}\ncodes: []\n",
    ),
    "a term in two rules of a code": (
        {"repeated-term"},
        rules("terms: [推诿, 拖延]", "terms: [扯皮, 拖延]"),
        [(11, 5, "note", "repeated-term")],
        rules("terms: [推诿, 拖延]", "terms: [扯皮, 拖延], where: {kind: policy}"),
    ),
    "examples said twice are no terms": (
        {"repeated-term"},
        CODE + ", rules: [{terms: [不给, 不给]}]}\n",
        [(5, 56, "note", "repeated-term")],
        CODE + ", include: 不给, examples: [不给, 不给]}\n",
    ),
    "a term of two codes of one facet": (
        {"shared-term"},
        "facets: {f: {}}\n"
        + CODE
        + ", facet: f, rules: [{terms: [推诿]}]}\n"
        + "- {id: b, name: B, definition: d, facet: f, rules: [{terms: [推诿, 扯皮]}]}\n",
        [(7, 53, "note", "shared-term")],
        "facets: {f: {}, g: {}}\n"
        + CODE
        + ", facet: f, rules: [{terms: [推诿]}]}\n"
        + "- {id: b, name: B, definition: d, facet: g, rules: [{terms: [推诿]}]}\n"
        + "- {id: c, name: C, definition: d, facet: f, rules: [{terms: [推诿], where: {kind: policy}}]}\n",
    ),
    "a term of two codes that exclude each other": (
        {"shared-term"},
        "facets: {f: {exclusive: true}}\n"
        + CODE
        + ", facet: f, rules: [{terms: [推诿]}]}\n"
        + "- {id: b, name: B, definition: d, facet: f, rules: [{terms: [推诿]}]}\n",
        [(7, 53, "warning", "shared-term")],
        "facets: {f: {exclusive: true}}\n"
        + CODE
        + ", facet: f, rules: [{terms: [推诿]}]}\n"
        + "- {id: a.b, name: B, definition: d, rules: [{terms: [推诿]}]}\n",
    ),
    "a longer term beside a shorter one": (
        {"redundant-term"},
        CODE + ", rules: [{terms: [共享, 数据共享]}]}\n",
        [(5, 56, "note", "redundant-term")],
        CODE + ", rules: [{terms: [共享, share, shares]}, {terms: [安全, 数据安全], except: [安全感]}]}\n",
    ),
    "a term inside a term of another facet": (
        {"nested-across-facets"},
        "facets: {f: {}, g: {}}\n"
        + CODE
        + ", facet: f, rules: [{terms: [条件]}]}\n"
        + "- {id: b, name: B, definition: d, facet: g, rules: [{terms: [有条件共享]}]}\n",
        [(6, 8, "note", "nested-across-facets")],
        "overlap: codebook\nfacets: {f: {}, g: {}}\n"
        + CODE
        + ", facet: f, rules: [{terms: [条件]}]}\n"
        + "- {id: b, name: B, definition: d, facet: g, rules: [{terms: [有条件共享]}]}\n",
    ),
    "nesting within one facet is settled by the longer term": (
        {"nested-across-facets"},
        "facets: {f: {}, g: {}}\n"
        + CODE
        + ", facet: f, rules: [{terms: [条件, 共享]}]}\n"
        + "- {id: b, name: B, definition: d, facet: g, rules: [{terms: [有条件共享]}]}\n",
        [(6, 8, "note", "nested-across-facets")],
        "facets: {f: {}}\n"
        + CODE
        + ", facet: f, rules: [{terms: [条件]}]}\n"
        + "- {id: b, name: B, definition: d, facet: f, rules: [{terms: [有条件共享]}]}\n",
    ),
    "a short term inside frequent words": (
        {"inside-words"},
        CODE + ", rules: [{terms: [不得]}]}\n",
        [(5, 52, "note", "inside-words")],
        CODE + ", rules: [{near: [[不得], [共享]], within: 5}, {terms: [不予共享, share]}]}\n",
    ),
    "a short term whose longer words are excepted": (
        {"inside-words"},
        CODE + ", rules: [{terms: [领导], except: [领导人]}]}\n",
        [(5, 52, "note", "inside-words")],
        CODE + ", rules: [{terms: [数据], except: [数据库]}, {terms: [贷款]}, {terms: [抵押贷款]}]}\n",
    ),
    "a cue inside frequent words": (
        {"cue-inside-words"},
        "context: [{id: ban, set: {polarity: prohibited}, any: [严禁, 不得]}]\ncodes: []\n",
        [(4, 60, "note", "cue-inside-words")],
        "context: [{id: ban, set: {polarity: prohibited}, any: [严禁]}]\ncodes: []\n",
    ),
    "words that other cues, echoes or neighbours take away": (
        {"cue-inside-words"},
        "context: [{id: be, set: {polarity: negated}, any: [不是]}]\ncodes: []\n",
        [(4, 52, "note", "cue-inside-words")],
        "context:\n- {id: be, set: {polarity: negated}, any: [不是]}\n"
        "- {id: ask, set: {modality: question}, echo: [不]}\n"
        "- {id: also, kind: pseudo, any: [可不是, 要不是]}\n"
        "- {id: draw_up, set: {modality: planned}, any: [拟], not_after: [模]}\ncodes: []\n",
    ),
    "a cue that a pseudo cue hides": (
        {"hidden-cue"},
        "context:\n- {id: neg, set: {polarity: negated}, any: [没有]}\n"
        "- {id: no, kind: pseudo, any: [没有]}\ncodes: []\n",
        [(5, 45, "warning", "hidden-cue")],
        "context:\n- {id: neg, set: {polarity: negated}, any: [没有]}\n"
        "- {id: no, kind: pseudo, any: [没有想到]}\ncodes: []\n",
    ),
    "a lexicon that nothing names": (
        {"unused-lexicon"},
        "lexicons: {l: [不给], m: [拒绝]}\n" + CODE + ", rules: [{terms: [$l, 不予]}]}\n",
        [(4, 25, "note", "unused-lexicon")],
        "lexicons: {l: [不给], m: [$l, 拒绝]}\n" + CODE + ", except: [$m], rules: [{terms: [给]}]}\n",
    ),
    "ids that differ by an underscore": (
        {"similar-id"},
        CODE + ", rules: [{id: not_given, terms: [不给]}, {id: notgiven, terms: [拒绝]}]}\n",
        [(5, 73, "warning", "similar-id")],
        CODE + ", rules: [{id: given, terms: [给了]}, {id: not_given, terms: [拒绝]}]}\n",
    ),
    "a code with rules and no examples": (
        {"no-examples"},
        CODE + ", examples: [不给。], rules: [{terms: [不给]}]}\n",
        [(5, 8, "note", "no-examples")],
        CODE + SHOWN + ", rules: [{terms: [不给]}]}\n",
    ),
    "a code that only people code": (
        {"no-rules"},
        CODE + ", rules: [{terms: [不给]}]}\n- {id: b, name: B, definition: d}\n",
        [(6, 8, "note", "no-rules")],
        "codes:\n- {id: a, name: A, definition: d}\n"
        "- {id: a.b, name: B, definition: d, rules: [{terms: [不给]}]}\n",
    ),
    "rules in one of two languages": (
        {"one-language"},
        CODE + ", rules: [{terms: [不给]}]}\n",
        [(5, 8, "warning", "one-language")],
        CODE + r", rules: [{terms: [不给]}, {regex: '\bcannot\s+share'}]}" + "\n",
    ),
    "a rule on other codes has no language": (
        {"one-language"},
        CODE + ", rules: [{terms: [refus*]}]}\n- {id: b, name: B, definition: d, rules: [{code: a}]}\n",
        [(5, 8, "warning", "one-language")],
        "languages: [en]\n" + CODE + ", rules: [{terms: [refus*]}]}\n",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_at_its_place(name):
    kinds, faulty, places, _ = FAULTS[name]
    assert lint(faulty, kinds) == places


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_right_is_left_alone(name):
    kinds, _, _, right = FAULTS[name]
    assert lint(right, kinds) == []


def test_every_file_of_checks_is_in_the_registry():
    folder = Path(inspect.getfile(lints["ids"])).parent
    helpers = {"__init__", "looking", "subject"}
    assert {path.stem for path in folder.glob("*.py")} - helpers == set(lints)


def test_every_kind_of_finding_is_planted_here():
    said = set()
    for lint_of in lints.values():
        source = Path(inspect.getfile(lint_of)).read_text("utf-8")
        said |= set(re.findall(r'problem\(\s*"([a-z-]+)"', source))
    assert said == {kind for kinds, *_ in FAULTS.values() for kind in kinds}


def test_an_unusable_codebook_is_not_linted():
    book, problems = lint_codebook(Path("t.yaml"), b"qualcode: 1\nid: t\ncodes: [{id: a}]\n")
    assert book is None
    assert {p.kind for p in problems} == {"missing-key", "missing-version"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_codebook_to_begin_with_has_no_warnings(lang):
    _, problems = lint_codebook(Path("t.yaml"), template(lang).encode())
    assert [str(p) for p in problems if p.severity != "note"] == []


def test_every_kind_is_in_the_table_of_the_manual(root):
    manual = (root / "docs" / "codebook.md").read_text(encoding="utf-8")
    folders = [root / "qualcode" / "codebook" / "checks" / "lint", root / "qualcode" / "coding" / "checks"]
    kinds = {
        kind
        for folder in folders
        for path in folder.glob("*.py")
        for kind in re.findall(r'problem\(\s*"([a-z-]+)"', path.read_text("utf-8"))
    }
    assert len(kinds) > 20
    assert [kind for kind in sorted(kinds) if f"| `{kind}` |" not in manual] == []
