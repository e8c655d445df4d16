"""Written and unwritten rules, rights, barriers and what answers them."""

from __future__ import annotations

from qualcode.columns.column import KIND_BASIS, columns

FI_II_TYPES = columns(
    *KIND_BASIS,
    ("phase", "text", "the phase; empty: all material"),
    ("effect", "text", "are written rules in force: effective, ineffective, or open (of either answer)"),
    ("outcome", "text", "is what they are for reached: convergent, divergent, or open"),
    (
        "type",
        "text",
        "complementary, accommodating, substitutive, competing (Helmke & Levitsky 2004), or open",
    ),
    ("n_segments", "int", "segments with an informal institution"),
    ("n_documents", "int", "documents with a case of this type"),
    ("n_quotes", "int", "cases of this type, as suggested by words"),
    ("example_ids", "list", "up to five of them"),
)

FI_II_CASES = columns(
    *KIND_BASIS,
    ("document_id", "text", "the document"),
    ("segment_id", "text", "the segment with the informal institution"),
    ("phase", "text", "its phase; empty: none or not known"),
    ("actor", "text", "the unit that speaks or issues"),
    ("informal", "list", "codes of informal institutions on it"),
    ("formal", "list", "codes of formal ones on it or its neighbours in the speech, denied ones too"),
    ("effect", "text", "effective, ineffective or open"),
    ("effect_words", "list", "the words it is read off"),
    ("outcome", "text", "convergent, divergent or open"),
    ("outcome_words", "list", "the words it is read off"),
    ("type", "text", "the type that follows; open where one of the two is"),
    ("quote", "text", "the segment's words"),
    ("memo", "text", "to be filled: what the reader makes of it"),
    ("resolved", "text", "to be filled: by whom, when"),
)

CONTROL_RIGHTS = columns(
    *KIND_BASIS,
    ("phase", "text", "the phase; empty: all material"),
    ("right", "text", "a code below control_right"),
    ("actor", "text", "who holds it: a unit, other (not named); empty: not said, or nobody speaks of it"),
    ("state", "text", "held, shared (several units hold it), absent (denied); empty: nobody speaks of it"),
    ("n_segments", "int", "codable segments of the kind and phase"),
    ("n_documents", "int", "documents that say so"),
    ("n_quotes", "int", "segments that say so"),
    ("n_held", "int", "segments that say it is held"),
    ("n_absent", "int", "segments that deny it"),
    ("note", "text", "what is missing, or contradicts"),
    ("example_ids", "list", "up to five segments"),
)

ICA = columns(
    *KIND_BASIS,
    ("barrier", "text", "code of a barrier, dilemma, risk or cost"),
    ("risk", "text", "coordination, division or defection, as its words suggest; empty: none does"),
    ("mechanism", "text", "code of the mechanism, in the same speech or the next"),
    (
        "family",
        "text",
        "contract, delegated, imposed or embeddedness, as its words suggest; empty: none does",
    ),
    ("outcome", "text", "the first logic told after it, in its speech or the next; empty: none"),
    ("n_segments", "int", "codable segments of the kind"),
    ("n_documents", "int", "documents with such a chain"),
    ("n_quotes", "int", "segments in them"),
    ("n", "int", "pairs of barrier and mechanism"),
    ("example_ids", "list", "up to five segments"),
)

COVERAGE = columns(
    *KIND_BASIS,
    ("measure", "text", "code of a countermeasure that somebody names"),
    ("barrier", "text", "a barrier told in the same documents; empty: none is"),
    ("n_segments", "int", "codable segments of the kind"),
    ("n_documents", "int", "documents with both"),
    ("n_quotes", "int", "segments where the two stand near each other; without a barrier, with the measure"),
    ("n_near", "int", "documents where they stand in one speech or in neighbouring ones"),
    ("traced", "yes_no", "n_near is two or more"),
    ("example_ids", "list", "up to five segments"),
)
