"""Result folders appear whole or not at all, and nothing a person made is lost.

A run writes into a hidden folder beside its target and changes places with it at the end. Whatever happens
before that moment (an error, a full disk, a power cut, the task manager) leaves the old results as they were.

What lies in the target is told apart by its manifest:

- files the manifest lists, unchanged: results, replaced by the new ones;
- files it lists, changed since: somebody worked in them; refused, unless `force`, which keeps a copy;
- files it does not list: a person's own; they move along, untouched;
- a folder that holds files but no manifest is no result folder: refused.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qualcode.problems import MachineError, UsageError
from qualcode.project.manifest import NAME, files_of, fingerprint, read_manifest, recorded

KEPT = "kept"
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a target folder holds: files a person added, and result files a person changed."""

    own: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def standing(target: Path) -> Standing:
    """Look at a target folder. Raises `UsageError` where it is a file, or a folder that is none of ours."""
    if not target.exists():
        return Standing()
    if not target.is_dir():
        raise UsageError(
            "{path} is a file, results need a folder", hint="name a folder with --out", path=target
        )
    names = [name for name in files_of(target) if name.rpartition("/")[2] not in LITTER]
    if not names:
        return Standing()
    manifest = read_manifest(target)
    if manifest is None:
        raise UsageError(
            "{path} holds files and no manifest of qualcode; it is left alone",
            hint="name a new or an empty folder with --out",
            path=target,
        )
    ours = recorded(manifest, "outputs")
    changed = [name for name in names if name in ours and _differs(target / name, ours[name])]
    own = [name for name in names if name not in ours and name != NAME]
    return Standing(tuple(own), tuple(changed))


def _differs(path: Path, known: dict[str, object]) -> bool:
    if path.is_symlink():
        return True
    return fingerprint(path) != {"sha256": known.get("sha256"), "size": known.get("size")}


def refuse_changed(target: Path, found: Standing, *, force: bool = False, read: Collection[str] = ()) -> None:
    """Raise `UsageError` where result files were changed by hand, unless forced.

    Files in `read` were read back: what people wrote in them goes on in the new ones.
    """
    changed = [name for name in found.changed if name not in read]
    if changed and not force:
        raise UsageError(
            "{files} in {path} changed since qualcode wrote it; nothing was written",
            hint="move it elsewhere, or use --force, which keeps a copy in {kept}/",
            files=", ".join(changed),
            path=target,
            kept=KEPT,
        )


@contextmanager
def written_aside(target: Path, *, force: bool = False, read: Collection[str] = ()) -> Iterator[Path]:
    """Give an empty folder to write into; when the block ends well it takes the target's place.

    Files in `read` may have been changed by hand: the caller has read them back. A copy is kept all the same.

    Raises `UsageError` where the target must not be replaced, before anything is written, and `MachineError`
    where the machine refuses; the old results are intact in either case.
    """
    target = target.resolve() if target.is_symlink() else target.absolute()
    recover(target)
    refuse_changed(target, standing(target), force=force, read=read)
    aside = target.with_name(f".{target.name}.writing-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target)
        aside.mkdir()
    except OSError as error:
        raise _refused(error, target.parent) from error
    try:
        yield aside
        # Somebody may have worked in the folder while the run went on.
        now = standing(target)
        refuse_changed(target, now, force=force, read=read)
        _carry(target, aside, now)
        _flush(aside)
        _exchange(aside, target)
    except OSError as error:
        raise _refused(error, target) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _refused(error: OSError, path: Path) -> MachineError:
    if isinstance(error, PermissionError):
        return MachineError(
            "no permission to write in {path}, or a file of it is open in another program",
            hint="close it in Excel or WPS and run again; the old results are as they were",
            path=error.filename or path,
        )
    return MachineError(
        "cannot write {path}: {reason}",
        hint="the old results are as they were",
        path=error.filename or path,
        reason=error.strerror or error,
    )


def _carry(target: Path, aside: Path, found: Standing) -> None:
    """Bring a person's files along: own ones to their place, changed results into `kept/`."""
    for name in found.own:
        goal = aside / name
        if os.path.lexists(goal):
            goal = _free_name(aside / KEPT / name)
        _copy(target / name, goal)
    for name in found.changed:
        _copy(target / name, _free_name(aside / KEPT / name))


def _free_name(path: Path) -> Path:
    """Return the path, numbered where something of that name is there already."""
    number, free = 2, path
    while os.path.lexists(free):
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free


def _copy(source: Path, goal: Path) -> None:
    goal.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, goal, follow_symlinks=False)


def _flush(folder: Path) -> None:
    """Make the new files outlive a power cut before the old ones go."""
    for name in files_of(folder):
        path = folder / name
        if path.is_symlink():
            continue
        # Some network drives know no fsync, and a person's own file may be read-only.
        with contextlib.suppress(OSError), path.open("rb+") as stream:
            os.fsync(stream.fileno())


def _exchange(aside: Path, target: Path) -> None:
    """Put the new folder in the target's place; what was there ends up in `aside` and is removed."""
    if not target.exists():
        aside.rename(target)
        return
    if _swap_at_once(aside, target):
        return
    # Two renames. A crash between them leaves the old results under `.old`, where `recover` finds them.
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    try:
        aside.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _swap_at_once(one: Path, other: Path) -> bool:
    """Exchange two folders in one step where the system can (Linux, macOS); return whether it did."""
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if platform.system() == "Linux":
            here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
            return bool(system.renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
        if platform.system() == "Darwin":
            return bool(system.renamex_np(os.fsencode(one), os.fsencode(other), 2) == 0)  # RENAME_SWAP
    except (OSError, AttributeError, TypeError):
        pass
    return False


def recover(target: Path) -> bool:
    """Bring back old results that a crash left under their hidden name; return whether there were any."""
    old = target.with_name(f".{target.name}.old")
    if target.exists() or not old.is_dir():
        return False
    old.rename(target)
    return True


def sweep(target: Path) -> None:
    """Remove what killed runs left beside the target. A run that is still alive keeps its folder."""
    prefix = f".{target.name}.writing-"
    for left in target.parent.glob(f"{_literal(prefix)}*"):
        number = left.name.removeprefix(prefix).partition("-")[0]
        if number.isdigit() and not _alive(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _literal(text: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in text)


def _alive(process: int) -> bool:
    if sys.platform == "win32":  # signal 0 would end the process there; leave the folder for its owner
        return process != os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()
