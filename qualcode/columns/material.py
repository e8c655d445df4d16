"""What was read: documents and their segments."""

from __future__ import annotations

from qualcode.columns.column import columns

DOCUMENTS = columns(
    ("document_id", "text", "the document's id"),
    ("path", "text", "file, relative to the corpus folder"),
    ("title", "text", "title"),
    ("kind", "text", "interview, focus_group, policy, minutes, report or fieldnote; empty: not known"),
    ("language", "text", "zh or en"),
    ("date", "date", "when it was said or written"),
    ("issued", "date", "issue date of a document"),
    ("effective", "date", "in force from"),
    ("expired", "date", "in force until"),
    ("case", "text", "the case it belongs to"),
    ("site", "text", "the site"),
    ("actor", "text", "the unit that speaks or issues"),
    ("actor_level", "text", "national, province, city, district, street"),
    ("actor_type", "text", "line, block or vertical"),
    ("doc_number", "text", "document number, e.g. 国发〔2016〕51号"),
    ("interviewer", "text", "who interviewed"),
    ("consent", "text", "consent, as noted"),
    ("source_note", "text", "where the material comes from"),
    ("split", "text", "dev or test"),
    ("duplicate_of", "text", "the document this one repeats; a repeat is not counted"),
    ("attributes", "text", "all other metadata, as key=value pairs joined with ;"),
    ("format", "text", "the reader that read it"),
    ("encoding", "text", "the encoding it was read in"),
    ("sha256", "text", "hash of the file's bytes"),
    ("characters", "int", "characters of body text that are not blank"),
    ("n_turns", "int", "turns"),
    ("n_speeches", "int", "speeches"),
    ("n_segments", "int", "segments"),
    ("n_codable", "int", "segments that can be coded: not an interviewer's, not of a repeated document"),
    ("n_coded", "int", "segments with a countable coding"),
    ("repairs", "text", "what reading repaired, as name=count joined with ;"),
)

SEGMENTS = columns(
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "document id, colon, index from 1 in reading order"),
    ("turn", "int", "number of the turn; empty: not a turn"),
    ("speech", "int", "number of the speech (turns of one speaker in a row)"),
    ("speaker", "text", "label as written"),
    ("role", "text", "interviewer, respondent, moderator or unknown; empty: not a turn"),
    ("role_source", "text", "declared, pattern or unknown: how the role is known"),
    ("actor", "text", "the unit that speaks or issues"),
    ("start", "int", "first character in the document's text (code points from 0)"),
    ("end", "int", "one past the last character"),
    ("text", "text", "the segment's words: document text[start:end]"),
    ("codes", "list", "codes on it that count, by any coder"),
    ("t_said", "date", "when it was said or issued"),
    ("t_about_start", "date", "first day of what it is about; empty: not known, or open (before 2019)"),
    ("t_about_end", "date", "last day of what it is about; empty: not known, or open"),
    (
        "t_source",
        "text",
        "how t_about is known: explicit, relative (to when it was said or to the time told before), event, "
        "carried (from the time told before), human, document; empty: not known",
    ),
    ("t_precision", "text", "day, month, part-year, year, vague, event-relative, open or unknown"),
    ("kind", "text", "sentence, clause, turn, paragraph, article, window or heading"),
    ("section", "text", "the heading it stands under"),
    ("article", "text", "the article it lies in, e.g. 第十二条"),
    ("time", "text", "time in the recording of its turn, HH:MM:SS"),
    (
        "codable",
        "yes_no",
        "whether a coding of it can count: not an interviewer's, not of a repeated document",
    ),
    ("t_note", "text", "a doubt about t_about: that it lies before the speaker came"),
)
