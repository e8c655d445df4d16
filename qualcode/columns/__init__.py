"""Every result column, declared once: name, type, meaning. Writers, readers and the docs all follow this.

Types: `text`, `int`, `float`, `date` (YYYY, YYYY-MM or YYYY-MM-DD), `yes_no`, `list` (joined with `;`).
An empty cell means "not known" or "does not apply", never zero.
"""

from __future__ import annotations

from qualcode.columns.asked import ASKED
from qualcode.columns.basis import BASIS
from qualcode.columns.between import (
    BRIDGE,
    BRIDGE_EDGES,
    BRIDGE_NODES,
    STATEMENTS,
    SWITCH_CONDITIONS,
    TRANSITIONS,
)
from qualcode.columns.chains import PATH_CONFORMITY, PATH_LEVELS, PATHS, SANKEY_LINKS
from qualcode.columns.claims import CLAIM_QUOTES, CLAIMS
from qualcode.columns.codings import (
    CASE_CODE,
    CODE_TABLE_NOTE,
    CODED_SEGMENTS,
    CODES,
    DOCUMENT_CODE,
    KWIC,
    MATCHES,
    UNCODED,
)
from qualcode.columns.column import Column, Type
from qualcode.columns.comparisons import (
    CODES_CHANGED,
    CODINGS_CHANGED,
    EDGES_CHANGED,
    RULES_CHANGED,
    TIMELINE_CHANGED,
)
from qualcode.columns.institutions import CONTROL_RIGHTS, COVERAGE, FI_II_CASES, FI_II_TYPES, ICA
from qualcode.columns.material import DOCUMENTS, SEGMENTS
from qualcode.columns.networks import ACTOR_EDGES, AFFILIATION, DIFFERENCE_EDGES, PHASE_EDGES
from qualcode.columns.overtime import (
    DOMINANCE,
    EVENTS,
    PLACEBO,
    SCAN,
    SENSITIVITY,
    SHIFT,
    STRADDLES,
    TIMELINE,
)
from qualcode.columns.periods import EVENT_LINKS, EVENT_STRUCTURE, PHASE_SET_CELLS, PHASE_SETS
from qualcode.columns.relations import EDGES, NODES
from qualcode.columns.reliability import (
    AGREEMENT,
    DISAGREEMENTS,
    SHEET,
    VALIDATION,
    VALIDATION_ATTRIBUTES,
    VALIDATION_CAUSES,
    VALIDATION_ERRORS,
    VALIDATION_RULES,
)
from qualcode.columns.rules import CONFLICTS, LEDGER, PROBLEMS
from qualcode.columns.theory import ACTOR_CODE, DATA_STRUCTURE, NEGATIVE_CASES, SATURATION, TRIANGULATION
from qualcode.columns.wording import ECHO, ECHO_SOURCES, LEAKAGE, PROMPTED

ANALYSES: dict[str, tuple[Column, ...]] = {
    "analyses": ASKED,
    "dominance": DOMINANCE,
    "shift": SHIFT,
    "placebo": PLACEBO,
    "scan": SCAN,
    "sensitivity": SENSITIVITY,
    "phase_sets": PHASE_SETS,
    "phase_set_cells": PHASE_SET_CELLS,
    "bridge": BRIDGE,
    "bridge_nodes": BRIDGE_NODES,
    "bridge_edges": BRIDGE_EDGES,
    "bridge_lags": TRANSITIONS,
    "transitions": TRANSITIONS,
    "switch_conditions": SWITCH_CONDITIONS,
    "statements": STATEMENTS,
    "saturation": SATURATION,
    "negative_cases": NEGATIVE_CASES,
    "actor_code": ACTOR_CODE,
    "triangulation": TRIANGULATION,
    "event_links": EVENT_LINKS,
    "event_structure": EVENT_STRUCTURE,
    "data_structure": DATA_STRUCTURE,
    "fi_ii_types": FI_II_TYPES,
    "fi_ii_cases": FI_II_CASES,
    "control_rights": CONTROL_RIGHTS,
    "ica": ICA,
    "coverage": COVERAGE,
    "path_conformity": PATH_CONFORMITY,
    "path_levels": PATH_LEVELS,
    "paths": PATHS,
    "sankey_links": SANKEY_LINKS,
    "affiliation": AFFILIATION,
    "actor_edges": ACTOR_EDGES,
    "difference_edges": DIFFERENCE_EDGES,
    "phase_edges": PHASE_EDGES,
    "leakage": LEAKAGE,
    "prompted": PROMPTED,
    "echo": ECHO,
    "echo_sources": ECHO_SOURCES,
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
    "basis": BASIS,
    "problems": PROBLEMS,
    "claims": CLAIMS,
    "claim_quotes": CLAIM_QUOTES,
    **ANALYSES,
}

