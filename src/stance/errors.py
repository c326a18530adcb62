"""Every error that stance raises on purpose.

StanceError                  one clear line: what is wrong, where, what is allowed, what to do
├── CallError                the call is wrong: nothing was done                     (exit code 2)
│   ├── ConfigError          an issue, actor or training file does not hold what it must
│   ├── LabelError           labels or predictions are malformed; a line for each problem
│   ├── ModelError           a model folder is incomplete, altered or of another kind
│   └── MissingExtraError    a package is not installed
└── DocumentError            one document could not be read: the others are done  (exit code 1)
"""

from __future__ import annotations

import importlib
from types import ModuleType


class StanceError(Exception):
    """Base of all errors that stance raises on purpose; its text is one line for the user."""


class CallError(StanceError):
    """The call is wrong: nothing was done."""


class ConfigError(CallError):
    """A configuration file is malformed; the text names the file and the place in it."""


class LabelError(CallError):
    """Labels or predictions cannot be used; each line of the text names a file, line and reason."""


class ModelError(CallError):
    """A model cannot be used; the text names the folder and the reason."""


class MissingExtraError(CallError):
    """A package is missing; the text names the command that installs it."""


class DocumentError(StanceError):
    """One document could not be processed; other documents are not affected."""


def need(module: str, extra: str | None = None) -> ModuleType:
    """Import `module`, or say which extra brings it; None for what every installation has.

    Raises:
        MissingExtraError: the module is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.split(".")[0]:
            raise
        mend = (
            f'run  pip install "stance-nli[{extra}]"'
            if extra
            else "the environment is older than stance; install stance-nli again, or run  "
            f"pip install {error.name}"
        )
        raise MissingExtraError(
            f"this needs the package {error.name}, which is not installed: {mend}"
        ) from None
