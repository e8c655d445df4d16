"""The work folder: finished shards of a run that is under way, or was cut short.

It lies beside the results as `.<name of the results>.work`. Shards in it are used again by the next run for
every file whose bytes, metadata, codebook, settings, decisions and program are the same (`Job.key_of`); all
others, and what is torn or damaged, are passed over. A run that ends well removes the folder; one that is
killed leaves it. It can be deleted at any time: nothing is lost but time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from qualcode.project.manifest import fingerprint
from qualcode.project.shards import ENDING, Piece, Shard, read_shard
from qualcode.project.work import Job

LOCK = "lock"
Kept = dict[int, tuple[Shard, Piece]]  # by number of the file


@contextmanager
def work_folder(target: Path, *, fresh: bool = False) -> Iterator[Path]:
    """Give the work folder of a result folder; another one, of its own, where a run is at work in it.

    When the block ends well the folder goes. When it does not, it stays as long as there are shards in it.
    `fresh` forgets what an earlier run left.
    """
    target = target.resolve() if target.is_symlink() else target.absolute()
    folder = target.with_name(f".{target.name}.work")
    folder.mkdir(parents=True, exist_ok=True)
    lock = _locked(folder)
    if lock is None:
        folder = target.with_name(f".{target.name}.writing-{os.getpid()}-work")
        folder.mkdir(exist_ok=True)
    if fresh:
        forget(folder)
    well = False
    try:
        yield folder
        well = True
    finally:
        for left in folder.glob("*.tmp"):
            left.unlink(missing_ok=True)
        if lock is not None:
            lock.close()
        if well or lock is None or not any(folder.glob(f"*{ENDING}")):
            shutil.rmtree(folder, ignore_errors=True)


def forget(folder: Path) -> None:
    """Remove all that a work folder holds."""
    for path in folder.iterdir():
        if path.name != LOCK:
            path.unlink(missing_ok=True)


def _locked(folder: Path) -> IO[bytes] | None:
    """Hold the folder for this process; None where another holds it. The system lets go when we end."""
    stream = (folder / LOCK).open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        return None
    except OSError as error:
        if sys.platform == "win32" and isinstance(error, PermissionError):
            stream.close()
            return None
        # Some network drives know no locks: go on without.
    return stream


def kept_in(folder: Path, job: Job) -> Kept:
    """Find the files of a job whose results a run that was cut short left whole in its work folder.

    Shards of which nothing can be used are removed.
    """
    numbers = {file.name: number for number, file in enumerate(job.corpus.files)}
    contents: dict[int, str] = {}
    kept: Kept = {}
    for path in sorted(folder.glob(f"*{ENDING}")):
        shard = read_shard(path)
        used = False
        for piece in shard.pieces if shard else ():
            number = numbers.get(piece.name)
            if shard is None or number is None or not piece.key or number in kept:
                continue
            if number not in contents:
                contents[number] = _content(job.corpus.files[number].path)
            if piece.key == job.key_of(job.corpus.files[number], contents[number]):
                kept[number] = (shard, piece)
                used = True
        if not used:
            with contextlib.suppress(OSError):
                path.unlink()
    return kept


def _content(path: Path) -> str:
    try:
        return str(fingerprint(path)["sha256"])
    except OSError:
        return ""
