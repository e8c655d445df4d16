"""Claims that were checked."""

from __future__ import annotations

from qualcode.columns.column import KIND_BASIS, columns

CLAIM_QUOTES = columns(
    ("claim", "text", "id of the claim"),
    ("kind", "text", "kind of document it was checked in; empty: all material"),
    ("side", "text", "supports or contradicts"),
    ("document_id", "text", "the document"),
    ("segment_id", "text", "the segment"),
    ("speaker", "text", "label as written"),
    ("quote", "text", "the segment's words"),
)

CLAIMS = columns(
    ("claim", "text", "id of the claim"),
    ("says_zh", "text", "what it says, in Chinese"),
    ("says_en", "text", "in English"),
    ("claim_kind", "text", "kind of claim, as in 'qualcode claims kinds'"),
    *KIND_BASIS,
    ("verdict", "text", "holds, breaks, or cannot be told"),
    ("why", "text", "in one sentence"),
    ("numbers", "list", "the numbers it rests on, as name=value"),
    ("table", "text", "the table they come from"),
    ("where", "list", "which rows of it, as column=value"),
    ("n_segments", "int", "segments behind them"),
    ("n_documents", "int", "documents behind them"),
    ("n_quotes", "int", "segments named here"),
    ("supporting", "list", "up to five segments that speak for it, to be read"),
    ("contradicting", "list", "up to five that speak against it"),
    ("seed", "int", "seed of what is drawn"),
)
