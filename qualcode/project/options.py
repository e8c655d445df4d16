"""The smaller maps of a study file: what to compute and in which forms to write it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.problems import Problem
from qualcode.yamlnodes import Fields, Node

NETWORK_KEYS = ("units", "figure", "least", "level", "facets")
TIMELINE_KEYS = ("by", "window")
CODING_KEYS = ("code_interviewers", "runner")
OUTPUT_KEYS = ("folder", "excel", "parquet", "xlsx", "figures")
PERIODS = ("year", "quarter", "phase", "rolling")
FIGURES = ("svg", "png")


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """Contexts in which two codes can meet, the one that is drawn, and how often they must."""

    units: tuple[str, ...] = ("segment", "speech", "run3", "speech-run3", "document", "case")
    figure: str = "speech-run3"
    least: int = 2
    level: int = 0  # of the code tree, 1 is top; 0: the deepest level that is legible
    facets: tuple[str, ...] = ()  # drawn in the figure and its graph files; (): all


@dataclass(frozen=True, slots=True)
class TimelineOptions:
    """The periods to count in, and how many months a rolling window spans (it moves by a quarter)."""

    by: tuple[str, ...] = PERIODS[:3]
    window: int = 12


@dataclass(frozen=True, slots=True)
class CodingOptions:
    """Coding settings that belong to the study, not to the codebook. None: as the codebook says."""

    code_interviewers: bool | None = None
    runner: str = "serial"


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """Where results go and in which forms."""

    folder: str = "results"
    excel: bool = False  # byte order mark in CSV
    parquet: bool = False
    xlsx: bool = False
    figures: tuple[str, ...] = FIGURES


def is_context(text: str) -> bool:
    """Whether a text names contexts of co-occurrence; k of run<k> and speech-run<k> is 2 to 99.

    >>> is_context("run3"), is_context("speech-run5"), is_context("run1"), is_context("page")
    (True, True, False, False)
    """
    return text in ("segment", "speech", "document", "case") or bool(
        re.fullmatch(r"(speech-)?run([2-9]|[1-9]\d)", text)
    )


def read_network(node: Node | None, problems: list[Problem]) -> NetworkOptions:
    """Read the `network:` map; mistakes go to `problems`."""
    default = NetworkOptions()
    fields = Fields(node, what="the network", known=NETWORK_KEYS, problems=problems)
    asked = fields.texts("units")
    figure = fields.text("figure", default.figure).strip()
    for unit in (*asked, figure):
        if not is_context(unit):
            fields.say(
                "unknown-unit",
                fields.place_of("units" if unit in asked else "figure"),
                "'{unit}' is not a context in which codes meet",
                hint="one of segment, speech, run3, speech-run3 (any number from 2), document, case",
                unit=unit,
            )
    units = tuple(dict.fromkeys(unit for unit in asked if is_context(unit))) or default.units
    if is_context(figure) and figure not in units:
        units = (*units, figure)
    return NetworkOptions(
        units,
        figure,
        fields.integer("least", default.least, least=1),
        fields.integer("level", 0, least=0),
        fields.texts("facets"),
    )


def read_timeline(node: Node | None, problems: list[Problem]) -> TimelineOptions:
    """Read the `timeline:` map; mistakes go to `problems`."""
    fields = Fields(node, what="the timeline", known=TIMELINE_KEYS, problems=problems)
    default = TimelineOptions()
    by = fields.choices("by", PERIODS, default.by) or default.by
    return TimelineOptions(by, fields.integer("window", default.window, least=1))


def read_coding(node: Node | None, problems: list[Problem]) -> CodingOptions:
    """Read the `coding:` map; mistakes go to `problems`."""
    from qualcode.project.runners import runners

    fields = Fields(node, what="the coding settings", known=CODING_KEYS, problems=problems)
    asked = fields.yes("code_interviewers") if fields.has("code_interviewers") else None
    return CodingOptions(asked, fields.choice("runner", tuple(runners), "serial"))


def read_output(node: Node | None, problems: list[Problem]) -> OutputOptions:
    """Read the `output:` map, or the name of the result folder alone; mistakes go to `problems`."""
    if node is not None and node.kind == "text":
        return OutputOptions(folder=node.text.strip() or "results")
    fields = Fields(node, what="the output", known=OUTPUT_KEYS, problems=problems)
    return OutputOptions(
        folder=fields.text("folder", "results").strip() or "results",
        excel=fields.yes("excel"),
        parquet=fields.yes("parquet"),
        xlsx=fields.yes("xlsx"),
        figures=fields.choices("figures", FIGURES, FIGURES),
    )
