"""Exchange files are read back by networkx, whatever names and notes hold."""

import io
from itertools import pairwise

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.network import graph
from qualcode.output.gexf import gexf
from qualcode.output.graphml import graphml
from qualcode.output.layout import layout
from qualcode.output.plaingraph import plain

values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**31), 2**31 - 1),
    st.floats(),
    st.text(max_size=8),
    st.just(pd.NA),
    st.lists(st.text(max_size=3), max_size=3).map(tuple),
)
nodes = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=6), min_size=1, max_size=5)


@settings(max_examples=80)
@given(nodes, st.lists(values, min_size=1, max_size=4))
def test_any_graph_is_read_back_with_its_nodes_and_edges(names, attributes):
    made = nx.Graph()
    for number, name in enumerate(names):
        made.add_node(f"{number}{name}", note=attributes[number % len(attributes)])
    codes = list(made)
    made.add_edges_from((a, b, {"note": attributes[0]}) for a, b in pairwise(codes))
    expected = plain(made)
    back = nx.read_graphml(io.BytesIO(graphml(made)))
    assert set(back) == set(expected) and back.number_of_edges() == made.number_of_edges()
    back = nx.read_gexf(io.BytesIO(gexf(made)))
    assert set(back) == set(expected) and back.number_of_edges() == made.number_of_edges()


@pytest.mark.parametrize("write", [graphml, gexf])
def test_numbers_come_back_as_they_are_in_the_tables(study, write):
    made = graph(study.nodes, study.edges, unit="run3")
    read = nx.read_graphml if write is graphml else nx.read_gexf
    back = read(io.BytesIO(write(made)))
    assert back.number_of_edges() == made.number_of_edges() > 0
    for a, b, data in made.edges(data=True):
        assert back.edges[a, b]["n"] == data["n"] and back.edges[a, b]["unit"] == "run3"
        assert float(back.edges[a, b]["lift"]) == pytest.approx(data["lift"], rel=1e-5)
        assert back.edges[a, b]["example_ids"] == ";".join(data["example_ids"])


def test_control_characters_and_what_is_not_known_are_left_out():
    made = nx.Graph()
    made.add_node("a", name="数据\x00\x0b共享\ud800", lift=float("nan"), gone=None, none=pd.NA)
    assert dict(plain(made).nodes["a"]) == {"name": "数据共享"}


def test_gexf_has_labels_and_places_and_no_date(study):
    made = graph(study.nodes, study.edges, unit="run3")
    written = gexf(made, labels=study.labels(), positions=layout(made))
    assert "避责逻辑".encode() in written and b"position" in written and b"lastmodified" not in written


@pytest.mark.parametrize("write", [graphml, gexf])
def test_same_graph_same_bytes(study, write):
    made = graph(study.nodes, study.edges, unit="run3")
    assert write(made) == write(made.copy())
    assert write(nx.Graph())
