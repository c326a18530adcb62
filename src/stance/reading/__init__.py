"""Bytes → `Document`: which files a call names, and how their bytes become text.

A plain text is not edited: only a byte-order mark is dropped. Of Markdown and HTML the text is
what a reader sees; a table (JSON Lines, CSV, Parquet) gives one document for each row.
"""

from stance.reading.columns import Columns
from stance.reading.documents import read_all, read_document
from stance.reading.file_names import FileNames
from stance.reading.paths import find_documents

__all__ = ["Columns", "FileNames", "find_documents", "read_all", "read_document"]
