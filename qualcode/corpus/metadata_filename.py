"""Metadata in file names: a pattern such as `{date}-{title}`, and dates that names carry without one.

A pattern is matched against the file's name without its extension, or against the whole relative path where
the pattern has a `/` (`{case}/{kind}/{date}-{title}`). A field named as a known key sets it; any other
field is an attribute. Fields for dates take a whole date (2019-06-25, 20190625, 2019年6月25日), those for
kind, language and split a word they know, other fields as little as lets the rest fit, the last one all that
is left. Two fields need something between them, unless one is for a date.

Without a pattern, or where none fits, a date at the beginning or end of the name is read, in brackets or not:
`2019-06-25-张处长`, `某条例(2018-09-21)`, `工作总结（2019）`; the rest of the name can then serve as a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from qualcode.corpus.metadata import DATES, KIND_WORDS, SPLITS, Layer, check_value, known_key
from qualcode.expressions import expression
from qualcode.problems import Place, Problem, problem
from qualcode.text.dates import find_dates, read_date
from qualcode.yamlnodes import Node

_FIELD = expression(r"\{([^{}]*)\}")
_ZH = "[0-9０-９〇○零一二三四五六七八九十]"
_DATE = (  # longest first: a title may begin with digits, a date may not end early
    rf"{_ZH}{{4}}年{_ZH}{{1,3}}月{_ZH}{{1,3}}[日号號]|\d{{4}}[-._]\d{{1,2}}[-._]\d{{1,2}}|\d{{8}}"
    rf"|{_ZH}{{4}}年{_ZH}{{1,3}}月|\d{{4}}[-._]\d{{1,2}}(?!\d)|\d{{6}}(?!\d)|{_ZH}{{4}}年|\d{{4}}(?!\d)"
)
_CLOSED = {"kind": KIND_WORDS, "split": SPLITS, "language": ("zh", "en", "中文", "英文")}
_OPEN, _CLOSE = "(（[［【〔", ")）]］】〕"
_BRACKETED = rf"[{re.escape(_OPEN)}]([^{re.escape(_OPEN + _CLOSE)}]+)[{re.escape(_CLOSE)}]"
_AT_BEGINNING, _AT_END = expression(_BRACKETED), expression(f"{_BRACKETED}$")
_SOME_DATE = expression(r"\d{4}|年")  # stands in every date
_EDGE = " \t\u3000-–—_.,，、。·"


@dataclass(frozen=True, slots=True)
class FilePattern:
    """A file-name pattern: as written, its fields in order, and the expression it stands for."""

    text: str
    fields: tuple[str, ...]
    expression: re.Pattern[str]

    def read(self, path: str) -> dict[str, str] | None:
        """Return the field values of a relative posix path, None where the pattern does not fit."""
        pure = PurePosixPath(path)
        name = pure.with_suffix("").as_posix() if "/" in self.text else pure.stem
        found = self.expression.fullmatch(name)
        return None if found is None else dict(zip(self.fields, found.groups(), strict=True))


class NameDate(NamedTuple):
    """A date at an edge of a file name, and what remains of the name without it."""

    date: str
    rest: str


def read_pattern(node: Node, problems: list[Problem]) -> FilePattern | None:
    """Turn a pattern into an expression; None and Problems where it cannot be one."""
    return compile_pattern(node.text, node.place, problems)


def compile_pattern(text: str, place: Place, problems: list[Problem]) -> FilePattern | None:
    """Turn a pattern's text into an expression; see the head of this file for what it may hold."""
    text = text.strip()
    names = [known_key(name) for name in _FIELD.findall(text)]
    wrong = _wrong(text, names)
    if wrong:
        problems.append(
            problem(
                "bad-filename-pattern",
                place,
                wrong,
                hint="write for example '{{date}}-{{title}}' or '{{case}}_{{kind}}_{{date}}_{{title}}'",
                text=text,
            )
        )
        return None
    parts = _FIELD.split(text)
    expression = ""
    for n, part in enumerate(parts):
        if n % 2 == 0:
            expression += _literal(part)
        elif known_key(part) in DATES:
            expression += f"({_DATE})"
        elif known_key(part) in _CLOSED:
            words = sorted(_CLOSED[known_key(part)], key=len, reverse=True)
            expression += "(" + "|".join(re.escape(word) for word in words) + ")"
        else:
            last = n == len(parts) - 2 and not parts[-1]
            expression += "(.+)" if last else "([^/]+?)"
    return FilePattern(text, tuple(names), re.compile(expression, re.IGNORECASE | re.DOTALL))


