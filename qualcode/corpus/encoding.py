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

from qualcode.problems import Place, Problem, problem

# The characters that two thirds of modern Chinese is made of, in either script, and Chinese punctuation.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用"
    "道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者"
    "意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什"
    "二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各"
    "入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克"
    "许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北"
    "边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运委局办厅协企审批服网络责执访谈政府李省县州京"
    "這個們來為國說時會對過發後裡裏種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產話給門東聲員"
    "論處義幾認條係氣題爾別變總電數報結務場計資許統區隊決馬書則聽達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導"
    "爭運於臺灣部長請謝嗎吧呢啊嗯哦訪談審協網絡縣廳辦執責"
    "，。、；：？！（）“”‘’《》【】「」『』…—－〔〕％　·０１２３４５６７８９"
)
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


def decode(data: bytes, name: str, *, encoding: str = "") -> Decoded:
    """Decode a text file; `encoding` is the researcher's own word and is not doubted.

    An empty file, a file of NUL bytes and a file that is no text give no text and an error.
    """
    place = Place(name)
    if not data.strip(b"\r\n\t \0"):
        return Decoded(None, "", (_no_text(data, place),))
    if encoding:
        return _declared(data, place, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _finish(data, codec, place)
    if data.startswith(_BINARY):
        return Decoded(None, "", (_binary(place),))
    nuls = data.count(0)
    if not nuls:
        try:
            return _controlled(data.decode("utf-8"), "utf-8", place)
        except UnicodeDecodeError:
            pass
    return _guess(data, place, nuls)


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
        hits = sum(c in _COMMON or " " <= c <= "~" for c in foreign)
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
        hits = sum(c in _COMMON for c in foreign)
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
    return _finish(data, name, place)


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


def _controlled(text: str, codec: str, place: Place) -> Decoded:
    """Refuse what decodes and is no text all the same: one character in fifty a control character."""
    head = text[:_SAMPLE]
    if len(_CONTROL.findall(head)) * 50 > len(head):
        return Decoded(None, "", (_binary(place),))
    if not text.strip("\ufeff\0 \t\r\n\x0c\u3000"):
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
