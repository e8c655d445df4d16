"""Networks: of codes in each phase and their difference, of actors by what they say."""

from __future__ import annotations

from qualcode.columns.column import KIND_BASIS, columns

PHASE_EDGES = columns(
    *KIND_BASIS,
    ("unit", "text", "the context in which codes meet"),
    ("phase", "text", "the phase"),
    ("source", "text", "a code"),
    ("target", "text", "another code of the same level, none below the other"),
    ("level", "int", "level of both in the code tree"),
    ("n_segments", "int", "codable segments in the contexts of the phase"),
    ("n_documents", "int", "documents of the phase"),
    ("n_quotes", "int", "contexts where both meet, in how many of them is n"),
    ("n", "int", "contexts of the phase where both meet on words of their own"),
    ("n_contexts", "int", "contexts that lie wholly in the phase, less those with both on shared words only"),
    ("share", "float", "mean over documents of the share of their contexts where both meet"),
    ("lift", "float", "n / expected, all contexts of the phase together"),
    ("lo", "float", "lower end of the 95 % document-bootstrap interval of share; from 3 documents"),
    ("hi", "float", "upper end"),
    ("example_ids", "list", "up to five contexts, by a segment id of each"),
    ("seed", "int", "seed of the resampling"),
)

DIFFERENCE_EDGES = columns(
    *KIND_BASIS,
    ("unit", "text", "the context in which codes meet"),
    ("before", "text", "a phase"),
    ("after", "text", "the phase that follows it"),
    ("source", "text", "a code"),
    ("target", "text", "another code of the same level, none below the other"),
    ("level", "int", "level of both in the code tree"),
    ("n_segments", "int", "codable segments in the contexts of both phases"),
    ("n_documents", "int", "documents of either phase"),
    ("n_quotes", "int", "contexts where both meet, in both phases"),
    ("n_before", "int", "contexts before where both meet"),
    ("n_after", "int", "contexts after"),
    ("share_before", "float", "mean over documents of the share of their contexts where both meet"),
    ("share_after", "float", "the same after"),
    ("diff", "float", "share_after less share_before"),
    ("lo", "float", "lower end of its 95 % document-bootstrap interval; from 3 documents in each phase"),
    ("hi", "float", "upper end"),
    ("sure", "yes_no", "the interval leaves out 0; of many pairs some do by chance"),
    ("lift_before", "float", "n / expected, before"),
    ("lift_after", "float", "the same after: whether they meet more than their own counts explain"),
    ("note", "text", "what is missing"),
    ("before_ids", "list", "up to five contexts before, by a segment id of each"),
    ("after_ids", "list", "up to five contexts after"),
    ("seed", "int", "seed of the resampling"),
)

AFFILIATION = columns(
    *KIND_BASIS,
    ("role", "text", "speaker (who says it) or holder (whose conduct it is; self becomes the speaker)"),
    ("actor", "text", "the unit"),
    ("code", "text", "the code"),
    ("affirmed", "int", "statements that affirm it, repeats left out as `duplicates` says"),
    ("negated", "int", "statements that negate it"),
    ("combined", "int", "affirmed + negated"),
    ("subtracted", "int", "affirmed - negated"),
    ("n_segments", "int", "segments of the actor with any code compared"),
    ("n_documents", "int", "documents with actor and code"),
    ("n_quotes", "int", "segments with actor and code"),
    ("duplicates", "text", "counted once in each: include (all), document, month or year"),
    ("example_ids", "list", "up to five segments"),
)

ACTOR_EDGES = columns(
    *KIND_BASIS,
    ("role", "text", "speaker or holder"),
    ("source", "text", "an actor"),
    ("target", "text", "another"),
    ("congruence", "int", "codes both affirm, and codes both negate"),
    ("conflict", "int", "codes one affirms and the other negates"),
    ("subtracted", "int", "congruence - conflict"),
    ("average", "float", "congruence / mean number of stances of the two"),
    ("jaccard", "float", "congruence / stances of either"),
    ("cosine", "float", "congruence / geometric mean of their numbers of stances"),
    ("stances_source", "int", "codes affirmed + codes negated by the source"),
    ("stances_target", "int", "by the target"),
    ("n_segments", "int", "segments of the two with any code compared"),
    ("n_documents", "int", "documents of the two"),
    ("n_quotes", "int", "segments of the two with a code they share"),
    ("codes", "list", "codes of the congruence"),
    ("disputed", "list", "codes of the conflict"),
    ("note", "text", "what is missing"),
)