def layer_from_name(path: str, patterns: tuple[FilePattern, ...], problems: list[Problem]) -> Layer:
    """Return what a file's name says: by the first pattern that fits, else a date at its edge."""
    place = Place(path)
    for pattern in patterns:
        values = pattern.read(path)
        if values is None:
            continue
        checked = {}
        for key, value in values.items():
            checked[key] = check_value(key, value.strip(), place, problems)
        return Layer("file name", checked, places=dict.fromkeys(checked, place))
    if patterns:
        problems.append(
            problem(
                "file-name",
                place,
                "the file's name does not fit '{pattern}'",
                hint="rename the file, add a second pattern, or give its metadata in documents.xlsx",
                severity="warning",
                pattern="', '".join(pattern.text for pattern in patterns),
            )
        )
    found = date_in_name(PurePosixPath(path).stem)
    return Layer("file name", {"date": found.date} if found.date else {}, places={"date": place})


@lru_cache(maxsize=64)  # a document's name is asked about for its date and for its title
def date_in_name(name: str) -> NameDate:
    """Find a date at the beginning or end of a name (without extension), and the name less the date.

    A bare number is a date only where it cannot be anything else: `2019-06-25`, `20190625`, `2019年` and
    `(2019)` are; `1234 访谈` and `J市2019` are not.

    >>> date_in_name("2019-06-25-张处长")
    NameDate(date='2019-06-25', rest='张处长')
    >>> date_in_name("工作总结（2019）")
    NameDate(date='2019', rest='工作总结')
    """
    if not _SOME_DATE.search(name):
        return NameDate("", name)
    bracketed = _AT_END.search(name)
    if bracketed and _in_our_time(read_date(bracketed[1])):
        return NameDate(read_date(bracketed[1]), name[: bracketed.start()].strip(_EDGE))
    opening = _AT_BEGINNING.match(name)
    if opening and _in_our_time(read_date(opening[1])):
        return NameDate(read_date(opening[1]), name[opening.end() :].strip(_EDGE))
    dates = [found for found in find_dates(name) if _in_our_time(found.date)]
    for found in dates[:1]:
        if not name[: found.start].strip(_EDGE):
            return NameDate(found.date, name[found.end :].strip(_EDGE))
    for found in dates[-1:]:
        if not name[found.end :].strip(_EDGE):
            return NameDate(found.date, name[: found.start].strip(_EDGE))
    return NameDate("", name)


def _in_our_time(date: str) -> bool:
    return "1900" <= date[:4] <= "2099"


def _literal(text: str) -> str:
    """A blank in the pattern fits any run of blanks; all else fits itself."""
    return r"\s+".join(re.escape(part) for part in re.split(r"\s+", text))


def _wrong(text: str, names: list[str]) -> str:
    """Return the message that says why a pattern cannot be used, "" for one that can."""
    if not names:
        return "file-name pattern {text!r} has no field in braces"
    left = _FIELD.sub("", text)
    if "{" in left or "}" in left:
        return "file-name pattern {text!r} has a brace without its partner"
    if not all(names):
        return "file-name pattern {text!r} has a field without a name"
    if len(set(names)) < len(names):
        return "file-name pattern {text!r} names one field twice"
    fields = re.findall(r"\{([^{}]*)\}(?=\{([^{}]*)\})", text)
    if any(not {known_key(one), known_key(two)} & DATES for one, two in fields):
        return "file-name pattern {text!r} has nothing between two of its fields"
    return ""
