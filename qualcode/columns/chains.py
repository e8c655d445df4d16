"""Chains of codes that a theory states: paths, their links, and how far they conform."""

from __future__ import annotations

from qualcode.columns.column import KIND_BASIS, Type, columns

OF: tuple[tuple[str, Type, str], ...] = (
    ("theory", "text", "the path of the codebook whose levels these are"),
    *KIND_BASIS,
    ("unit", "text", "speech, or speech+1 (with one on each side; such windows overlap)"),
    ("phase", "text", "the phase all its evidence lies in; empty: all material"),
)
CHANCE: tuple[tuple[str, Type, str], ...] = (
    ("chance", "float", "mean share when the codes of each level are shuffled within documents"),
    ("lo", "float", "lower end of the middle 95 % of shuffles"),
    ("hi", "float", "upper end"),
    ("p", "float", "one-sided: shuffles that conform as much; empty where p_floor >= .05 or too little"),
    ("p_floor", "float", "the smallest p these documents could give"),
)

PATHS = columns(
    *OF,
    ("levels", "list", "the levels of the theory, facets in order"),
    ("level_1", "text", "code at the first level; empty: none"),
    ("level_2", "text", "at the second"),
    ("level_3", "text", "at the third"),
    ("level_4", "text", "at the fourth"),
    ("level_5", "text", "at the fifth"),
    ("level_6", "text", "at the sixth"),
    ("n_levels", "int", "levels with a code; paths of one are not listed"),
    ("complete", "yes_no", "whether every level has one"),
    (
        "on_theory",
        "text",
        "yes or no of complete paths, partial: agrees as far as it goes; empty: not stated",
    ),
    ("n", "float", "such paths; a unit with m codes of equal weight at a level counts 1/m for each"),
    ("n_units", "int", "units with one"),
    ("n_documents", "int", "documents with one"),
    ("n_quotes", "int", "segments that carry its codes"),
    ("support", "float", "n_documents / documents of the kind and phase that could be coded"),
    ("confidence", "float", "n / paths with the same codes at all but its last level"),
    ("lift", "float", "n / paths expected if levels were independent, of units with these levels"),
    ("n_asserted", "int", "units where a speaker joins two of its codes by a word such as 因为 or so that"),
    ("example_ids", "list", "up to five segments"),
)

SANKEY_LINKS = columns(
    *OF,
    ("source_level", "text", "facet gone from"),
    ("target_level", "text", "the next level with a code"),
    ("skipped", "int", "levels between them without a code"),
    ("source", "text", "a code"),
    ("target", "text", "a code"),
    ("value", "float", "such links; ties count in parts"),
    ("n_units", "int", "units with one"),
    ("n_documents", "int", "documents with one"),
    ("n_quotes", "int", "segments that carry the two codes"),
    ("confidence", "float", "P(target | source): value / links from the source to that level"),
    ("lift", "float", "value * all links of the two levels / (from the source * to the target)"),
    ("on_theory", "text", "yes, no, or open where the theory does not name both levels"),
    ("n_asserted", "int", "units where a segment with both has a joining word: said, not only together"),
    ("asserted_ids", "list", "up to five such segments"),
    ("example_ids", "list", "up to five segments"),
)

PATH_LEVELS = columns(
    *OF,
    ("source_level", "text", "a level"),
    ("target_level", "text", "the level after it"),
    ("n_units", "int", "units with a code of both"),
    ("n_documents", "int", "documents with one"),
    ("n_quotes", "int", "segments that carry the codes"),
    ("cramers_v", "float", "association of the two levels (Cramér)"),
    ("p_v", "float", "one-sided: shuffles with as large an association; empty as p"),
    ("lambda_next", "float", "share of wrong guesses at the next level saved by knowing this one (λ)"),
    ("conformity", "float", "share of links that are on the theory; empty where it names no such pair"),
    *CHANCE,
    ("p_holm", "float", "p corrected for the pairs of levels tested (Holm)"),
    ("note", "text", "what is missing"),
    ("seed", "int", "seed of the shuffles"),
)

PATH_CONFORMITY = columns(
    *OF,
    ("n_units", "int", "units with a code of any level"),
    ("n_documents", "int", "documents with one"),
    ("n_quotes", "int", "segments that carry the codes"),
    ("n_shared", "int", "codes left out of a unit because they rest on the words of another level only"),
    ("n_two", "int", "units with two levels or more"),
    ("complete", "int", "units with all levels"),
    ("completeness", "float", "complete / n_units: read this first"),
    ("on_theory", "float", "complete paths that a stated path holds"),
    ("conformity", "float", "on_theory / complete"),
    ("partial", "float", "of the incomplete paths of two levels or more, those that agree as far as they go"),
    *CHANCE,
    ("note", "text", "what is missing"),
    ("seed", "int", "seed of the shuffles"),
)
