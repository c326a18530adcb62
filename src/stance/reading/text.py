"""The names under which the command line has imported the readers so far."""

from stance.reading.documents import read_all, read_document

__all__ = ["read_all", "read_document"]
