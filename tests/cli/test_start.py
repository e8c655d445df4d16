"""How a call starts and talks: fast, in the person's language, on any console, into any pipe."""

import os
import subprocess
import sys

import pytest

from qualcode.cli.common import display_width, wants_color
from qualcode.cli.main import COMMANDS
from qualcode.language import choose_language

HEAVY = (
    "pandas",
    "spacy",
    "networkx",
    "numpy",
    "matplotlib",
    "scipy",
    "pydantic",
    "yaml",
    "openpyxl",
    "lxml",
    "rich",
)


def call(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "qualcode", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["run", "--help"], ["rnu"], ["--lang", "zh", "--help"]]
)
def test_help_loads_nothing_heavy(arguments):
    program = (
        "import sys; from qualcode.cli.main import call; call(sys.argv[1:]);"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    assert answer.stderr.splitlines()[-1] == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="os.times counts no children there")
def test_help_is_there_in_the_blink_of_an_eye():
    def spent(program):
        before = os.times()
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    # Time of the processor, and the best of five: other programs run on this machine too.
    bare = min(spent("pass") for _ in range(5))
    ours = min(spent("from qualcode.cli.main import call; call(['--help'])") for _ in range(5))
    assert ours - bare < 0.3


def test_the_help_names_every_command_and_an_example():
    out = call("--help", QUALCODE_LANG="en").stdout.decode()
    assert all(f"\n  {name} " in out for name in COMMANDS)
    assert "qualcode run" in out


@pytest.mark.parametrize(
    ("asked", "environment", "spoken"),
    [
        ("zh", {"LANG": "en_US.UTF-8"}, "zh"),
        (None, {"QUALCODE_LANG": "zh", "LC_ALL": "C"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh_TW"}, "zh"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_GB"}, "zh"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_locales(asked, environment, spoken):
    assert choose_language(asked, environment) == spoken


def test_windows_says_its_language_where_no_variable_does():
    assert choose_language(None, {}, "zh_CN") == "zh"


def test_a_gbk_console_can_print_anything(tmp_path):
    call("init", tmp_path / "s", "--lang", "zh")
    (tmp_path / "s/corpus/😀.txt").write_text("访谈者：为什么？\n受访者：我们不敢签字😀。\n", "utf-8")
    answer = call("run", tmp_path / "s", "--lang", "zh", PYTHONIOENCODING="gbk")
    assert answer.returncode == 0, answer.stderr
    shown = call("kwic", tmp_path / "s/results", "不敢签字", PYTHONIOENCODING="gbk")
    assert "\\U0001f600" in shown.stdout.decode("gbk")


def test_a_reader_that_has_enough_ends_the_call_quietly(tmp_path):
    call("init", tmp_path / "s", "--lang", "zh")
    call("run", tmp_path / "s")
    line = ["--quiet", "timeline", str(tmp_path / "s/results"), "--format", "json"]
    writer = subprocess.Popen(
        [sys.executable, "-m", "qualcode", *line],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writer.stdout.close()
    assert writer.stderr.read() == b""
    assert writer.wait() == 0
    writer.stderr.close()


class Terminal:
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_only_where_it_is_wanted(environment, coloured, monkeypatch):
    for name in ("TERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_color(Terminal()) is coloured


def test_no_escape_codes_go_into_a_pipe(tmp_path):
    answer = call("run", tmp_path, TERM="xterm", FORCE_COLOR="")
    assert b"\x1b[" not in answer.stderr


def test_chinese_takes_two_columns():
    assert display_width("数据ＡPI") == 8
    assert display_width("e\u0301") == 1
