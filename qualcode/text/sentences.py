"""Where sentences and clauses end, in Chinese, English and a mixture of both.

`sentence_spans` and `clause_spans` cut a stretch of text into spans that together hold all its non-blank
characters, in order, without overlap, each trimmed of white space. Nothing is learned and no model is
needed: the same text gives the same sentences everywhere.

A sentence ends

- after 。！？； and the closing quotes and brackets that follow, runs such as ？！ taken together; after ……
  too, unless the sentence visibly goes on (，、的 next);
- after half-width ``!`` ``?`` ``;`` and ``.`` where Chinese stands before or after them;
- in English after ``.`` ``!`` ``?`` before white space, unless an abbreviation (Mr. e.g. U.S. No. 5), an
  initial, a list number or a lower-case word shows that it goes on;
- at an empty line. A single line break is where the source wrapped a line, and is no end.

It does not end inside a number or date (3.5版, 2019.6.25), inside 《…》, or inside a bracket that itself
stands within a sentence: 各部门（公安。税务。）都来了 is one.

>>> text = "没有依据。2019.6.25开会！（笑）后来呢？！"
>>> [text[a:b] for a, b in sentence_spans(text, 0, len(text))]
['没有依据。', '2019.6.25开会！（笑）', '后来呢？！']
"""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.expressions import expression
from qualcode.text.abbreviations import CAN_END, NEVER_END, NUMBERED, STARTERS

STOPS = "。．！？；｡!?;.…‥⋯"
STRONG = "。！？；｡"  # these end a sentence whatever stands before them
CLOSERS = "”’」』）】》〉〕］)]｣"
EITHER = "\"'*_"  # open or close (* and _ are emphasis in Markdown): what follows decides
GOES_ON = "，、：,:"
QUOTE_GOES_ON = "的之等和与與及或"  # “怎么办？”的时候: the quotation is part of a larger sentence
BRACKETS = (("《", "》", 100), ("（", "）", 80), ("(", ")", 80), ("【", "】", 80), ("[", "]", 80))
"""Opening, closing, and how many characters between them are stepped over at most."""
HAN = r"㐀-䶿一-鿿豈-﫿々〇\U00020000-\U0003ffff"
_BRACKET = "|".join(rf"\{a}[^\{a}\{b}]{{1,{longest}}}\{b}" for a, b, longest in BRACKETS)

