"""The review page: one HTML file with its styles and scripts, each named by its hash in the policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from qualcode.languages.zh_desk import PAGE
from qualcode.output.page import json_data
from qualcode.web.said import SAID

SCRIPTS = (
    "dom",
    "speak",
    "ask",
    "filters",
    "list",
    "evidence",
    "entry",
    "decide",
    "choose",
    "memo",
    "history",
    "keys",
    "start",
)


@cache
def packaged(name: str) -> str:
    """Return a text file of the page, line ends as `\\n`."""
    text = files("qualcode.web").joinpath("templates", "review", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def review_page(*, lang: str, title: str, coder: str, blind: bool) -> tuple[str, str]:
    """Return the page and the policy to send with it.

    No word of the material is in it: the page asks for that.
    """
    import jinja2
    from markupsafe import Markup

    scripts = [packaged(f"{name}.js") for name in SCRIPTS]
    style = "\n" + packaged("page.css")
    said = {"en": SAID, "zh": {key: PAGE[text] for key, text in SAID.items()}}
    data = {
        "lang": lang,
        "title": title,
        "coder": coder,
        "blind": blind,
        "said": said,
    }
    page = jinja2.Environment(autoescape=True, keep_trailing_newline=True).from_string(packaged("page.html"))
    text = page.render(
        lang=lang,
        title=f"{said[lang]['review']} · {title}" if title else said[lang]["review"],
        style=Markup(style),
        data=Markup(json_data(data)),
        scripts=[Markup(script) for script in scripts],
    )
    return text, policy(scripts, [style])


def policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Return a content security policy: these scripts, these styles, and questions to this server alone."""
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _hashes(texts: Sequence[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
