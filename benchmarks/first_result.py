"""From the start of Python to the first result on one article: a fresh process each time."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from machine import articles, machine

RUNS = 7


def seconds(*command: str) -> float:
    """Wall-clock seconds of a command, which must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the median and range of a cold start, beside an empty Python and `--help`."""
    article = str(articles()[0])
    stance = (sys.executable, "-m", "stance", "predict", "--format", "json", article)
    commands = {
        "python -c pass": (sys.executable, "-c", "pass"),
        "stance --help": (sys.executable, "-m", "stance", "--help"),
        f"stance predict {articles()[0].name}": stance,
    }
    print(f"{machine()}; {RUNS} runs each, median (least to most), seconds")
    for name, command in commands.items():
        times = [seconds(*command) for _ in range(RUNS)]
        print(f"{name:50} {statistics.median(times):6.2f} ({min(times):.2f} to {max(times):.2f})")


if __name__ == "__main__":
    main()
