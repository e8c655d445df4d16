"""Layouts by force: several at once are what networkx makes of each."""

import networkx as nx
import numpy as np
import pytest

from qualcode.output.layout import fallen, layout, nudged


@pytest.mark.parametrize("seed", range(8))
def test_layouts_fall_together_as_networkx_lets_each_fall(seed):
    draw = np.random.default_rng(seed)
    count = int(draw.integers(2, 25))
    graph = nx.gnp_random_graph(count, 0.3, seed=seed)
    nx.set_edge_attributes(graph, {edge: float(draw.uniform(0.3, 4)) for edge in graph.edges}, "pull")
    starts = draw.random((5, count, 2))
    together = fallen(starts, nx.to_numpy_array(graph, weight="pull"), 0.3, 60)
    for start, found in zip(starts, together, strict=True):
        alone = nx.spring_layout(
            graph, pos=dict(enumerate(start)), weight="pull", k=0.3, iterations=60, scale=None
        )
        assert (found == np.array([alone[node] for node in graph])).all()


def test_names_do_not_matter_to_places():
    one, other = nx.path_graph(["a", "b", "c", "d"]), nx.path_graph(["w", "x", "y", "z"])
    assert list(layout(one).values()) == list(layout(other).values())


@pytest.mark.parametrize("seed", range(8))
def test_layouts_are_nudged_together_as_each_alone(seed):
    draw = np.random.default_rng(seed)
    count = int(draw.integers(3, 25))
    lines = nx.gnm_random_graph(count, 2 * count, seed=seed).edges
    starts = draw.random((5, count, 2)).round(2)  # some nodes on others, or on lines
    ends = np.array(list(lines))
    together = nudged(starts, ends)
    assert (together == np.concatenate([nudged(one[None], ends) for one in starts])).all()
    assert not (together == starts).all()
