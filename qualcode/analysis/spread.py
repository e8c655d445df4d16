"""A few rows of many groups, from as many documents as there are."""

from __future__ import annotations

from typing import Any


def spread(group: Any, document: Any, most: int) -> Any:
    """Return the places of at most `most` rows of each group: the first of every document, then the second...

    Groups and documents are numbers; rows come in reading order, those of a document together. What is
    returned comes group by group, the first to be chosen first.

    >>> import numpy as np
    >>> spread(np.array([1, 0, 0, 0]), np.array([0, 0, 0, 1]), 2).tolist()
    [1, 3, 0]
    """
    import numpy as np

    order = np.argsort(group, kind="stable")
    group, document = group[order], document[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (group[1:] != group[:-1]) | (document[1:] != document[:-1])
    at = np.arange(len(order))
    turn = at - np.maximum.accumulate(np.where(first, at, 0)) if len(at) else at
    few = np.flatnonzero(turn < most)
    few = few[np.lexsort((turn[few], group[few]))]
    group = group[few]
    return order[few[np.arange(len(few)) - group.searchsorted(group) < most]]
