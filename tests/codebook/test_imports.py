"""A codebook may stand in several files: united, nothing overridden, every mistake in its own file."""

import hashlib

import pytest

from qualcode.codebook import load_codebook, parse_codebook

HEAD = "qualcode: 1\nid: top\nversion: 1.0.0\n"


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(**files):
        for name, text in files.items():
            path = tmp_path / (name.replace("__", "/") + ".yaml")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_codebook(tmp_path / "top.yaml")

    return write


def lines(problems, folder):
    return [str(p).replace(folder.as_posix() + "/", "") for p in problems]


def code(name):
    return f"codes: [{{id: {name}, name: n, definition: d}}]\n"


def test_parts_are_united(write):
    codebook, problems = write(
        top=HEAD + "imports: [parts/words.yaml, more.yaml]\ncodes:\n"
        "- {id: a.b, name: n, definition: d, facet: f, rules: [{terms: [$w]}]}\n",
        parts__words="lexicons: {w: [x]}\nid: other\nunit: turn\nversion: '9'\n",
        more="facets: {f: {}}\n" + code("a"),
    )
    assert problems == []
    assert list(codebook.codes) == ["a", "a.b"]
    assert [t.text for t in codebook.lexicons["w"]] == ["x"]
    assert (codebook.id, codebook.version, codebook.unit) == ("top", "1.0.0", "sentence")


