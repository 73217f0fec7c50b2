"""Data for the lessons: photographs, sprites, digits, handwriting, image folders, motor claims.

Nothing here opens a network connection, and nothing is read at import.
"""

from .cache import cache_folder
from .claims import Claims
from .digits import digits
from .folders import ImageFolder, image_folder
from .gnt import read_gnt, write_gnt
from .handwriting import handwriting_folder
from .photographs import crop_centre, photograph_names, photographs
from .simulation import motor_claims
from .sprites import sprites
from .stream import as_dataset

__all__ = [
    "Claims",
    "ImageFolder",
    "as_dataset",
    "cache_folder",
    "crop_centre",
    "digits",
    "handwriting_folder",
    "image_folder",
    "motor_claims",
    "photograph_names",
    "photographs",
    "read_gnt",
    "sprites",
    "write_gnt",
]
