"""Figures of the analyses: drawn from enough, nothing from too little, the same bytes twice."""

import pandas as pd
import pytest

from qualcode.columns import TABLES
from qualcode.output.difference_figure import LINES, difference_figure, difference_rows
from qualcode.output.dominance_figure import dominance_figure, dominance_panels
from qualcode.output.sankey_figure import sankey_chain, sankey_figure
from qualcode.output.timeline_figure import PANELS, drawn_panels

NOTHING = {"text": "", "date": "", "int": 0, "float": float("nan"), "yes_no": False, "list": ()}
LABELS = {"a": "避责逻辑", "b": "创新逻辑", "c": "场域逻辑", "d": "策略"}


def table_of(name, *rows):
    empty = {column.name: NOTHING[column.type] for column in TABLES[name]}
    return pd.DataFrame([empty | row for row in rows], columns=list(empty))


def shares(kind="interview", phases=("P1", "P2"), codes="ab", **more):
    return [
        {"kind": kind, "facet": "logic", "phase": phase, "code": code, "n_quotes": 3}
        | {"p_macro": 0.2, "lo": 0.1, "hi": 0.3}
        | more
        for phase in phases
        for code in codes
    ]


def is_a_picture(pictures):
    svg, png = pictures["svg"], pictures["png"]
    # Text is drawn as outlines, so Chinese shows where no Chinese font is.
    return (
        svg.startswith(b"<?xml") and b"<text" not in svg and b"Date" not in svg and png.startswith(b"\x89PNG")
    )


def test_dominance_draws_kinds_that_have_an_interval_in_two_phases():
    table = table_of(
        "dominance",
        *shares(),
        *shares("policy", phases=("P1",)),
        *shares("minutes", lo=float("nan")),
        *shares("report", n_quotes=0),
    )
    assert [kind for kind, _ in dominance_panels(table, "logic")] == ["interview"]
    phases = {"P1": "会议之前", "P2": "会议之后"}
    one, _ = dominance_figure(table, "logic", labels=LABELS, phases=phases)
    two, _ = dominance_figure(table, "logic", labels=LABELS, phases=phases)
    assert is_a_picture(one) and one == two
    assert dominance_figure(table, "other", labels=LABELS, phases=phases) == ({}, [])


LINK = {"theory": "chain", "kind": "interview", "unit": "speech", "source_level": "driver"}


def links(value):
    return table_of(
        "sankey_links",
        LINK | {"target_level": "logic", "source": "d", "target": "a", "value": value, "on_theory": "yes"},
        LINK | {"target_level": "logic", "source": "d", "target": "b", "value": 1.0, "on_theory": "no"},
        LINK | {"target_level": "logic", "source": "d", "target": "c", "value": 99.0, "skipped": 1},
    )


def test_a_chain_is_drawn_from_six_links_of_neighbours():
    paths = table_of("paths", {"theory": "chain", "levels": ("driver", "logic")})
    assert sankey_chain(links(4.0), paths) is None
    chain = sankey_chain(links(6.0), paths)
    assert chain is not None and chain.levels == ("driver", "logic") and len(chain.links) == 2
    one, _ = sankey_figure(chain, labels=LABELS)
    assert is_a_picture(one) and one == sankey_figure(chain, labels=LABELS)[0]


def test_the_difference_drawn_is_of_the_pairs_that_changed_most():
    edge = {"kind": "interview", "before": "P1", "after": "P2", "level": 1, "lo": -0.1, "hi": 0.3}
    table = table_of(
        "difference_edges",
        edge | {"source": "a", "target": "b", "diff": 0.1},
        edge | {"source": "a", "target": "c", "diff": -0.2, "lo": -0.3, "hi": -0.1, "sure": True},
        edge | {"source": "b", "target": "c", "diff": 0.0},
        edge | {"source": "a", "target": "d", "diff": 0.9},
        edge | {"source": "a", "target": "b", "diff": 0.5, "kind": "policy"},
    )
    rows = difference_rows(table, {"a", "b", "c"})
    assert rows[["source", "target"]].to_numpy().tolist() == [["a", "c"], ["a", "b"]]
    assert len(rows) <= LINES and difference_rows(table, set()).empty
    one, _ = difference_figure(rows, labels=LABELS, seed=1)
    assert is_a_picture(one) and one == difference_figure(rows, labels=LABELS, seed=1)[0]


@pytest.mark.parametrize(("modalities", "left"), [(3, 0), (PANELS + 2, 2)])
def test_a_timeline_draws_so_many_panels_and_says_how_many_it_leaves_out(modalities, left):
    rows = [
        {"grain": "year", "basis": "document", "kind": "policy", "modality": f"m{n}", "code": "a"}
        | {"period": "2019", "n_segments": n + 1, "exposure_segments": 50, "exposure_documents": 1}
        for n in range(modalities)
    ]
    panels, missing = drawn_panels(table_of("timeline", *rows), ("a",))
    assert len(panels) == min(modalities, PANELS) and missing == left
    assert all(title[2] != "m0" for title, _ in panels) is bool(left)  # the one with fewest is left out first
