"""What was asked of a run, and what must be read beside the answers."""

from __future__ import annotations

from qualcode.columns.column import columns

ASKED = columns(
    ("analysis", "text", "name, as in 'qualcode analyze NAME'"),
    ("question", "text", "what it answers"),
    ("made", "yes_no", "whether it has any row"),
    ("tables", "list", "its tables, each a CSV beside this one; with how many rows"),
    ("remarks", "list", "what must be read beside the numbers, or why there are none"),
)
