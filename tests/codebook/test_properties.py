"""Laws of reading codebooks: nothing crashes it, and what is well formed comes back as it was meant."""

import json

from hypothesis import given
from hypothesis import strategies as st

from qualcode.codebook import parse_codebook
from qualcode.codebook.keys import MAPS, names

KEYS = sorted(
    {name for keys in MAPS.values() for name in names(keys)} | {"terms", "near", "regex", "zh", "$x"}
)
WORDS = st.sampled_from(
    [*KEYS, "a", "a.b", "不给", "refus*", "0.5", "20 characters", "", "$x", "policy", "，"]
)
ANYTHING = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=30,
)


@given(st.text(max_size=60))
def test_any_text_is_a_codebook_or_has_an_error(text):
    codebook, problems = parse_codebook(text)
    assert (codebook is None) == any(p.severity == "error" for p in problems)


@given(ANYTHING)
def test_any_arrangement_of_known_words_is_a_codebook_or_has_an_error(value):
    codebook, problems = parse_codebook(json.dumps(value, ensure_ascii=False, indent=1))
    assert (codebook is None) == any(p.severity == "error" for p in problems)
    assert all(str(p).startswith("codebook.yaml:") for p in problems)


@given(st.dictionaries(st.sampled_from(names(MAPS["code"])), ANYTHING, max_size=8))
def test_any_arrangement_inside_a_code_is_read_or_has_an_error(code):
    text = json.dumps({"qualcode": 1, "id": "t", "version": "1", "codes": [code]}, ensure_ascii=False)
    codebook, problems = parse_codebook(text)
    assert (codebook is None) == any(p.severity == "error" for p in problems)


TERMS = st.lists(
    st.sampled_from(
        ["不给", "不予", "拒绝", "涉密", "refus*", "cannot share", "打…招呼", "API", "no", "007"]
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
NAMES = st.sampled_from(["避责", "Avoidance", "no", "2016", "a: b", "“引”", "- x", "#1", "'q'"])
WEIGHTS = st.sampled_from([0.25, 0.5, 1.0, 2.0])


@st.composite
def rules(draw):
    kind = draw(st.sampled_from(["terms", "near", "count", "regex"]))
    rule = {
        "terms": lambda: {"terms": draw(TERMS)},
        "near": lambda: {"near": [draw(TERMS), draw(TERMS)], "within": "20 characters"},
        "count": lambda: {"count": draw(TERMS), "at_least": 1},
        "regex": lambda: {"regex": draw(st.sampled_from(["不.{0,3}给", r"\bcannot\b", "a|b"]))},
    }[kind]()
    if draw(st.booleans()):
        rule["weight"] = draw(WEIGHTS)
    if draw(st.booleans()):
        rule["except"] = draw(TERMS)
    return rule


@st.composite
def codebooks(draw):
    top = draw(st.lists(st.sampled_from(["avoidance", "innovation", "field", "x1"]), min_size=1, unique=True))
    ids = [*top, *(f"{parent}.{child}" for parent in top for child in draw(st.sets(st.sampled_from("abc"))))]
    codes = [
        {
            "id": code,
            "name": draw(NAMES),
            "definition": draw(NAMES),
            "rules": draw(st.lists(rules(), max_size=3)),
            "examples": draw(st.lists(NAMES, max_size=2)),
        }
        for code in draw(st.permutations(ids))
    ]
    return {"qualcode": 1, "id": "t", "version": "1.0.0", "codes": codes}


@given(codebooks())
def test_a_well_formed_codebook_comes_back_as_written(value):
    codebook, problems = parse_codebook(json.dumps(value, ensure_ascii=False))
    assert [p for p in problems if p.severity == "error"] == []
    assert sorted(codebook.codes) == sorted(code["id"] for code in value["codes"])
    for written in value["codes"]:
        code = codebook.codes[written["id"]]
        assert list(code.name.values()) == [written["name"]]
        assert list(code.definition.values()) == [written["definition"]]
        assert [example.text for example in code.examples] == written["examples"]
        assert [rule.weight for rule in code.rules] == [r.get("weight", 1.0) for r in written["rules"]]
        assert [[t.text for t in rule.excepts] for rule in code.rules] == [
            r.get("except", []) for r in written["rules"]
        ]
        for rule, given_rule in zip(code.rules, written["rules"], strict=True):
            assert rule.kind in given_rule
            wanted = given_rule[rule.kind]
            if rule.kind in ("terms", "count"):
                assert [term.text for term in rule.pattern.terms] == wanted
            elif rule.kind == "near":
                assert [term.text for term in rule.pattern.terms] == [*wanted[0], *wanted[1]]


@given(codebooks())
def test_tree_order_puts_every_code_right_after_its_parents_subtree_so_far(value):
    codebook, _ = parse_codebook(json.dumps(value, ensure_ascii=False))
    order = list(codebook.codes)
    for i, code in enumerate(order):
        parent = codebook.codes[code].parent
        if parent:
            assert all(
                one == parent or one.startswith(parent + ".") for one in order[order.index(parent) : i]
            )


@given(codebooks())
def test_how_a_rule_is_written_reads_as_the_same_rule(value):
    codebook, _ = parse_codebook(json.dumps(value, ensure_ascii=False))
    for rule in codebook.rules:
        text = (
            "qualcode: 1\nid: t\nversion: '1'\ncodes:\n- {id: a, name: n, definition: d,"
            f" rules: [{{{rule.written}}}]}}\n"
        )
        again, problems = parse_codebook(text)
        assert [p for p in problems if p.severity == "error"] == []
        assert again.codes["a"].rules[0].pattern == rule.pattern
