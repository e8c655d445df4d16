"""Where a call talks to may be closed, full or gone: that is no failure of qualcode's own."""

import os
import subprocess
import sys

import pytest

QUALCODE = f"{sys.executable} -m qualcode"


def shell(line, folder):
    """Run a line of shell; return its exit code and what came out."""
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=folder,
        env=os.environ | {"QUALCODE_LANG": "en"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


@pytest.mark.skipif(sys.platform == "win32", reason="shell redirections are of POSIX")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("kwic results 怕担责 >&-", 0),
        ("kwic results 怕担责 2>&-", 0),
        ("corpus check . >&- 2>&-", 0),
        ("--version >&-", 0),
        ("codebook check nothing.yaml >&- 2>&-", 3),
    ],
)
def test_a_closed_stream_changes_no_exit_code(line, code, study):
    ended, told = shell(f"{QUALCODE} {line}", study)
    assert (ended, "failed" in told) == (code, False), told


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110
@pytest.mark.parametrize("line", ["kwic results 怕担责", "corpus segments .", "--help"])
def test_a_full_disk_under_stdout_is_exit_4(line, study):
    code, told = shell(f"{QUALCODE} {line} > /dev/full", study)
    assert code == 4 and "the disk is full" in told


def test_a_call_without_a_command_shows_the_help_and_is_no_error_of_its_own(qualcode):
    for group in ((), ("corpus",), ("codebook",)):
        code, out, err = qualcode(*group)
        assert code == 2
        assert (out + err).startswith("Usage: qualcode")
