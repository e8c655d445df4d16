"""What agreement, samples and validation say. No part of a result folder."""

from __future__ import annotations

from qualcode.columns.column import columns

AGREEMENT = columns(
    (
        "stage",
        "text",
        "before or after discussion, or change: after less before; empty: there is only one",
    ),
    ("coders", "list", "who is compared"),
    ("level", "text", "code, all codes (every unit and code), sets (all codes of a unit at once) or spans"),
    ("code", "text", "the code; empty: all codes"),
    (
        "coefficient",
        "text",
        "prevalence, percent, positive, negative, cohen, fleiss, alpha, ac1, alpha_jaccard, …_masi, alpha_u",
    ),
    ("value", "float", "the coefficient; empty: undefined, see note"),
    ("lo", "float", "lower end of the 95 % document-bootstrap interval; empty: fewer than three documents"),
    ("hi", "float", "upper end"),
    ("n_units", "int", "units that two or more of them saw; at level all codes, units times codes"),
    ("n_documents", "int", "documents with one"),
    ("note", "text", "why there is no value or no interval; whether coders worked independently"),
)

DISAGREEMENTS = columns(
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "the segment's id; empty: units were given without"),
    ("start", "int", "first character"),
    ("end", "int", "one past the last character"),
    ("speaker", "text", "label as written"),
    ("text", "text", "the segment's words"),
    ("agreed", "list", "codes that all gave"),
    ("differ", "list", "codes that some gave and some did not"),
    ("decision", "text", "for a person to fill in; after it one column for each coder with their codes"),
)

SHEET = columns(
    ("segment_id", "text", "the segment's id"),
    ("document_id", "text", "the document's id"),
    ("start", "int", "first character"),
    ("end", "int", "one past the last character"),
    ("coder", "text", "for a person to fill in: who coded it"),
    ("speaker", "text", "label as written"),
    ("question", "text", "the words of others just before, such as the interviewer's question"),
    ("text", "text", "the segment's words"),
    ("note", "text", "for a person to fill in; after it one empty column for each code"),
)

VALIDATION = columns(
    ("code", "text", "the code; one with codes below it counts where one of them stands"),
    ("n_units", "int", "segments a person judged"),
    ("n_documents", "int", "documents with one"),
    ("tp", "int", "judged segments with the code by machine and person"),
    ("fp", "int", "by the machine alone"),
    ("fn", "int", "by the person alone"),
    ("precision", "float", "tp / (tp + fp); empty: the machine gave it to no judged segment"),
    ("precision_lo", "float", "lower end of the 95 % Wilson interval"),
    ("precision_hi", "float", "upper end"),
    ("n_positive", "int", "segments of the whole stratum that the machine gave the code"),
    ("n_negative", "int", "segments of the other stratum"),
    ("recall", "float", "design-weighted: of all segments with the code, the share the machine found"),
    (
        "recall_lo",
        "float",
        "lower end of the 95 % interval: documents resampled in each stratum; empty: fewer than three",
    ),
    ("recall_hi", "float", "upper end"),
    ("f1", "float", "2 precision recall / (precision + recall)"),
    ("verdict", "text", "keep, tighten, retire or too few: see docs/methods.md"),
    ("firm", "yes_no", "whether the whole interval of precision bears the verdict out"),
    ("note", "text", "what the numbers cannot show"),
)

VALIDATION_RULES = columns(
    ("rule", "text", "the rule"),
    ("code", "text", "its code"),
    ("n_judged", "int", "judged segments with a countable coding that it has a part in"),
    ("correct", "int", "of those, the ones the person gave the code too"),
    ("precision", "float", "correct / n_judged"),
    ("lo", "float", "lower end of the 95 % Wilson interval"),
    ("hi", "float", "upper end"),
    ("n_alone", "int", "of the judged, those that rest on it alone"),
    ("correct_alone", "int", "of those, the correct ones"),
    ("verdict", "text", "keep, tighten, retire or too few"),
    ("firm", "yes_no", "whether the whole interval bears the verdict out"),
)

VALIDATION_ATTRIBUTES = columns(
    ("attribute", "text", "polarity, modality, holder or reported"),
    ("n", "int", "codings by machine and person where the person says it and the machine assessed it"),
    ("correct", "int", "of those, the ones where both say the same"),
    ("accuracy", "float", "correct / n"),
    ("lo", "float", "lower end of the 95 % Wilson interval"),
    ("hi", "float", "upper end"),
)

VALIDATION_ERRORS = columns(
    ("kind", "text", "fp (the machine alone) or fn (the person alone)"),
    (
        "cause",
        "text",
        "what a person wrote, else the guess; write another one here and validate again: it is kept",
    ),
    ("cause_by", "text", "program, or person where somebody corrected the cause"),
    (
        "guess",
        "text",
        "as far as it shows: other code, ambiguous term, negation and the like (the machine did not count "
        "it), except, unless, where, longer, interviewer, threshold, missing term",
    ),
    ("stands", "yes_no", "no: it is no error any more; the row is kept for the cause a person wrote"),
    ("code", "text", "the code"),
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "the segment's id"),
    ("rules", "list", "rules that fired, or whose matches were refused"),
    ("matched", "list", "the words they found"),
    ("other_codes", "list", "codes the other side gave"),
    ("text", "text", "the segment's words"),
)

VALIDATION_CAUSES = columns(
    ("kind", "text", "fp (the machine alone) or fn (the person alone)"),
    ("cause", "text", "the cause"),
    ("n", "int", "errors with it"),
    ("n_by_person", "int", "of those, the ones whose cause a person wrote"),
)
