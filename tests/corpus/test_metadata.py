"""What several sources say of a document: the later source wins, key by key, and says where from."""

from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.metadata import (
    Layer,
    check_value,
    known_key,
    merge,
    note_near_key,
    shown_by_text,
)
from qualcode.model import Metadata, Speaker
from qualcode.problems import Place, Problem

ORIGINS = ("settings", "file name", "row", "front matter", "sidecar", "table")
keys = st.sampled_from(["title", "case", "rank", "kind", "site", "职级"])
values = st.dictionaries(keys, st.sampled_from(["", "a", "b", "政策"]), max_size=4)


@given(st.tuples(*[values] * len(ORIGINS)))
def test_the_last_source_that_says_anything_wins(said: tuple[dict[str, str], ...]) -> None:
    merged = merge(Layer(origin, values) for origin, values in zip(ORIGINS, said, strict=True))
    for key in ("title", "case", "rank", "kind", "site", "职级"):
        sources = [(v[key], o) for v, o in zip(said, ORIGINS, strict=True) if v.get(key)]
        value, origin = sources[-1] if sources else ("", None)
        metadata = merged.metadata
        found = metadata.attributes.get(key, "") if key in ("rank", "职级") else getattr(metadata, key)
        assert found == value
        assert metadata.origins.get(key) == origin


def test_a_table_can_add_the_actor_to_a_role_from_the_front_matter() -> None:
    merged = merge(
        [
            Layer("front matter", speakers={"张": Speaker("张", "respondent", "declared", since="2017")}),
            Layer("table", speakers={"张": Speaker("张", actor="J市公安局", attributes={"rank": "处级"})}),
        ]
    )
    expected = Speaker("张", "respondent", "declared", "J市公安局", "2017", {"rank": "处级"})
    assert merged.speakers == {"张": expected}


def test_what_the_text_shows_fills_gaps_only() -> None:
    said = Metadata(title="甲", origins={"title": "table"})
    shown = shown_by_text(said, {"title": "乙", "kind": "policy", "posted": "2019-01-02", "actor": ""})
    assert (shown.title, shown.kind, shown.actor) == ("甲", "policy", "")
    assert shown.attributes == {"posted": "2019-01-02"}
    assert shown.origins == {"title": "table", "kind": "text", "posted": "text"}


def checked(key: str, text: str) -> tuple[str, list[tuple[str, str]]]:
    problems: list[Problem] = []
    value = check_value(key, text, Place("a.yaml", 3, 7), problems)
    return value, [(p.kind, str(p)) for p in problems]


def test_closed_sets_say_what_was_meant() -> None:
    assert checked("kind", "访谈") == ("interview", [])
    assert checked("kind", " Policy ") == ("policy", [])
    value, [(kind, line)] = checked("kind", "interveiw")
    assert (value, kind) == ("", "unknown-value")
    assert line == "a.yaml:3:7: error[unknown-value]: 'kind' cannot be 'interveiw'; did you mean 'interview'?"
    assert checked("split", "train")[1][0][1].endswith("one of: dev, test")


def test_dates_are_read_and_never_completed() -> None:
    assert checked("issued", "二〇一九年六月") == ("2019-06", [])
    assert checked("date", "2019/6/25")[0] == "2019-06-25"
    assert checked("date", "下周")[1][0][0] == "bad-date"
    assert checked("date", "05/06/2019")[1][0][0] == "ambiguous-date"


def test_other_languages_are_kept_with_a_warning() -> None:
    assert checked("language", "zh-Hant") == ("zh", [])
    assert checked("language", "中文") == ("zh", [])
    value, [(kind, line)] = checked("language", "ja")
    assert value == "ja" and kind == "unknown-language" and "warning" in line


def test_an_id_may_not_hold_the_signs_that_divide_ids() -> None:
    assert checked("id", "I03") == ("I03", [])
    assert checked("id", "I03:2")[1][0][0] == "bad-id"
    for odd in ("I03\n第二次", "I03\u200b", "I\t03"):
        value, found = checked("id", odd)
        assert value == "" and [kind for kind, _ in found] == ["bad-id"]
    assert checked("id", "访谈 03·处长") == ("访谈 03·处长", [])


def test_keys_have_aliases_and_attributes_stay_as_written() -> None:
    assert [known_key(k) for k in ("type", "Lang", "interview_date", "Doc Number", "职级", "Rank")] == [
        "kind",
        "language",
        "date",
        "doc_number",
        "职级",
        "Rank",
    ]


def test_an_attribute_that_looks_like_a_known_key_is_pointed_out() -> None:
    problems: list[Problem] = []
    for key in ("isued", "rank", "posted", "basis", "synthetic", "title"):
        note_near_key(key, Place("a.md", 2), problems)
    assert [p.values["meant"] for p in problems] == ["issued"]