# What `qualcode compare` writes; no part of a result folder.
COMPARISONS: dict[str, tuple[Column, ...]] = {
    "codings_changed": CODINGS_CHANGED,
    "rules_changed": RULES_CHANGED,
    "codes_changed": CODES_CHANGED,
    "edges_changed": EDGES_CHANGED,
    "timeline_changed": TIMELINE_CHANGED,
}

# What `qualcode agreement`, `sample` and `validate` write; no part of a result folder.
RELIABILITY: dict[str, tuple[Column, ...]] = {
    "agreement": AGREEMENT,
    "disagreements": DISAGREEMENTS,
    "sheet": SHEET,
    "validation": VALIDATION,
    "validation_rules": VALIDATION_RULES,
    "validation_attributes": VALIDATION_ATTRIBUTES,
    "validation_errors": VALIDATION_ERRORS,
    "validation_causes": VALIDATION_CAUSES,
}


def names(table: str) -> tuple[str, ...]:
    """Return the column names of one table, in order.

    >>> names("events")[:2]
    ('event_id', 'date')
    """
    return tuple(column.name for column in (TABLES | COMPARISONS | RELIABILITY)[table])


__all__ = [
    "ACTOR_CODE",
    "ACTOR_EDGES",
    "AFFILIATION",
    "AGREEMENT",
    "ANALYSES",
    "ASKED",
    "BRIDGE",
    "BRIDGE_EDGES",
    "BRIDGE_NODES",
    "CASE_CODE",
    "CLAIMS",
    "CLAIM_QUOTES",
    "CODED_SEGMENTS",
    "CODES",
    "CODES_CHANGED",
    "CODE_TABLE_NOTE",
    "CODINGS_CHANGED",
    "COMPARISONS",
    "CONFLICTS",
    "CONTROL_RIGHTS",
    "COVERAGE",
    "DATA_STRUCTURE",
    "DIFFERENCE_EDGES",
    "DISAGREEMENTS",
    "DOCUMENTS",
    "DOCUMENT_CODE",
    "DOMINANCE",
    "ECHO",
    "ECHO_SOURCES",
    "EDGES",
    "EDGES_CHANGED",
    "EVENTS",
    "EVENT_LINKS",
    "EVENT_STRUCTURE",
    "FI_II_CASES",
    "FI_II_TYPES",
    "ICA",
    "KWIC",
    "LEAKAGE",
    "LEDGER",
    "MATCHES",
    "NEGATIVE_CASES",
    "NODES",
    "PATHS",
    "PATH_CONFORMITY",
    "PATH_LEVELS",
    "PHASE_EDGES",
    "PHASE_SETS",
    "PHASE_SET_CELLS",
    "PLACEBO",
    "PROBLEMS",
    "PROMPTED",
    "RELIABILITY",
    "RULES_CHANGED",
    "SANKEY_LINKS",
    "SATURATION",
    "SCAN",
    "SEGMENTS",
    "SENSITIVITY",
    "SHEET",
    "SHIFT",
    "STATEMENTS",
    "STRADDLES",
    "SWITCH_CONDITIONS",
    "TABLES",
    "TIMELINE",
    "TIMELINE_CHANGED",
    "TRANSITIONS",
    "TRIANGULATION",
    "UNCODED",
    "VALIDATION",
    "VALIDATION_ATTRIBUTES",
    "VALIDATION_ERRORS",
    "VALIDATION_RULES",
    "Column",
    "Type",
    "names",
]
