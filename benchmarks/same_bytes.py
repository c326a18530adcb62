"""Does a corpus run end with the same bytes, however it was made? Kills, shards, Ray.

    python benchmarks/same_bytes.py [--speeches 400] [--kills 10] [--ray 1 2 4]

Speeches drawn at random from the UN General Debate Corpus beside this checkout are read once
undisturbed. Then again, killed (SIGKILL, with all its processes) at random moments and started
anew until it ends by itself; as two shards that are merged; with one process instead of two; and
on Ray with so many workers, where Ray is installed. The parts of all must be the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from machine import machine

ROOT = Path(__file__).resolve().parents[1]
SPEECHES = ROOT.parent / "shared" / "ungdc" / "speeches.tar.gz"
STANCE = Path(sys.executable).with_name("stance")
PART = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--speeches", type=int, default=400)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--ray", type=int, nargs="*", default=[1, 2, 4])
    call = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        corpus = folder / "corpus"
        unpack(corpus, call.speeches)
        start = time.perf_counter()
        run(corpus, folder / "whole", "--workers", "2")
        took = time.perf_counter() - start
        whole = digests(folder / "whole")
        print(f"{call.speeches} speeches, {len(whole)} files of parts, {took:.0f} s undisturbed")
        kills, amid = killed(corpus, folder / "killed", call.kills, took, whole)
        report(f"killed {kills} times, {amid} of them amid parts", whole, folder / "killed")
        run(corpus, folder / "one", "--workers", "1")
        report("one process", whole, folder / "one")
        for shard in ("1/2", "2/2"):
            run(corpus, folder / shard[0], "--workers", "2", "--shard", shard)
        subprocess.run(
            [STANCE, "merge", folder / "1", folder / "2", "--out", folder / "merged"],
            check=True, capture_output=True,
        )  # fmt: skip
        report("two shards, merged", whole, folder / "merged")
        if find_spec("ray") is None:
            print("Ray is not installed: left out")
            return
        for workers in call.ray:
            out = folder / f"ray{workers}"
            start = time.perf_counter()
            run(corpus, out, "--engine", "ray", "--workers", str(workers))
            report(f"Ray, {workers} workers, {time.perf_counter() - start:.0f} s", whole, out)


def unpack(corpus: Path, count: int) -> None:
    """So many speeches, drawn at random, as files of one folder."""
    corpus.mkdir()
    with tarfile.open(SPEECHES) as archive:
        files = sorted((one for one in archive if one.isfile()), key=lambda one: one.name)
        for member in random.Random(5).sample(files, count):
            stream = archive.extractfile(member)
            assert stream is not None
            (corpus / Path(member.name).name).write_bytes(stream.read())


def command(corpus: Path, out: Path, *options: str) -> list[str]:
    """A call of `stance run`."""
    return [
        str(STANCE), "run", str(corpus), "--out", str(out), "--part-size", str(PART), "--quiet",
        *options,
    ]  # fmt: skip


def run(corpus: Path, out: Path, *options: str) -> None:
    """Run to the end; exit code 1 says that some documents could not be read."""
    ended = subprocess.run(command(corpus, out, *options), capture_output=True, text=True)
    if ended.returncode not in (0, 1):
        raise SystemExit(ended.stderr)


def killed(
    corpus: Path, out: Path, kills: int, took: float, whole: dict[str, str]
) -> tuple[int, int]:
    """Kill at random moments between the first and the last of a run, and start anew.

    A run that ends before its kill is compared and begun again in an empty folder. Returns how
    many kills hit a running process, and after how many of them parts stood.
    """
    chance = random.Random(7)
    done = amid = 0
    while done < kills:
        running = subprocess.Popen(
            command(corpus, out, "--workers", "2"),
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(2, took))
        if running.poll() is not None:
            report(f"ended after {done} kills", whole, out)
            shutil.rmtree(out)
            continue
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        done += 1
        amid += out.exists() and any((out / "parts").glob("*.json"))
    run(corpus, out, "--workers", "2")
    return done, amid


def digests(results: Path) -> dict[str, str]:
    """The SHA-256 of every file of parts."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((results / "parts").iterdir())
    }


def report(name: str, whole: dict[str, str], results: Path) -> None:
    """Say whether the parts are the same files."""
    found = digests(results)
    same = sum(found.get(file) == digest for file, digest in whole.items())
    extra = len(set(found) - set(whole))
    print(f"{name}: {same} of {len(whole)} files equal byte for byte, {extra} others")


if __name__ == "__main__":
    main()
