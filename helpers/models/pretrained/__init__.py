"""ImageNet's models as Keras builds them, with their real weights where this machine has them.

Weights come from Keras's own cache (``~/.keras/models``, or below ``KERAS_HOME``), and from the
network only when asked for. Where there are none, that is said, and the course's own backbone
stands in: nothing here ever pretends to know ImageNet.
"""

from .applications import APPLICATIONS, NAMES, Application, application, parameters, skeleton
from .bases import Base, base
from .kept import keep_answers, kept_answers
from .names import class_names, decode
from .pictures import Pictures, pictures, three_parts
from .weights import MissingWeightsError, find, load, models_folder, patience

__all__ = [
    "APPLICATIONS",
    "NAMES",
    "Application",
    "Base",
    "MissingWeightsError",
    "Pictures",
    "application",
    "base",
    "class_names",
    "decode",
    "find",
    "keep_answers",
    "kept_answers",
    "load",
    "models_folder",
    "parameters",
    "patience",
    "pictures",
    "skeleton",
    "three_parts",
]
