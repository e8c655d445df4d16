"""Decisions on disk: one journal per coder, `decisions/<coder>.jsonl`, to which lines are only ever added.

    journal = Journal(folder, "甲")         # cuts a line that a crash left half written, and says so
    journal.append("accept", document="I03", ...)   # on the disk when it returns

A folder of journals is read as the union of their lines: the same line twice is one decision, the order of
lines and files says nothing, and whoever wrote a line stands in it. So journals can be kept in git, mailed,
or lie in a shared folder; copies that a synchroniser makes beside them are read as well.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from qualcode.problems import Place, Problem, UsageError, problem
from qualcode.review.records import Action, Anchor, Decision, decision_of, line_of

FOLDER = "decisions"
SUFFIX = ".jsonl"
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
)
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")  # what git leaves where two sides added lines


def clean_coder(name: str) -> str:
    """Return a coder's name composed (NFC) and trimmed. Raises `UsageError` for one that cannot be used."""
    clean = unicodedata.normalize("NFC", name).strip()
    if not clean or clean == "machine" or any(sign in clean for sign in "#@;=\n\r\t"):
        raise UsageError(
            "'{name}' cannot be the name of a coder",
            hint="a name or initials, without # @ ; = and not 'machine'",
            name=name,
        )
    return clean


def file_name(coder: str) -> str:
    """Return the name of a coder's journal, safe on every system; what is not is written as %XX.

    >>> file_name("甲"), file_name("A/B"), file_name("con")
    ('甲.jsonl', 'A%2FB.jsonl', '%con.jsonl')
    """
    safe = "".join(
        sign if sign.isalnum() or sign in "-_ " else "".join(f"%{byte:02X}" for byte in sign.encode())
        for sign in coder
    ).strip()
    if safe.lower() in _RESERVED:
        safe = "%" + safe
    if len(safe.encode()) > 180:  # names of files are limited in bytes
        safe = (
            f"{safe.encode()[:120].decode(errors='ignore')}-{hashlib.sha256(coder.encode()).hexdigest()[:12]}"
        )
    return safe + SUFFIX


def read_lines(data: bytes, name: str = "") -> tuple[list[Decision], list[Problem]]:
    """Read the decisions in the bytes of a journal; damaged lines are passed over and named."""
    found: list[Decision] = []
    problems: list[Problem] = []
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, raw in enumerate(lines, 1):
        line = raw.decode("utf-8", "replace").strip("\r ")
        if not line or line.startswith(_MARKS):
            continue
        decision = decision_of(line)
        if decision is not None:
            found.append(decision)
        elif number == len(lines):
            problems.append(
                problem(
                    "torn-decision",
                    Place(name, number),
                    "the last line is cut off; it was never confirmed and is not read",
                    hint="look whether the last decision is missing, and make it again",
                    severity="warning",
                )
            )
        else:
            problems.append(
                problem(
                    "damaged-decision",
                    Place(name, number),
                    "this line is damaged or was changed by hand, and is not read",
                    hint="take the file from a copy or from git; 'qualcode decide' takes decisions back",
                    severity="warning",
                )
            )
    return found, problems


def read_folder(folder: Path) -> tuple[list[Decision], list[Problem]]:
    """Read all journals of a folder as one union, in the order of decisions; no folder, nothing."""
    found: list[Decision] = []
    problems: list[Problem] = []
    for path in journals(folder):
        here, more = read_lines(path.read_bytes(), str(path))
        found += here
        problems += more
    return merged(found), problems


def journals(folder: Path) -> list[Path]:
    """Return the journals of a folder, by name."""
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.glob("*" + SUFFIX) if path.is_file() and not path.name.startswith((".", "~$"))
    )


def merged(decisions: Iterable[Decision]) -> list[Decision]:
    """Unite decisions: each once, in their order, whatever order they came in."""
    return sorted({one.id: one for one in decisions}.values(), key=lambda one: one.order)


