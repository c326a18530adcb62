"""One line that describes the machine a figure was measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> str:
    """Processor, number of cores, operating system, Python."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        name = models[0].split(":", 1)[1].strip() if models else name
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{name}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def articles() -> list[Path]:
    """The five seed articles where they are, else our retellings of them."""
    root = Path(__file__).resolve().parents[1]
    found = sorted((root.parent / "shared" / "seeds").glob("*.txt"))
    return found or sorted((root / "seeds" / "retold").glob("*.txt"))
