"""Run the commands that the pages of docs/ show, and write what they print into the pages.

    python tools/refresh_docs.py [PAGE...]    rewrite what is out of date
    python tools/refresh_docs.py --exact      the same, where only seconds or last digits differ too
    python tools/refresh_docs.py --check      say what would change; exit code 1 where any would

A page is read from its top. A block ```` ```text file=NAME ```` (of any language) is written to
the file NAME; each line `$ stance ...` of a block ```` ```console ```` is run. Each page has a
folder of its own, which holds the texts and labels of `SEEDS` and nothing else. What stands below a
command is what it prints; a line "…" at the end stands for the rest, and where nothing stands only
the exit code counts. Above a block may stand `<!-- exit code 1 -->`, or `<!-- not run -->`.
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SEEDS = ("seeds/retold", "seeds/news", "seeds/labels/retold.jsonl", "seeds/labels/news.jsonl")

WIDTH = 100
"""Columns of what is shown: those of a table that is not on a terminal."""

REST = "…"

_FENCE = re.compile(r"```(?P<language>\w*)(?: file=(?P<file>\S+))?")
_EXIT = re.compile(r"<!-- exit code (\d)(?: or (\d))? -->")
_NOT_RUN = "<!-- not run -->"
_NEVER_RUN = {"train", "review"}
"""Commands that take minutes, or wait for a person."""

_SECONDS = re.compile(r"\bin [\d,]+ s\b")
_DECIMAL = re.compile(r"\b\d\.\d+\b")
_CLOSE = 0.021
"""Machines differ in the last digits of a probability: so far apart two of them are the same."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block; `first` is the index of the line below its opening fence."""

    language: str
    file: str | None
    above: str
    first: int
    lines: tuple[str, ...]

    @property
    def exit_codes(self) -> tuple[int, ...]:
        """What its commands may end with."""
        found = _EXIT.fullmatch(self.above)
        return tuple(int(code) for code in found.groups() if code) if found else (0,)


@dataclass(frozen=True, slots=True)
class Command:
    """A line `$ stance ...` with what the page shows below it, from line `first` on."""

    words: tuple[str, ...]
    first: int
    shown: tuple[str, ...]
    is_run: bool
    exit_codes: tuple[int, ...]

    @property
    def said(self) -> str:
        """The command as it is written."""
        return f"stance {shlex.join(self.words)}"


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    lines = page.split("\n")
    at = 0
    while at < len(lines):
        opening = _FENCE.fullmatch(lines[at])
        if opening:
            end = lines.index("```", at + 1)
            above = lines[at - 1].strip() if at else ""
            yield Block(
                opening["language"], opening["file"], above, at + 1, tuple(lines[at + 1 : end])
            )
            at = end
        at += 1


def commands(block: Block) -> Iterator[Command]:
    """The commands of a block that are ours; others, such as pip, are passed over."""
    if block.language != "console":
        return
    starts = [at for at, line in enumerate(block.lines) if line.startswith("$ ")]
    for start, end in zip_longest(starts, starts[1:], fillvalue=len(block.lines)):
        assert start is not None and end is not None
        told = start + 1
        while block.lines[told - 1].endswith("\\"):
            told += 1
        text = " ".join(line.removesuffix("\\") for line in block.lines[start:told])
        program, *words = shlex.split(text.removeprefix("$ "))
        if program == "stance":
            never = block.above == _NOT_RUN or words[0] in _NEVER_RUN or "ray" in words
            yield Command(
                tuple(words), block.first + told, block.lines[told:end], not never, block.exit_codes
            )


def refreshed(page: str, *, exact: bool = False) -> tuple[str, list[str]]:
    """The page with what its commands print now, and the commands that end otherwise than told.

    What is the same (see `same`) stays as it is, unless `exact`.
    """
    lines = page.split("\n")
    changes: list[tuple[int, int, list[str]]] = []
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="stance-docs-") as folder, chdir(folder):
        for name in SEEDS:
            _copy(ROOT / name, Path(name))
        for block in blocks(page):
            if block.file:
                Path(block.file).parent.mkdir(parents=True, exist_ok=True)
                Path(block.file).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
            for command in commands(block):
                if not command.is_run:
                    continue
                code, printed = run(command.words)
                if code not in command.exit_codes:
                    expected = " or ".join(map(str, command.exit_codes))
                    problems.append(
                        f"line {command.first}: `{command.said}` ended with {code}, the page "
                        f"expects {expected}:\n{printed}"
                    )
                now = fitted(command.shown, printed)
                if exact or not same(command.shown, now):
                    changes.append((command.first, command.first + len(command.shown), now))
    for first, end, now in reversed(changes):
        lines[first:end] = now
    return "\n".join(lines), problems


def _copy(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, to)
    else:
        shutil.copy(source, to)


def run(words: Sequence[str]) -> tuple[int, str]:
    """The exit code of `stance` with these words, and all that it prints."""
    from typer.testing import CliRunner

    from stance.cli import app

    found = CliRunner(env={"COLUMNS": str(WIDTH)}).invoke(app, list(words))
    return found.exit_code, found.output


def fitted(shown: Sequence[str], printed: str) -> list[str]:
    """What is printed, cut where the page cuts it; nothing where the page shows nothing."""
    if not shown:
        return []
    lines = [line.rstrip() for line in printed.rstrip().split("\n")]
    if shown[-1] == REST and len(lines) >= len(shown):
        return [*lines[: len(shown) - 1], REST]
    return lines


def same(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether two outputs are the same but for seconds and the last digits of probabilities."""
    one, other = (_SECONDS.sub("in 0 s", "\n".join(lines)) for lines in (shown, printed))
    if _DECIMAL.sub("0.0", one) != _DECIMAL.sub("0.0", other):
        return False
    pairs = zip(_DECIMAL.findall(one), _DECIMAL.findall(other), strict=True)
    return all(abs(float(left) - float(right)) < _CLOSE for left, right in pairs)


def main() -> int:
    """Refresh, or check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("pages", nargs="*", type=Path, help="default: all of docs/")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--exact", action="store_true", help="rewrite seconds and last digits too")
    asked = parser.parse_args()
    failed = False
    for path in [page.resolve() for page in asked.pages] or sorted(DOCS.glob("*.md")):
        before = path.read_text(encoding="utf-8")
        after, problems = refreshed(before, exact=asked.exact)
        for problem in problems:
            print(f"{path.name}, {problem}")
        if after != before:
            print(f"{path.name}: {'is out of date' if asked.check else 'rewritten'}")
            if not asked.check:
                path.write_text(after, encoding="utf-8", newline="\n")
        failed = failed or bool(problems) or (asked.check and after != before)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
