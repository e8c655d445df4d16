"""Every mistake in a codebook is found, at its line and column, and all of them at once."""

import pytest

from qualcode.codebook import parse_codebook
from qualcode.language import translations

HEAD = "qualcode: 1\nid: t\nversion: 1.0.0\n"  # a text below begins on line 4
CODE = "codes:\n- {id: a, name: A, definition: d"  # ... and a code's further keys follow


def found(text, severity="error"):
    codebook, problems = parse_codebook(text)
    assert (codebook is None) == any(p.severity == "error" for p in problems)
    return [(p.place.line, p.place.column, p.kind) for p in problems if p.severity == severity]


HEADER = {
    "an unknown key": ("code: []\n", [(1, 1, "missing-key"), (4, 1, "unknown-key")]),
    "a key twice": ("codes: []\nid: u\n", [(5, 1, "duplicate-key")]),
    "no codes": ("unit: sentence\n", [(1, 1, "missing-key")]),
    "codes as a map": ("codes: {a: 1}\n", [(4, 8, "wrong-type")]),
    "a unit that is none": ("codes: []\nunit: sentense\n", [(5, 7, "unknown-value")]),
    "a window of nothing": ("codes: []\nunit: window:0\n", [(5, 7, "unknown-value")]),
    "a fold that is none": ("codes: []\nfold: [case, simplified]\n", [(5, 14, "unknown-value")]),
    "a language that is none": ("codes: []\nlanguages: [zh, fr]\n", [(5, 17, "unknown-value")]),
    "an overlap that is none": ("codes: []\noverlap: all\n", [(5, 10, "unknown-value")]),
    "neither yes nor no": ("codes: []\ncode_interviewers: maybe\n", [(5, 20, "wrong-type")]),
    "facets as a list": ("codes: []\nfacets: [logic]\n", [(5, 9, "wrong-type")]),
    "a facet's unknown key": ("codes: []\nfacets: {l: {exklusive: true}}\n", [(5, 14, "unknown-key")]),
    "a facet with a bad id": ("codes: []\nfacets: {Logic: {}}\n", [(5, 10, "bad-id")]),
    "a title with an unknown language": ("codes: []\ntitle: {cn: x}\n", [(5, 9, "unknown-key")]),
    "a lexicon that is not there": ("codes: []\nlexicons: {l: [$m]}\n", [(5, 16, "unknown-lexicon")]),
    "a lexicon that names itself": ("codes: []\nlexicons: {l: [x, $l]}\n", [(5, 19, "lexicon-cycle")]),
    "lexicons in a circle": (
        "codes: []\nlexicons:\n  a: [$b]\n  b: [$c]\n  c: [x, $a]\n",
        [(8, 10, "lexicon-cycle")],
    ),
    "an empty lexicon": ("codes: []\nlexicons: {l: []}\n", [(5, 15, "empty-list")]),
    "a lexicon by an unknown language": ("codes: []\nlexicons: {l: {fr: [x]}}\n", [(5, 16, "unknown-key")]),
    "a term of nothing but punctuation": ("codes: []\nlexicons: {l: [不给, ！]}\n", [(5, 20, "empty-term")]),
    "an empty term": ('codes: []\nlexicons: {l: [x, " "]}\n', [(5, 19, "empty-term")]),
    "a star after Han": ("codes: []\nlexicons: {l: [拒绝*]}\n", [(5, 16, "bad-wildcard")]),
    "a gap at the end": ("codes: []\nlexicons: {l: [打…]}\n", [(5, 16, "bad-gap")]),
    "a full-width comma": ("codes: []\nlexicons: {l: [不给，不予]}\n", [(5, 18, "full-width")]),
    "a curly quote": ("codes: []\nlexicons: {l: [“不给”]}\n", [(5, 16, "curly-quote")]),
    "a code's key beside codes": ("codes: []\nrules: []\n", [(5, 1, "unknown-key")]),
    "a full-width colon": ("codes: []\ntitle：x\n", [(5, 6, "full-width")]),
}


