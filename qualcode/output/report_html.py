"""report.html: what was read, coded and left uncoded, and the quotes behind the numbers, in one file.

Sections are small functions listed in `sections`; a later analysis adds its own there. The page has no
script: it can be printed, mailed and opened anywhere, and shows everything as text.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from qualcode.output import report_coding, report_material, report_relations, report_rules
from qualcode.output.page import packaged, policy
from qualcode.output.plaingraph import legal
from qualcode.output.report_blocks import Cell, Findings, Section
from qualcode.output.words import Words, words
from qualcode.registry import Registry

Maker = Callable[[Findings, Words, str], Section]

sections: Registry[Maker] = Registry(
    "report-section",
    {
        "read": report_material.read,
        "coded": report_coding.coded,
        "assertions": report_coding.assertions,
        "uncoded": report_coding.uncoded,
        "rules": report_rules.rules,
        "network": report_relations.network,
        "timeline": report_relations.timeline,
        "quotes": report_coding.quotes,
        "warnings": report_material.warnings,
        "methods": report_material.methods,
    },
)


def report_html(findings: Findings, lang: str = "zh") -> bytes:
    """Return the report in a language; sections that have nothing to say are left out."""
    import jinja2
    from markupsafe import Markup

    say = words(lang)
    made = [maker(findings, say, lang) for maker in sections.values()]
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"cell": _cell, "numeric": _numeric, "picture": _picture}
    page = environment.from_string(packaged("templates", "report.html"))
    text = page.render(
        lang=lang,
        say=say,
        title=findings.title or say("Report"),
        sections=[section for section in made if section.blocks],
        policy=policy(()),
        style=Markup(packaged("templates", "report.css")),
        findings=findings,
    )
    return (legal(text).rstrip() + "\n").encode()


def _cell(value: Cell) -> str:
    """Write a number as a reader wants it; a dash where nothing is known."""
    if value is None or value != value:
        return "–"
    if isinstance(value, float):
        return f"{value:.2g}" if abs(value) < 0.01 and value else f"{value:.2f}"
    return str(value)


def _numeric(value: Cell) -> bool:
    """Whether a cell is set right: a number, a share, an interval, or a dash for one."""
    return not isinstance(value, str) or bool(re.fullmatch(r"<? ?[\d.%]+( ?– ?[\d.%]+)?", value))


def _picture(svg: bytes) -> str:
    """Return a drawing as the address of an image: what it defines stays its own."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
