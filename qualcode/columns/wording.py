"""Whose words they are: the interviewer's before the answer, the policy's before the talk."""

from __future__ import annotations

from qualcode.columns.column import columns

LEAKAGE = columns(
    ("kind", "text", "kind of talk; kinds are never added"),
    ("code", "text", "the code, counting those below it"),
    ("n_segments", "int", "codable segments that stand after a question"),
    ("n_documents", "int", "documents where the code stands in such a segment"),
    ("n_quotes", "int", "such segments with the code"),
    ("n_prompted", "int", "of those, after a question that has the code, or words of this evidence"),
    ("n_coded", "int", "of those, where a rule of the code finds the question's words"),
    ("n_words", "int", "of those, where the question says words of the evidence itself"),
    ("share_prompted", "float", "n_prompted / n_quotes"),
    ("lo", "float", "lower end of its 95 % document-bootstrap interval; from 3 documents with the code"),
    ("hi", "float", "upper end"),
    ("n_asked", "int", "codable segments after a question that has the code"),
    ("rate_asked", "float", "share of those that have the code"),
    ("rate_open", "float", "share with the code where the question has it not"),
    ("note", "text", "what is missing"),
    ("example_ids", "list", "up to five prompted segments"),
    ("seed", "int", "seed of the resampling"),
)

PROMPTED = columns(
    ("document_id", "text", "the document"),
    ("kind", "text", "its kind"),
    ("segment_id", "text", "the segment of the answer"),
    ("code", "text", "the code it has"),
    ("matched", "list", "the words it rests on"),
    ("how", "text", "coded (the question has the code), words (it says the same words) or both"),
    ("place", "int", "the segment's place in the answer, from 1"),
    ("question_id", "text", "the last segment of the question"),
    ("question", "text", "the words of that segment, or of the one that prompts"),
    ("answer", "text", "the words of the answer's segment"),
)

ECHO = columns(
    ("document_id", "text", "the document of talk"),
    ("kind", "text", "its kind"),
    ("segment_id", "text", "the segment of talk"),
    ("said", "date", "when it was said"),
    ("words", "text", "the words both have, as they are said"),
    ("size", "float", "their length: a Chinese character is 1, a word of letters or digits 4/3"),
    ("what", "text", "wording, or name: a title, an actor or an event with fewer than 8 around it"),
    ("order", "text", "after, before or unknown: the talk, as against the first of the sources"),
    ("source_id", "text", "the document that has them first"),
    ("source_segment", "text", "its segment"),
    ("source_date", "date", "when it was issued"),
    ("sources", "list", "all documents that have these words, by date"),
    ("asked", "yes_no", "the question before says them too"),
    ("codes", "list", "codes of the segment of talk"),
)

ECHO_SOURCES = columns(
    ("source_id", "text", "the policy, minutes or report"),
    ("source_date", "date", "when it was issued"),
    ("kind", "text", "kind of the talk; kinds are never added"),
    ("n_segments", "int", "codable segments of talk held after it"),
    ("n_documents", "int", "documents of talk held after it"),
    ("n_quotes", "int", "stretches of its wording in them, names left out"),
    ("rate_after", "float", "n_quotes per 1,000 segments"),
    ("n_before", "int", "codable segments of talk held before it"),
    ("quotes_before", "int", "stretches of its wording in those: they come from somewhere else"),
    ("rate_before", "float", "quotes_before per 1,000 segments"),
    ("example_ids", "list", "up to five segments of talk held after it"),
)
