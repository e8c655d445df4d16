"""Notice text that was spoilt before it was saved: nothing can bring it back, but nobody should code it.

    ����                    characters that some program could not read and replaced
    æˆ‘ä»¬çš„æ•°æ        UTF-8 read as a Western encoding, and saved so
    ÎÒÃÇµÄÊý¾Ý              GBK or Big5 read as a Western encoding
    鎴戜滑鐨勬暟鎹            UTF-8 read as GBK

The last three are told by undoing them: where that gives ordinary Chinese, it was Chinese. Ordinary text
does not turn into Chinese so; its accents stand alone among plain letters.
"""

from __future__ import annotations

import codecs

import numpy as np

from qualcode.corpus.common import is_common
from qualcode.corpus.signs import LEAST, LOOKED_AT
from qualcode.problems import Place, Problem, problem
from qualcode.text.characters import code_points

_ENOUGH = 0.5  # of what comes out is common Chinese
_WESTERN, _GBK = "cp1252", "gb18030"
_MISREAD = ((_WESTERN, "utf-8"), (_WESTERN, "gb18030"), (_WESTERN, "big5hkscs"), (_GBK, "utf-8"))


def mojibake(text: str, name: str, foreign: str | None = None) -> list[Problem]:
    """Return warnings for lost characters and for text in the wrong characters; none for ordinary text.

    `foreign` is what is not ASCII in the first `LOOKED_AT` characters, where that is known.
    """
    problems = []
    if "\ufffd" in text:
        lost = text.count("\ufffd")
        problems.append(
            problem(
                "lost-characters",
                Place(name, text[: text.index("\ufffd")].count("\n") + 1),
                "{n} places hold the sign \ufffd, which stands for characters that were lost",
                hint="they were lost before this file was saved; go back to the recording or an older copy",
                severity="warning",
                n=lost,
            )
        )
    how = _misread(text[:LOOKED_AT], foreign)
    if how is not None:
        problems.append(
            problem(
                "mojibake",
                Place(name),
                "these are not the words that were written: {meant} was read as {read} and saved so",
                hint="get the file from where it came from, and save it as UTF-8",
                severity="warning",
                meant=how[1],
                read=how[0],
            )
        )
    return problems


def _misread(head: str, foreign: str | None = None) -> tuple[str, str] | None:
    """Say how the head of a text was misread (as what, being what), or None.

    >>> _misread("我们的数据共享工作".encode("utf-8").decode("gb18030", "replace"))
    ('gb18030', 'utf-8')
    >>> _misread("我们的数据共享工作")
    """
    signs = _foreign(head) if foreign is None else foreign
    if len(signs) < LEAST or 2 * int(np.count_nonzero(is_common(code_points(signs)))) > len(signs):
        return None
    western = (len(signs) - _western(signs).count(b"?")) * 10 > len(signs) * 9
    # What is ASCII from one space to the next stays so: in no encoding is a space part of a character.
    head = _foreign_words(head, signs)
    for read, meant in _MISREAD:
        if western != (read == _WESTERN):
            continue
        data = _western(head) if read == _WESTERN else head.encode(_GBK, "replace")
        undone = data.decode(meant, "ignore")
        codes = code_points(undone)
        chinese = codes[codes > 0x7F]
        # Undoing makes two or three signs into one; far fewer come out where the bytes fit together badly.
        if len(chinese) * 4 < len(signs):
            continue
        if int(is_common(chinese).sum()) >= _ENOUGH * len(chinese):
            return read, meant
    return None


def _foreign(text: str) -> str:
    """The characters of a text that are not ASCII."""
    codes = code_points(text)
    return codes[codes > 0x7F].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _foreign_words(text: str, signs: str) -> str:
    """The words of a text that are not all ASCII, given its signs that are not."""
    if len(signs) * 10 > len(text):
        return " ".join([word for word in text.split(" ") if not word.isascii()])
    words: list[str] = []
    place = end = -1
    for sign in signs:
        place = text.index(sign, place + 1)  # between it and the one before it there is only ASCII
        if place > end:
            end = text.find(" ", place)
            end = len(text) if end < 0 else end
            words.append(text[text.rfind(" ", 0, place) + 1 : end])
    return " ".join(words)


def _western(text: str) -> bytes:
    """The bytes a Western program would have read as these signs; ? for one it never shows."""
    return text.encode("cp1252", "qualcode.western")


def _as_latin(error: UnicodeError) -> tuple[bytes, int]:
    """Five bytes have no sign in cp1252 and stay as they are."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].encode("latin-1", "replace"), error.end


codecs.register_error("qualcode.western", _as_latin)
