"""The report of a result folder once more: in another language, or after the codebook's names were put right.

Nothing is coded anew. The network, the timeline and the analyses are made again from the tables that are
there, into a folder that is thrown away; problems are those that the run wrote down.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from qualcode.analysis.load import read_table
from qualcode.analysis.once import remembering
from qualcode.problems import Place, Problem
from qualcode.project import passes
from qualcode.project.passes import Results

PARTS = ("network", "timeline", "analyses", "claims", "report")


def report_again(opened: Results, *, lang: str = "") -> bytes:
    """Return the page of an opened result folder, in a language or in that of its study."""
    study = opened.study
    output = replace(study.output, figures=("svg",), parquet=False, xlsx=False)
    with TemporaryDirectory() as folder:
        made = replace(
            opened,
            out=Path(folder),
            study=replace(study, language=lang or study.language, output=output),
            known=tuple(problems_of(opened.folder)),
            problems=[],
            drawn={},
            made={},
            analysed={},
            unasked={},
            reasons=[],
            network_page={},
            tables={},
        )
        with remembering():
            for name in PARTS:
                passes.passes[name](made)
        return (Path(folder) / "report.html").read_bytes()


def problems_of(folder: Path) -> list[Problem]:
    """Read the problems that a run wrote, in its words; none where there is no such file."""
    path = folder / "problems.csv"
    if not path.is_file():
        return []
    table = read_table(path, "problems")
    table = table.assign(line=table["line"].fillna(0), column=table["column"].fillna(0))
    return [
        Problem(
            str(row["kind"]),
            str(row["message"]),
            Place(str(row["path"]), int(row["line"]), int(row["column"]), str(row["cell"])),
            str(row["hint"]),
            row["severity"],
        )
        for row in table.to_dict("records")
    ]
