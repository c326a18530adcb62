"""Bytes → `Document`: which files a call names, and how their bytes become text.

Nothing here looks at what a text says, and nothing edits it: only a byte-order mark is dropped.
"""

from stance.reading.paths import find_documents
from stance.reading.text import read_all, read_document

__all__ = ["find_documents", "read_all", "read_document"]
