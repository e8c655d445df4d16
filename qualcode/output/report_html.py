"""report.html: what was read, coded, left uncoded and found, and the quotes behind the numbers, in one file.

Sections are small functions listed in `sections`; the named analyses of a run have one each, after the
timeline (`analysed`). The page can be printed, mailed and opened anywhere. All of it is text and pictures;
its scripts only add what paper cannot do: quotes at a click, a network and a timeline to filter.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping

from qualcode.analysis.catalogue import analyses
from qualcode.output import (
    analysed,
    report_checklist,
    report_coding,
    report_material,
    report_relations,
    report_rules,
)
from qualcode.output.page import json_data, packaged, policy
from qualcode.output.plaingraph import legal
from qualcode.output.report_blocks import Behind, Cell, Findings, Link, Section, Table
from qualcode.output.report_data import page_data
from qualcode.output.words import Words, words
from qualcode.registry import Registry

AFTER = "timeline"  # the section that those on named analyses follow
DATED = re.compile(r"\d{4}(-\d\d){1,2}")
SCRIPTS = ("report.js", "report_network.js", "report_timeline.js")
Maker = Callable[[Findings, Words, str], Section]

sections: Registry[Maker] = Registry(
    "report-section",
    {
        "read": report_material.read,
        "glance": analysed.glance,
        "claims": analysed.claims,
        "coded": report_coding.coded,
        "assertions": report_coding.assertions,
        "uncoded": report_coding.uncoded,
        "rules": report_rules.rules,
        "network": report_relations.network,
        "timeline": report_relations.timeline,
        "quotes": report_coding.quotes,
        "warnings": report_material.warnings,
        "methods": report_material.methods,
        "coreq": report_checklist.coreq,
    },
)


def report_html(findings: Findings, lang: str = "zh") -> bytes:
    """Return the report in a language; sections that have nothing to say are left out."""
    import jinja2
    from markupsafe import Markup

    say = words(lang)
    scripts = tuple(packaged("templates", name) for name in SCRIPTS)
    made: list[Section] = []
    for name, maker in sections.items():
        made.append(maker(findings, say, lang))
        if name == AFTER:
            asked = [one for one in analyses if one in findings.analysed or one in findings.unasked]
            made += [analysed.section(findings, one, say, lang) for one in asked]
    made = [section for section in made if section.blocks]
    data, number = page_data(findings, made, say, lang)
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"cell": _cell, "numeric": _numeric, "picture": _picture}
    environment.filters["right"] = _right
    environment.filters["dated"] = lambda cell: isinstance(cell, str) and bool(DATED.fullmatch(cell))
    environment.filters["behind"] = lambda cell: _behind(cell, number)
    page = environment.from_string(packaged("templates", "report.html"))
    text = page.render(
        lang=lang,
        say=say,
        title=findings.title or say("Report"),
        sections=made,
        policy=policy(scripts),
        scripts=[Markup(script) for script in scripts],
        data=Markup(json_data(data)),
        style=Markup(packaged("templates", "report.css")),
        findings=findings,
    )
    return (legal(text).rstrip() + "\n").encode()


def _right(table: Table) -> list[bool]:
    """Say of each column whether it is one of numbers; cells where nothing is known follow the others."""
    columns = zip(*table.rows, strict=True) if table.rows else ([] for _ in table.head)
    return [
        all(_numeric(cell) for cell in column) and any(c is not None for c in column)
        for column in map(list, columns)
    ]


def _behind(value: Cell, number: Mapping[str, int]) -> str:
    """The numbers of the segments behind a cell that are in the page, "" for other cells."""
    return (
        " ".join(str(number[name]) for name in value.ids if name in number)
        if isinstance(value, Behind)
        else ""
    )


def _cell(value: Cell) -> str:
    """Write a number as a reader wants it; a dash where nothing is known."""
    if isinstance(value, Behind):
        return str(value.value)
    if isinstance(value, Link):
        return value.text
    if value is None or value != value:
        return "–"
    if isinstance(value, float):
        return f"{value:.2g}" if abs(value) < 0.01 and value else f"{value:.2f}"
    return str(value)


def _numeric(value: Cell) -> bool:
    """Whether a cell is set right: a number, a share, an interval, or a dash for one."""
    if isinstance(value, (Behind, Link)):
        return isinstance(value, Behind) and isinstance(value.value, int)
    return not isinstance(value, str) or bool(re.fullmatch(r"<? ?[+−]?[\d.%]+( ?– ?[+−]?[\d.%]+)?", value))


def _picture(svg: bytes) -> str:
    """Return a drawing as the address of an image: what it defines stays its own."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
