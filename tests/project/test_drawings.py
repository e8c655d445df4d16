"""The network of a run is drawn for the facets a study names, and no others."""

from dataclasses import replace

import networkx as nx
import pytest

from qualcode.problems import StudyError
from qualcode.project.run import run
from qualcode.project.scaffold import begin_study
from qualcode.project.study import Study, load_study

SECOND_FACET = """
  - id: actor_named
    name: {zh: 提到部门, en: A bureau is named}
    facet: actor
    definition: 说话人提到某个部门。
    rules:
      - regex: '.'
"""


@pytest.fixture
def study(tmp_path) -> Study:
    begin_study(tmp_path / "study", "zh")
    book = tmp_path / "study" / "codebook.yaml"
    text = book.read_text("utf-8").replace("facets:\n", "facets:\n  actor: {question: 谁}\n", 1)
    book.write_text(text.rstrip("\n") + "\n" + SECOND_FACET, "utf-8")
    found, problems = load_study(tmp_path / "study" / "qualcode.yaml")
    assert found is not None, problems
    return found


def drawn(study: Study) -> set[str]:
    run(study)
    return set(nx.read_graphml(study.results / "network.graphml").nodes)


def test_without_facets_everything_found_is_in_the_graph(study):
    assert "actor_named" in drawn(study)


def test_only_the_named_facets_are_in_the_graph_and_the_tables_keep_all(study):
    only = replace(study, network=replace(study.network, facets=("logic",)))
    assert drawn(only) and "actor_named" not in drawn(only)
    assert ",actor_named," in (only.results / "cooccurrence_nodes.csv").read_text("utf-8")


def test_a_facet_the_codebook_does_not_have_is_named_with_those_it_has(study):
    wrong = replace(study, network=replace(study.network, facets=("logik",)))
    with pytest.raises(StudyError, match=r"logik.*logic"):
        run(wrong)
