"""Who, from which sources, how often new, and what speaks against it."""

from __future__ import annotations

from qualcode.columns.column import KIND_BASIS, columns

DATA_STRUCTURE = columns(
    ("aggregate", "text", "aggregate dimension: the facet, else the top code"),
    ("second_order", "text", "second-order theme: the parent of the code, itself where it has none"),
    ("first_order", "text", "first-order concept: the code given"),
    ("origin", "text", "codebook (written before) or reading (added by people while coding)"),
    ("document_id", "text", "the document"),
    ("kind", "text", "its kind"),
    ("segment_id", "text", "the segment"),
    ("matched", "list", "the words it rests on"),
    ("quote", "text", "the segment's words"),
    ("coder", "text", "machine, or a person"),
)

SATURATION = columns(
    ("position", "int", "place in the order the talk was held"),
    ("document_id", "text", "the document"),
    ("n_segments", "int", "codable segments of it"),
    ("n_documents", "int", "1"),
    ("n_quotes", "int", "of those segments, the ones with a code asked about"),
    ("new_codes", "int", "codes not found before"),
    ("cum_codes", "int", "codes found so far"),
    ("cum_mean", "float", "codes found by then, mean over random orders"),
    ("ratio", "float", "codes new in the last run / codes of the base; empty before, and below 6 documents"),
    ("lo", "float", "5th percentile of ratio over 1,000 random orders"),
    ("hi", "float", "95th percentile"),
    ("uncoded_share", "float", "segments of the document without any code"),
    ("base", "int", "documents of the base"),
    ("run", "int", "documents of a run"),
    ("threshold", "float", "ratio at or below which little is new"),
    ("met", "text", "yes or no: ratio <= threshold; empty: no ratio"),
    ("seed", "int", "seed of the orders"),
)

NEGATIVE_CASES = columns(
    ("rule", "text", "wrong_side, no_link, bare_switch, both_told, denied, scare_quote or competing"),
    *KIND_BASIS,
    ("document_id", "text", "the document"),
    ("segment_id", "text", "the segment to read first"),
    ("phase", "text", "its phase; empty: none or not known"),
    ("actor", "text", "the unit that speaks or issues"),
    ("code", "text", "the code"),
    ("quote", "text", "the segment's words"),
    ("why", "text", "what makes it a case"),
    ("n_quotes", "int", "segments behind the case"),
    ("memo", "text", "to be filled: how it is explained"),
    ("resolved", "text", "to be filled: by whom, when"),
)

ACTOR_CODE = columns(
    *KIND_BASIS,
    (
        "role",
        "text",
        "speaker (who says it) or holder (whose conduct it is); speaker_type, speaker_level, holder_type and "
        "holder_level put units together",
    ),
    ("polarity", "text", "affirmed, negated, prohibited or unassessed; never added"),
    ("actor", "text", "the unit; as holder self, other (not named), or its name; else the type or level"),
    ("code", "text", "the code, counting those below it"),
    ("n_segments", "int", "segments of this actor with any code compared"),
    ("n_documents", "int", "documents with actor and code"),
    ("n_quotes", "int", "segments with actor and code"),
    ("n", "int", "codings: one per segment, code and holder"),
    ("row_share", "float", "n / codings of the actor"),
    ("adj_resid", "float", "adjusted residual; shows direction, codings of a document are not independent"),
    ("lo", "float", "lower end of the 95 % document-bootstrap interval of row_share; from 3 documents"),
    ("hi", "float", "upper end"),
    ("soa", "float", "as holder: the code's share in what is held by oneself less in what is held by others"),
    ("note", "text", "what is missing"),
    ("example_ids", "list", "up to five segments"),
    ("seed", "int", "seed of the resampling"),
)

TRIANGULATION = columns(
    ("phase", "text", "the phase"),
    ("code", "text", "the code, counting those below it"),
    ("n_segments", "int", "codable segments of the phase, of talk and documents"),
    ("n_documents", "int", "documents with one"),
    ("n_quotes", "int", "segments behind the counts"),
    ("n_talk_self", "int", "documents of talk that tell it of themselves"),
    ("n_talk_other", "int", "that tell it of others"),
    ("n_talk_open", "int", "that do not say of whom"),
    ("n_talk_negated", "int", "that negate it"),
    ("n_normative", "int", "documents that say it ought to be"),
    ("n_fact", "int", "documents that report it"),
    ("n_document_open", "int", "documents that have it in another mood, or not assessed"),
    ("verdict", "text", "convergent, partial, dissonant or silent; empty: one kind of source only"),
    ("talk_id", "text", "a segment of talk to read; where dissonant one that negates"),
    ("written_id", "text", "a segment of a document to read"),
    ("note", "text", "what is missing"),
)
