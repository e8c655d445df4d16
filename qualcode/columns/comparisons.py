"""What moved between two runs."""

from __future__ import annotations

from qualcode.columns.column import columns

CODINGS_CHANGED = columns(
    (
        "change",
        "text",
        "gained, lost, moved (the same words elsewhere), counts, counts no more, or rules (rests on others)",
    ),
    ("document_id", "text", "the document's id"),
    ("code", "text", "the code"),
    ("coder", "text", "machine, or a person"),
    ("segment_id", "text", "the segment in the second run; empty: lost"),
    ("was_segment_id", "text", "the segment in the first run; empty: gained"),
    ("rules", "list", "rules that stand in the second run"),
    ("was_rules", "list", "rules that stood in the first run"),
    (
        "why",
        "list",
        "for each rule that came or went, as rule=reason: new, gone, found, not found, text, or why it "
        "is, or was, refused",
    ),
    ("quote", "text", "the segment's words; empty: the document is kept for testing"),
)

RULES_CHANGED = columns(
    ("rule", "text", "the rule"),
    ("code", "text", "its code"),
    ("gained", "int", "codings gained that rest on it"),
    ("lost", "int", "codings lost that rested on it"),
    ("state", "text", "new, gone, or empty: in both runs"),
)

CODES_CHANGED = columns(
    ("code", "text", "the code, a parent counting its descendants"),
    ("was_codings", "int", "countable codings in the first run; empty: no such code"),
    ("n_codings", "int", "in the second"),
    ("was_segments", "int", "segments with one in the first run"),
    ("n_segments", "int", "in the second"),
    ("was_documents", "int", "documents with one in the first run"),
    ("n_documents", "int", "in the second"),
    ("was_share", "float", "share of the codable segments in the first run"),
    ("share", "float", "in the second"),
)

EDGES_CHANGED = columns(
    ("basis", "text", "machine, reviewed or human: whose codings"),
    ("unit", "text", "the context in which codes meet"),
    ("source", "text", "a code"),
    ("target", "text", "another code"),
    ("was_n", "int", "contexts with both in the first run"),
    ("n", "int", "in the second"),
    ("was_lift", "float", "lift in the first run"),
    ("lift", "float", "in the second"),
    ("change", "text", "drawn, no longer drawn (n >= 2 and lift > 1), or empty: the same side"),
)

TIMELINE_CHANGED = columns(
    ("basis", "text", "document, about or said"),
    ("kind", "text", "kind of document"),
    ("code", "text", "the code"),
    ("modality", "text", "actual, normative, ... or unassessed"),
    ("grain", "text", "year, quarter or phase"),
    ("period", "text", "the period"),
    ("was_segments", "int", "segments with a countable coding in the first run"),
    ("n_segments", "int", "in the second"),
    ("was_share", "float", "mean share of the documents in the first run"),
    ("share_macro", "float", "in the second"),
)
