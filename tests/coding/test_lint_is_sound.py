"""What lint says can never happen never happens, on codebooks and texts drawn at random."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook.checks.lint import lints
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.records import Code, Codebook, Condition, Rule
from qualcode.coding import code_document
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.patterns.terms import Terms

from .generated import Draw

SEEDS = st.integers(0, 2**32)


def flagged(codebook, check, kind):
    """The rules or codes that a check names, by id."""
    problems = lints[check](Subject(codebook, ()))
    return {p.values["code" if kind == "below-threshold" else "rule"] for p in problems if p.kind == kind}


def standing(codebook, document, segments):
    coded = code_document(document, segments, codebook)
    rules = {match.rule for match in coded.matches if not match.blocked_by}
    return rules, {(coding.segment, coding.code) for coding in coded.codings}


def test_the_draws_are_ones_that_lint_has_something_to_say_of():
    said = [
        p.kind
        for seed in range(600)
        for check in ("swallowed", "weights")
        for p in lints[check](Subject(Draw(seed).codebook(), ()))
    ]
    for kind in ("never-matches", "dead-term", "below-threshold", "idle-rule"):
        assert said.count(kind) >= 5, kind


@settings(max_examples=400)
@given(SEEDS)
def test_a_rule_that_can_never_match_never_stands(seed):
    draw = Draw(seed)
    document, segments = draw.document()
    codebook = draw.codebook()
    never = flagged(codebook, "swallowed", "never-matches")
    rules, _ = standing(codebook, document, segments)
    assert not rules & never


@settings(max_examples=400)
@given(SEEDS)
def test_a_term_that_is_never_evidence_is_none(seed):
    draw = Draw(seed, draw_alphabet(seed))
    term, phrase = draw.term(), draw.term()
    rule = Rule("c:1", "c", "terms", Terms((term,)), excepts=(phrase,))
    codebook = Codebook("t", fold=draw.fold, codes={"c": Code("c", rules=(rule,))})
    if flagged(codebook, "swallowed", "never-matches"):
        # Put the term itself into the text: it must be refused wherever it stands.
        text = draw.text() + draw.random.choice(["", " "]) + term.text.replace("*", "").replace("…", "")
        segment = Segment("d:1", "d", 1, Span(0, len(text)), text)
        assert standing(codebook, Document("d", text), [segment])[0] == set()


def draw_alphabet(seed):
    """Few letters, so that terms are inside each other."""
    return ("数据", "ab", "a数'")[seed % 3]


@settings(max_examples=200)
@given(SEEDS)
def test_a_rule_that_applies_nowhere_never_stands(seed):
    draw = Draw(seed)
    document, segments = draw.document()
    if any(segment.role for segment in segments):
        document = replace(document, metadata=Metadata(kind="interview"))  # in policies nobody speaks
    wanted = tuple(draw.random.choice(CONDITIONS) for _ in range(2))
    rule = Rule("c:1", "c", "terms", Terms(draw.terms()), where=wanted)
    codebook = Codebook("t", fold=draw.fold, codes={"c": Code("c", rules=(rule,))})
    if flagged(codebook, "material", "never-applies"):
        assert standing(codebook, document, segments)[0] == set()


CONDITIONS = [
    Condition("role", ("respondent", "unknown")),
    Condition("role", ("respondent",), negated=True),
    Condition("role", ("interviewer", "moderator")),
    Condition("role", ("",)),
    Condition("kind", ("interview",)),
    Condition("kind", ("policy",)),
    Condition("kind", ("policy", "interview"), negated=True),
]


@settings(max_examples=300)
@given(SEEDS)
def test_a_code_below_the_threshold_is_never_coded(seed):
    draw = Draw(seed)
    document, segments = draw.document()
    codebook = draw.codebook()
    _, codings = standing(codebook, document, segments)
    assert not {code for _, code in codings} & flagged(codebook, "weights", "below-threshold")


@settings(max_examples=300)
@given(SEEDS)
def test_a_rule_that_never_decides_can_be_left_out(seed):
    draw = Draw(seed)
    document, segments = draw.document()
    codebook = draw.codebook()
    idle = flagged(codebook, "weights", "idle-rule")
    for code in codebook.codes.values():
        # Other terms of the rule may win as the longer ones, so only its weight is taken away.
        rules = tuple(replace(r, weight=1e-6 if r.id in idle else r.weight) for r in code.rules)
        lighter = replace(codebook, codes={**codebook.codes, code.id: replace(code, rules=rules)})
        if rules != code.rules:
            assert standing(lighter, document, segments)[1] == standing(codebook, document, segments)[1]
