"""What a process costs, children and all, and what a folder weighs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KIB = 1024
STATUS, CLEAR_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Cost(NamedTuple):
    """CPU seconds (user and system, children included), peak memory in MB of the largest process, and wall seconds."""

    cpu: float
    rss_mb: float
    wall: float


class Step(msgspec.Struct):
    """One step of a process: its CPU seconds, and by how many MB its memory rose above what was there before."""

    cpu: float = 0.0
    above_mb: float = 0.0


class Weight(NamedTuple):
    """Bytes and number of files."""

    size: int
    files: int


def cost(command: Sequence[str | Path], log: Path, folder: Path | None = None) -> Cost:
    """Run a command to its end; what it says goes to `log`. Raises `SystemExit` with its last lines where it fails."""
    began = time.perf_counter()
    with log.open("w", encoding="utf-8") as said:
        # What others of this machine do to the garbage collector or the hash seed must not differ from run to run.
        environment = os.environ | {"PYTHONHASHSEED": "0", "NO_MKDOCS_2_WARNING": "1"}
        process = subprocess.Popen(  # noqa: S603 - the commands are those of this folder
            list(map(str, command)), cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("\n".join(log.read_text(encoding="utf-8").splitlines()[-15:]))
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / KIB, time.perf_counter() - began)


@contextmanager
def step(kept: Path) -> Iterator[None]:
    """Measure what is done within (Linux alone tells the peak) and write it to `kept`, as JSON."""
    CLEAR_PEAK.write_text("5", encoding="ascii")
    before, began = _memory_mb("VmRSS"), time.process_time()
    yield
    found = Step(time.process_time() - began, _memory_mb("VmHWM") - before)
    kept.write_bytes(msgspec.json.encode(found))


def step_kept(kept: Path) -> Step:
    """What `step` wrote."""
    return msgspec.json.decode(kept.read_bytes(), type=Step)


def _memory_mb(name: str) -> float:
    lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / KIB


def python(*arguments: str | Path) -> list[str | Path]:
    """The command that runs a script of this folder with the Python that runs this one."""
    return [sys.executable, *arguments]


def weight(folder: Path) -> Weight:
    """All files below a folder."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Weight(sum(sizes), len(sizes))


def parts(folder: Path) -> dict[str, int]:
    """Bytes by what stands at the top of a folder: of each folder there, and of the files as "rest"."""
    found = {path.name: weight(path).size for path in sorted(folder.iterdir()) if path.is_dir()}
    return found | {"rest": weight(folder).size - sum(found.values())}
