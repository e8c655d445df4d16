"""A graph of sub-codes between two codes and a third: where it lies, and what is lost without it.

Nodes are the codes directly below the three (a code without any stands for itself). Two are linked where they
meet in two speeches at least, on words of their own, and more often than chance (phi > 0). Links that are
often are near: distance = 1 / phi. Measures are networkx's on these distances; `liaison` counts open
two-paths with three different families, one in the middle and its two neighbours not linked, `itinerant`
those where the two neighbours are of one family, `gatekeeper` where one is of the middle's, `coordinator`
where all are (Gould & Fernandez 1989, without directions).

`cut` is the share of nearness between the two ends (sum of 1 / shortest distance over their pairs of
sub-codes) that is lost when the third's sub-codes are taken away. All of it describes these graphs: nothing
is tested, and a code that is everywhere lies between everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.cooccurrence import association
from qualcode.analysis.evidence import Evidence, evidence
from qualcode.analysis.given import Given, basis_of
from qualcode.analysis.load import Row
from qualcode.analysis.meetings import meetings
from qualcode.analysis.windows import windows

if TYPE_CHECKING:
    import networkx as nx

UNIT = "speech"
LEAST = 2
ROLES = ("liaison", "itinerant", "gatekeeper", "coordinator")
ENDS = ("source", "target", "third")


class Web(NamedTuple):
    """The graph of one kind of document, its rows, and the share of nearness lost without the third."""

    graph: nx.Graph[str]
    nodes: list[Row]
    edges: list[Row]
    cut: float | None
    n_documents: int


def web(given: Given, kind: str, codes: Sequence[str]) -> Web:
    """Lay out the sub-codes of three codes in the speeches of one kind of document."""
    import networkx as nx
    import numpy as np

    family = {
        code: end
        for end, root in zip(ENDS, codes, strict=True)
        for code in given.codebook.children(root) or (root,)
    }
    found = windows(given, kind, UNIT)
    whole = evidence(given.codings, found.segments, given.codebook)
    marks, few = _of(given, whole, family)
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from((code, {"family": family[code]}) for code in marks.codes)
    total = np.diff(found.having(marks.at).indptr)
    ids = found.segments["segment_id"]
    edges: list[Row] = []
    seen: set[int] = set()
    for pair in meetings(found, marks, few):
        n, lost = len(pair.meets), len(pair.shares)
        if n < LEAST:
            continue
        left, right, size = int(total[pair.a]) - lost, int(total[pair.b]) - lost, len(found) - lost
        _, lift, _, phi = association(n, left, right, size)
        near = phi > 0
        one, other = marks.codes[pair.a], marks.codes[pair.b]
        if near:
            made.add_edge(one, other, n=n, lift=lift, phi=phi, distance=1 / phi, weight=n)
        seen |= set(found.cluster[pair.meets].tolist())
        examples = tuple(dict.fromkeys(map(str, ids.iloc[found.starts[pair.meets[:5]]])))
        edges.append(
            (
                *(basis_of(kind), kind, UNIT, one, other, family[one], family[other], len(found.segments)),
                *(len(np.unique(found.cluster[pair.meets])), n, n, lift, phi, 1 / phi if near else None),
                examples,
            )
        )
    between = nx.betweenness_centrality(made, weight="distance")
    nodes: list[Row] = []
    for at, code in enumerate(marks.codes):
        counted = roles(made, code)
        nodes.append(
            (
                *(basis_of(kind), kind, UNIT, code, family[code], len(found.segments), int(total[at])),
                made.degree(code),
                sum(data["n"] for _, _, data in made.edges(code, data=True)),
                between[code],
                *(counted[role] for role in ROLES),
            )
        )
    return Web(made, nodes, edges, cut(made), len(seen))


def _of(given: Given, whole: Evidence, family: dict[str, str]) -> tuple[Evidence, Any]:
    """The evidence of a few codes, and a codebook of them alone."""
    import numpy as np

    from qualcode.codebook.records import Codebook

    columns = [column for column, code in enumerate(whole.codes) if code in family]
    place = {column: n for n, column in enumerate(columns)}
    shared = [(s, place[a], place[b]) for s, a, b in whole.shared.tolist() if a in place and b in place]
    names = tuple(whole.codes[column] for column in columns)
    kept = Evidence(names, whole.stands[:, columns], np.array(shared, dtype=np.int64).reshape(-1, 3))
    return kept, Codebook("few", codes={code: given.codebook.codes[code] for code in names})


def roles(graph: nx.Graph[str], node: str) -> dict[str, int]:
    """Count the open two-paths a node is in the middle of, by the families of the three.

    >>> import networkx as nx
    >>> made = nx.Graph([("a", "f"), ("f", "i")])
    >>> nx.set_node_attributes(made, {"a": "source", "f": "third", "i": "target"}, "family")
    >>> roles(made, "f")
    {'liaison': 1, 'itinerant': 0, 'gatekeeper': 0, 'coordinator': 0}
    """
    counted = dict.fromkeys(ROLES, 0)
    own = graph.nodes[node]["family"]
    for one, other in combinations(sorted(graph[node]), 2):
        if graph.has_edge(one, other):
            continue
        first, second = graph.nodes[one]["family"], graph.nodes[other]["family"]
        if first == second:
            counted["coordinator" if first == own else "itinerant"] += 1
        else:
            counted["gatekeeper" if own in (first, second) else "liaison"] += 1
    return counted


def cut(graph: nx.Graph[str]) -> float | None:
    """Return the share of nearness between the two ends that goes with the third; None where there is none.

    >>> import networkx as nx
    >>> made = nx.Graph()
    >>> made.add_weighted_edges_from([("a", "f", 1.0), ("f", "i", 1.0), ("a", "j", 4.0)], weight="distance")
    >>> families = {"a": "source", "f": "third", "i": "target", "j": "target"}
    >>> nx.set_node_attributes(made, families, "family")
    >>> round(cut(made), 4)  # a-i at 2, a-j at 4: 1/2 + 1/4; without f only 1/4 is left
    0.6667
    """
    whole = _nearness(graph)
    left = graph.copy()
    left.remove_nodes_from([node for node, data in graph.nodes(data=True) if data["family"] == "third"])
    return 1 - _nearness(left) / whole if whole else None


def _nearness(graph: nx.Graph[str]) -> float:
    import networkx as nx

    ends = [[n for n, data in graph.nodes(data=True) if data["family"] == end] for end in ENDS[:2]]
    length = dict(nx.all_pairs_dijkstra_path_length(graph, weight="distance"))
    return float(sum(1 / length[a][b] for a, b in product(*ends) if b in length.get(a, {})))
