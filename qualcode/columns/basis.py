"""Whose codings analyses rest on."""

from __future__ import annotations

from qualcode.columns.column import columns

BASIS = columns(
    ("code", "text", "the code; empty: all codes"),
    (
        "basis",
        "text",
        "machine, mixed (people decided on some), reviewed (on all) or human: whose codings count",
    ),
    ("n_codings", "int", "codings that count here"),
    ("n_decided", "int", "of those, the ones that people accepted or gave"),
    ("n_by_people", "int", "of those, the ones that only people gave"),
    ("n_set_aside", "int", "codings of the machine that people rejected or recoded, which do not count"),
    (
        "n_open",
        "int",
        "codings whose words changed since, or about which people disagree: as the machine says",
    ),
)
