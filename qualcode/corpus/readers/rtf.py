"""Read rich text (.rtf) with striprtf: paragraphs, headings by their outline level, table rows.

Understands Chinese written as code pages or as Unicode. What striprtf leaves out is said: footnotes. What it
cannot leave out is said too: tracked deletions stand in the text.

Refuses: a file that is no RTF.
"""

from __future__ import annotations

import re

from qualcode.corpus.extract import Extract, Piece, ReadOptions, lay_out
from qualcode.corpus.readers.pieces import furnished
from qualcode.problems import Place, Problem, problem

extensions = (".rtf",)

LONGEST_FONTS = 100_000  # characters of a font table; reading it takes quadratic time
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
# In a page without one, Chinese programs wrote their own code page; 134 and 136 are its character sets.
_CHARSETS = {b"134": "gb18030", b"136": "big5hkscs"}
_CHARSET = re.compile(rb"\\fcharset(134|136)\b")
# striprtf forgets what a paragraph is; a private character tells us, put where its outline level is set.
_OUTLINE = re.compile(r"\\outlinelevel([0-8])(?!\d) ?")
_LEVEL = 0xE010
_LEVELS = "".join(chr(_LEVEL + n) for n in range(9))
_CHARACTER = re.compile(r"\\u(-?\d+)")  # beyond 16 bit it is damaged, and is read as U+FFFD
_GROUPS = re.compile(rb"\\[{}\\]|[{}]")
_TRACKED = re.compile(rb"\\deleted(?![a-z])")


def read_rtf(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read one RTF file into one extract."""
    place = Place(name)
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:64]
    if not head.startswith(b"{\\"):
        return [], [_refused(place)]
    try:
        text = _plain(data, options.encoding)
    except (ValueError, LookupError, IndexError, OverflowError, RecursionError):
        return [], [_refused(place)]  # what striprtf raises at damaged files
    extract = furnished(lay_out(_pieces(text)))
    if not extract.text:
        empty = problem("no-text", place, "the document holds no text", hint="get a new copy")
        return [], [empty]
    return [extract], list(_left(data, text, place))


def _plain(data: bytes, encoding: str) -> str:
    from striprtf.striprtf import font_table_group, rtf_to_text

    given = _CODE_PAGE.search(data[:4096])
    charset = _CHARSET.search(data[:65536])
    fallback = encoding or (_CHARSETS[charset[1]] if charset and not given else "cp1252")
    source = data.decode("latin-1")
    if not source.lstrip("\xef\xbb\xbf \t\r\n").startswith("{\\rtf"):
        source = "{\\rtf1 " + source + "}"  # a fragment; striprtf would stop behind its first group
    source = _CHARACTER.sub(lambda m: m[0] if -0x8000 <= int(m[1]) <= 0xFFFF else r"\u-3", source)
    source = _OUTLINE.sub(lambda m: m[0].rstrip() + " " + chr(_LEVEL + int(m[1])), source)
    # A link gives the words it shows. (Left alone, striprtf would write the address in, by a pattern that
    # takes quadratic time.)
    source = source.replace("\\fldinst{", "\\fldinst {")
    fonts: str = font_table_group(source)  # type: ignore[no-untyped-call]
    if len(fonts) > LONGEST_FONTS:
        raise ValueError("no program writes a font table that long")
    text: str = rtf_to_text(source, encoding=fallback, errors="replace")  # type: ignore[no-untyped-call]
    # Characters beyond U+FFFF are written as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _pieces(text: str) -> list[Piece]:
    pieces = []
    for line in text.split("\n"):
        level = next((ord(c) - _LEVEL + 1 for c in line if c in _LEVELS), 0)
        line = line.translate(dict.fromkeys(map(ord, _LEVELS)))
        if level:
            pieces.append(Piece(line, "heading", level))
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 2 and not cells[-1]:
            pieces.append(Piece("\t".join(cells[:-1]), "row"))
        else:
            pieces.append(Piece(line.removesuffix("|")))
    return pieces


def _broken(data: bytes) -> bool:
    """Whether groups are not closed where the file ends, or are closed long before: words may be missing."""
    if b"\\bin" in data:  # pictures may hold any bytes
        return False
    depth = 0
    for sign in _GROUPS.finditer(data):
        depth += {b"{": 1, b"}": -1}.get(sign[0], 0)
        if depth == 0 and data.startswith(b"{\\rtf"):
            return bool(data[sign.end() :].strip(b" \r\n\t\0}"))
    return depth != 0


def _left(data: bytes, text: str, place: Place) -> list[Problem]:
    """What the text lacks or holds too much of."""
    found = []
    if _broken(data):
        found.append(
            problem(
                "damaged-file",
                place,
                "the file is cut off or damaged; words may be missing",
                hint="compare it with what Word shows, and save it as .docx",
                severity="warning",
            )
        )
    notes = len(re.findall(rb"\\footnote(?![a-z])", data))
    if notes:
        found.append(
            problem(
                "notes-not-read",
                place,
                "its {n} footnotes were not read",
                hint="save the file as .docx",
                severity="warning",
                n=notes,
            )
        )
    if _TRACKED.search(data):
        found.append(
            problem(
                "tracked-changes",
                place,
                "it holds tracked changes; deleted words stand in the text",
                hint="accept or refuse the changes and save it, as .docx if you can",
                severity="warning",
            )
        )
    lost = text.count("\ufffd")
    if lost:
        found.append(
            problem(
                "undecodable-bytes",
                place,
                "{n} characters could not be read; they are shown as \ufffd",
                hint="save the file as .docx",
                severity="warning",
                n=lost,
            )
        )
    return found


def _refused(place: Place) -> Problem:
    return problem(
        "damaged-file",
        place,
        "the file is damaged, or is no RTF",
        hint="open it in the program it was made with and save it as .docx",
    )
