"""Find out which encoding a text file is written in, and never guess in silence.

The order: byte order mark, strict UTF-8, NUL bytes (UTF-16), then GB18030, Big5, UTF-16, damaged UTF-8 and
Western (cp1252) by how much of what they give is common writing: two thirds of any Chinese text is a few
hundred characters, and a wrong encoding gives almost none of them. Where two are close, charset-normalizer
is asked; if the doubt stays it is a Problem that names both. Bytes that no character stands for become
U+FFFD and are a Problem that says how many and where the first is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from qualcode.corpus.common import COMMON
from qualcode.corpus.mojibake import mojibake
from qualcode.corpus.signs import signs_of
from qualcode.problems import Place, Problem, problem

# In a Western text a letter with an accent stands between plain ones; in Chinese read as cp1252 they crowd.
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿßÀÁÂÄÅÇÈÉÊËÎÏÑÓÔÖØÙÚÜŠšŽž‘’“”–—…•€£©®°·«»¿¡½¼¾™§\u00a0")
_CHINESE = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 400_000  # bytes looked at when scoring
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"\x1f\x8b",
    b"ID3",
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text (None: it has none), the encoding it was read in, and what is doubtful."""

    text: str | None
    encoding: str = ""
    problems: tuple[Problem, ...] = ()
    sound: bool = False  # whether it is known that nothing in the text needs repair


def decode(data: bytes, name: str, *, encoding: str = "") -> Decoded:
    """Decode a text file; `encoding` is the researcher's own word and is not doubted.

    An empty file, a file of NUL bytes and a file that is no text give no text and an error. Text that was
    spoilt before it was saved (�, or Chinese read in a wrong encoding) is a warning.
    """
    if not encoding and (plain := _plain(data, name)) is not None:
        return plain
    read = _decode(data, Place(name), encoding)
    if read.text is None or any(p.kind == "undecodable-bytes" for p in read.problems):
        return read
    return Decoded(read.text, read.encoding, (*read.problems, *mojibake(read.text, name)))


def _plain(data: bytes, name: str) -> Decoded | None:
    """Decode what nearly every file is, UTF-8 in which nothing is out of the ordinary; None for another."""
    if data.startswith(_BINARY):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    signs = signs_of(text, data)
    if not signs.sound or not _WORDS.search(text):
        return None
    ordinary = signs.ordinary and "\ufffd" not in text
    problems = () if ordinary else tuple(mojibake(text, name, signs.foreign))
    return Decoded(text, "utf-8", problems, sound=True)


