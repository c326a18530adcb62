"""Feed damaged files to the readers: python tools/fuzz_readers.py --minutes 10 [--reader html].

Every input is a valid file of our own with some of its bytes changed. It is read in a child
process whose memory is bounded, ten seconds at most. A reader passes where each file gives
documents and one-line errors and nothing else; an input that does not is kept and its path is
printed. The exit code is 1 where there was one.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from fuzz_seeds import READERS, mutated, seeds

SECONDS = 10
"""Of processor time, the most that one file may take; ten times as much of the clock's."""

HEADROOM = 1_500_000_000
"""Bytes of address space that a child may take beyond what its imports take."""

GROWTH = 400_000_000
"""Bytes of memory that one file may take: a document of `MAX_BYTES` takes about half."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1.0, help="for each reader")
    parser.add_argument("--reader", choices=READERS, action="append")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "stance-fuzz")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        return _work()
    tallies = []
    for reader in asked.reader or READERS:
        tallies.append(_fuzz(reader, asked.minutes * 60, asked.seed, asked.keep))
        print(tallies[-1].line(), flush=True)
    return any(tally.offences for tally in tallies)


@dataclass(slots=True)
class Tally:
    """What came of one reader's inputs; `worst` is the most memory per byte of input."""

    reader: str
    files: int = 0
    documents: int = 0
    errors: int = 0
    crashes: int = 0
    hangs: int = 0
    greedy: int = 0
    growth: int = 0
    worst: float = 0.0
    offences: list[Path] = field(default_factory=list)

    def line(self) -> str:
        return (
            f"{self.reader:9}{self.files:8,} files {self.documents:9,} documents "
            f"{self.errors:9,} errors {self.crashes:3} crashes {self.hangs:3} hangs "
            f"{self.greedy:3} greedy; memory at most +{self.growth / 1e6:.0f} MB, "
            f"{self.worst:.0f} times the input"
        )


def _fuzz(reader: str, seconds: float, seed: int, keep: Path) -> Tally:
    """Read mutated files until the time is over."""
    rng = random.Random(f"{reader} {seed}")
    valid = seeds(reader)
    tally = Tally(reader)
    end = time.monotonic() + seconds
    child = _Child()
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            name, data = rng.choice(valid)
            data = mutated(data, reader, rng) if tally.files >= len(valid) else data
            path = Path(folder) / name
            path.write_bytes(data)
            result = child.read(path)
            tally.files += 1
            tally.documents += int(str(result.get("documents", 0)))
            tally.errors += int(str(result.get("errors", 0)))
            growth = int(str(result.get("growth", 0)))
            tally.growth = max(tally.growth, growth)
            if len(data) >= 10_000:  # less says nothing: an allocator takes whole pages
                tally.worst = max(tally.worst, growth / len(data))
            fault = result.get("fault") or ("greedy" if growth > GROWTH else None)
            if fault:
                tally.hangs += fault == "hang"
                tally.greedy += fault == "greedy"
                tally.crashes += fault not in ("hang", "greedy")
                keep.mkdir(parents=True, exist_ok=True)
                kept = keep / f"{reader}-{seed}-{tally.files}-{name}"
                kept.write_bytes(data)
                tally.offences.append(kept)
                print(f"{kept}: {fault}", flush=True)
    child.stop()
    return tally


class _Child:
    """The process that reads; started again whenever it dies or hangs."""

    def __init__(self) -> None:
        command = [sys.executable, "-X", "faulthandler", __file__, "--worker"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def read(self, path: Path) -> dict[str, object]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], 10 * SECONDS)
        answer = self._process.stdout.readline() if ready else ""
        if answer:
            result: dict[str, object] = json.loads(answer)
            return result
        self.stop()
        is_hang = not ready or self._process.returncode == -signal.SIGXCPU
        fault = "hang" if is_hang else f"ended with {self._process.returncode}"
        self.__init__()  # type: ignore[misc]
        return {"fault": fault}

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


def _work() -> int:
    """Read the files named on standard input, one in each line, and say what came of it."""
    import charset_normalizer  # noqa: F401
    import markdown_it  # noqa: F401
    import pyarrow.parquet  # noqa: F401
    import trafilatura  # noqa: F401
    import yaml  # noqa: F401

    limit = int(_status("VmSize")) + HEADROOM
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for line in sys.stdin:
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS + 1, -1))
        before = _status("VmRSS")
        result = _read(line.removesuffix("\n"))
        result["growth"] = _status("VmHWM") - before
        print(json.dumps(result), flush=True)
    return 0


def _status(name: str) -> int:
    """A size of this process, in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{name}:")[1].split()[0]) * 1024


def _read(path: str) -> dict[str, object]:
    """Read one file; whatever is neither a sound document nor a one-line error is a fault."""
    from stance.errors import DocumentError
    from stance.reading import read_all

    documents = errors = 0
    fault = None
    try:
        for found in read_all([path]):
            if isinstance(found, DocumentError):
                errors += 1
                line = str(found).removeprefix(path)
                assert line.isprintable() and len(line) <= 300, f"a bad line: {line[:300]!r}"
                continue
            documents += 1
            assert found.text.strip() and "\0" not in found.text, "a text without text"
            assert all(one.isprintable() for one in found.warnings), "a warning of several lines"
            for value in (found.text, found.id, *map(str, _values(found.meta))):
                value.encode()
    except BaseException as error:
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
        fault = f"{type(error).__name__} {str(error)[:200]!r} at {where}"
    return {"documents": documents, "errors": errors, "fault": fault}


def _values(meta: object) -> list[object]:
    return [getattr(meta, name) for name in ("title", "date", "outlet", "speaker", "language")]


if __name__ == "__main__":
    sys.exit(main())
