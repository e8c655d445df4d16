"""Cues and actors: what is wrong with them is said at its place, and a cue that is wrong is never used."""

import pytest

from qualcode.codebook import load_codebook, parse_codebook
from qualcode.codebook.diff import difference

HEAD = "qualcode: 1\nid: t\nversion: 1.0.0\ncodes: []\n"


def problems(text):
    return [(p.place.line, p.kind, p.severity) for p in parse_codebook(HEAD + text)[1]]


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("{set: {polarity: negated}, any: [没]}", "missing-key"),  # no id
        ("{id: A, set: {polarity: negated}, any: [没]}", "bad-id"),
        ("{id: a, any: [没]}", "missing-key"),  # sets nothing
        ("{id: a, set: {}, any: [没]}", "missing-value"),
        ("{id: a, set: {polarity: negated}}", "missing-key"),  # no words
        ("{id: a, set: {polarity: negated}, any: []}", "empty-list"),
        ("{id: a, set: {polarity: no}, any: [没]}", "unknown-value"),
        ("{id: a, set: {mood: x}, any: [没]}", "unknown-key"),
        ("{id: a, set: {modality: hypotetical}, any: [没]}", "unknown-value"),
        ("{id: a, set: {holder: they}, any: [没]}", "unknown-value"),
        ("{id: a, set: {holder: 'other:x'}, any: [没]}", "unknown-actor"),
        ("{id: a, set: {reported: maybe}, any: [没]}", "wrong-type"),
        ("{id: a, set: {polarity: negated}, anny: [没]}", "unknown-key"),
        ("{id: a, kind: fake, any: [没]}", "unknown-value"),
        ("{id: a, kind: pseudo, set: {polarity: negated}, any: [没]}", "useless-key"),
        ("{id: a, kind: terminate, any: [但], max: 3}", "useless-key"),
        ("{id: a, set: {polarity: negated}, any: [没], ends: [polarity]}", "useless-key"),
        ("{id: a, set: {polarity: negated}, any: [没], dir: up}", "unknown-value"),
        ("{id: a, set: {polarity: negated}, any: [没], until: paragraph}", "unknown-value"),
        ("{id: a, set: {polarity: negated}, any: [没], max: far}", "bad-distance"),
        ("{id: a, set: {polarity: negated}, any: [没], past: -1}", "out-of-range"),
        ("{id: a, set: {polarity: negated}, any: [$none]}", "unknown-lexicon"),
        ("{id: a, set: {polarity: negated}, any: [没*]}", "bad-wildcard"),
        ("{id: a, set: {polarity: negated}, regex: '(没'}", "bad-regex"),
        ("{id: a, set: {polarity: negated}, regex: '没(?!有)'}", "slow-regex"),
        ("{id: a, set: {reported: yes}, quotes: ['“']}", "bad-quotes"),
        ("{id: a, kind: construct, pattern: 不是而是, set: {X: {polarity: negated}}}", "bad-construct"),
        ("{id: a, kind: construct, pattern: '不是{X}{Y}', set: {X: {polarity: negated}}}", "bad-construct"),
        ("{id: a, kind: construct, pattern: '{X}', set: {X: {polarity: negated}}}", "bad-construct"),
        ("{id: a, kind: construct, pattern: '不{X}也不{X}', set: {X: {polarity: negated}}}", "bad-construct"),
        ("{id: a, kind: construct, pattern: '不是{X}', set: {Y: {polarity: negated}}}", "unknown-key"),
        ("{id: a, kind: construct, set: {X: {polarity: negated}}}", "missing-key"),
        ("{id: a, language: fr, set: {polarity: negated}, any: [没]}", "unknown-value"),
        ("没有", "wrong-type"),
    ],
)
def test_what_is_wrong_with_a_cue(cue, kind):
    found = problems(f"context:\n- {cue}\n")
    assert (6, kind, "error") in found
    assert {line for line, *_ in found} == {6}


def test_problems_name_line_and_column():
    _, found = parse_codebook(HEAD + "context:\n- {id: a, set: {polarity: negatd}, any: [没]}\n", "c.yaml")
    assert [str(p) for p in found] == [
        "c.yaml:6:27: error[unknown-value]: 'polarity' cannot be 'negatd'; did you mean 'negated'?"
    ]


def test_context_is_a_list_and_actors_are_a_map():
    assert (5, "wrong-type", "error") in problems("context: {a: b}\n")
    assert (5, "wrong-type", "error") in problems("actors: [公安局]\n")


def test_two_cues_of_one_id_and_two_values_of_one_word():
    one = "{id: a, set: {polarity: negated}, any: [没]}"
    assert (7, "duplicate-id", "error") in problems(f"context:\n- {one}\n- {one}\n")
    other = "{id: b, set: {polarity: affirmed}, any: [没]}"
    assert (7, "ambiguous-cue", "error") in problems(f"context:\n- {one}\n- {other}\n")
    sides = "{id: b, set: {polarity: affirmed}, any: [没], before: [有]}"
    assert problems(f"context:\n- {one}\n- {sides}\n") == []