def _decode(data: bytes, place: Place, encoding: str) -> Decoded:
    if not _BYTES.search(data):
        return Decoded(None, "", (_no_text(data, place),))
    if encoding:
        return _declared(data, place, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _finish(data, codec, place)
    if data.startswith(_BINARY):
        return Decoded(None, "", (_binary(place),))
    nuls = data.count(0) if b"\0" in data else 0
    if nuls * 50 <= len(data):  # more are UTF-16, or no text
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            read = _controlled(text, "utf-8", place, data)
            return read if not nuls or read.text is None else _with_nuls(read, data, nuls, place)
    return _guess(data, place, nuls)


def _with_nuls(read: Decoded, data: bytes, nuls: int, place: Place) -> Decoded:
    """Say that zero bytes stand in a text that is UTF-8 but for them; repair drops them."""
    first = data.index(0)
    found = problem(
        "zero-bytes",
        Place(place.path, data.count(b"\n", 0, first) + 1),
        "{n} zero bytes stand in the text and are left out; the first is byte {byte}",
        hint="something may be missing there, as after a broken copy; compare with the original",
        severity="warning",
        n=nuls,
        byte=first + 1,
    )
    return Decoded(read.text, read.encoding, (*read.problems, found))


def _guess(data: bytes, place: Place, nuls: int) -> Decoded:
    sample = data[:_SAMPLE]
    names = ("utf-16-le", "utf-16-be") if nuls else ("utf-8", "cp1252", *_CHINESE)
    ranked = sorted(((score(sample, codec), -i, codec) for i, codec in enumerate(names)), reverse=True)
    (best, _, first), (next_best, _, second) = ranked[:2]
    if best < 0.2 and (nuls or best <= 0.0):
        return Decoded(None, "", (_binary(place),))
    found = _finish(data, first, place)
    sure = best - next_best >= 0.2 and best >= 0.35
    if sure or _second_opinion(sample, names) == first:
        return found
    doubt = problem(
        "doubtful-encoding",
        place,
        "the encoding is doubtful: read as {first}, could be {second}",
        hint="look at the text; to decide, set `encoding: {second}` in qualcode.yaml or save it as UTF-8",
        severity="warning",
        first=first,
        second=second,
    )
    return Decoded(found.text, found.encoding, (doubt, *found.problems))


def score(data: bytes, codec: str) -> float:
    """Return how much of what is not ASCII becomes common writing when read so: 0 to 1, negative for none.

    Bytes that cannot be decoded count against it.
    """
    text, bad = _lenient(data, codec)
    bad -= bool(bad and _cut_short(data, codec))
    if codec.startswith("utf-16"):
        foreign = [c for c in text if c not in "\r\n\t\ufffd"]
        if not foreign:
            return -1.0
        hits = sum(c in COMMON or " " <= c <= "~" for c in foreign)
        return hits / (len(foreign) + 2 * bad) - (0.5 if bad > len(foreign) / 50 else 0.0)
    foreign = [c for c in text if c > "\x7f" and c != "\ufffd"]
    if not foreign:
        return -1.0
    if codec == "cp1252":
        alone = re.findall(r"(?<![^\x00-\x7f])[^\x00-\x7f]{1,2}(?![^\x00-\x7f])", text)
        hits = sum(len(run) for run in alone if _WESTERN.issuperset(run))
    elif codec == "utf-8":
        # Bytes that happen to be valid UTF-8 are hardly ever anything else; a few may be damaged.
        hits = len(foreign) if bad * 5 <= len(foreign) else 0
    else:
        hits = sum(c in COMMON for c in foreign)
        return (0.85 * hits + 0.15 * _first_level(foreign, codec)) / (len(foreign) + 2 * bad)
    return hits / (len(foreign) + 2 * bad)


def _first_level(text: list[str], codec: str) -> int:
    """How many characters lie where the encoding keeps those in use, not the ones added for completeness."""
    if codec == "gb18030":
        return len("".join(text).encode("gb2312", "ignore")) // 2
    return sum(0xA1 <= pair[0] <= 0xC6 for c in text if len(pair := c.encode("big5", "ignore")) == 2)


_LOST = "\udcff"  # no decoder gives this of itself


def _mark_lost(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _LOST, max(error.end, error.start + 1)


codecs.register_error("qualcode.lost", _mark_lost)


def _lenient(data: bytes, codec: str) -> tuple[str, int]:
    """Decode with U+FFFD for what cannot be; count those places."""
    text = data.decode(codec, errors="qualcode.lost")
    lost = text.count(_LOST)
    return (text.replace(_LOST, "\ufffd") if lost else text), lost


def _cut_short(data: bytes, codec: str) -> bool:
    """Whether the only trouble is a character cut in two by the end of the sample."""
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start >= len(data) - 4
    return False


def _second_opinion(data: bytes, names: tuple[str, ...]) -> str:
    from charset_normalizer import from_bytes

    known = {"gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030"}
    known |= {"big5": "big5hkscs", "big5hkscs": "big5hkscs", "cp950": "big5hkscs", "cp1252": "cp1252"}
    known |= {"utf_16_le": "utf-16-le", "utf_16_be": "utf-16-be", "utf_8": "utf-8"}
    isolation = [n.replace("-", "_") for n in names]
    best = from_bytes(data, cp_isolation=isolation).best()
    return known.get(best.encoding, best.encoding) if best else ""


def _declared(data: bytes, place: Place, encoding: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding)
        "".encode(codec.name)
        b"".decode(codec.name)
    except (LookupError, ValueError, TypeError):
        unknown = problem(
            "unknown-encoding",
            place,
            "'{encoding}' is no encoding",
            hint="try utf-8, gb18030, big5 or utf-16, or leave `encoding` out",
            encoding=encoding,
        )
        return Decoded(None, "", (unknown,))
    name = codec.name
    if name == "utf-8" and data.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    if name in ("gbk", "gb2312"):
        name = "gb18030"  # its superset; what says gb2312 often holds more
    read = _finish(data, name, place)
    if read.text is None or not _surely_utf8(data, name):
        return read
    doubt = problem(
        "doubtful-encoding",
        place,
        "read as {first}, as was asked for, but the file is UTF-8",
        hint="leave `encoding` out, to have it found file by file, or save the other files as UTF-8 too",
        severity="warning",
        first=name,
    )
    return Decoded(read.text, read.encoding, (doubt, *read.problems))


def _surely_utf8(data: bytes, codec: str) -> bool:
    """Whether bytes that are to be read in another encoding are UTF-8 all the same: no text is by chance."""
    if codec.startswith("utf-8"):
        return False
    try:
        return sum(sign > "\x7f" for sign in data.decode("utf-8")) >= 8
    except UnicodeDecodeError:
        return False


def _finish(data: bytes, codec: str, place: Place) -> Decoded:
    text, bad = _lenient(data, codec)
    if not bad:
        return _controlled(text, codec, place)
    try:
        data.decode(codec)
        at = 0
    except UnicodeDecodeError as error:
        at = error.start
    lost = problem(
        "undecodable-bytes",
        Place(place.path, text[: text.find("\ufffd")].count("\n") + 1),
        "{n} places are no characters in {encoding}; the first is byte {byte}",
        hint="they are shown as \ufffd; find a better copy, or set `encoding` if another one fits",
        severity="warning",
        n=bad,
        encoding=codec,
        byte=at + 1,
    )
    checked = _controlled(text, codec, place)
    return Decoded(checked.text, checked.encoding, (*checked.problems, lost))


_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_CONTROLS = bytes(code for code in range(128) if _CONTROL.match(chr(code)))
_WORDS = re.compile("[^\ufeff\0 \t\r\n\x0c\u3000]")
_BYTES = re.compile(rb"[^\r\n\t \0]")


def _controlled(text: str, codec: str, place: Place, utf8: bytes = b"") -> Decoded:
    """Refuse what decodes and is no text all the same: one character in fifty a control character.

    Every control character is ASCII, and so are its bytes in UTF-8: `utf8` are those of the text where they
    are at hand.
    """
    head = text[:_SAMPLE]
    if not utf8 or len(text) > _SAMPLE:
        utf8 = head.encode("utf-8", "surrogatepass")
    controls = len(utf8) - len(utf8.translate(None, _CONTROLS))
    if controls * 50 > len(head):
        return Decoded(None, "", (_binary(place),))
    if not _WORDS.search(text):
        return Decoded(None, "", (_no_text(b"", place),))
    return Decoded(text, codec)


def _no_text(data: bytes, place: Place) -> Problem:
    if b"\0" in data:
        return problem(
            "no-text",
            place,
            "the file holds nothing but zero bytes, as an interrupted copy or sync leaves behind",
            hint="get a new copy",
        )
    return problem("empty-file", place, "the file is empty", hint="remove it, or get a new copy")


def _binary(place: Place) -> Problem:
    return problem(
        "not-text",
        place,
        "the file is not text, whatever its extension says",
        hint="rename it to its real extension, or save it as text or .docx",
    )
