"""The rules that all programs are given, drawn from the words of a language: as a codebook and as plain data.

`rules(lang, terms=500, mix=True)` gives plain data; `codebook(...)` writes it as qualcode's YAML, `tokens` in
it are what spaCy's Matcher is asked for, where it can say the same or less in one pattern:

- terms: three in five are single words, the others two words together; 50 codes share them;
- wildcards: `stem*` in English; in Chinese, where a term matches anywhere, two-character beginnings of words;
- near: a word of one group near a word of another; the Matcher is asked for one order, in Chinese for one
  word of each group, with tokens for words: every hit of its must be one of qualcode's;
- regex: inflected words, words with a gap between them, numbers with a unit, negations before a word.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.words import ROOT, overlaps_itself, vocabulary

CODES = 50
MIXED = 50  # rules of each slower kind
MOST = 5_000
STOPS = "，。；！？、："
Rules = dict[str, Any]


def terms_of(lang: str) -> list[str]:
    """Return 5,000 different terms; the first 50 and 500 are the smaller codebooks."""
    chance, words = random.Random(31), vocabulary(lang)
    least = 4 if lang == "en" else 2
    pool = [w for w in words[900:] if len(w) >= least and not overlaps_itself(w)]
    chance.shuffle(pool)
    glue, drawn = (" " if lang == "en" else ""), iter(pool)
    terms: dict[str, None] = {}
    while len(terms) < MOST:
        single = len(terms) % 5 < 3
        term = next(drawn) if single else glue.join(chance.sample(pool, 2))
        if not overlaps_itself(term):
            terms[term] = None
    return list(terms)


def rules(lang: str, *, terms: int, mix: bool = False) -> Rules:
    """Return the rules as plain data; the same arguments give the same rules."""
    chosen = terms_of(lang)[:terms]
    made: Rules = {
        "lang": lang,
        "terms": [{"rule": f"t{n % CODES:02}", "term": term} for n, term in enumerate(chosen)],
        "wildcards": [],
        "near": [],
        "regex": [],
    }
    if mix:
        made.update(_english_mix(chosen) if lang == "en" else _chinese_mix(chosen))
    return made


def _singles(terms: list[str], least: int) -> list[str]:
    return [term for term in terms if " " not in term and len(term) >= least]


def _english_mix(terms: list[str]) -> Rules:
    words, single = vocabulary("en"), _singles(terms, 5)
    near, regex = [], []
    for n in range(MIXED):
        first = [single[(3 * n + k) % len(single)] for k in range(3)]
        second = [words[60 + 2 * n + k] for k in range(3)]
        tokens = [{"LOWER": {"IN": first}}, {"OP": "{0,5}"}, {"LOWER": {"IN": second}}]
        near.append({"rule": f"n{n:02}", "groups": [first, second], "within": "5 words", "tokens": tokens})
    for n in range(MIXED):
        one, two = single[(150 + n) % len(single)], words[210 + n]
        stem = words[900 + 7 * n]
        pattern, tokens = (
            (rf"\b{stem}(?:s|ed|ing|ment)\b", [_token(rf"^{stem}(?:s|ed|ing|ment)$")]),
            (
                rf"\b{one} (?:[a-z]+ ){{0,3}}{two}\b",
                [_low(one), {"IS_ALPHA": True, "OP": "{0,3}"}, _low(two)],
            ),
            (rf"\b(?:never|always) {two}\b", [{"LOWER": {"IN": ["never", "always"]}}, _low(two)]),
            (rf"\b[0-9]+ {two}\b", [_token("^[0-9]+$"), _low(two)]),
        )[n % 4]
        regex.append({"rule": f"x{n:02}", "regex": pattern, "tokens": tokens})
    wild = [{"rule": f"w{n:02}", "term": f"{word[: max(4, len(word) - 3)]}*"} for n, word in _some(single)]
    return {"wildcards": wild, "near": near, "regex": regex}


def _chinese_mix(terms: list[str]) -> Rules:
    words, single = vocabulary("zh"), _singles(terms, 2)
    near, regex = [], []
    for n in range(MIXED):
        first = [single[(3 * n + k) % len(single)] for k in range(3)]
        second = [words[60 + 2 * n + k] for k in range(3)]
        tokens = [*map(_low, first[0]), {"OP": "{0,10}"}, *map(_low, second[0])]
        groups = [first, second]
        near.append({"rule": f"n{n:02}", "groups": groups, "within": "10 characters", "tokens": tokens})
    gap = {"LOWER": {"NOT_IN": list(STOPS)}, "OP": "{0,6}"}
    for n in range(MIXED):
        one, two = single[(150 + n) % len(single)], words[150 + n]
        article = [_low("第"), {**_in("一二三四五六七八九十"), "OP": "+"}, _low("条")]
        pattern, tokens = (
            (f"{one}[^{STOPS}]{{0,6}}{two}", [*map(_low, one), gap, *map(_low, two)]),
            (f"[不没未](?:能|会|有){two}", [_in("不没未"), _in("能会有"), *map(_low, two)]),
            (f"[0-9]+个{two}", [_token("^[0-9]$"), _low("个"), *map(_low, two)]),
            (f"第[一二三四五六七八九十]+条[^{STOPS}]{{0,6}}{two}", [*article, gap, *map(_low, two)]),
        )[n % 4]
        regex.append({"rule": f"x{n:02}", "regex": pattern, "tokens": tokens})
    wild = [{"rule": f"w{n:02}", "term": word[:2]} for n, word in _some(_singles(terms[100:], 3))]
    return {"wildcards": wild, "near": near, "regex": regex}


def _some(words: list[str]) -> list[tuple[int, str]]:
    return [(n, words[n % len(words)]) for n in range(MIXED)]


def _low(word: str) -> dict[str, Any]:
    return {"LOWER": word}


def _in(characters: str) -> dict[str, Any]:
    return {"LOWER": {"IN": list(characters)}}


def _token(expression: str) -> dict[str, Any]:
    return {"LOWER": {"REGEX": expression}}


def codebook(several: Sequence[Rules], folder: Path, name: str, *, cues: bool = False) -> Path:
    """Write rules of one or several languages as one codebook, with the cue files that come with qualcode
    where asked for. Every language has its own 50 codes; each facet is fed by all."""
    folder.mkdir(parents=True, exist_ok=True)
    book: Rules = {
        "qualcode": 1,
        "id": "bench",
        "version": "1.0.0",
        "title": {"en": "Made up"},
        "languages": [made["lang"] for made in several],
        "fold": ["case", "width", "script"],
        "facets": {f"facet{n}": {"question": "?", "exclusive": False} for n in (0, 1)},
        "codes": [code for n, made in enumerate(several) for code in _codes(made, n * CODES)],
    }
    if cues:
        cue_files = [f"context.{made['lang']}.yaml" for made in several]
        book["imports"] = cue_files
        for cue in cue_files:
            shutil.copyfile(ROOT / "codebooks" / cue, folder / cue)
    path = folder / f"{name}.yaml"
    path.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", "utf-8")
    path.with_suffix(".json").write_text(
        json.dumps(several[0] if len(several) == 1 else list(several), ensure_ascii=False) + "\n", "utf-8"
    )
    return path


def _codes(made: Rules, first: int) -> list[Rules]:
    """The codes of one language; rules are named as in the plain data, of further languages `t50` and on."""
    by_code: list[list[Rules]] = [[] for _ in range(CODES)]
    for n in range(min(CODES, len(made["terms"]))):
        own = [term["term"] for term in made["terms"][n::CODES]]
        by_code[n].append({"id": f"t{first + n:02}", "terms": own})
    for n, one in enumerate(made["wildcards"]):
        by_code[n % CODES].append({"id": _later(one, first), "terms": [one["term"]]})
    for n, one in enumerate(made["near"]):
        by_code[n % CODES].append({"id": _later(one, first), "near": one["groups"], "within": one["within"]})
    for n, one in enumerate(made["regex"]):
        by_code[n % CODES].append({"id": _later(one, first), "regex": one["regex"]})
    return [
        {
            "id": f"code{first + n:02}",
            "facet": f"facet{n % 2}",
            "name": {"en": f"Code {first + n}"},
            "definition": "made up",
            "rules": own,
        }
        for n, own in enumerate(by_code)
    ]


def _later(rule: Rules, first: int) -> str:
    return f"{rule['rule'][0]}{int(rule['rule'][1:]) + first:02}"
