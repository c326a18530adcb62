"""Where the files are that come with stance: configurations and models."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """A shipped file or folder, such as `shipped("configs", "issues")`.

    An installed wheel holds them in `stance/_shipped`; a checkout at its top level.
    """
    installed = _HERE / "_shipped"
    root = installed if installed.is_dir() else _HERE.parents[1]
    return root.joinpath(*parts)
