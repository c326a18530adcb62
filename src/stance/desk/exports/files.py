"""A file is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stance.errors import CallError


@contextmanager
def fresh(out: Path) -> Iterator[Path]:
    """The temporary name to write to; it becomes `out` once the block is done, else it is dropped.

    Raises:
        CallError: `out` is a folder, or cannot be written.
    """
    if not out.name or out.is_dir():
        raise CallError(f"{out}: cannot be written (it is a folder); name a file")
    part = out.with_name(out.name + ".part")
    try:
        yield part
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(out)
    except OSError as error:
        raise CallError(f"{out}: cannot be written ({error.strerror or error})") from None
    finally:
        part.unlink(missing_ok=True)
