"""Which codes travel together."""

from __future__ import annotations

from qualcode.columns.column import columns

NODES = columns(
    ("basis", "text", "machine, mixed (people decided on some), reviewed (on all) or human: whose codings"),
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

EDGES = columns(
    ("basis", "text", "machine, mixed (people decided on some), reviewed (on all) or human: whose codings"),
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
