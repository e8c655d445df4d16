"""The child process that reads PDFs: run as a script, it answers one request after another.

PDFium is native code, and a file made to break it may take the process with it; so it never runs in ours.
This file imports nothing of qualcode. Request: 8 bytes of length, the PDF. Answer: 8 bytes of length, JSON:

    {"pages": [{"lines": [[text, left, bottom, right, top, size], ...], "pictures": 2, "height": 842}, ...]}
    {"error": "password" | "damaged" | "too many pages" | "no reader"}
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any, BinaryIO

MAX_PAGES = 5_000
MAX_CHARACTERS = 1_000_000  # on one page
MEMORY = 4 << 30

_GENERATED = "\ue5e5"  # a space that is not in the file; any private character will do
_STRAYING = frozenset(map(ord, "…—·“”‘’"))

Line = tuple[str, float, float, float, float, float]


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while len(head := requests.read(8)) == 8:
        answer = json.dumps(read(requests.read(int.from_bytes(head, "big")))).encode()
        answers.write(len(answer).to_bytes(8, "big") + answer)
        answers.flush()


def read(data: bytes) -> dict[str, Any]:
    """Read the lines of every page with their places, in points from the lower left corner."""
    try:
        import pypdfium2
    except ImportError:
        return {"error": "no reader"}
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        return {"error": "password" if locked else "damaged"}
    if len(document) > MAX_PAGES:
        return {"error": "too many pages"}
    pages = []
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
            pages.append({"lines": _lines(text), "pictures": _pictures(page), "height": page.get_height()})
            text.close()
            page.close()
        except pypdfium2.PdfiumError:
            pages.append({"lines": [], "pictures": 0, "height": 0, "damaged": True})
    document.close()
    return {"pages": pages}


def _lines(textpage: Any) -> list[Line]:
    """Lines as PDFium breaks them. Characters are asked one by one, so that each has its place."""
    import pypdfium2.raw as pdfium

    handle = textpage.raw
    lines: list[Line] = []
    letters: list[str] = []
    places: list[int] = []
    for i in range(min(textpage.count_chars(), MAX_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(handle, i)
        if code == 0x20 and pdfium.FPDFText_IsGenerated(handle, i) == 1:
            letters.append(_GENERATED)
            places.append(i)
        elif code not in (0x0A, 0x0D, 0x02, 0xFFFE) and code:
            letters.append(chr(code) if code < 0x110000 else "\ufffd")
            places.append(i)
            if code in _STRAYING:
                _put_back(textpage, letters, places)
        elif code:
            # 0x02 and 0xFFFE stand for the hyphen of a word that goes on in the next line.
            lines.extend(_line(textpage, [*letters, "\u00ad"] if code in (0x02, 0xFFFE) else letters, places))
            letters, places = [], []
    lines.extend(_line(textpage, letters, places))
    return lines


def _put_back(textpage: Any, letters: list[str], places: list[int]) -> None:
    """Move the last character to where it is drawn, if that is further left.

    Signs set from another font than the words around them come behind those words, between made-up spaces.
    """
    import pypdfium2.raw as pdfium

    own = _box(textpage, places[-1])
    size = pdfium.FPDFText_GetFontSize(textpage.raw, places[-1])
    at = len(letters) - 1
    while own and at > 0:
        before = _box(textpage, places[at - 1]) if letters[at - 1] != _GENERATED else None
        if before and (before[0] <= own[0] or abs(before[1] - own[1]) > size):
            break
        at -= 1
    while at < len(letters) - 1 and letters[at] == _GENERATED:
        at += 1
    if not own or at == len(letters) - 1:
        return
    letter, place = letters.pop(), places.pop()
    for i in (len(letters) - 1, at - 1):
        if i >= 0 and letters[i] == _GENERATED:
            del letters[i], places[i]
            at -= i < at
    letters.insert(at, letter)
    places.insert(at, place)


def _line(textpage: Any, letters: list[str], places: list[int]) -> list[Line]:
    """One line with its place, by its first, middle and last character; none where it is blank."""
    import pypdfium2.raw as pdfium

    shown = [i for i, letter in zip(places, letters, strict=False) if letter.strip() and letter != _GENERATED]
    if not shown:
        return []
    asked = (shown[0], shown[len(shown) // 2], shown[-1])
    boxes = [box for box in (_box(textpage, i) for i in asked) if box] or [(0.0, 0.0, 0.0, 0.0)]
    size = round(pdfium.FPDFText_GetFontSize(textpage.raw, shown[0]), 1)
    left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
    # PDFium makes up a space wherever there is a gap; between Han and Latin that is typesetting.
    text = re.sub(
        f"(?<=[\u2e80-\u9fff]){_GENERATED}(?=[!-~])|(?<=[!-~]){_GENERATED}(?=[\u2e80-\u9fff])",
        "",
        "".join(letters),
    )
    return [(_joined(text.replace(_GENERATED, " ")), left, bottom, right, top, size)]


def _joined(text: str) -> str:
    """Put halves of characters beyond U+FFFF together; some fonts give them apart."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _box(textpage: Any, index: int) -> tuple[float, float, float, float] | None:
    try:
        left, bottom, right, top = textpage.get_charbox(index)
    except Exception:  # a glyph without a box; the library has no narrower error for it
        return None
    return round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)


def _pictures(page: Any) -> int:
    import pypdfium2.raw as pdfium

    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM)
    count = 0
    for found in page.get_objects(filter=kinds, max_depth=2):
        count += 1
        if count >= 3:
            break
        del found
    return count


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
