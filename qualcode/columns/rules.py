"""What every rule brought, where codes contradict each other, and what went wrong."""

from __future__ import annotations

from qualcode.columns.column import columns

LEDGER = columns(
    ("code", "text", "the code; its first row is of the whole code, without its descendants"),
    ("facet", "text", "the family the code belongs to"),
    ("rule", "text", "the rule; empty: the whole code"),
    ("kind", "text", "the rule's kind of pattern"),
    ("file", "text", "codebook file the rule is written in"),
    ("line", "int", "line of the rule"),
    ("weight", "float", "the rule's weight"),
    ("n_hits", "int", "matches that stand"),
    ("n_segments", "int", "segments with one"),
    ("n_documents", "int", "documents with one"),
    ("n_countable", "int", "of those segments, the ones where the coding counts"),
    (
        "n_needed",
        "int",
        "codings that would not stand without the rule; of a code: those that hang on a single rule",
    ),
    ("share_needed", "float", "n_needed / codings of the code; empty where it has none"),
    ("overlap", "list", "other rules of the code in the same segments, as rule=segments, most first"),
    ("n_conflicts", "int", "conflicts with other codes of the facet that it has a part in: conflicts.csv"),
    ("n_refused", "int", "matches refused"),
    ("refused_longer", "int", "of those, inside a longer term"),
    ("refused_except", "int", "of those, on an excepted phrase"),
    ("refused_unless", "int", "of those, because something else was found"),
    ("refused_where", "int", "of those, in other material than the rule is for"),
    ("refused_interviewer", "int", "of those, in an interviewer's words"),
    ("refused_threshold", "int", "of those, because the rules that fired weigh too little"),
    ("share_refused", "float", "n_refused / all its matches; empty where it has none"),
    ("n_reviewed", "int", "codings with the rule that people judged; empty: no decisions"),
    ("share_rejected", "float", "of those, the share rejected or recoded; empty: none decided on"),
)

CONFLICTS = columns(
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "the segment's id"),
    ("facet", "text", "the family both codes belong to"),
    ("code", "text", "a code that counts there"),
    ("other", "text", "another one of the facet, no ancestor or descendant of it"),
    (
        "kind",
        "text",
        "exclusive: the facet allows one of them in a segment; evidence: they rest on the same words",
    ),
    ("words", "list", "the words both rest on"),
    ("rules", "list", "rules of the first that have a part in it"),
    ("other_rules", "list", "rules of the second"),
    ("text", "text", "the segment's words"),
)

PROBLEMS = columns(
    ("path", "text", "file, relative to the corpus folder, the codebook's folder or the study"),
    ("line", "int", "line, from 1; empty: not known"),
    ("column", "int", "column, from 1; empty: not known"),
    ("cell", "text", "cell of a spreadsheet, or another address that is not a line"),
    ("severity", "text", "error, warning or note"),
    ("kind", "text", "kind of problem"),
    ("message", "text", "what was found"),
    ("hint", "text", "what to try"),
)
