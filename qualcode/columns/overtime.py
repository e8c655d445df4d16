"""When: counts by period, and the tests at a node."""

from __future__ import annotations

from qualcode.columns.column import KIND_BASIS, SHARE_OF_PHASE, TESTED, columns

TIMELINE = columns(
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
    (
        "coded_by",
        "text",
        "what n_codings rests on: machine (nobody decided), mixed, reviewed (people decided on all of them) "
        "or human (people alone gave them)",
    ),
    ("n_decided", "int", "of n_codings, those that people accepted or gave"),
    ("n_machine", "int", "codings the machine alone would count there, as if nobody had decided"),
)

STRADDLES = columns(
    ("document_id", "text", "the document's id"),
    (
        "segment_id",
        "text",
        "a codable segment of talk whose time no one phase holds, or of a document in a transition",
    ),
    ("kind", "text", "interview, focus_group, fieldnote, or a kind of document"),
    ("speaker", "text", "label as written"),
    ("t_about_start", "date", "first day of what it is about; empty: open"),
    ("t_about_end", "date", "last day; empty: open"),
    ("t_source", "text", "how it is known, as in segments"),
    ("t_precision", "text", "how precisely, as in segments"),
    (
        "phases",
        "list",
        "the phases it touches, each with the share of its days there: P1=0.48; transition:P2 are the days "
        "of transition around the start of P2",
    ),
    ("codes", "list", "codes on it that count"),
    ("text", "text", "the segment's words"),
)

EVENTS = columns(
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

DOMINANCE = columns(
    *KIND_BASIS,
    ("facet", "text", "the family compared; empty: the codes asked for"),
    ("phase", "text", "the phase"),
    ("code", "text", "the code, counting those below it"),
    *SHARE_OF_PHASE,
    ("p_adj", "float", "p_macro * precision / recall; empty without validation"),
    ("share", "float", "part of the sum over the codes compared, of p_adj where all have it, else p_macro"),
    ("rank", "int", "1 is the highest; empty below 3 documents"),
    ("margin", "float", "share of the first less share of the second"),
    ("pr_top", "float", "how often it leads over resamples of documents and validation; empty without"),
    ("label", "text", "dominant (pr_top >= .95), contested, or not identified (no validation)"),
    ("note", "text", "what makes the row weak"),
    ("seed", "int", "seed of the resampling"),
)

SHIFT = columns(
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
    (
        "placebo_same",
        "int",
        "placebo dates, each on one side of the node, at which the code changes the same way: p times dates "
        "tested <= .05; 0 for a turning point; empty: none could be tested",
    ),
    ("note", "text", "what is missing"),
    ("seed", "int", "seed of the resampling"),
)

SENSITIVITY = columns(
    *KIND_BASIS,
    ("code", "text", "the code, counting those below it"),
    ("node", "date", "the day that divides before from after"),
    (
        "way",
        "text",
        "strict (as shift), fractional (by share of days) or buffer (without 90 days around the node)",
    ),
    ("n_segments", "int", "codable segments that enter; fractional: the sum of their shares"),
    ("n_documents", "int", "documents that enter"),
    ("n_quotes", "int", "of those segments, the ones with the code"),
    ("p_before", "float", "mean share before"),
    ("p_after", "float", "after"),
    ("mean_diff", "float", "p_after less p_before"),
    ("lo", "float", "lower end of its 95 % document-bootstrap interval; from 3 documents"),
    ("hi", "float", "upper end"),
    ("agrees", "text", "yes or no: differences of all ways have one sign; empty: fewer than two are known"),
    ("seed", "int", "seed of the resampling"),
)

PLACEBO = columns(
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

SCAN = columns(
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
