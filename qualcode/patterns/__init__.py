"""The kinds of patterns a rule can be of: one file each, listed here.

A package may add a kind through the entry point group `qualcode.pattern`; it is a module (or an object) with
`name`, `keys`, `schema` and `read` as `qualcode.patterns.base` describes.
"""

from __future__ import annotations

from typing import cast

from qualcode.patterns import all_, any_, code, count, near, regex, score, sequence, terms, tokens
from qualcode.patterns.base import Kind, Pattern, ReadContext
from qualcode.patterns.nested import pattern_kind, read_pattern
from qualcode.patterns.term import Term, make_term, read_term
from qualcode.patterns.termlist import read_terms
from qualcode.registry import Registry

_MODULES = (terms, regex, near, sequence, count, score, all_, any_, tokens, code)

patterns: Registry[Kind] = Registry("pattern", {module.name: cast(Kind, module) for module in _MODULES})

__all__ = [
    "Kind",
    "Pattern",
    "ReadContext",
    "Term",
    "make_term",
    "pattern_kind",
    "patterns",
    "read_pattern",
    "read_term",
    "read_terms",
]
