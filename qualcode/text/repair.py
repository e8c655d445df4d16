"""Repair what copying, typesetting and old editors do to text, once, before a document exists.

What is repaired, and the name it is counted under:

    newlines             \\r\\n, \\r, form feed, vertical tab, U+0085, U+2028, U+2029 become \\n
    kangxi radicals      ⼯ (U+2F00-2FD5) and ⻚ (U+2E80-2EF3) become the characters they look like: 工, 页
    ligatures            ﬁ (U+FB00-FB06) becomes fi
    soft hyphens         U+00AD is dropped
    zero-width spaces    U+200B and U+2060 are dropped
    byte order marks     U+FEFF is dropped wherever it stands
    control characters   other C0 and C1 characters and U+FFFE, U+FFFF are dropped; a tab stays
    lone surrogates      half of a character, written as U+FFFD
    composed             sequences brought to Unicode NFC

A print from a browser may hold a fifth of its Chinese as radicals, which look right and match nothing; the
counts are kept with the document so that a reader of the results can see how much was changed.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

from qualcode.expressions import expression
from qualcode.text.characters import Lookup, code_points

# Unicode's EquivalentUnifiedIdeograph.txt for U+2E80-2EF3; "-": unassigned. NFKC knows only two of these.
_SUPPLEMENT = (
    "-厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵-旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻"
    "𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风"
    "飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_KANGXI = {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
_RADICALS = _KANGXI | {0x2E80 + i: c for i, c in enumerate(_SUPPLEMENT) if c != "-"}
_LIGATURES = {0xFB00 + i: s for i, s in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}

_BREAK = expression("[\r\x0b\x0c\x85\u2028\u2029]")
_REPLACED: tuple[tuple[str, re.Pattern[str], dict[int, str]], ...] = (
    ("kangxi radicals", expression("[\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5]"), _RADICALS),
    ("ligatures", expression("[\ufb00-\ufb06]"), _LIGATURES),
    ("lone surrogates", expression("[\ud800-\udfff]"), dict.fromkeys(range(0xD800, 0xE000), "\ufffd")),
)
_DROPPED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("soft hyphens", expression("\u00ad")),
    ("zero-width spaces", expression("[\u200b\u2060]")),
    ("byte order marks", expression("\ufeff")),
    ("control characters", expression("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")),
)
# A base with what may compose with it: combining marks, and the vowels and finals of Korean syllables.
_CLUSTER = expression("[^\u0300-\u036f\u3099\u309a\u1160-\u11ff][\u0300-\u036f\u3099\u309a\u1160-\u11ff]*")


def repair(text: str) -> tuple[str, dict[str, int]]:
    """Return the repaired text and how many places were changed, by name; unchanged names are left out.

    Repairing twice changes nothing more. White space is kept as it is, line ends apart.

    >>> repair("数据共享⼯作\\r\\n\ufeffﬁle")
    ('数据共享工作\\nfile', {'newlines': 1, 'kangxi radicals': 1, 'ligatures': 1, 'byte order marks': 1})
    """
    counts: dict[str, int] = {}
    if _is_sound(text):
        return text, counts
    if not _suspicious(text):
        return _composed(text, counts)
    text, counts["newlines"] = _with_newlines(text)
    if counts["newlines"] and _is_sound(text):  # written on Windows, and nothing else
        return text, counts
    for name, found, table in _REPLACED:
        counts[name] = len(found.findall(text))
        if counts[name]:
            text = text.translate(table)
    for name, found in _DROPPED:
        text, counts[name] = found.subn("", text)
    return _composed(text, counts)


def _with_newlines(text: str) -> tuple[str, int]:
    pairs = text.count("\r\n")
    text, others = _BREAK.subn("\n", text.replace("\r\n", "\n") if pairs else text)
    return text, pairs + others


def _composed(text: str, counts: dict[str, int]) -> tuple[str, dict[str, int]]:
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        changed = sum(unicodedata.normalize("NFC", c) != c for c in _CLUSTER.findall(text))
        counts["composed"] = max(changed, 1)
    return composed, {name: n for name, n in counts.items() if n}


def _is_sound(text: str) -> bool:
    """Whether a text is of nothing but characters that stay as they are, whatever stands beside them."""
    with suppress(UnicodeEncodeError):
        return not text.encode("latin-1").translate(None, _PLAIN)
    return all(is_kept(code_points(text[at : at + _BLOCK])).all() for at in range(0, len(text), _BLOCK))


def _suspicious(text: str) -> bool:
    """Whether a character is in a text that is to be replaced or dropped."""
    return any(_marked(code_points(text[at : at + _BLOCK])).any() for at in range(0, len(text), _BLOCK))


_ANY = expression(
    "|".join((_BREAK.pattern, *(p.pattern for _, p, _ in _REPLACED), *(p.pattern for _, p in _DROPPED)))
)
_marked = Lookup(lambda text: map(frozenset(_ANY.findall(text)).__contains__, text), "?")
# What nearly all texts are made of: none is dropped or replaced, and none composes with the one before it.
_SOUND = (
    *("\t\t", "\n\n", " ~", "\u00a0\u00ac", "\u00ae\u02ff", "\u0388\u0482", "\u200c\u2027", "\u202a\u205f"),
    *("\u212c\u2328", "\u232b\u2adb", "\u3000\u3029", "\u3030\u3098", "\u309b\ua66e", "\uac00\ud7a3"),
    *("\ufe30\ufefe", "\uff00\ufffd"),
)
is_kept = Lookup.within((pair[0], pair[1]) for pair in _SOUND)
_PLAIN = bytes(code for pair in _SOUND for code in range(ord(pair[0]), min(ord(pair[1]), 0xFF) + 1))
_BLOCK = 1 << 20  # characters looked at together


def add_counts(total: dict[str, int], more: dict[str, int]) -> None:
    """Add the counts of one repair to a running total."""
    for name, n in more.items():
        total[name] = total.get(name, 0) + n
