"""Every result column, declared once: name, type, meaning. Writers, readers and the docs all follow this.

Types: `text`, `int`, `float`, `date` (YYYY, YYYY-MM or YYYY-MM-DD), `yes_no`, `list` (joined with `;`).
An empty cell means "not known" or "does not apply", never zero.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Type = Literal["text", "int", "float", "date", "yes_no", "list"]


class Column(NamedTuple):
    name: str
    type: Type
    meaning: str


def _columns(*rows: tuple[str, Type, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


DOCUMENTS = _columns(
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

SEGMENTS = _columns(
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

CODED_SEGMENTS = _columns(
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

MATCHES = _columns(
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

NODES = _columns(
    ("basis", "text", "machine, reviewed or human: whose codings"),
    ("unit", "text", "the context: segment, speech, run3, speech-run3, document or case"),
    ("code", "text", "the code"),
    ("facet", "text", "the family the code belongs to"),
    ("level", "int", "depth in the code tree, 1 is top"),
    ("label_zh", "text", "name in Chinese"),
    ("label_en", "text", "name in English"),
    ("n", "int", "contexts where the code or a descendant is countable"),
    ("n_documents", "int", "documents with at least one"),
    ("n_interview", "int", "of those contexts, in talk (interview, focus group, field note)"),
    ("n_document", "int", "of those contexts, in documents (policy, minutes, report)"),
    ("degree", "int", "neighbours in the graph of its level (n >= 2 and lift > 1)"),
    ("strength", "int", "sum of n over those edges; a sum of weights, not of distances"),
    ("betweenness", "float", "share of shortest paths through it, distance = 1/n"),
    ("closeness", "float", "closeness, distance = 1/n"),
    ("eigenvector", "float", "eigenvector centrality, weight = n; empty where it is not defined"),
    ("clustering", "float", "weighted clustering coefficient, weight = n"),
)

EDGES = _columns(
    ("basis", "text", "machine, reviewed or human: whose codings"),
    ("unit", "text", "the context: segment, speech, run3, speech-run3, document or case"),
    ("source", "text", "a code"),
    ("target", "text", "another code; never an ancestor of the first"),
    ("n", "int", "contexts where both are countable on evidence that shares no character"),
    ("n_shared", "int", "contexts with both only on shared evidence; they leave this pair's table"),
    (
        "n_documents",
        "int",
        "documents with at least one of the n; of cases, their documents with either code",
    ),
    ("n_interview", "int", "of the n, wholly in talk (interview, focus group, field note)"),
    ("n_document", "int", "of the n, wholly in documents (policy, minutes, report)"),
    ("n_source", "int", "contexts with the source, less n_shared"),
    ("n_target", "int", "contexts with the target, less n_shared"),
    ("n_contexts", "int", "all contexts with a codable segment, less n_shared"),
    ("expected", "float", "n_source * n_target / n_contexts"),
    ("lift", "float", "n / expected"),
    ("jaccard", "float", "n / (n_source + n_target - n)"),
    ("phi", "float", "phi coefficient of the two-by-two table"),
    (
        "lo",
        "float",
        "lower end of the 95 % document-bootstrap interval of lift; empty where n < 2 or fewer than three "
        "documents have one of the codes",
    ),
    ("hi", "float", "upper end"),
    (
        "p",
        "float",
        "share of circular shifts within documents with at least this n, exact, not corrected for many "
        "pairs; empty where p_floor >= .05 or n < 2",
    ),
    ("p_floor", "float", "the smallest p that could come out; empty where n < 2"),
    ("example_ids", "list", "up to five contexts, by a segment id of each"),
)

TIMELINE = _columns(
    (
        "basis",
        "text",
        "document (issued or in force), about (what talk refers to) or said (when talk was held)",
    ),
    ("kind", "text", "interview, focus_group, policy, ...: kinds are never summed"),
    ("code", "text", "the code, a parent counting its descendants"),
    ("modality", "text", "actual, normative, ... or unassessed"),
    ("period", "text", "year, quarter, phase or rolling window (its first and last month)"),
    ("start", "date", "first day"),
    ("end", "date", "first day after"),
    ("n_codings", "int", "countable codings; on the basis about those whose time touches the period"),
    ("n_segments", "int", "segments with one"),
    ("n_documents", "int", "documents with one"),
    ("exposure_segments", "int", "codable segments of the period; on the basis about those that touch it"),
    ("exposure_documents", "int", "documents of the period"),
    ("exposure_characters", "int", "characters in those segments"),
    ("share_micro", "float", "w_segments / w_exposure; empty where exposure is 0"),
    ("share_macro", "float", "mean over documents of each document's own share, weighed in the same way"),
    ("lo", "float", "lower end of the 95 % document-bootstrap interval of share_macro"),
    ("hi", "float", "upper end"),
    ("note", "text", "a warning where the row is weak"),
    ("grain", "text", "what the period is: year, quarter, phase or rolling"),
    (
        "w_codings",
        "float",
        "codings, each weighed by the share of its time in the period (1 where all is; always 1 or 0 but on "
        "the basis about)",
    ),
    ("w_segments", "float", "segments with one, weighed likewise"),
    ("w_exposure", "float", "codable segments, weighed likewise"),
)

STRADDLES = _columns(
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "a codable segment of talk whose time no one phase holds"),
    ("kind", "text", "interview, focus_group or fieldnote"),
    ("speaker", "text", "label as written"),
    ("t_about_start", "date", "first day of what it is about; empty: open"),
    ("t_about_end", "date", "last day; empty: open"),
    ("t_source", "text", "how it is known, as in segments"),
    ("t_precision", "text", "how precisely, as in segments"),
    ("phases", "list", "the phases it touches, each with the share of its days there: P1=0.48"),
    ("codes", "list", "codes on it that count"),
    ("text", "text", "the segment's words"),
)

EVENTS = _columns(
    ("event_id", "text", "the event's id"),
    ("date", "date", "when"),
    ("name_zh", "text", "name in Chinese"),
    ("name_en", "text", "name in English"),
    ("type", "text", "policy, conference, ..."),
    ("level", "text", "national, province, city, ..."),
    ("node", "yes_no", "whether it divides phases"),
    ("phase_before", "text", "the phase that ends with it"),
    ("phase_after", "text", "the phase that begins with it"),
)

CODES = _columns(
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

DOCUMENT_CODE = _columns(
    ("document_id", "text", "the document's id"),
    ("kind", "text", "kind of document"),
    ("n_codable", "int", "codable segments; 0: nothing could be searched, and the code cells are empty"),
)

CASE_CODE = _columns(
    ("case", "text", "the case; empty: documents without one"),
    ("n_documents", "int", "documents of the case"),
    ("n_codable", "int", "codable segments; 0: nothing could be searched, and the code cells are empty"),
)

UNCODED = _columns(
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "a codable segment without any coding"),
    ("speaker", "text", "label as written"),
    ("role", "text", "role of the speaker"),
    ("start", "int", "first character"),
    ("end", "int", "one past the last character"),
    ("text", "text", "the segment's words"),
    ("refused", "list", "codes whose every match here was refused, with the reason"),
)

LEDGER = _columns(
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

CONFLICTS = _columns(
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

PROBLEMS = _columns(
    ("path", "text", "file, relative to the corpus folder, the codebook's folder or the study"),
    ("line", "int", "line, from 1; empty: not known"),
    ("column", "int", "column, from 1; empty: not known"),
    ("cell", "text", "cell of a spreadsheet, or another address that is not a line"),
    ("severity", "text", "error, warning or note"),
    ("kind", "text", "kind of problem"),
    ("message", "text", "what was found"),
    ("hint", "text", "what to try"),
)

KWIC = _columns(
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

KIND_BASIS: tuple[tuple[str, Type, str], ...] = (
    ("basis", "text", "about (what talk refers to) or document (the date of a document); never added"),
    ("kind", "text", "kind of document; kinds are never added"),
)

DOMINANCE = _columns(
    *KIND_BASIS,
    ("facet", "text", "the family compared; empty: the codes asked for"),
    ("phase", "text", "the phase"),
    ("code", "text", "the code, counting those below it"),
    ("n_segments", "int", "codable segments of the phase"),
    ("n_documents", "int", "documents with one"),
    ("n_quotes", "int", "of those segments, the ones with the code"),
    ("p_micro", "float", "n_quotes / n_segments"),
    ("p_macro", "float", "mean over documents of each document's own share"),
    ("lo", "float", "lower end of the 95 % document-bootstrap interval of p_macro; from 3 documents"),
    ("hi", "float", "upper end"),
    ("p_adj", "float", "p_macro * precision / recall; empty without validation"),
    ("share", "float", "part of the sum over the codes compared, of p_adj where all have it, else p_macro"),
    ("rank", "int", "1 is the highest; empty below 3 documents"),
    ("margin", "float", "share of the first less share of the second"),
    ("pr_top", "float", "how often it leads over resamples of documents and validation; empty without"),
    ("label", "text", "dominant (pr_top >= .95), contested, or not identified (no validation)"),
    ("note", "text", "what makes the row weak"),
    ("seed", "int", "seed of the resampling"),
)

TESTED: tuple[tuple[str, Type, str], ...] = (
    ("p", "float", "two-sided, arranging documents; empty where p_floor >= .05 or nothing was tested"),
    ("p_floor", "float", "the smallest p these documents could give"),
)

SHIFT = _columns(
    *KIND_BASIS,
    ("code", "text", "the code, counting those below it"),
    ("node", "date", "the day that divides before from after"),
    ("n_segments", "int", "codable segments before and after, of the documents that enter"),
    ("n_documents", "int", "documents that enter: of talk, those that tell of both sides"),
    ("n_quotes", "int", "of those segments, the ones with the code"),
    ("n_before", "int", "documents with segments before"),
    ("n_after", "int", "documents with segments after"),
    ("p_before", "float", "mean share of a document's segments with the code, before"),
    ("p_after", "float", "after"),
    ("mean_diff", "float", "p_after less p_before"),
    ("lo", "float", "lower end of its 95 % document-bootstrap interval; from 3 documents"),
    ("hi", "float", "upper end"),
    ("h", "float", "Cohen's h of the two shares"),
    ("log_or", "float", "log odds ratio of all segments, half a count added to each cell"),
    ("n_up", "int", "documents of talk with a higher share after; empty for documents"),
    ("n_down", "int", "with a lower one"),
    *TESTED,
    ("p_holm", "float", "p corrected for the codes tested (Holm)"),
    ("loo_min", "float", "least mean_diff when one document is left out"),
    ("loo_max", "float", "greatest"),
    ("placebo_rank", "int", "1: no placebo date has so large a difference; empty: none could be compared"),
    ("note", "text", "what is missing"),
    ("seed", "int", "seed of the resampling"),
)

PLACEBO = _columns(
    *KIND_BASIS,
    ("code", "text", "the code"),
    ("node", "date", "the node"),
    ("placebo", "date", "another day, treated as if it were the node"),
    ("start", "date", "first day of the material used: one side of the node only; empty: open"),
    ("end", "date", "first day after"),
    ("n_segments", "int", "codable segments of the documents that enter"),
    ("n_documents", "int", "documents that enter"),
    ("n_quotes", "int", "of those segments, the ones with the code"),
    ("p_before", "float", "mean share before"),
    ("p_after", "float", "after"),
    ("mean_diff", "float", "p_after less p_before"),
    ("lo", "float", "lower end of its 95 % document-bootstrap interval"),
    ("hi", "float", "upper end"),
    *TESTED,
    ("note", "text", "what is missing"),
    ("seed", "int", "seed of the resampling"),
)

SCAN = _columns(
    *KIND_BASIS,
    ("code", "text", "the code"),
    ("node", "date", "the node"),
    ("date", "date", "a day tried: the first of a quarter, or the node; days with too few documents are not"),
    ("n_segments", "int", "codable segments of the documents that enter"),
    ("n_documents", "int", "documents that enter"),
    ("n_quotes", "int", "of those segments, the ones with the code"),
    ("mean_diff", "float", "mean share after less before"),
    ("largest", "yes_no", "whether no other day has a larger difference"),
    ("p", "float", "of the largest difference among all days; one for the code; empty where p_floor >= .05"),
    ("p_floor", "float", "the smallest p these documents could give"),
    ("seed", "int", "seed of arrangements that are drawn"),
)

BRIDGE = _columns(
    ("part", "text", "presence, meeting or switch"),
    *KIND_BASIS,
    ("phase", "text", "the phase, in presence; empty: all material"),
    ("unit", "text", "window: segment, speech, speech+1 (with one on each side), speech+2, run3"),
    ("source", "text", "a code; in presence the one that may link"),
    ("target", "text", "another code"),
    ("n_segments", "int", "codable segments"),
    ("n_documents", "int", "documents with segments (presence), with a meeting, with a switch"),
    ("n_quotes", "int", "segments with the code (presence), windows that meet, or units with just one"),
    ("n11", "int", "windows where both are"),
    ("n10", "int", "with the source only"),
    ("n01", "int", "with the target only"),
    ("n00", "int", "with neither; windows with both on shared words only are left out"),
    ("lift", "float", "n11 / expected"),
    ("phi", "float", "phi coefficient"),
    ("log_or", "float", "log odds ratio, half a count added to each cell"),
    ("log_or_with", "float", "the same in windows with the third code"),
    ("log_or_without", "float", "in windows without it"),
    ("mh_or", "float", "Mantel-Haenszel odds ratio over both"),
    ("p_diff", "float", "two-sided, of log_or_with less log_or_without, the third code turned; by seed"),
    ("switches", "int", "successive units with the one, then with the other code, of a document"),
    ("switches_with", "int", "of those, with the third code at either end or between"),
    ("share", "float", "switches_with / switches; in presence, documents of the phase that have the code"),
    ("null_mean", "float", "expected share when the third code is turned within documents"),
    ("null_lo", "float", "lower end of its middle 95 %"),
    ("null_hi", "float", "upper end"),
    ("p", "float", "one-sided, exact, by circular shift; empty where p_floor >= .05 or too little"),
    ("p_floor", "float", "the smallest p that could come out"),
    ("p_macro", "float", "in presence, mean over documents of the share of segments with the code"),
    ("lo", "float", "lower end of its 95 % document-bootstrap interval"),
    ("hi", "float", "upper end"),
    ("empty", "list", "documents of the phase that never have the code"),
    ("example_ids", "list", "up to five places, by a segment id of each"),
    ("note", "text", "what is missing"),
    ("seed", "int", "seed of what is drawn"),
)

TRANSITIONS = _columns(
    *KIND_BASIS,
    ("level", "text", "talk (order of what is said) or told (years told of, one after the other)"),
    ("source", "text", "the code gone from"),
    ("target", "text", "the code gone to"),
    ("n_segments", "int", "places in all sequences"),
    ("n_documents", "int", "documents with such a step"),
    ("n_quotes", "int", "such steps"),
    ("n", "int", "such steps"),
    ("expected", "float", "steps from the source * steps to the target / all steps"),
    ("p_trans", "float", "n / steps from the source"),
    ("z", "float", "adjusted residual"),
    ("q", "float", "Yule's Q of the table collapsed to these two"),
    ("p", "float", "two-sided, codes shuffled in documents; not corrected for many; empty where flagged"),
    ("flag", "text", "why there is no p"),
    ("example_ids", "list", "up to five segments that are gone to"),
    ("seed", "int", "seed of the shuffles"),
)

SWITCH_CONDITIONS = _columns(
    *KIND_BASIS,
    ("code", "text", "another code"),
    ("n_switches", "int", "stretches from one code to another"),
    ("n_stays", "int", "stretches from a code to itself"),
    ("n_documents", "int", "documents with the code in a switch"),
    ("n_quotes", "int", "segments with the code in a switch"),
    ("share_switches", "float", "switches with the code inside, ends included"),
    ("share_stays", "float", "stays with it"),
    ("diff", "float", "share_switches less share_stays"),
    ("p", "float", "two-sided, switches and stays shuffled in documents; not corrected for many codes"),
    ("flag", "text", "why there is no p"),
    ("example_ids", "list", "up to five segments with the code in a switch"),
    ("seed", "int", "seed of the shuffles"),
)

SATURATION = _columns(
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

NEGATIVE_CASES = _columns(
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

ACTOR_CODE = _columns(
    *KIND_BASIS,
    ("role", "text", "speaker (who says it) or holder (whose conduct it is)"),
    ("polarity", "text", "affirmed, negated, prohibited or unassessed; never added"),
    ("actor", "text", "the unit; as holder self, other (not named), or its name"),
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

TRIANGULATION = _columns(
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

ANALYSES: dict[str, tuple[Column, ...]] = {
    "dominance": DOMINANCE,
    "shift": SHIFT,
    "placebo": PLACEBO,
    "scan": SCAN,
    "bridge": BRIDGE,
    "transitions": TRANSITIONS,
    "switch_conditions": SWITCH_CONDITIONS,
    "saturation": SATURATION,
    "negative_cases": NEGATIVE_CASES,
    "actor_code": ACTOR_CODE,
    "triangulation": TRIANGULATION,
}

TABLES: dict[str, tuple[Column, ...]] = {
    "documents": DOCUMENTS,
    "segments": SEGMENTS,
    "coded_segments": CODED_SEGMENTS,
    "matches": MATCHES,
    "codes": CODES,
    "document_code": DOCUMENT_CODE,
    "case_code": CASE_CODE,
    "uncoded": UNCODED,
    "ledger": LEDGER,
    "conflicts": CONFLICTS,
    "cooccurrence_nodes": NODES,
    "cooccurrence_edges": EDGES,
    "timeline": TIMELINE,
    "straddles": STRADDLES,
    "events": EVENTS,
    "kwic": KWIC,
    "problems": PROBLEMS,
    **ANALYSES,
}

CODINGS_CHANGED = _columns(
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

RULES_CHANGED = _columns(
    ("rule", "text", "the rule"),
    ("code", "text", "its code"),
    ("gained", "int", "codings gained that rest on it"),
    ("lost", "int", "codings lost that rested on it"),
    ("state", "text", "new, gone, or empty: in both runs"),
)

CODES_CHANGED = _columns(
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

EDGES_CHANGED = _columns(
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

TIMELINE_CHANGED = _columns(
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

# What `qualcode compare` writes; no part of a result folder.
COMPARISONS: dict[str, tuple[Column, ...]] = {
    "codings_changed": CODINGS_CHANGED,
    "rules_changed": RULES_CHANGED,
    "codes_changed": CODES_CHANGED,
    "edges_changed": EDGES_CHANGED,
    "timeline_changed": TIMELINE_CHANGED,
}


AGREEMENT = _columns(
    ("stage", "text", "before or after discussion; empty: one set of codings was given"),
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
    ("note", "text", "why there is no value or no interval"),
)

DISAGREEMENTS = _columns(
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

SHEET = _columns(
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

VALIDATION = _columns(
    ("code", "text", "the code"),
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

VALIDATION_RULES = _columns(
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

VALIDATION_ATTRIBUTES = _columns(
    ("attribute", "text", "polarity, modality, holder or reported"),
    ("n", "int", "codings by machine and person where the person says it and the machine assessed it"),
    ("correct", "int", "of those, the ones where both say the same"),
    ("accuracy", "float", "correct / n"),
    ("lo", "float", "lower end of the 95 % Wilson interval"),
    ("hi", "float", "upper end"),
)

VALIDATION_ERRORS = _columns(
    ("kind", "text", "fp (the machine alone) or fn (the person alone)"),
    (
        "cause",
        "text",
        "as far as it shows: other code, ambiguous term, negation and the like (the machine did not count "
        "it), except, unless, where, longer, interviewer, threshold, missing term; a person may correct it",
    ),
    ("code", "text", "the code"),
    ("document_id", "text", "the document's id"),
    ("segment_id", "text", "the segment's id"),
    ("rules", "list", "rules that fired, or whose matches were refused"),
    ("matched", "list", "the words they found"),
    ("other_codes", "list", "codes the other side gave"),
    ("text", "text", "the segment's words"),
)

# What `qualcode agreement`, `sample` and `validate` write; no part of a result folder.
RELIABILITY: dict[str, tuple[Column, ...]] = {
    "agreement": AGREEMENT,
    "disagreements": DISAGREEMENTS,
    "sheet": SHEET,
    "validation": VALIDATION,
    "validation_rules": VALIDATION_RULES,
    "validation_attributes": VALIDATION_ATTRIBUTES,
    "validation_errors": VALIDATION_ERRORS,
}


def names(table: str) -> tuple[str, ...]:
    """Return the column names of one table, in order.

    >>> names("events")[:2]
    ('event_id', 'date')
    """
    return tuple(column.name for column in (TABLES | COMPARISONS | RELIABILITY)[table])
