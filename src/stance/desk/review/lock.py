"""One process at a time: a lock of the operating system, gone when its process is."""

from __future__ import annotations

import os
import sys

_FAR = 1 << 40
"""Where the byte stands that Windows locks: behind all that will ever be written."""


def locked(handle: int) -> bool:
    """Lock an open file for this process; False where another one holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            at = os.lseek(handle, 0, os.SEEK_CUR)
            os.lseek(handle, _FAR, os.SEEK_SET)
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(handle, at, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
