"""The names under which the readers have been imported so far."""

from stance.reading.documents import read_all, read_document

__all__ = ["read_all", "read_document"]
