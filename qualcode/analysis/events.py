"""Which events rest on which? The tables `event_links` and `event_structure`, and their graph.

After event structure analysis (Heise's ETHNO; Griffin 1993; Griffin and Korstad 1998): the researcher says of
an event which earlier ones it could not have been without, and gives the reason; the program holds the links
against each other and against the material. Nothing is inferred: a link is an interpretation, and `why` is
where it is defended. Cycles are refused where the study is read. Here a link is

    direct     unless it follows from the others (the graph is drawn without those that do)
    dated      by the first days of both; an event that rests on a later one is said to
    spoken of  where the codable segments of one speech (an article, a stretch under a heading) name both, by
               name or alias; people who name both need not join them: read the quotes

Events are named as the dating of talk finds them: longest name first, case and width folded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qualcode.analysis.given import Given, Made, Remark, remark
from qualcode.analysis.load import Row, frame
from qualcode.analysis.periods import phase_of
from qualcode.model import Event
from qualcode.problems import UsageError
from qualcode.text.dates import first_day

if TYPE_CHECKING:
    import networkx as nx

AT_ONCE = 20_000  # segments looked at together


def events(given: Given) -> Made:
    """Return `event_links`, `event_structure` and the graph; `UsageError` where no event requires another."""
    import networkx as nx
    import numpy as np

    known = {event.id: event for event in sorted(given.events, key=lambda one: (one.date, one.id))}
    whole = event_graph(known)
    if not whole.number_of_edges():
        raise UsageError(
            "no event of the study requires another",
            hint="name beside an event those it could not have been without: 'requires: {{E1: why}}'",
        )
    reduced = nx.transitive_reduction(whole)
    named = _named(given)
    speech = np.asarray(given.speech)
    spoken = {name: set(speech[rows].tolist()) for name, rows in named.items()}
    links: list[Row] = []
    for event in known.values():
        for other, why in event.requires.items():
            if other not in known:
                continue
            both = np.array(sorted(spoken[event.id] & spoken[other]), dtype=speech.dtype)
            inside = np.isin(speech, both)
            quotes = np.intersect1d(np.flatnonzero(inside), np.union1d(named[event.id], named[other]))
            days = (first_day(event.date) - first_day(known[other].date)).days
            notes = []
            if not why:
                notes.append("no reason given")
            if days < 0:
                notes.append("dated against the link")
            if not len(both):
                notes.append("nobody speaks of both")
            links.append(
                (
                    *(event.id, event.date, other, known[other].date, days),
                    *(reduced.has_edge(other, event.id), why, int(inside.sum())),
                    *(len(np.unique(given.document[quotes])), len(quotes)),
                    *(given.quotes(quotes), "; ".join(notes)),
                )
            )
    structure = [_placed(given, event, whole, named[event.id]) for event in known.values()]
    made = frame(links, "event_links")
    return Made(
        {"event_links": made, "event_structure": frame(structure, "event_structure")},
        _remarks(made),
        {"event_structure": _drawn(reduced, known)},
    )


def event_graph(known: Mapping[str, Event]) -> nx.DiGraph[str]:
    """Return the events as a graph, from what is required to what requires it."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(known)
    for event in known.values():
        graph.add_edges_from((other, event.id) for other in event.requires if other in known)
    return graph


def _placed(given: Given, event: Event, whole: nx.DiGraph[str], rows: Any) -> Row:
    """A row of `event_structure`."""
    import networkx as nx
    import numpy as np

    before = nx.ancestors(whole, event.id)
    back = whole.subgraph({*before, event.id})
    return (
        *(event.id, event.date, event.type, phase_of(event.date, "", given.phases)),
        *(nx.dag_longest_path_length(back), whole.in_degree(event.id), len(before)),
        *(len(nx.descendants(whole, event.id)), len(rows)),
        *(len(np.unique(given.document[rows])), len(rows), given.quotes(rows)),
    )


def _named(given: Given) -> dict[str, Any]:
    """The codable segments that name each event."""
    import numpy as np

    from qualcode.text.anyof import AnyOf
    from qualcode.text.folding import fold_each
    from qualcode.text.timeevents import FOLDS, event_words

    words = event_words(given.events)
    found: dict[str, list[int]] = {event.id: [] for event in given.events}
    if words.pattern is None:
        return {name: np.zeros(0, dtype=int) for name in found}
    sought, every = AnyOf(tuple(words.names)), given.kept["text"]
    for low in range(0, len(every), AT_ONCE):
        texts = fold_each(every.iloc[low : low + AT_ONCE].tolist(), FOLDS)
        for n in np.flatnonzero(sought.in_each(texts)[0]).tolist():
            for name in dict.fromkeys(words.names[at[0]].id for at in words.pattern.finditer(texts[n])):
                found[name].append(low + n)
    return {name: np.array(rows, dtype=int) for name, rows in found.items()}


def _remarks(links: Any) -> list[Remark]:
    made = [remark("links between events are the researcher's; the quotes show who speaks of both")]
    bare = int((links["why"] == "").sum())
    if bare:
        made.append(remark("{n} of {all} links between events have no reason", n=bare, all=len(links)))
    against = int((links["days"] < 0).sum())
    if against:
        made.append(remark("{n} links between events are dated against their direction", n=against))
    return made


def _drawn(reduced: nx.DiGraph[str], known: Mapping[str, Event]) -> nx.DiGraph[str]:
    """The graph of direct links, with what a program that opens it wants to show."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, event in known.items():
        if reduced.degree(name):
            label = event.name.get("zh") or event.name.get("en") or event.name.get("") or name
            graph.add_node(name, label=label, date=event.date, type=event.type)
    for one, other in sorted(reduced.edges):
        graph.add_edge(one, other, why=known[other].requires[one])
    return graph
