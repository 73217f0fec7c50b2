"""Models that were trained before: the course's own, its backbone, and ImageNet's.

``from helpers.models import reference`` takes one of them. `layers` says what a model is made of.
"""

__all__ = ["backbone", "layers", "pretrained", "reference"]
