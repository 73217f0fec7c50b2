"""Pictures for the lessons: photographs, sprites, digits and image folders.

Nothing here opens a network connection, and nothing is read at import.
"""

from .digits import digits
from .folders import ImageFolder, image_folder
from .photographs import crop_centre, photograph_names, photographs
from .sprites import sprites

__all__ = [
    "ImageFolder",
    "crop_centre",
    "digits",
    "image_folder",
    "photograph_names",
    "photographs",
    "sprites",
]
