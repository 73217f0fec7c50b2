"""What the notebooks share: figures, pictures, checks and explorers.

A notebook begins with ``import helpers`` and one call, ``helpers.setup()``.
"""

from helpers.notebook import setup

__all__ = ["setup"]
