"""A small U-Net that says of each pixel of a form whether somebody wrote it.

``python -m helpers.making.segmenter`` made what lies in ``weights/``, and prints how good it is.
"""

from .model import build, load, log

__all__ = ["build", "load", "log"]