def test_every_file_is_listed_with_its_hash_relative_to_the_top(write, tmp_path):
    codebook, _ = write(
        top=HEAD + "imports: parts/a.yaml\n", parts__a="imports: [../b.yaml]\ncodes: []\n", b=code("b")
    )
    assert codebook.files == tuple(
        (name, hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
        for name in ("top.yaml", "parts/a.yaml", "b.yaml")
    )
    assert codebook.file_of(codebook.codes["b"].place) == "b.yaml"


def test_the_same_id_in_two_files_names_both_places(write, tmp_path):
    codebook, problems = write(
        top=HEAD + "imports: [a.yaml]\n" + code("x"), a="# one line down\n" + code("x")
    )
    assert codebook is None
    assert lines(problems, tmp_path) == [
        "a.yaml:2:14: error[duplicate-id]: the code 'x' is already defined at "
        f"{tmp_path.as_posix()}/top.yaml:5:14".replace(tmp_path.as_posix() + "/", "")
        + "; nothing overrides: rename one, or take it out"
    ]


def test_a_file_reached_twice_is_read_once(write):
    codebook, problems = write(
        top=HEAD + "imports: [a.yaml, b.yaml, ./a.yaml]\ncodes: []\n",
        a="imports: [c.yaml]\n",
        b="imports: [c.yaml]\n",
        c=code("x"),
    )
    assert problems == []
    assert [name for name, _ in codebook.files] == ["top.yaml", "a.yaml", "c.yaml", "b.yaml"]


def test_a_circle_of_imports_is_said_where_it_closes(write, tmp_path):
    codebook, problems = write(
        top=HEAD + "imports: [a.yaml]\ncodes: []\n", a="imports: [b.yaml]\n", b="imports:\n- a.yaml\n"
    )
    assert codebook is None
    assert lines(problems, tmp_path) == [
        "b.yaml:2:3: error[import-cycle]: the imports run in a circle: a.yaml -> b.yaml -> a.yaml;"
        " take one of these imports out"
    ]


def test_a_file_that_imports_itself(write):
    _, problems = write(top=HEAD + "imports: [top.yaml]\ncodes: []\n")
    assert [(p.place.line, p.place.column, p.kind) for p in problems] == [(4, 11, "import-cycle")]


def test_a_missing_file_is_answered_with_a_neighbour(write, tmp_path):
    codebook, problems = write(
        top=HEAD + "imports: [actor.yaml, zzz.yaml]\ncodes: []\n", actors="codes: []\n"
    )
    assert codebook is None
    assert lines(problems, tmp_path) == [
        "top.yaml:4:11: error[missing-file]: there is no file actor.yaml; did you mean 'actors.yaml'?",
        "top.yaml:4:23: error[missing-file]: there is no file zzz.yaml;"
        " imports are named relative to this file",
    ]


@pytest.mark.parametrize("name", ["/etc/passwd", "C:\\a.yaml", "https://example.org/a.yaml", "~/a.yaml"])
def test_imports_are_relative(write, name):
    _, problems = write(top=HEAD + f"imports: ['{name}']\ncodes: []\n")
    assert [(p.place.line, p.place.column, p.kind) for p in problems] == [(4, 11, "bad-import")]


def test_windows_ways_are_understood(write):
    codebook, problems = write(top=HEAD + "imports: [parts\\a.yaml]\n", parts__a=code("x"))
    assert problems == []
    assert codebook.files[1][0] == "parts/a.yaml"


def test_mistakes_stand_in_their_own_file(write, tmp_path):
    _, problems = write(
        top=HEAD + "imports: [a.yaml]\ncodes: [{id: x, nam: n}]\n", a="lexicons:\n  w：[x]\n  v: [a，b]\n"
    )
    assert [(p.place.path.rpartition("/")[2], p.place.line, p.kind) for p in problems] == [
        ("a.yaml", 2, "full-width"),
        ("a.yaml", 3, "full-width"),
        ("top.yaml", 5, "missing-key"),
        ("top.yaml", 5, "missing-key"),
        ("top.yaml", 5, "unknown-key"),
    ]


def test_the_other_parts_are_read_although_one_is_broken(write):
    _, problems = write(top=HEAD + "imports: [a.yaml, b.yaml]\n", a="codes: [", b="codes: [{id: x}]\n")
    assert [p.kind for p in problems] == ["yaml", "missing-key", "missing-key"]


def test_an_imported_file_need_not_say_its_format_but_must_not_say_another(write):
    assert write(top=HEAD + "imports: [a.yaml]\n", a=code("x"))[1] == []
    _, problems = write(top=HEAD + "imports: [a.yaml]\n", a="qualcode: 7\n" + code("x"))
    assert [p.kind for p in problems] == ["bad-format"]


def test_an_imported_file_in_another_encoding_is_named(write, tmp_path):
    (tmp_path / "a.yaml").write_bytes("lexicons: {w: [我们不给, 他们的事]}\n".encode("gb18030"))
    codebook, problems = write(top=HEAD + "imports: [a.yaml]\ncodes: []\n")
    assert codebook is None
    assert lines(problems, tmp_path)[0].startswith(
        "a.yaml:1: error[encoding]: this file is not UTF-8; it looks like GB18030 (GBK); save it as UTF-8"
    )


def test_a_huge_file_is_refused_unread(write, tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"# " + b"x" * 2_000_000)
    _, problems = write(top=HEAD + "imports: [a.yaml]\ncodes: []\n")
    assert [(p.place.line, p.kind) for p in problems] == [(4, "too-large")]


def test_a_folder_is_no_file(write, tmp_path):
    (tmp_path / "parts").mkdir()
    _, problems = write(top=HEAD + "imports: [parts]\ncodes: []\n")
    assert [p.kind for p in problems] == ["missing-file"]


def test_the_top_file_may_be_missing(tmp_path):
    codebook, problems = load_codebook(tmp_path / "none.yaml")
    assert codebook is None
    assert [p.kind for p in problems] == ["missing-file"]


def test_a_text_may_import_files_beside_where_it_would_stand(tmp_path):
    (tmp_path / "a.yaml").write_text(code("x"), encoding="utf-8")
    codebook, problems = parse_codebook(HEAD + "imports: [a.yaml]\n", path=str(tmp_path / "t.yaml"))
    assert problems == []
    assert list(codebook.codes) == ["x"]
