"""Each layer uses those to its right, never to its left; heavy libraries stay in their place."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "qualcode"

LAYERS = (
    ("cli", "web"),
    ("project",),
    ("output",),
    ("analysis",),
    ("review",),
    ("coding",),
    ("corpus", "codebook"),
    ("patterns",),
    ("text",),
    (
        *("columns", "cells", "csvlines", "expressions"),
        *("problems", "registry", "yamlnodes", "language", "languages"),
    ),
    ("model",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
ONLY_IN = {
    "click": {"cli"},
    "rich": {"cli"},
    "spacy": {"text", "patterns"},
    "pandas": {"analysis", "output", "project", "cli", "review"},
    "networkx": {"analysis", "output", "project"},
    "matplotlib": {"output"},
    "distributed": {"project"},
    "starlette": {"web"},
    "uvicorn": {"web"},
}
FILES = sorted(ROOT.rglob("*.py"))


def imports(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
            if node.module == "qualcode":
                names = [f"qualcode.{alias.name}" for alias in node.names]
            found += [(node.lineno, name) for name in names]
    return found


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_file_reaches_to_a_layer_on_its_left(path: Path) -> None:
    own = layer_of(path)
    if own not in RANK:
        return  # __init__ and __main__ stand outside the layers
    for line, name in imports(path):
        parts = name.split(".")
        if parts[0] == "qualcode" and len(parts) > 1 and parts[1] in RANK:
            assert RANK[parts[1]] >= RANK[own], f"{path.name}:{line} ({own}) imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_heavy_libraries_stay_where_the_map_puts_them(path: Path) -> None:
    for line, name in imports(path):
        allowed = ONLY_IN.get(name.split(".")[0])
        assert allowed is None or layer_of(path) in allowed, f"{path.name}:{line} imports {name}"


def test_every_folder_of_the_package_has_a_place_in_the_order() -> None:
    folders = {p.parent.relative_to(ROOT).parts[0] for p in FILES if p.parent != ROOT}
    assert folders <= set(RANK)
