"""The `corpus:` map of a study."""

from qualcode.corpus.settings import CorpusSettings, is_unit, read_settings
from qualcode.model import Speaker
from qualcode.problems import Problem
from qualcode.yamlnodes import read_yaml

FULL = """\
folder: interviews
filename: ["{date}-{title}", "{title}({issued})"]
encoding: GBK
columns: {text: 内容, speaker: 受访人}
labels: [老李, 联络员]
speakers: {访谈者: interviewer, 老李: {role: respondent, actor: J市公安局, since: 2017}}
defaults: {case: J市, kind: interview, rank: 处级}
ignore: ["旧稿/*", "*.bak.docx"]
unit: window:5
"""


def read(text: str) -> tuple[CorpusSettings, list[Problem]]:
    node, problems = read_yaml(text, "qualcode.yaml")
    settings, found = read_settings(node)
    return settings, [*problems, *found]


def test_every_key_is_read() -> None:
    settings, problems = read(FULL)
    assert problems == []
    assert settings.folder == "interviews"
    assert [p.fields for p in settings.filename] == [("date", "title"), ("title", "issued")]
    assert settings.encoding == "gbk"
    assert settings.columns == {"text": "内容", "speaker": "受访人"}
    assert settings.labels == ("老李", "联络员")
    assert settings.speakers["访谈者"] == Speaker("访谈者", "interviewer", "declared")
    assert settings.speakers["老李"] == Speaker("老李", "respondent", "declared", "J市公安局", "2017")
    assert dict(settings.defaults.values) == {"case": "J市", "kind": "interview", "rank": "处级"}
    assert settings.unit == "window:5"


def test_nothing_said_gives_the_defaults_and_a_name_alone_is_the_folder() -> None:
    assert read_settings(None) == (CorpusSettings(), [])
    assert read("interviews\n")[0].folder == "interviews"


def test_mistakes_are_named_with_their_lines() -> None:
    _, problems = read(
        "folder: a\nlabel: [x]\nencoding: utf-99\nunit: sentences\nfilename: title\ncolumns: x\n"
    )
    assert sorted((p.kind, p.place.line) for p in problems) == [
        ("bad-filename-pattern", 5),
        ("unknown-encoding", 3),
        ("unknown-key", 2),
        ("unknown-unit", 4),
        ("wrong-type", 6),
    ]


def test_globs_pass_over_files_by_path_and_by_name() -> None:
    settings, _ = read("ignore: ['旧稿/*', '*.bak.docx', '草稿/']\n")
    passed = ["旧稿/a.docx", "旧稿/深/b.docx", "x/c.bak.docx", "草稿/2019/d.txt"]
    kept = ["a.docx", "x/旧稿.docx", "新稿/a.docx", "草稿.txt"]
    assert all(settings.ignores(path) for path in passed)
    assert not any(settings.ignores(path) for path in kept)


def test_units() -> None:
    assert all(
        is_unit(u) for u in ("sentence", "clause", "turn", "paragraph", "article", "window", "window:3")
    )
    assert not any(is_unit(u) for u in ("", "word", "window:0", "window:", "Sentence"))
