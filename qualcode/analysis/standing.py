"""Of what type and level a unit is: what metadata say of it, else what the codebook's actor list says.

A document's `actor_type` and `actor_level` are those of its own unit (`actor`). A speaker of another unit, a
unit that is spoken of, and whatever metadata leave open are looked up among the actors of the codebook, as
the holder `self` is: by id, by name, else by the longest name that stands in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

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


def standings(given: Given) -> list[Standing]:
    """Return the standing of the unit that speaks in each kept segment, in their order."""
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
    found: list[Standing] = []
    for document, unit in zip(given.names, given.kept["actor"].tolist(), strict=True):
        its, said = own.get(document, ("", Standing()))
        known = of(unit or its)
        if unit in ("", its):
            known = Standing(said.type or known.type, said.level or known.level)
        found.append(known)
    return found