@pytest.mark.parametrize("case", HEADER)
def test_mistakes_of_the_codebook_itself(case):
    text, expected = HEADER[case]
    assert found(HEAD + text) == expected


IN_A_CODE = {
    "an unknown key": ("defintion: x", [(5, 35, "unknown-key")]),
    "a rule's key beside rules": ("terms: [x]", [(5, 35, "unknown-key")]),
    "an unknown facet": ("facet: logik", [(5, 42, "unknown-facet")]),
    "confused with nobody": ("confused_with: [b]", [(5, 51, "unknown-code")]),
    "confused with itself": ("confused_with: a", [(5, 50, "own-code")]),
    "an empty example": ('examples: [" "]', [(5, 46, "empty-example")]),
    "an example of an unknown kind": ("examples: [{text: x, kind: talk}]", [(5, 62, "unknown-value")]),
    "an example of an unknown role": ("examples: [{text: x, role: boss}]", [(5, 62, "unknown-value")]),
    "an example without text": ("examples: [{kind: policy}]", [(5, 46, "missing-key")]),
    "an example that must and must not": ("examples: [x], not_examples: [x]", [(5, 65, "contradiction")]),
    "countable without values": ("countable: {modality: []}", [(5, 57, "missing-value")]),
    "countable by an unknown modality": ("countable: {modality: [actuel]}", [(5, 58, "unknown-value")]),
    "countable by an unknown axis": ("countable: {mood: [x]}", [(5, 47, "unknown-key")]),
    "countable by an unknown holder": ("countable: {holder: [me]}", [(5, 56, "unknown-value")]),
    "countable by half reported": ("countable: {reported: half}", [(5, 57, "unknown-value")]),
    "rules that are one map": ("rules: {terms: [x]}", [(5, 42, "wrong-type")]),
    "a where without value": ("where: {kind: }", [(5, 43, "missing-value")]),
    "a where of an unknown kind": ("where: {kind: interveiw}", [(5, 49, "unknown-value")]),
    "a where of an unknown role": ("where: {role: {not: [interviewr]}}", [(5, 56, "unknown-value")]),
    "a where of a bad date": ("where: {date: {from: soon}}", [(5, 56, "bad-date")]),
    "a where of no day": ("where: {date: {from: 2020, before: 2019}}", [(5, 49, "empty-period")]),
    "a where that is a list": ("where: [kind]", [(5, 42, "wrong-type")]),
    "an except that is no term": ("except: [x, [y]]", [(5, 47, "wrong-type")]),
    "an unless about a code that is not there": ("unless: {code: b}", [(5, 50, "unknown-code")]),
    "an unless that looks too far": (
        "unless: {terms: [x], scope: document}",
        [(5, 63, "unknown-value")],
    ),
}


@pytest.mark.parametrize("case", IN_A_CODE)
def test_mistakes_of_a_code(case):
    text, expected = IN_A_CODE[case]
    assert found(f"{HEAD}{CODE}, {text}}}\n") == expected


IN_A_RULE = {
    "an unknown key": ("trems: [x]", [(6, 4, "unknown-key")]),
    "no pattern": ("id: r", [(6, 3, "no-pattern")]),
    "two patterns": ("terms: [x], regex: y", [(6, 16, "two-patterns")]),
    "another pattern's key": ("terms: [x], within: 5 words", [(6, 16, "unknown-key")]),
    "no terms": ("terms: []", [(6, 11, "empty-list")]),
    "an unknown lexicon": ("terms: [$refusal]", [(6, 12, "unknown-lexicon")]),
    "a weight of nothing": ("terms: [x], weight: 0", [(6, 24, "out-of-range")]),
    "a weight in words": ("terms: [x], weight: heavy", [(6, 24, "wrong-type")]),
    "a nested that is not keep": ("terms: [x], nested: yes", [(6, 24, "unknown-value")]),
    "near without within": ("near: [[x], [y]]", [(6, 3, "missing-key")]),
    "near within chars": ("near: [[x], [y]], within: 20 chars", [(6, 30, "bad-distance")]),
    "near of one group": ("near: [[x]], within: 5 words", [(6, 10, "bad-groups")]),
    "sequence without within": ("sequence: [[x], [y]]", [(6, 3, "missing-key")]),
    "more entries asked than listed": ("count: [x, y], at_least: 3", [(6, 29, "impossible-rule")]),
    "a regex that does not close": ("regex: '(x'", [(6, 11, "bad-regex")]),
    "a code that is not there": ("code: b", [(6, 10, "unknown-code")]),
    "a code that asks about itself": ("code: a", [(6, 10, "code-cycle")]),
    "a bad id": ("id: Rule 1, terms: [x]", [(6, 8, "bad-id")]),
    "an except with a star after Han": ("terms: [x], except: [不*]", [(6, 25, "bad-wildcard")]),
}


