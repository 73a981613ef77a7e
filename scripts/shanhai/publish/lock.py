"""One build at a time: a second one is told so, instead of writing between the files of the first.

The operating system keeps the lock and lets go of it when the process ends, however it ends: no killed build stands in
the way of the next one.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from shanhai.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep other builds from a file or folder, which need not exist yet, while in use.

    The lock is a hidden file beside it, which goes with the last that holds it. Raises `OutputError` where another
    build is at work, or where no such file can be written.
    """
    file = lock_file(target)
    try:
        descriptor = _taken(file)
    except BlockingIOError as fault:
        raise OutputError(
            target, "another build is writing it", "Wait until that one has ended, then build again."
        ) from fault
    except OSError as fault:
        raise OutputError(
            target, f"the folder beside it cannot be written ({fault.strerror})", "Check space and permissions."
        ) from fault
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no open file; an empty one may stay
            file.unlink()
        os.close(descriptor)


def lock_file(target: Path) -> Path:
    """The file by which a build says that it is writing the target."""
    target = target.resolve()
    return target.with_name(f".{target.name}.shanhai-lock")


def _taken(file: Path) -> int:
    """The open file, locked. Raises `BlockingIOError` where another process has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(descriptor)
            if _is_still(file, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as fault:
            raise BlockingIOError(fault.errno, fault.strerror) from fault
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still(file: Path, descriptor: int) -> bool:
    """Whether what was locked is the file there now: its last holder removed it before letting go."""
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except FileNotFoundError:
        return False
