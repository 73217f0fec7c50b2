"""What every notebook does first."""

from __future__ import annotations

import logging
import os
import random
import sys

from helpers.ground import cells
from helpers.notebook import expected, figures
from helpers.notebook.quiet import quieten
from helpers.notebook.unanswered import be_calm

# In a lesson TensorFlow's notes look like errors. This must come before its import, so notebooks
# import helpers first. oneDNN stays on: without it, sums would be the same on each machine, and a
# network of section 04 would train five times slower.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
quieten("tensorflow")
expected.prepare()
# A lesson trains many small models, for each of which TensorFlow traces a function again. It takes
# that for a mistake, and says so at length.
logging.getLogger("tensorflow").addFilter(lambda record: "retracing" not in record.getMessage())

PROFILES = ("fast", "full")


def setup(profile: str = "fast", seed: int = 2026) -> None:
    """Prepare a notebook: the course's style for figures, and fixed seeds.

    Settings of the reader's own that a lesson cannot do with are set otherwise, and named.

    Parameters
    ----------
    profile : {"fast", "full"}
        How much work the notebook may do: "fast" finishes in under a minute on two cores.
    seed : int
        Seed of Python's and NumPy's generators, and of Keras's where it is imported.

    Raises
    ------
    ValueError
        When the profile is unknown.
    RuntimeError
        When Keras runs on another backend already.
    """
    if profile not in PROFILES:
        raise ValueError(f"profile {profile!r} is unknown: use 'fast' or 'full'")
    for sentence in expected.establish():
        print(sentence)
    be_calm()
    cells.watch()
    # Not before: `helpers.notebook.lacking` runs where there may be no NumPy yet.
    from helpers import plotting

    import numpy as np

    plotting.use_style()
    figures.show_with_words()
    random.seed(seed)
    np.random.seed(seed)
    if "keras" in sys.modules:  # section 01 needs no Keras, and should not wait for it
        sys.modules["keras"].utils.set_random_seed(seed)
