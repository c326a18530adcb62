"""stance: who takes which side, in whose words, and how sure are we?

from stance import load

read = load()
for actor in read("Japan backs the UN-led process in Western Sahara.").actors:
    print(actor.actor.name, actor.scores)
"""

from stance.build import load
from stance.errors import (
    CallError,
    ConfigError,
    DocumentError,
    MissingExtraError,
    ModelError,
    StanceError,
)
from stance.pipeline import Pipeline
from stance.types import Analysis, Document, Meta

__all__ = [
    "Analysis",
    "CallError",
    "ConfigError",
    "Document",
    "DocumentError",
    "Meta",
    "MissingExtraError",
    "ModelError",
    "Pipeline",
    "StanceError",
    "load",
]