@pytest.mark.parametrize("case", IN_A_RULE)
def test_mistakes_of_a_rule(case):
    text, expected = IN_A_RULE[case]
    assert found(f"{HEAD}{CODE}, rules: [\n  {{{text}}}]}}\n") == expected


ACROSS = {
    "a code twice": ("- {id: a, name: A, definition: d}\n" * 2, [(6, 8, "duplicate-id")]),
    "a code that differs in capitals": (
        "- {id: a, name: A, definition: d}\n- {id: A, name: A, definition: d}\n",
        [(6, 8, "bad-id"), (6, 8, "duplicate-id")],
    ),
    "nothing but an id": ("- id: a\n", [(5, 3, "missing-key"), (5, 3, "missing-key")]),
    "no id": ("- {name: A, definition: d}\n", [(5, 3, "missing-key")]),
    "a definition left empty": ("- id: a\n  name: A\n  definition:\n", [(5, 3, "missing-key")]),
    "a definition of blanks": ("- {id: a, name: A, definition: ' '}\n", [(5, 32, "missing-key")]),
    "a parent that is missing": ("- {id: a.b, name: A, definition: d}\n", [(5, 8, "missing-parent")]),
    "an id with a hyphen": ("- {id: a-b, name: A, definition: d}\n", [(5, 8, "bad-id")]),
    "an id in Chinese": ("- {id: 避责, name: A, definition: d}\n", [(5, 8, "bad-id")]),
    "a code that is a text": ("- avoidance\n", [(5, 3, "wrong-type")]),
    "one rule id in two codes": (
        "- {id: a, name: A, definition: d, rules: [{id: r, terms: [x]}]}\n"
        "- {id: b, name: A, definition: d, rules: [{id: r, terms: [x]}]}\n",
        [(6, 48, "duplicate-id")],
    ),
    "codes that ask about each other": (
        "- {id: a, name: A, definition: d, rules: [{code: b}]}\n"
        "- {id: b, name: A, definition: d, rules: [{any: [{code: a}, x]}]}\n",
        [(6, 57, "code-cycle")],
    ),
    "a code that asks about its ancestor": (
        "- {id: a, name: A, definition: d}\n- {id: a.b, name: A, definition: d, rules: [{code: a}]}\n",
        [(6, 52, "code-cycle")],
    ),
    "an unless that closes a circle": (
        "- {id: a, name: A, definition: d, unless: {code: b}}\n"
        "- {id: b, name: A, definition: d, rules: [{code: a}]}\n",
        [(6, 50, "code-cycle")],
    ),
}


@pytest.mark.parametrize("case", ACROSS)
def test_mistakes_between_entries(case):
    text, expected = ACROSS[case]
    assert found(f"{HEAD}codes:\n{text}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, 0, "empty-file")]),
        ("# nothing yet\n", [(1, 0, "empty-file")]),
        ("just words\n", [(1, 1, "wrong-type")]),
        ("qualcode: 2\nid: t\nversion: 1.0.0\ncodes: []\n", [(1, 11, "bad-format")]),
        ("qualcode: 1\nversion: 1.0.0\ncodes: []\n", [(1, 1, "missing-key")]),
        ("qualcode: 1\nid: T-1\nversion: 1.0.0\ncodes: []\n", [(2, 5, "bad-id")]),
        ("qualcode: 1\nid: t\nversion: v1\ncodes: []\n", [(3, 10, "bad-version")]),
        ("qualcode: 1\nid: t\nversion: 1.0.0\ncodes: []\n---\nid: u\n", [(5, 1, "two-documents")]),
    ],
)
def test_mistakes_of_the_file(text, expected):
    assert [one for one in found(text) if one[2] != "missing-key" or one in expected] == expected


