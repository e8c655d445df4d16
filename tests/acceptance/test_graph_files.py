"""GraphML and GEXF, read back by networkx, are the edges table."""

from __future__ import annotations

import networkx as nx
import pytest

from .tables import near, rows

UNIT = "speech-run3"
READ = {"network.graphml": nx.read_graphml, "network.gexf": nx.read_gexf}


@pytest.mark.parametrize("name", sorted(READ))
def test_read_back(results, name):
    folder, _ = results
    graph = READ[name](folder / name)
    level = {r["code"]: r["level"] for r in rows(folder, "cooccurrence_nodes") if r["unit"] == UNIT}
    [shown] = {level[code] for code in graph}
    assert sorted(graph) == sorted(code for code in level if level[code] == shown)
    wanted = {
        frozenset((r["source"], r["target"])): r
        for r in rows(folder, "cooccurrence_edges")
        if r["unit"] == UNIT
        and level[r["source"]] == level[r["target"]] == shown
        and int(r["n"]) >= 2
        and float(r["lift"]) > 1
    }
    assert wanted
    assert {frozenset(edge) for edge in graph.edges} == set(wanted)
    for a, b, data in graph.edges(data=True):
        row = wanted[frozenset((a, b))]
        assert data["weight"] == int(row["n"])
        for column in ("n", "n_documents", "lift", "jaccard", "phi"):
            assert near(str(data[column]), float(row[column])), (a, b, column)
