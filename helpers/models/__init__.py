"""Models that were trained before: the course's own, its backbone, and ImageNet's.

``from helpers.models import reference`` takes one of them. `layers` says what a model is made of,
`costs` what it takes.
"""

from helpers.ground.on_demand import on_demand

__all__ = ["backbone", "costs", "forms", "layers", "pretrained", "reference"]

__getattr__ = on_demand(__name__, __all__)
