"""What the report says of written and unwritten rules, rights, barriers and what answers them."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.analysis.given import Made
from qualcode.model import TALK
from qualcode.output.analysed.cells import (
    Put,
    Shown,
    Telling,
    actor,
    behind,
    code,
    kind,
    pair,
    phase,
    said,
    whole,
)

INSTITUTIONS = (
    Shown(
        "fi_ii_types",
        "Types of informal institution (Helmke & Levitsky), as words nearby suggest; each is to be read.",
        (
            Put("Kind", kind()),
            Put("Phase", phase()),
            Put("rules in force", said("effect")),
            Put("what they are for", said("outcome")),
            Put("type", said("type")),
            Put("documents", whole("n_documents")),
            Put("cases", behind("n_quotes")),
        ),
        keep=lambda rows: rows[((rows["phase"] == "") & (rows["n_quotes"] > 0)).to_numpy(dtype=bool)],
        order=(("kind", False), ("n_quotes", True)),
        most=24,
    ),
    Shown(
        "control_rights",
        "Who holds which right in each phase, as far as anybody says.",
        (
            Put("Kind", kind()),
            Put("Phase", phase()),
            Put("right", code("right")),
            Put("Actor", actor()),
            Put("state", said("state")),
            Put("documents", whole("n_documents")),
            Put("segments", behind("n_quotes")),
        ),
        keep=lambda rows: rows[((rows["phase"] != "") & (rows["n_quotes"] > 0)).to_numpy(dtype=bool)],
        most=30,
    ),
    Shown(
        "ica",
        "Barriers and the mechanisms told with them, and what comes after.",
        (
            Put("Kind", kind()),
            Put("Barrier and mechanism", pair("barrier", "mechanism", " → ")),
            Put("risk", said("risk")),
            Put("family", said("family")),
            Put("told after", code("outcome")),
            Put("documents", whole("n_documents")),
            Put("pairs", behind("n")),
        ),
        order=(("n_documents", True), ("n", True)),
        most=16,
    ),
)


def institutions(made: Made, tell: Telling) -> Iterator[str]:
    """Say which types were found most, and how many cases are open."""
    rows = made.tables["fi_ii_types"]
    rows = rows[((rows["phase"] == "") & rows["kind"].isin(TALK)).to_numpy(dtype=bool)]
    counts = rows.groupby("type", sort=False)["n_quotes"].sum().sort_values(ascending=False, kind="stable")
    total = int(counts.sum())
    if total:
        parts = [f"{tell.say(str(name))} {int(n)}" for name, n in counts.items() if n]
        yield tell.say(
            "Of {n} places in talk with an informal institution, as words nearby suggest: {parts}.",
            n=total,
            parts=tell.listed(parts),
        )
    rights = made.tables["control_rights"]
    told = rights[((rights["phase"] != "") & (rights["n_quotes"] > 0)).to_numpy(dtype=bool)]
    if len(told):
        yield tell.say(
            "Who holds a right is said in {n} rows of right, phase and actor; counts are too small to test.",
            n=len(told),
        )