class Journal:
    """One coder's journal, open for adding. `problems` says what was found on opening.

    Who has read the folder already gives its decisions as `known`.

    Raises `UsageError` for a name that cannot be used and `OSError` where the folder cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        coder: str,
        *,
        known: Iterable[Decision] | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.coder = clean_coder(coder)
        self.path = folder / file_name(self.coder)
        self._clock = clock or (lambda: datetime.now(UTC))
        folder.mkdir(parents=True, exist_ok=True)
        self.problems = self._cut()
        self._decisions: dict[str, Decision] = {}
        self._highest = 0
        self.learn(read_folder(folder)[0] if known is None else known)

    @property
    def decisions(self) -> list[Decision]:
        """All decisions of the folder, others' too, as they were on opening, and those added since."""
        return merged(self._decisions.values())

    def learn(self, decisions: Iterable[Decision]) -> None:
        """Take note of decisions written elsewhere since: they can be undone, later ones come after."""
        found = {one.id: one for one in decisions}
        self._decisions |= found
        self._highest = max((self._highest, *(one.revision for one in found.values())))

    def append(
        self,
        action: Action,
        *,
        document: str = "",
        text: str = "",
        anchor: Anchor | None = None,
        code: str = "",
        to: str = "",
        memo: str = "",
        undoes: str = "",
        settles: bool = False,
        blind: bool = False,
        source: str = "",
        dated: str = "",
        marked: str = "",
    ) -> Decision:
        """Add a decision; when this returns it is on the disk.

        Raises `UsageError` for an undo of something that is not this coder's, `OSError` where it cannot be
        written: it is not decided then.
        """
        if action == "undo":
            target = self._decisions.get(undoes)
            if target is None or target.coder != self.coder:
                raise UsageError(
                    "{coder} has made no decision '{id}'",
                    hint="'qualcode corpus changes' lists them with their ids",
                    coder=self.coder,
                    id=undoes,
                )
        decision = Decision(
            revision=1 + self._highest,
            coder=self.coder,
            time=self._clock().isoformat(timespec="microseconds"),
            action=action,
            document=document,
            text=text,
            anchor=anchor,
            code=code,
            to=to,
            memo=memo,
            undoes=undoes,
            settles=settles,
            blind=blind,
            source=source,
            dated=dated,
            marked=marked,
        )
        self._write(line_of(decision))
        self.learn([decision])
        return decision

    def _write(self, line: str) -> None:
        new = not self.path.exists()
        # One write of the whole line: what another program adds at the same moment stays whole too.
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        try:
            size = os.fstat(handle).st_size
            whole = size == 0 or _last_byte(handle, size) == b"\n"
            data = (b"" if whole else b"\n") + line.encode("utf-8", "surrogatepass") + b"\n"
            written = 0
            try:
                while written < len(data):
                    written += os.write(handle, data[written:])
                os.fsync(handle)
            except OSError:  # a full disk: no piece of a line that is not confirmed may stay
                if os.fstat(handle).st_size == size + written:
                    os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
        if new:
            _sync_folder(self.path.parent)

    def _cut(self) -> list[Problem]:
        """Cut a half-written line off the end: it was never confirmed to anybody."""
        if not self.path.exists():
            return []
        data = self.path.read_bytes()
        tail = data[data.rfind(b"\n") + 1 :]
        if not tail or decision_of(tail.decode("utf-8", "replace")) is not None:
            return []
        with self.path.open("rb+") as stream:
            stream.truncate(len(data) - len(tail))
            os.fsync(stream.fileno())
        return [
            problem(
                "torn-decision",
                Place(str(self.path), data.count(b"\n") + 1),
                "the last line was cut off by a crash and is taken away ({n} bytes)",
                hint="look whether the last decision is missing, and make it again",
                severity="warning",
                n=len(tail),
            )
        ]


def _last_byte(handle: int, size: int) -> bytes:
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1)


def _sync_folder(folder: Path) -> None:
    """Make a new file's name outlive a power cut, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
