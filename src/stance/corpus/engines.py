"""Which engine a name means."""

from __future__ import annotations

from stance.corpus.groups import check_installed
from stance.corpus.options import Options
from stance.corpus.run import Engine
from stance.corpus.workers import Processes
from stance.errors import CallError


def engine(name: str, options: Options, workers: int, address: str | None = None) -> Engine:
    """The engine `processes` or `ray`, with so many workers.

    Raises:
        CallError: there is no such engine, or `address` is given to one that has none.
        MissingExtraError: Ray is not installed, or what finds near-duplicates.
    """
    check_installed()
    if name == "ray":
        from stance.corpus.on_ray import RayData

        return RayData(options, workers, address)
    if name != "processes":
        raise CallError(f"--engine {name}: there is no such engine; it is processes or ray")
    if address is not None:
        raise CallError("--ray-address goes with --engine ray")
    return Processes(options, workers)