def test_one_word_may_set_two_axes_in_two_cues():
    cues = "context:\n- {id: a, set: {polarity: negated}, any: [没]}\n"
    assert problems(cues + "- {id: b, set: {modality: question}, any: [没]}\n") == []


@pytest.mark.parametrize(
    ("actors", "kind"),
    [
        ("{A: [公安局]}", "bad-id"),
        ("{a: {}}", "missing-key"),
        ("{a: {nam: 公安局}}", "unknown-key"),
        ("{a: [公安局], b: [公安局]}", "ambiguous-name"),
        ("{a: {name: 公安局, aliases: [公安*]}}", "bad-wildcard"),
    ],
)
def test_what_is_wrong_with_actors(actors, kind):
    assert (5, kind, "error") in problems(f"actors: {actors}\n")


def test_an_actor_has_its_names_and_its_aliases_each_once():
    codebook, found = parse_codebook(
        HEAD
        + "actors: {a: {name: {zh: 公安局, en: Police}, aliases: {zh: [公安, 公安局], en: the police}}}\n"
    )
    assert found == []
    assert [str(t) for t in codebook.context.actors["a"].aliases] == [
        "公安局",
        "Police",
        "公安",
        "the police",
    ]


def test_names_that_nobody_looks_for_are_a_warning_where_there_are_cues():
    actors = "actors: {a: [公安局]}\n"
    assert problems(actors) == []
    cue = "context:\n- {id: c, set: {polarity: negated}, any: [没]}\n"
    assert problems(cue + actors) == [(7, "unused-actors", "warning")]


def test_inheriting_needs_words_that_affirm():
    assert problems("inherit_question: true\n") == [(5, "nothing-affirms", "warning")]
    assert problems("inherit_question: true\ncontext:\n- {id: a, kind: affirm, any: [对]}\n") == []


def test_cues_lexicons_and_actors_are_united_over_imports(tmp_path):
    (tmp_path / "cues.yaml").write_text(
        "context:\n- {id: neg, set: {polarity: negated}, any: [$no]}\nlexicons: {no: [没有]}\n", "utf-8"
    )
    (tmp_path / "actors.yaml").write_text("actors: {a: [公安局]}\n", "utf-8")
    (tmp_path / "top.yaml").write_text(
        HEAD
        + "imports: [cues.yaml, actors.yaml]\ncontext: [{id: who, set: {holder: other}, actors: true}]\n",
        "utf-8",
    )
    codebook, found = load_codebook(tmp_path / "top.yaml")
    assert found == []
    assert [cue.id for cue in codebook.context.cues] == ["who", "neg"]
    assert [str(term) for term in codebook.context.cues[1].terms] == ["没有"]
    assert list(codebook.context.actors) == ["a"]


@pytest.mark.parametrize(
    ("cue", "language"),
    [
        ("any: [没]", "zh"),
        ("any: [not]", "en"),
        ("any: [没, not]", ""),
        ("regex: '[a-z]'", "en"),
        ("any: [API], language: zh", "zh"),
        ("quotes: ['“”']", ""),
    ],
)
def test_the_language_of_a_cue_is_seen_from_its_words(cue, language):
    codebook, _ = parse_codebook(HEAD + f"context:\n- {{id: a, set: {{polarity: negated}}, {cue}}}\n")
    assert codebook.context.cues[0].language == language


@pytest.mark.parametrize("name", ["context.zh.yaml", "context.en.yaml", "actors.yaml"])
def test_the_shipped_files_have_no_mistakes(root, name):
    codebook, found = load_codebook(root / "codebooks" / name)
    assert codebook is not None
    assert [str(p) for p in found if p.severity != "note"] == []


def test_an_actor_has_a_type_and_a_level_of_those_known():
    text = HEAD + "actors: {a: {name: 税务局, type: vertical, level: city}, b: [公安局]}\n"
    codebook, _ = parse_codebook(text)
    assert [(a.type, a.level) for a in codebook.context.actors.values()] == [("vertical", "city"), ("", "")]
    for wrong in ("type: 垂管", "level: county"):
        found = [
            p
            for p in parse_codebook(text.replace("type: vertical", wrong, 1))[1]
            if p.kind != "unused-actors"
        ]
        assert found and all(p.severity == "error" for p in found), wrong


def test_a_changed_type_or_level_is_a_difference():
    old, new = (
        parse_codebook(HEAD + f"actors: {{a: {{name: 税务局, type: {kind}, level: city}}}}\n")[0]
        for kind in ("block", "vertical")
    )
    (change,) = difference(old, new).changes
    assert (change.what, change.id) == ("actor", "a") and "vertical" in str(change)
    assert not change.of_results