# One pass finds everything that matters: an empty line, a bracketed stretch to step over, a run of stops.
_SCAN = expression(rf"(?P<gap>\n[^\S\n]*\n\s*)|(?P<bracket>{_BRACKET})|(?P<stop>[{STOPS}]+)")
_CLAUSE = expression(rf"(?P<bracket>{_BRACKET})|(?P<stop>[，；：,;:]+)")
_IS_HAN = expression(f"[{HAN}]")
_TOKEN = expression(r"[A-Za-z][A-Za-z.]*$")
_WORD = expression(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_LIST_NUMBER = expression(r"[\s(（*_-]*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})$")
_ASIDE = expression(
    r"[（(\[【]\s*(?:众人?|眾人?|大家|全场|全場)?\s*(?:苦|大|微|哄|偷|冷)?"
    r"(?:笑|听不清|聽不清|停顿|停頓|沉默|叹气|嘆氣|鼓掌|掌声|掌聲|咳|哭|点头|點頭|摇头|搖頭|"
    r"laugh|inaudible|pause|silence|crosstalk|applause|sigh|cough|nod|unclear)[^（）()\[\]【】]{0,24}[）)\]】]"
)


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut `text[start:end]` into sentences.

    Returns `(start, end)` pairs as offsets into `text`, each trimmed of white space and never empty; a blank
    stretch gives an empty list. Takes time in proportion to the stretch, wherever it lies in the text.
    """
    cuts = sentence_cuts(text, start, end)
    return _trimmed(text, start, end, cuts)


def clause_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut `text[start:end]` into clauses: sentences, cut again after ，；： and in English after ``, ; :``.

    Numbers and times (3,000 and 12:30), addresses (http://…) and bracketed stretches stay whole; a closing
    quote belongs to the clause before it.
    """
    spans: list[tuple[int, int]] = []
    for first, last in sentence_spans(text, start, end):
        spans += _trimmed(text, first, last, _clause_cuts(text, first, last))
    return spans


def is_han(character: str) -> bool:
    """Whether one character is a Chinese one (々 and 〇 too); "" is not."""
    return bool(_IS_HAN.match(character))


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return _IS_HAN.search(text) is not None


def count_han(text: str) -> int:
    """Count the Chinese characters of a text."""
    return len(_IS_HAN.findall(text))


def _trimmed(text: str, start: int, end: int, cuts: Iterator[int]) -> list[tuple[int, int]]:
    spans = []
    first = start
    for cut in [*cuts, end]:
        a, b = first, cut
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            spans.append((a, b))
        first = cut
    return spans


def sentence_cuts(text: str, start: int, end: int, *, quotes: int = 0) -> Iterator[int]:
    """Yield where sentences of `text[start:end]` end, by the exact rule: one place after the other.

    A sentence begins at `start`; `quotes` is how many straight quotes stand before it in its stretch.
    """
    first = _skip_blank(text, start, end)  # where the sentence being read begins
    position = counted = start
    while found := _SCAN.search(text, position, end):
        position = found.end()
        if found["gap"]:
            cut = found.start()
        elif found["bracket"]:
            # A bracket that is the whole sentence, （略。）, ends it; one within a sentence does not.
            if found.start() != first or found[0][0] not in "（(" or found[0][-2] not in "。！？!?.":
                continue
            cut = position = _past_closers(text, position, end, open_quote=False)
        else:
            quotes += text.count('"', counted, position)  # after an odd number the next one closes
            counted = position
            cut = position = _past_run(text, position, end, open_quote=quotes % 2 == 1)
            if not _ends(text, first, found.start(), found.end(), cut, end):
                position = found.end()
                continue
            if aside := _ASIDE.match(text, _skip_blank(text, cut, end), end):
                cut = position = _past_run(text, aside.end(), end, open_quote=False)
                if cut < end and text[cut] in GOES_ON:
                    continue
        yield cut
        first = _skip_blank(text, cut, end)
        position = max(position, cut)


def _past_closers(text: str, i: int, end: int, *, open_quote: bool) -> int:
    while i < end:
        if text[i] in CLOSERS:
            i += 1
        elif text.startswith("&quot;", i, end):  # as web pages pasted into Markdown have it
            after = i + 6
            if after < end and not (
                text[after].isspace() or text[after] in CLOSERS or text[after] in GOES_ON
            ):
                return i
            i = after
        elif text[i] in EITHER:
            after = i + 1
            while after < end and text[after] == text[i]:
                after += 1
            closes = after == end or text[after].isspace() or text[after] in CLOSERS or text[after] in GOES_ON
            if not closes and not (open_quote and text[i] == '"'):
                return i
            i = after
        else:
            return i
    return i


def _past_run(text: str, i: int, end: int, *, open_quote: bool) -> int:
    """Step over closing quotes, and over stops that follow them: “是。”；"""
    while True:
        i = _past_closers(text, i, end, open_quote=open_quote)
        if i < end and text[i] in "。！？；…" and (text[i - 1] in CLOSERS or text[i - 1] in EITHER):
            i += 1
        else:
            return i


def _skip_blank(text: str, i: int, end: int) -> int:
    while i < end and text[i].isspace():
        i += 1
    return i


def _ends(text: str, first: int, start: int, stop: int, cut: int, end: int) -> bool:
    """Whether the run of stops `text[start:stop]`, closed at `cut`, ends the sentence begun at `first`."""
    run = text[start:stop]
    after = text[cut] if cut < end else ""
    ahead = _skip_blank(text, cut, end)
    following = text[ahead] if ahead < end else ""
    if not following:
        return True
    if after and after in GOES_ON:
        return False
    if cut > stop and after and after in QUOTE_GOES_ON and not set(run) <= {"。"}:
        return False
    if any(c in "。！？；｡" for c in run):
        return True
    before = text[start - 1] if start > first else ""
    chinese = is_han(before) or _is_wide(before)
    if set(run) <= set("…‥⋯."):
        if len(run) > 1 or run in "…‥⋯":
            return _ellipsis_ends(text, run, chinese, after, ahead, end)
        return _period_ends(text, first, start, stop, cut, ahead, end, chinese)
    if run == "．":
        return chinese and not following.isalnum()
    if set(run) == {";"}:
        return chinese or is_han(after)
    # ! ? and mixtures such as ?! or !...
    if chinese or is_han(after):
        return True
    if after and not after.isspace():
        return cut > stop or after.isupper()  # https://a.b/?q=1 is no question
    return not following.islower()


def _ellipsis_ends(text: str, run: str, chinese: bool, after: str, ahead: int, end: int) -> bool:
    if chinese or is_han(after):
        long = run.count("…") >= 2 or run.count(".") >= 6 or "⋯⋯" in run
        return long and after not in QUOTE_GOES_ON
    word = _WORD.match(text, ahead, end)
    if word is None:
        return text[ahead] in '“‘「"('
    return word[0][0].isupper() and word[0] not in {
        "I",
        "I'm",
        "I’m",
        "I'd",
        "I’d",
        "I've",
        "I’ve",
        "I'll",
        "I’ll",
    }


def _period_ends(
    text: str, first: int, start: int, stop: int, cut: int, ahead: int, end: int, chinese: bool
) -> bool:
    """Whether the single half-width stop at `start` ends the sentence; `ahead` is the next character."""
    after = text[cut]
    found = _TOKEN.search(text, max(first, start - 16), start)
    token = found[0] if found else ""
    if not after.isspace() and cut == stop:
        # 3.5版, afabi.pdis.tw, 1.加强: only a half-width stop typed between Chinese words is one.
        if not is_han(after) and not _is_wide(after):
            return False
        return chinese or (len(token) > 1 and "." not in token)  # not in D.C.这边
    if chinese or (is_han(text[ahead]) and token.lower() not in NEVER_END):
        return not _LIST_NUMBER.fullmatch(text, first, start)
    if _LIST_NUMBER.fullmatch(text, first, start) and text[first:start].strip() != "I":
        return False
    if text[ahead].islower():
        return False
    return _abbreviation_ends(text, token, ahead, end)


def _abbreviation_ends(text: str, token: str, ahead: int, end: int) -> bool:
    """Whether a sentence ends after the word or abbreviation `token`, its stop and white space."""
    low = token.lower()
    if low in NEVER_END:
        return False
    if low in NUMBERED:
        return not (text[ahead].isdigit() or text[ahead] == "§")
    initial = len(token) == 1 and token.isupper()
    dotted = "." in token and all(len(part) == 1 for part in token.split("."))
    if low in CAN_END or initial or dotted:
        word = _WORD.match(text, ahead, end)
        return word[0] in STARTERS if word else not text[ahead].isdigit()
    return True


def _is_wide(character: str) -> bool:
    """Whether a character is Chinese punctuation or a full-width form."""
    return (
        "　" <= character <= "〿" or "！" <= character <= "｠" or (character != "" and character in "“”‘’…—·")
    )


def _clause_cuts(text: str, start: int, end: int) -> Iterator[int]:
    position = start
    while found := _CLAUSE.search(text, position, end):
        position = found.end()
        if found["bracket"]:
            continue
        cut = _past_closers(text, position, end, open_quote=False)
        after = text[cut] if cut < end else ""
        before = text[found.start() - 1] if found.start() > start else ""
        wide = any(c in "，；：" for c in found[0])
        between_digits = before.isdigit() and after.isdigit() and cut == position
        if not after or between_digits:
            continue
        if wide or is_han(before) or is_han(after) or after.isspace():
            position = cut
            yield cut
