"""A whole corpus: parts that are whole or not there, made by several processes, resumed at will."""

from stance.corpus.options import Options
from stance.corpus.results import Results
from stance.corpus.run import Done, Shard, run

__all__ = ["Done", "Options", "Results", "Shard", "run"]
