"""YAML is read as what was written, at its place; nothing a file holds can hurt the reader."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.problems import Place
from qualcode.yamlnodes import Fields, Node, decode_yaml, plain, read_yaml, typing


def read(text, **options):
    node, problems = read_yaml(text, "c.yaml", **options)
    return (None if node is None else plain(node)), problems


def places(problems):
    return [(p.place.line, p.place.column, p.kind) for p in problems]


def test_scalars_stay_as_written():
    value, problems = read("a: no\nb: 007\nc: 1:30\nd: 2019-06-28\ne: 1.0\nf: ~\ng: null\nh: 0x1F\ni: on\n")
    assert problems == []
    assert value == {
        "a": "no", "b": "007", "c": "1:30", "d": "2019-06-28", "e": "1.0", "f": "~", "g": "null",
        "h": "0x1F", "i": "on",
    }  # fmt: skip


def test_places_are_lines_and_columns_of_characters():
    node, _ = read_yaml("名: [不给, 不予]\n", "c.yaml")
    assert node.get("名").items[1].place == Place("c.yaml", 1, 9)


def test_front_matter_counts_from_its_own_first_line():
    node, problems = read_yaml("a: 1\na: 2\n", "d.md", first_line=2)
    assert node.get("a").place == Place("d.md", 2, 4)
    assert places(problems) == [(3, 1, "duplicate-key")]


def test_a_plain_text_is_told_from_a_quoted_one():
    node, _ = read_yaml("a: x\nb: 'x'\nc: |\n  x\n", "c.yaml")
    assert [node.get(key).plain for key in "abc"] == [True, False, False]


def test_nothing_written_is_nothing_and_no_mistake():
    for text in ("", "\n\n", "# only a comment\n", "---\n", "\ufeff"):
        assert read_yaml(text, "c.yaml") == (None, [])


def test_bom_and_windows_lines_change_nothing():
    plain_node = read_yaml("a: 1\nb: [x]\n", "c.yaml")
    assert read_yaml("\ufeffa: 1\r\nb: [x]\r\n", "c.yaml") == plain_node
    assert read_yaml("a: 1\rb: [x]\r", "c.yaml") == plain_node


def test_a_key_given_twice_names_both_lines():
    _, problems = read("id: a\nname: b\nid: c\n")
    assert str(problems[0]) == (
        "c.yaml:3:1: error[duplicate-key]: 'id' stands twice in one map, first on line 1; keep one of them"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: !!python/object:os.system x\n", [(1, 4, "tag")]),
        ("a: !!str 1\nb: !x [y]\n", [(1, 4, "tag"), (2, 4, "tag")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "two-documents")]),
        ("a: *b\n", [(1, 4, "unknown-alias")]),
        ("a: &x [*x]\n", [(1, 8, "unknown-alias")]),
        ("? [a]\n: b\n", [(1, 3, "bad-key")]),
        ("a: b: c\n", [(1, 5, "yaml")]),
        ("a: 'x\nb: 1\n", [(1, 4, "yaml")]),
        ("a: [x\nb: 1\n", [(2, 2, "yaml")]),
        ("a: x\x00y\n", [(1, 5, "bad-character")]),
        ("a: x\nb: y\u2028z\n", [(2, 5, "bad-character")]),
        ("a: \ud800\n", [(1, 4, "bad-character")]),
    ],
)
def test_what_yaml_does_not_allow_here(text, expected):
    assert places(read(text)[1]) == expected


@pytest.mark.parametrize(
    ("text", "meant", "expected"),
    [
        ("id：x\nname: y\n", {"id": "x", "name": "y"}, [(1, 3, "full-width")]),
        ("id: x\nname：y\n", {"id": "x", "name": "y"}, [(2, 5, "full-width")]),
        ("- id：x\n  name: y\n", [{"id": "x", "name": "y"}], [(1, 5, "full-width")]),
        ("a: [不给，不予，拒绝]\n", {"a": ["不给", "不予", "拒绝"]}, [(1, 7, "full-width")]),
        ("a: [不给、不予, 拒绝]\n", {"a": ["不给", "不予", "拒绝"]}, [(1, 7, "full-width")]),
        ("a: ［不给，不予］\n", {"a": ["不给", "不予"]}, [(1, 4, "full-width"), (1, 7, "full-width")]),
        ("a: 【不给，不予】\n", {"a": ["不给", "不予"]}, [(1, 4, "full-width"), (1, 7, "full-width")]),
        ("{zh：避责，en: x}\n", {"zh": "避责", "en": "x"}, [(1, 4, "full-width"), (1, 7, "full-width")]),
        ("a: {zh: 避责，en: x}\n", {"a": {"zh": "避责", "en": "x"}}, [(1, 11, "full-width")]),
        ("a: [“不给”, 不予]\n", {"a": ["不给", "不予"]}, [(1, 5, "curly-quote")]),
        ("a: [‘不给’]\n", {"a": ["不给"]}, [(1, 5, "curly-quote")]),
        ("a: “x: y”\n", {"a": "x: y"}, [(1, 4, "curly-quote")]),
        ("a:\n\tb: 1\n", {"a": {"b": "1"}}, [(2, 1, "tab")]),
        ("a:\n\tb: 1\n\tc: 2\n", {"a": {"b": "1", "c": "2"}}, [(2, 1, "tab")]),
        ("a:\n\u3000b: 1\n", {"a": {"b": "1"}}, [(2, 1, "wide-space")]),
        ("a:\n\u00a0\u00a0b: 1\n", {"a": {"b": "1"}}, [(2, 1, "wide-space")]),
        ("a:\u3000b\n", {"a": "b"}, [(1, 3, "wide-space")]),
        ("-\u3000a: b\n", [{"a": "b"}], [(1, 2, "wide-space")]),
        ("－ a\n－ b\n", ["a", "b"], [(1, 1, "list-marker"), (2, 1, "list-marker")]),
        ("– a\n– b\n", ["a", "b"], [(1, 1, "list-marker"), (2, 1, "list-marker")]),
        ("a: [＄refusal]\n", {"a": ["$refusal"]}, [(1, 5, "full-width")]),
        ("a: [refus＊]\n", {"a": ["refus*"]}, [(1, 10, "full-width")]),
    ],
)
def test_what_an_input_method_types_is_named_and_read_as_meant(text, meant, expected):
    value, problems = read(text)
    assert value == meant
    assert sorted(places(problems)) == expected


def test_the_message_names_the_sign_and_what_to_type():
    _, problems = read("id：x\n")
    assert str(problems[0]) == (
        "c.yaml:1:3: error[full-width]: '：' is a full-width colon; type ': ' (a colon and a space);"
        " a text that is to hold ： here needs quotes"
    )


def test_places_after_a_mended_sign_are_those_of_the_file():
    node, _ = read_yaml("a: {zh：避责，en: x}\n", "c.yaml")
    assert node.get("a").get("en").place == Place("c.yaml", 1, 15)


@pytest.mark.parametrize(
    "text",
    [
        "a: 受访者：我们不给，也不能给。\n",
        "a: [问：你们给吗]\n",
        "a: 【通知】关于数据\n",
        "a: “放管服”改革是“创新”\n",
        "a: '“不给”'\n",
        "a: ['不给，不予']\n",
        "a: |\n  id：x\n  \u3000\u3000缩进的一段\n",
        "a: >-\n  name：y\n",
        "- ——这是破折号\n",
        "a: [我们跟对方说过很多次，他们那边就是不肯把数据交出来]\n",
        "a: [不给，不行。]\n",
        "A：我们不给\n",
    ],
)
def test_chinese_punctuation_inside_a_text_is_left_alone(text):
    assert read(text)[1] == []


def test_lists_of_sentences_may_hold_full_width_commas():
    text = "examples: [涉密，不给]\nterms: [涉密，不给]\n"
    assert places(read(text, prose=frozenset({"examples"}))[1]) == [(2, 11, "full-width")]


def test_mistakes_of_typing_and_of_yaml_come_together():
    _, problems = read("id：x\nname: y\nname: z\na: [不给，不予]\n")
    assert sorted(places(problems)) == [(1, 3, "full-width"), (3, 1, "duplicate-key"), (4, 7, "full-width")]


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "[" * 1_000_000, "a: " + "[" * 65 + "]" * 65],
    ids=["brackets", "braces", "hyphens", "a million brackets", "one too deep"],
)
def test_a_depth_bomb_is_refused_at_once(text):
    begun = time.perf_counter()
    value, problems = read(text)
    assert value is None
    assert [p.kind for p in problems] == ["too-deep"]
    assert time.perf_counter() - begun < 2


def test_sixty_four_levels_are_read():
    value, problems = read("[" * 64 + "]" * 64)
    assert problems == []
    assert value is not None


def test_an_alias_is_the_value_it_names():
    assert read("a: &x [1, 2]\nb: *x\n") == ({"a": ["1", "2"], "b": ["1", "2"]}, [])


def test_an_alias_bomb_is_refused():
    bomb = "a0: &x0 [1]\n" + "".join(f"a{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 9))
    value, problems = read(bomb)
    assert value is None
    assert [p.kind for p in problems] == ["too-large"]


def test_aliases_cannot_nest_deeper_than_brackets():
    text = "a: &x " + "[" * 40 + "]" * 40 + "\nb: " + "[" * 40 + "*x" + "]" * 40 + "\n"
    assert [p.kind for p in read(text)[1]] == ["too-deep"]


def test_a_huge_file_is_refused():
    assert [p.kind for p in read("a: " + "x" * 2_000_001)[1]] == ["too-large"]
    assert [p.kind for p in read("- a\n" * 200_001)[1]] == ["too-large"]


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_never_a_crash(text):
    node, problems = read_yaml(text, "c.yaml")
    assert all(p.place.path == "c.yaml" and p.place.line >= 1 for p in problems)
    assert node is None or isinstance(node, Node)


@given(st.text(alphabet="ab1:： -－[]{}，,“”'\"\n\t\u3000&*!|>#?%", max_size=60))
def test_any_yaml_like_text_is_read_or_refused_with_a_place_in_it(text):
    node, problems = read_yaml(text, "c.yaml")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for found in problems:
        # YAML may give up on the empty line behind the last one.
        assert 1 <= found.place.line <= len(lines) + 1
        line = lines[found.place.line - 1] if found.place.line <= len(lines) else ""
        assert 1 <= found.place.column <= len(line) + 1
    for one in _walk(node):
        if one.kind == "text" and one.plain and one.text and not problems:
            assert lines[one.place.line - 1][one.place.column - 1] == one.text[0]


def _walk(node):
    if node is None:
        return
    yield node
    for child in (*node.items, *(part for entry in node.entries for part in entry)):
        yield from _walk(child)


NESTED = st.recursive(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcde", min_size=1), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(NESTED.filter(lambda value: value != ""))
def test_what_is_written_in_quotes_comes_back(value):
    import json

    # JSON is YAML: a writer that is not ours.
    assert read(json.dumps(value, ensure_ascii=False)) == (value, [])


scrawl = st.text(
    st.sampled_from("ab: -\n，、；：“”‘’＂＇„【】［］｛｝－–−‐﹣＄＊\u3000\u00a0[]{},'\"甲"), max_size=30
)


@given(scrawl)
def test_typing_mistakes_are_looked_for_only_where_there_is_a_sign_of_one(text: str) -> None:
    read = read_yaml(text, "c.yaml")
    short, typing._ANY_SIGN = typing._ANY_SIGN, re.compile("")
    try:
        assert read == read_yaml(text, "c.yaml")
    finally:
        typing._ANY_SIGN = short


class TestDecoding:
    def test_utf8_with_and_without_bom(self):
        assert decode_yaml("避责".encode(), "c") == ("避责", [])
        assert decode_yaml(b"\xef\xbb\xbf" + "避责".encode(), "c") == ("避责", [])

    @pytest.mark.parametrize(
        ("codec", "looks"),
        [("gb18030", "GB18030"), ("big5", "Big5"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")],
    )
    def test_another_encoding_is_named(self, codec, looks):
        text = "id: a\nname: 我們這個部門的人不是不想給，是不敢給出來\n"
        if codec == "gb18030":
            text = "id: a\nname: 我们这个部门的人不是不想给，是不敢给出来\n"
        decoded, problems = decode_yaml(text.encode(codec), "c.yaml")
        assert decoded is None
        assert [p.kind for p in problems] == ["encoding"]
        assert looks in str(problems[0])
        assert "save it as UTF-8" in str(problems[0])

    @given(st.binary(max_size=60))
    def test_any_bytes_are_decoded_or_refused(self, raw):
        text, problems = decode_yaml(raw, "c.yaml")
        assert (text is None) == bool(problems)


class TestFields:
    def fields(self, text, *known):
        node, problems = read_yaml(text, "c.yaml")
        assert problems == []
        return Fields(node, what="a rule", known=known, problems=problems), problems

    def test_an_unknown_key_is_answered_with_a_known_one(self):
        _, problems = self.fields("trems: [a]\n", "terms", "near")
        assert str(problems[0]) == (
            "c.yaml:1:1: error[unknown-key]: 'trems' is not a key of a rule; did you mean 'terms'?"
        )

    def test_a_key_like_no_other_is_answered_with_all(self):
        _, problems = self.fields("zzz: [a]\n", "terms", "near")
        assert str(problems[0]).endswith("known keys: terms, near")

    def test_a_text_that_a_comma_cut_in_two_is_told_from_an_unknown_key(self):
        _, problems = self.fields("{zh: 怕, en: Shall, must}\n", "zh", "en")
        assert str(problems[0]) == (
            "c.yaml:1:20: error[unknown-key]: 'must' is not a key of a rule;"
            " if it goes on with the text before it, put quotes round the whole text"
        )

    @pytest.mark.parametrize("text", ["id:fear name:怕\n", "ｉd：怕\n", "- x\n"])
    def test_keys_without_a_space_behind_the_colon_are_told(self, text):
        problems = []
        Fields(read_yaml(text, "c.yaml")[0], what="a rule", known=("id", "name"), problems=problems)
        assert [p.kind for p in problems] == ["wrong-type"]
        assert ("an ordinary colon and a space" in str(problems[0])) == (text[0] != "-")

    def test_a_missing_key_is_said_where_the_map_begins(self):
        fields, problems = self.fields("a: 1\nb:\n", "a", "b")
        assert fields.require("a").text == "1"
        assert fields.require("b") is None
        assert places(problems) == [(1, 1, "missing-key")]

    def test_texts_take_one_or_several(self):
        fields, problems = self.fields("a: x\nb: [x, y]\nc: {x: y}\n", "a", "b", "c")
        assert (fields.texts("a"), fields.texts("b"), fields.texts("d")) == (("x",), ("x", "y"), ())
        assert fields.texts("c") == ()
        assert places(problems) == [(3, 4, "wrong-type")]

    @pytest.mark.parametrize(("word", "value"), [("true", True), ("No", False), ("是", True), ("否", False)])
    def test_yes_and_no(self, word, value):
        fields, problems = self.fields(f"a: {word}\n", "a")
        assert fields.yes("a", default=not value) is value
        assert problems == []

    def test_numbers(self):
        fields, problems = self.fields("a: 12\nb: 0.5\nc: x\nd: -1\ne: inf\n", *"abcde")
        assert fields.integer("a") == 12
        assert fields.number("b", above=0) == 0.5
        assert fields.integer("c", 7) == 7
        assert fields.number("d", 1.0, least=0) == 1.0
        assert fields.number("e", 2.0) == 2.0
        assert places(problems) == [(3, 4, "wrong-type"), (4, 4, "out-of-range"), (5, 4, "wrong-type")]

    def test_choices_keep_the_known_ones(self):
        fields, problems = self.fields("a: [x, q, x]\nb: xx\n", "a", "b")
        assert fields.choices("a", ("x", "y")) == ("x",)
        assert fields.choice("b", ("x", "y"), "y") == "y"
        assert places(problems) == [(1, 8, "unknown-value"), (2, 4, "unknown-value")]

    def test_a_list_where_a_map_is_expected_says_so_once(self):
        fields, problems = self.fields("[a]\n", "x")
        assert fields.require("x") is None
        assert places(problems) == [(1, 1, "wrong-type")]

    def test_no_node_reads_as_an_empty_map(self):
        problems = []
        fields = Fields(None, what="a rule", known=("a",), problems=problems)
        assert (fields.text("a", "d"), fields.yes("a"), fields.has("a")) == ("d", False, False)
        assert problems == []
