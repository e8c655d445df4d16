"""Of what type and level a unit is: what metadata say of it, else what the codebook's actor list says.

A document's `actor_type` and `actor_level` are those of its own unit (`actor`). A speaker of another unit, a
unit that is spoken of, and whatever metadata leave open are looked up among the actors of the codebook, as
the holder `self` is: by id, by name, else by the longest name that stands in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.lean import values_of
from qualcode.analysis.numbering import AT_ONCE, distinct, stretches

if TYPE_CHECKING:
    from qualcode.analysis.given import Given
    from qualcode.codebook.records import Codebook


class Standing(NamedTuple):
    """How a unit is led and where it stands; "" where nobody says."""

    type: str = ""  # one of model.ACTOR_TYPES
    level: str = ""  # one of model.ACTOR_LEVELS


def listed(codebook: Codebook) -> Callable[[str], Standing]:
    """Return what the actor list says of a unit's name, or of an actor's id."""
    from qualcode.coding.context.table import table_of

    actors = codebook.context.actors
    table = table_of(codebook)

    def of(name: str) -> Standing:
        found = actors.get(table.own_actor(name)) if actors and name else None
        return Standing(found.type, found.level) if found else Standing()

    return of


class Standings(NamedTuple):
    """The standing of the unit that speaks in each kept segment: those there are, and which one by number."""

    of: list[Standing]
    numbers: Any


def standings(given: Given) -> Standings:
    """Return the standing of the unit that speaks in each kept segment."""
    import numpy as np

    of = listed(given.codebook)
    own = {
        document: (unit, Standing(kind, level))
        for document, unit, kind, level in zip(
            *(
                given.documents[name].tolist()
                for name in ("document_id", "actor", "actor_type", "actor_level")
            ),
            strict=True,
        )
    }
    units = values_of(given.kept["actor"])
    known: dict[Standing, int] = {}
    numbers = np.empty(len(given.kept), dtype=np.int32)
    for some in stretches(given.document, AT_ONCE):  # a corpus has millions of segments
        key = given.document[some].astype(np.int64) * len(distinct(units)) + units[some].at
        _, first, number = np.unique(key, return_index=True, return_inverse=True)
        to = []
        for row in (first + some.start).tolist():
            unit = units[row]
            its, said = own.get(given.names[row], ("", Standing()))
            found = of(unit or its)
            if unit in ("", its):
                found = Standing(said.type or found.type, said.level or found.level)
            to.append(known.setdefault(found, len(known)))
        numbers[some] = np.array(to, dtype=np.int32)[number]
    return Standings(list(known), numbers)
