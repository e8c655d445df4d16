"""`qualcode review my_study --coder 甲`: what it takes, says and remembers."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.parse

import pytest


@pytest.fixture
def begun(study):
    """The program in a process of its own; gives its address and, at the end, what it said."""
    running = []

    def begin(*options, env=None):
        command = [sys.executable, "-m", "qualcode", "review", str(study), "--no-browser", *options]
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "QUALCODE_LANG": "en", "PYTHONIOENCODING": "utf-8", **(env or {})},
        )
        running.append(process)
        return process, process.stdout.readline().strip()

    yield begin
    for one in running:
        one.kill()
        one.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="no Ctrl+C can be sent to a process there")
def test_it_prints_an_address_of_this_computer_and_ends_with_ctrl_c(begun):
    process, address = begun("--coder", "甲")
    parts = urllib.parse.urlsplit(address)
    assert (parts.scheme, parts.hostname, parts.path) == ("http", "127.0.0.1", "/")
    assert len(parts.query.removeprefix("token=")) >= 40
    with socket.create_connection((parts.hostname, parts.port), timeout=5):
        pass
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0 and out == ""
    assert "it is good once" in err and "0 decisions of 甲 written" in err
    assert "documents kept for testing were left out" in err
    assert parts.query not in err


def test_the_coder_may_stand_in_the_environment(begun):
    _, address = begun(env={"QUALCODE_CODER": "乙"})
    assert address.startswith("http://127.0.0.1:")


def test_a_port_can_be_chosen_and_one_that_is_taken_is_told(study, told):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, err = told("review", study, "--coder", "甲", "--port", port, "--no-browser")
    assert code == 4 and f"port {port} cannot be used" in err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "127.0.0.2", ""])
def test_another_host_than_this_computer_is_refused(study, told, host):
    code, _, err = told("review", study, "--coder", "甲", "--host", host)
    assert code == 2 and "is not this computer" in err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "--coder"),
        (("--coder", "machine"), "cannot be the name of a coder"),
        (("--coder", "a;b"), "cannot be the name of a coder"),
    ],
)
def test_nobody_reviews_without_a_name(study, told, monkeypatch, options, words):
    monkeypatch.delenv("QUALCODE_CODER", raising=False)
    code, _, err = told("review", study, *options)
    assert code == 2 and words in err
    assert not (study / "decisions").exists()


def test_a_mistyped_command_is_no_study(told):
    code, _, err = told("review", "exprot", "--coder", "甲")
    assert code == 2 and "did you mean 'export'?" in err


def test_opening_documents_kept_for_testing_is_remembered(begun, study):
    _, address = begun("--coder", "甲", "--open-test")
    assert address
    lines = (study / ".qualcode" / "opened.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["documents"] for line in lines] == [["I09"]]
    assert json.loads(lines[0])["command"] == "review page"


def test_help_needs_no_server(told):
    code, out, _ = told("review", "--help")
    assert code == 0 and "page" in out and "export" in out
    script = "import sys; from qualcode.cli.main import call; call(['review', '--help'])"
    script += "; print('uvicorn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.strip().endswith("False")
