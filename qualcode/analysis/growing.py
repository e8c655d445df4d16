"""A column of numbers that grows in a file without a name, and is then mapped into memory.

The tables of a large corpus have hundreds of millions of cells. Mapped, they take memory only as far as there
is some to spare: the system drops what was not looked at for a while and reads it again when it is. It is
asked to with `let_go`, so that a process is not counted large for what it looked at once.
"""

from __future__ import annotations

import mmap
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any
from weakref import WeakSet

import numpy as np

AT_ONCE = 1 << 20  # numbers that are made wider, or looked up, in one go
_mapped: WeakSet[mmap.mmap] = WeakSet()
_mapping = Lock()  # what lets go may be another thread


class Growing:
    """The numbers so far, in a file in a folder or, where nothing can be written there, among the system's.

    The file goes when the process ends, however it ends, and nobody else can open it.
    """

    def __init__(self, folder: Path, dtype: Any) -> None:
        self._folder, self._dtype = folder, np.dtype(dtype)
        self._file, self._rows = _nameless(folder), 0

    def add(self, part: Any) -> None:
        """Add numbers to the end; wider ones make all others as wide."""
        if part.dtype.itemsize > self._dtype.itemsize:
            self._widen(part.dtype)
        self._file.write(part.astype(self._dtype, copy=False).tobytes())
        self._rows += len(part)

    def array(self) -> Any:
        """Return all of them, not to be written into; nothing can be added any more."""
        with self._file as file:
            if not self._rows:
                return np.zeros(0, dtype=self._dtype)
            file.flush()
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            with _mapping:
                _mapped.add(held)
            return np.frombuffer(held, dtype=self._dtype)

    def _widen(self, dtype: Any) -> None:
        narrow = self.array()
        self._file, self._dtype = _nameless(self._folder), np.dtype(dtype)
        for start in range(0, len(narrow), AT_ONCE):
            self._file.write(narrow[start : start + AT_ONCE].astype(dtype).tobytes())


def mapped(folder: Path, values: Any, numbers: Any) -> Any:
    """Return `values[numbers]`, of any length, mapped."""
    made = Growing(folder, values.dtype)
    for start in range(0, len(numbers), AT_ONCE):
        made.add(values[numbers[start : start + AT_ONCE]])
    return made.array()


def counting(folder: Path, count: int) -> Any:
    """Return the numbers from 0 on, mapped."""
    made = Growing(folder, np.int32)
    for start in range(0, count, AT_ONCE):
        made.add(np.arange(start, min(start + AT_ONCE, count), dtype=np.int32))
    return made.array()


def let_go() -> None:
    """Let all mapped columns go from memory, as far as the system can; what is looked at again comes back."""
    if not hasattr(mmap, "MADV_DONTNEED"):
        return
    with _mapping:
        every = list(_mapped)
    for held in every:
        with suppress(OSError):
            held.madvise(mmap.MADV_DONTNEED)


def _nameless(folder: Path) -> IO[bytes]:
    if os.name == "posix":  # elsewhere it would have a name, and a folder of results is looked through
        with suppress(OSError):
            return tempfile.TemporaryFile(dir=folder)
    return tempfile.TemporaryFile()
