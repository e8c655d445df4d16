"""Divisions of time side by side, and events that others rest on."""

from __future__ import annotations

from qualcode.columns.column import KIND_BASIS, SHARE_OF_PHASE, columns

PHASE_SETS = columns(
    *KIND_BASIS,
    ("code", "text", "the code, counting those below it"),
    ("phase_set", "text", "the set of phases, as the study names it"),
    ("phases", "list", "its phases"),
    ("n_phases", "int", "how many"),
    ("n_used", "int", "phases with segments that are compared"),
    ("n_segments", "int", "codable segments that every set places: what all are compared on"),
    ("n_documents", "int", "documents with one"),
    ("n_quotes", "int", "of those segments, the ones with the code"),
    ("n_lost", "int", "codable segments of the kind that this set does not place"),
    (
        "skill",
        "float",
        "share of the squared error saved when a document is foretold from the others phase by phase, not "
        "from all they say; 0 or less: no better than no phases",
    ),
    ("lo", "float", "lower end of its 95 % document-bootstrap interval; from 3 documents"),
    ("hi", "float", "upper end"),
    ("rank", "int", "1: no other set saves more"),
    ("note", "text", "what is missing"),
    ("seed", "int", "seed of the resampling"),
)

PHASE_SET_CELLS = columns(
    *KIND_BASIS,
    ("phase_set", "text", "the set of phases"),
    ("phase", "text", "a phase of it"),
    ("code", "text", "the code, counting those below it"),
    *SHARE_OF_PHASE,
    ("change", "float", "p_macro less that of the phase before in the set"),
    ("note", "text", "what makes the row weak"),
    ("seed", "int", "seed of the resampling"),
)

EVENT_LINKS = columns(
    ("event_id", "text", "an event that could not have been without another"),
    ("date", "date", "when"),
    ("requires", "text", "the event it rests on, as the study says"),
    ("required_date", "date", "when that was"),
    ("days", "int", "days from the one to the other (their first days); negative: dated against the link"),
    ("direct", "yes_no", "no: it follows from the other links, by way of a third event"),
    ("why", "text", "the reason the study gives; empty: none"),
    ("n_segments", "int", "codable segments of speeches that name both"),
    ("n_documents", "int", "documents with such a speech"),
    ("n_quotes", "int", "of those segments, the ones that name either"),
    ("example_ids", "list", "up to five of them"),
    ("note", "text", "what is missing: no reason given, dated against the link, nobody speaks of both"),
)

EVENT_STRUCTURE = columns(
    ("event_id", "text", "an event of the study"),
    ("date", "date", "when"),
    ("type", "text", "policy, conference, ..."),
    ("phase", "text", "the phase it lies in; empty: none"),
    ("depth", "int", "links on the longest way back; 0: rests on no other event"),
    ("n_required", "int", "events it rests on directly"),
    ("n_before", "int", "events it rests on, by way of others too"),
    ("n_after", "int", "events that rest on it, by way of others too"),
    ("n_segments", "int", "codable segments that name it"),
    ("n_documents", "int", "documents with one"),
    ("n_quotes", "int", "the same segments"),
    ("example_ids", "list", "up to five of them"),
)
