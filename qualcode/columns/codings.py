"""What was coded, match by match and code by code, and what was not."""

from __future__ import annotations

from qualcode.columns.column import columns

CODED_SEGMENTS = columns(
    ("coding_id", "text", "segment_id#code@coder"),
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "the segment's id"),
    ("code", "text", "the code"),
    ("facet", "text", "the family the code belongs to"),
    ("start", "int", "first character of the segment"),
    ("end", "int", "one past its last character"),
    ("quote", "text", "the segment's words"),
    ("spans", "list", "evidence, as start-end pairs"),
    ("matched", "list", "the words of the evidence, in the order of spans"),
    ("rules", "list", "rules that stand"),
    ("weight", "float", "sum of the weights of the rules that stand"),
    ("polarity", "text", "affirmed, negated, prohibited or unassessed"),
    ("modality", "text", "actual, hypothetical, normative, planned, question or unassessed"),
    ("holder", "text", "self, other:<actor>, other (not named), unspecified or unassessed"),
    ("reported", "text", "yes, no, inherited (from a question that was affirmed) or unassessed"),
    ("countable", "yes_no", "whether it enters counts"),
    ("coder", "text", "machine, or a person"),
    ("speaker", "text", "label as written"),
    ("role", "text", "role of the speaker"),
    ("role_source", "text", "how the role is known"),
    ("actor", "text", "the unit that speaks or issues"),
    ("date_said", "date", "when it was said or issued"),
    ("date_about_start", "date", "first day of what it is about"),
    ("date_about_end", "date", "last day of what it is about"),
    ("date_basis", "text", "document, about or unknown: which date places it in a phase"),
    ("phase", "text", "the phase it belongs to; empty: none or not known"),
    (
        "evidence",
        "list",
        "its countable matches, each as the numbers (from 1) of its parts in spans, joined by +",
    ),
    ("needs", "list", "rules without any one of which it would not stand; empty: it stands without any one"),
    (
        "phase_note",
        "text",
        "why it has no phase (straddles P1|P2: less than .8 of its time lies in one), and what t_note says",
    ),
    (
        "status",
        "text",
        "what people decided: accepted, rejected, recoded (to another code), added, review_again (its words "
        "were changed since), conflict (coders disagree; it counts as the machine says), or unreviewed",
    ),
    ("decided_by", "list", "the coders who decided; in a conflict each with the verdict, as name=verdict"),
)

MATCHES = columns(
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "the segment's id"),
    ("code", "text", "the code"),
    ("facet", "text", "the family the code belongs to"),
    ("rule", "text", "the rule"),
    ("kind", "text", "the rule's kind of pattern"),
    ("file", "text", "codebook file the rule is written in"),
    ("line", "int", "line of the rule"),
    ("start", "int", "first character of the evidence"),
    ("end", "int", "one past its last character"),
    ("quote", "text", "the words from start to end"),
    ("parts", "list", "the parts of the evidence, as start-end pairs"),
    ("matched", "list", "the words of the parts"),
    ("polarity", "text", "affirmed, negated, prohibited or unassessed"),
    ("modality", "text", "actual, hypothetical, normative, planned, question or unassessed"),
    ("holder", "text", "self, other:<actor>, other (not named), unspecified or unassessed"),
    ("reported", "text", "yes, no, inherited (from a question that was affirmed) or unassessed"),
    (
        "blocked_by",
        "text",
        "empty: it stands; else longer:<rule>, except, unless, where, interviewer, threshold",
    ),
)

CODES = columns(
    ("code", "text", "the code; a parent has a row of its own that counts its descendants"),
    ("facet", "text", "the family the code belongs to"),
    ("level", "int", "depth in the code tree, 1 is top"),
    ("name_zh", "text", "name in Chinese"),
    ("name_en", "text", "name in English"),
    ("definition", "text", "definition"),
    ("n_documents", "int", "documents with a countable coding (材料来源)"),
    ("n_codings", "int", "countable codings (参考点)"),
    ("n_segments", "int", "segments with one"),
    ("share", "float", "n_segments / codable segments of the corpus"),
    ("n_not_countable", "int", "codings that stand but do not count"),
    (
        "example",
        "text",
        "a quote: of most weight, then the shortest of at least 12 characters, then the first",
    ),
    ("example_reference", "text", "where it comes from: document·speaker·time"),
)

CODE_TABLE_NOTE = (
    "one column per code: countable segments; 0 is searched and not found, empty is not searched"
)

DOCUMENT_CODE = columns(
    ("document_id", "text", "the document's id"),
    ("kind", "text", "kind of document"),
    ("n_codable", "int", "codable segments; 0: nothing could be searched, and the code cells are empty"),
)

CASE_CODE = columns(
    ("case", "text", "the case; empty: documents without one"),
    ("n_documents", "int", "documents of the case"),
    ("n_codable", "int", "codable segments; 0: nothing could be searched, and the code cells are empty"),
)

UNCODED = columns(
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "a codable segment without any coding"),
    ("speaker", "text", "label as written"),
    ("role", "text", "role of the speaker"),
    ("start", "int", "first character"),
    ("end", "int", "one past the last character"),
    ("text", "text", "the segment's words"),
    ("refused", "list", "codes whose every match here was refused, with the reason"),
)

KWIC = columns(
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "the segment's id"),
    ("speaker", "text", "label as written"),
    ("left", "text", "the words before"),
    ("match", "text", "the words found, from the first part to the last"),
    ("right", "text", "the words after"),
    ("code", "text", "the code, where one was asked for"),
    ("rule", "text", "the rule, where one was asked for"),
    ("blocked_by", "text", "empty: it stands; else why it was refused"),
)
