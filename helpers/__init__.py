"""What the notebooks share. A notebook begins with one call, ``helpers.setup()``.

``helpers.predict()`` takes a reader's guess before a cell is run, and reveals the answer.

``from helpers import plotting`` takes what a lesson needs:

- ``checks``: tests that name the mistake.
- ``detection``: boxes that were found, and how good they are.
- ``explaining``: where a network looks, what excites its filters, what misleads it.
- ``explorers``: figures that a reader changes by sliders, menus and numbers.
- ``handwriting``: 55 Chinese characters, drawn as many people would write them.
- ``loading``: photographs, digits, folders of pictures, motor claims.
- ``metrics``: how sure a classifier is, and how far it can be trusted.
- ``models``: models that were trained before, and what a model is made of.
- ``plotting``: figures, from an array to a search.
- ``training``: trains a model, and the same one not a second time.
- ``transfer``: strategies that learn from few pictures.
- ``tuning``: searches for hyperparameters, and networks to search for.
"""

from helpers.ground.on_demand import on_demand
from helpers.notebook import setup
from helpers.notebook.predicting import predict

__all__ = [
    "checks",
    "detection",
    "explaining",
    "explorers",
    "handwriting",
    "loading",
    "metrics",
    "models",
    "plotting",
    "predict",
    "setup",
    "training",
    "transfer",
    "tuning",
]


__getattr__ = on_demand(__name__, __all__)


def __dir__() -> list[str]:
    """Show what a lesson may use, and nothing of how it is made."""
    return __all__
