"""Document → sentences: blocks of lines, then sentences within each block."""

from stance.segment.document import Sentences

__all__ = ["Sentences"]
