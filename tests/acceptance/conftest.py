"""Studies that a whole user would run: invented, the sample corpus, real laws. Each is run once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.cli.main import call

from .invented import CODES, UNITS, invent
from .naive import Study

SAMPLE_CODES = ("avoid", "avoid.secret", "avoid.blame", "perform", "tech", "rule")
SAMPLE_CODEBOOK = """\
qualcode: 1
id: sample
version: 1.0.0
title: {zh: 样例, en: Sample}
fold: [case, width, script]
facets: {means: {question: By which means?}}
codes:
  - {id: avoid, name: {zh: 避责, en: Avoidance}, definition: d, rules: [terms: [责任, 风险]]}
  - {id: avoid.secret, name: {zh: 保密, en: Secrecy}, definition: d, rules: [terms: [涉密, 保密, 安全, 隐私]]}
  - {id: avoid.blame, name: {zh: 担责, en: Blame}, definition: d, rules: [terms: [担责, 追责, 问责, 签字]]}
  - {id: perform, name: {zh: 绩效, en: Performance}, definition: d, rules: [terms: [考核, 排名, 责任书]]}
  - {id: tech, name: {zh: 技术, en: Technology}, facet: means, definition: d,
     rules: [terms: [接口, 平台, 系统, 数据安全]]}
  - {id: rule, name: {zh: 规则, en: Rules}, definition: d,
     rules: [terms: [办法, 细则, 规定, 目录], regex: '第.{1,4}条']}
"""


@pytest.fixture(autouse=True, scope="session")
def _english():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALCODE_LANG", "en")
        yield


@pytest.fixture(scope="session")
def ran(_english) -> Callable[..., None]:
    """Call the command line in this process; it must end with the code given."""

    def run(*arguments: object, code: int = 0) -> None:
        assert call(["--quiet", *map(str, arguments)]) == code

    return run


@pytest.fixture(scope="session")
def invented(tmp_path_factory, ran) -> Path:
    """The result folder of the invented study; read only."""
    folder = invent(tmp_path_factory.mktemp("invented"))
    ran("run", folder)
    return folder / "results"


@pytest.fixture(scope="session")
def sample(tmp_path_factory, ran, root) -> Path:
    """The result folder of the sample corpus with a small codebook; read only."""
    folder = tmp_path_factory.mktemp("sample")
    (folder / "codebook.yaml").write_text(SAMPLE_CODEBOOK, "utf-8")
    (folder / "qualcode.yaml").write_text(
        f"""\
qualcode: 1
title: {{zh: 样例, en: Sample}}
corpus: {{folder: '{(root / "sample_corpus").as_posix()}', ignore: [gold/*, build/*]}}
codebook: codebook.yaml
network: {{units: [{", ".join(UNITS)}]}}
phases:
  - {{id: P1, start: 2016-09-05, end: 2019-06-25}}
  - {{id: P2, start: 2019-06-25, end: 2024-01-01}}
output: {{figures: [svg]}}
""",
        "utf-8",
    )
    ran("run", folder)
    return folder / "results"


@pytest.fixture(scope="session", params=["invented", "sample"])
def results(request) -> tuple[Path, Study]:
    """A result folder, and what the naive count reads of it."""
    folder = request.getfixturevalue(request.param)
    return folder, Study(folder, CODES if request.param == "invented" else SAMPLE_CODES)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory, ran, root) -> Path:
    """The result folder of the sample study as it is shipped, with its own codebook; read only.

    Only what takes long is left out: pictures in other formats, and most of the resampling.
    """
    folder = tmp_path_factory.mktemp("shipped")
    text = (root / "sample_corpus" / "qualcode.yaml").read_text("utf-8")
    for shipped, here in (
        ("folder: .\n", f"folder: '{(root / 'sample_corpus').as_posix()}'\n"),
        ("../codebooks/", f"{(root / 'codebooks').as_posix()}/"),
        ("folder: ../results, figures: [svg, png]", "folder: results, figures: [svg]"),
    ):
        assert shipped in text
        text = text.replace(shipped, here)
    claims = (root / "sample_corpus" / "claims.yaml").as_posix()
    more = f"\nclaims: {claims}\nanalyses: {{resamples: 100}}\n"
    (folder / "qualcode.yaml").write_text(text + more, "utf-8")
    ran("run", folder)
    return folder / "results"