def test_all_mistakes_come_at_once_in_the_order_of_their_places():
    text = f"{HEAD}unit: word\n{CODE}, facet: x, rules: [{{trems: [y]}}]}}\n- {{id: b}}\n"
    kinds = found(text)
    assert [kind for *_, kind in kinds] == [
        "unknown-value", "unknown-facet", "unknown-key", "missing-key", "missing-key",
    ]  # fmt: skip
    assert kinds == sorted(kinds)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            f"{HEAD}{CODE}, rules: [{{trems: [x]}}]}}\n",
            "codebook.yaml:5:44: error[unknown-key]: 'trems' is not a key of a rule; did you mean 'terms'?",
        ),
        (
            f"{HEAD}{CODE}, terms: [x]}}\n",
            "codebook.yaml:5:35: error[unknown-key]: 'terms' is not a key of a code; it belongs to a rule,"
            " in the list under 'rules'",
        ),
        (
            f"{HEAD}codes:\n- {{id: fear, label: A, name: A, definition: d, parent: avoidance}}\n",
            "codebook.yaml:5:14: error[unknown-key]: 'label' is not a key of a code; what a code is called"
            " stands under 'name'",
        ),
        (
            f"{HEAD}codes:\n- {{id: Avoid-Blame, name: A, definition: d}}\n",
            "codebook.yaml:5:8: error[bad-id]: 'Avoid-Blame' cannot be the id of a code; did you mean"
            " 'avoid_blame'?",
        ),
        (
            f"{HEAD}codes:\n- {{id: avoidance, name: A, definition: d}}\n"
            "- {id: avoidence.law, name: A, definition: d}\n",
            "codebook.yaml:6:8: error[missing-parent]: 'avoidence.law' hangs on a code 'avoidence' that is"
            " not there; did you mean 'avoidance'?",
        ),
        (
            f"{HEAD}codes:\n" + "- {id: a, name: A, definition: d}\n" * 2,
            "codebook.yaml:6:8: error[duplicate-id]: the code 'a' is already defined at codebook.yaml:5:8;"
            " nothing overrides: rename one, or take it out",
        ),
        (
            f"{HEAD}codes: []\nlexicons: {{a: [$b], b: [$a]}}\n",
            "codebook.yaml:5:25: error[lexicon-cycle]: lexicons name each other in a circle: $a -> $b -> $a;"
            " take one of these names out",
        ),
    ],
)
def test_messages_say_what_was_meant(text, line):
    assert line in [str(p) for p in parse_codebook(text)[1]]


def test_what_is_odd_and_not_wrong_is_a_warning_and_hinders_nothing():
    text = "id: t\ncodes:\n- {id: a, name: A, definition: d, where: {knd: x}}\n"
    assert found(text, "warning") == [
        (1, 1, "missing-format"),
        (1, 1, "missing-version"),
        (3, 43, "unknown-field"),
    ]
    assert parse_codebook(text)[0] is not None


def test_a_slow_regex_is_a_warning():
    text = f"{HEAD}{CODE}, rules: [{{regex: '风险(?!管理)'}}]}}\n"
    assert found(text, "warning") == [(5, 51, "slow-regex")]


def test_what_is_said_of_a_misplaced_key_has_a_chinese_form():
    odd = "label: x, parent: x, memo: x, words: x, terms: x"
    text = HEAD + f"codes:\n- {{id: a, name: A, definition: d, {odd}}}\nname: x\n"
    hints = {p.hint for p in parse_codebook(text)[1] if p.kind == "unknown-key"}
    assert len(hints) == 6 and hints <= translations("zh").keys()
