"""Repair changes what copying broke, counts it, and changes nothing the second time."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualcode.text import repair as steps
from qualcode.text.repair import repair

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\r\n\x0b\x0c\x85\u2028\u2029\u00ad\u200b\u2060\ufeff\x00\x1f\x7f\u0301e가ᄀ\u1161\u11a8ﬃ"
        ),
        st.characters(min_codepoint=0x2E80, max_codepoint=0x2FDF),
        st.characters(min_codepoint=0xF900, max_codepoint=0xFAFF),
        st.characters(categories=["Cs"]),
    )
)


@given(ODD)
@example("\ud83d\ude00")
@example("e\u200b\u0301")
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once, counts = repair(text)
    assert repair(once) == (once, {})
    assert all(n > 0 for n in counts.values())
    assert bool(counts) == (once != text)


@given(ODD)
def test_what_comes_out_is_composed_and_can_be_written_anywhere(text: str) -> None:
    repaired, _ = repair(text)
    assert unicodedata.is_normalized("NFC", repaired)
    repaired.encode("utf-8")
    assert not set(repaired) & set("\r\x00\x0b\x0c\u00ad\u200b\ufeff\ufffe")
    assert not any(0x2F00 <= ord(c) <= 0x2FD5 for c in repaired)


@given(st.text(st.sampled_from("数据共享不给API share ，。（）\n\t　'’")))
def test_sound_text_is_left_alone(text: str) -> None:
    assert repair(text) == (text, {})


@pytest.mark.parametrize(
    ("broken", "sound", "name"),
    [
        ("⼯作⼈员", "工作人员", "kangxi radicals"),
        ("⻚⻔", "页门", "kangxi radicals"),  # NFKC knows neither
        ("ofﬁce", "office", "ligatures"),
        ("data\u00adbase", "database", "soft hyphens"),
        ("数\u200b据", "数据", "zero-width spaces"),
        ("数\ufeff据", "数据", "byte order marks"),
        ("cafe\u0301", "café", "composed"),
        ("一\r\n二\r三\u2028四\x0c五", "一\n二\n三\n四\n五", "newlines"),
        ("a\x00b", "ab", "control characters"),
        ("a\ud800b", "a\ufffdb", "lone surrogates"),
    ],
)
def test_each_repair_is_counted_under_its_name(broken: str, sound: str, name: str) -> None:
    repaired, counts = repair(broken)
    assert repaired == sound
    assert list(counts) == [name]


def test_counts_say_how_many_places_changed() -> None:
    assert repair("⼯⼯⼈\r\n\r\n")[1] == {"newlines": 2, "kangxi radicals": 3}


def test_every_kangxi_radical_is_repaired_to_the_character_unicode_names() -> None:
    radicals = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert repair(radicals)[0] == unicodedata.normalize("NFKC", radicals)


def one_after_the_other(text: str) -> tuple[str, dict[str, int]]:
    """Every repair tried on every text, in order."""
    counts: dict[str, int] = {}
    text, counts["newlines"] = re.subn("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    for name, found, table in steps._REPLACED:
        counts[name] = len(found.findall(text))
        text = text.translate(table)
    for name, found in steps._DROPPED:
        text, counts[name] = found.subn("", text)
    return steps._composed(text, counts)


@given(
    st.one_of(ODD, st.text(st.sampled_from("ab\r\n数据é’\t \u3000")), st.text(st.characters(codec="latin-1")))
)
def test_what_is_left_out_for_sound_texts_would_have_changed_nothing(text: str) -> None:
    assert repair(text) == one_after_the_other(text)


def test_characters_that_stay_whatever_stands_beside_them_do() -> None:
    """None begins anything that composes with the one before it; Unicode says so of each."""
    second = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for code in range(0x110000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            second.add(chr(int(parts[1], 16)))
    ranges = [range(ord(first), ord(last) + 1) for first, last in steps._SOUND]
    for sign in map(chr, (*steps._PLAIN, *(code for codes in ranges for code in codes))):
        assert not steps._ANY.match(sign) and not unicodedata.combining(sign) and sign not in second
        assert unicodedata.is_normalized("NFC", sign)
