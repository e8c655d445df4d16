"""Which named analyses a run makes: the `analyses:` key of a study.

    analyses: none                          # or all (the default), or a list: [dominance, shift]
    analyses:
      run: all
      leave_out: [echo]
      codes: {bridge: [avoidance, innovation, field]}   # else each analysis chooses
      node: E2019                           # a date or the id of an event; else the borders of phases
      placebos: [E2018, 2020-09-11]         # else the node's day in other years
      resamples: 1000                       # of intervals

What the material does not allow is not made, and `analyses.csv` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.analysis.catalogue import analyses
from qualcode.analysis.intervals import RESAMPLES
from qualcode.problems import Problem
from qualcode.registry import did_you_mean
from qualcode.yamlnodes import Fields, Node

KEYS = ("run", "leave_out", "codes", "node", "placebos", "resamples")
ALL, NONE = "all", "none"


@dataclass(frozen=True, slots=True)
class AnalysesOptions:
    """What is asked of a run; `run` holds names of analyses, or `all` alone, and is empty for none."""

    run: tuple[str, ...] = (ALL,)
    leave_out: tuple[str, ...] = ()
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    node: str = ""
    placebos: tuple[str, ...] = ()
    resamples: int = RESAMPLES

    @property
    def names(self) -> tuple[str, ...]:
        """The analyses to make, in the order they are listed."""
        wanted = set(analyses) if ALL in self.run else set(self.run)
        return tuple(name for name in analyses if name in wanted - set(self.leave_out))


def read_analyses(node: Node | None, problems: list[Problem]) -> AnalysesOptions:
    """Read the `analyses:` key: a word, a list of names, or a map; mistakes go to `problems`."""
    if node is not None and node.kind != "map":
        fields = Fields(None, what="the analyses", known=("run",), problems=problems)
        return AnalysesOptions(run=_names(fields, node))
    fields = Fields(node, what="the analyses", known=KEYS, problems=problems)
    asked = fields.node("run")
    return AnalysesOptions(
        run=_names(fields, asked) if asked is not None else (ALL,),
        leave_out=fields.choices("leave_out", tuple(analyses)),
        codes=_codes(fields, problems),
        node=fields.text("node").strip(),
        placebos=fields.texts("placebos"),
        resamples=fields.integer("resamples", RESAMPLES, least=100),
    )


def _names(fields: Fields, node: Node) -> tuple[str, ...]:
    """Names of analyses, or `all`; `none` and an empty list are none."""
    items = node.items if node.kind == "list" else (node,)
    for item in items:
        if item.text not in (ALL, NONE, *analyses):
            fields.say(
                "unknown-analysis",
                item.place,
                "'{name}' is no analysis",
                hint="{meant} one of all, none, {known}",
                name=item.text,
                meant=did_you_mean(item.text, analyses),
                known=", ".join(analyses),
            )
    return tuple(dict.fromkeys(item.text for item in items if item.text in (ALL, *analyses)))


def _codes(fields: Fields, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    node = fields.node("codes")
    inner = Fields(node, what="codes of analyses", known=tuple(analyses), problems=problems)
    return {name: inner.texts(name) for name in analyses if inner.has(name)}
