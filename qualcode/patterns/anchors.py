"""What must stand in a segment for a pattern to match there at all.

An anchor is a term or a regular expression of the linear-time engine. `anchors(pattern)` returns groups of
them: where some group has no anchor that stands, the pattern finds nothing. No groups: nothing is known, and
the pattern must be tried everywhere.

    terms: [数据, 信息]                    ((数据, 信息),)
    near: [[涉密, 保密], [不给, 拒绝]]      ((涉密, 保密), (不给, 拒绝))
"""

from __future__ import annotations

from qualcode.patterns.all_ import All
from qualcode.patterns.any_ import Any
from qualcode.patterns.base import Pattern
from qualcode.patterns.near import Near
from qualcode.patterns.term import Term

Group = tuple[Term | str, ...]


def anchors(pattern: Pattern) -> tuple[Group, ...]:
    """Return the groups of anchors of a pattern, of which each must have one that stands."""
    if isinstance(pattern, Near):
        return pattern.groups
    if isinstance(pattern, All):
        return tuple(group for one in pattern.groups for group in anchors(one))
    if isinstance(pattern, Any):
        choices = [anchors(one) for one in pattern.choices]
        return (
            (tuple(one for groups in choices for group in groups for one in group),) if all(choices) else ()
        )
    return ((*pattern.terms, *pattern.expressions),) if pattern.anchored else ()
