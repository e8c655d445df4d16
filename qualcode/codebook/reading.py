"""Small readers that several parts of a codebook share: texts in two languages, ids, lists of nodes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Container

from qualcode.codebook.records import LANGUAGES
from qualcode.expressions import expression
from qualcode.problems import Problem, problem
from qualcode.text.repair import repair
from qualcode.yamlnodes import Fields, Node

_HAN = expression("[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")

_UNQUOTED = expression(r"[^\s\[\]{},:#&*!|>'\"%@`-](?:[^\[\]{},:#\n]*[^\s\[\]{},:#])?")


def language_of(text: str) -> str:
    """Say which language a text given without one stands under: zh where it holds a Han character, else en.

    >>> language_of("避责逻辑"), language_of("Avoidance")
    ('zh', 'en')
    """
    return "zh" if _HAN.search(text) else "en"


def prose(text: str) -> str:
    """Return a text composed and repaired like the documents it will be compared with, without edges."""
    return repair(text)[0].strip()


def read_texts(fields: Fields, key: str) -> dict[str, str]:
    """Read a text or a map `{zh: ..., en: ...}` as a map by language; empty where nothing is given."""
    node = fields.node(key)
    if node is None:
        return {}
    if node.kind == "map":
        inner = Fields(node, what=f"{key!r}", known=LANGUAGES, problems=fields.problems)
        texts = {lang: prose(inner.text(lang)) for lang in LANGUAGES if inner.has(lang)}
    else:
        text = prose(fields.text(key))
        texts = {language_of(text): text}
    return {lang: text for lang, text in texts.items() if text}


def items_of(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list, or a single value as a list of one; nothing for nothing."""
    if node is None or node.empty:
        return ()
    return node.items if node.kind == "list" else (node,)


def check_id(node: Node, what: str, pattern: str, problems: list[Problem]) -> str:
    """Return an id as written, after saying what is wrong with it; "" where it is no text."""
    if node.kind != "text":
        problems.append(
            problem("bad-id", node.place, "the id of {what} is one word, not a {given}", what=what,
                    given=node.kind)
        )  # fmt: skip
        return ""
    if not re.fullmatch(pattern, node.text):
        meant = suggested_id(node.text)
        hint = (
            "did you mean {meant!r}?"
            if re.fullmatch(pattern, meant)
            else ("ids are of small letters a-z, digits and _, beginning with a letter; names can be Chinese")
        )
        problems.append(
            problem("bad-id", node.place, "{id!r} cannot be the id of {what}", hint=hint, id=node.text,
                    what=what, meant=meant)
        )  # fmt: skip
    return node.text


def suggested_id(text: str) -> str:
    """Return the id that a mistyped one was probably meant to be.

    >>> suggested_id("Avoidance．Security-Pretext ")
    'avoidance.security_pretext'
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("。", ".")
    plain = re.sub(r"(?<=[a-z0-9])'s\b", "s", plain)
    plain = re.sub(r"[\s\-/]+", "_", plain)
    return re.sub(r"\.+", ".", plain).strip("._")


def in_one_line(node: Node, *, besides: Container[str] = ()) -> str:
    """Write the entries of a map in one line of YAML, without the keys in `besides`."""
    entries = ((key.text, _flow(value)) for key, value in node.entries if key.text not in besides)
    return ", ".join(f"{key}: {value}" for key, value in entries)


def _flow(node: Node) -> str:
    if node.kind == "list":
        return "[" + ", ".join(map(_flow, node.items)) + "]"
    if node.kind == "map":
        return "{" + in_one_line(node) + "}"
    if _UNQUOTED.fullmatch(node.text):
        return node.text
    if any(ord(sign) < 32 for sign in node.text):
        return json.dumps(node.text, ensure_ascii=False)
    return "'" + node.text.replace("'", "''") + "'"
