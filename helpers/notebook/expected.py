"""What a lesson expects of Keras, Matplotlib and Python, whatever else the reader does with them.

A keras.json, KERAS_BACKEND, MPLBACKEND or PYTHONOPTIMIZE is made for other work. What can be set is
set, for this notebook alone, and said once; nothing of the reader's is changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from helpers.notebook.quiet import around_import

BACKEND = "tensorflow"
INLINE = "module://matplotlib_inline.backend_inline"
IN_NOTEBOOK = ("inline", "ipympl", "nbagg", "widget")  # backends that show figures in a notebook
# By the name of Keras's functions that tell and set them.
KERAS = {"image_data_format": "channels_last", "floatx": "float32", "epsilon": 1e-7}
_said: list[str] = []


def prepare() -> None:
    """Choose what must be chosen before Keras and Matplotlib are imported."""
    if "keras" not in sys.modules:
        if (asked := os.environ.get("KERAS_BACKEND") or BACKEND) != BACKEND:
            _said.append(f"KERAS_BACKEND is {asked!r} here; this notebook uses {BACKEND!r}.")
        os.environ["KERAS_BACKEND"] = BACKEND
        around_import("keras", _set_afterwards)
    asked = os.environ.get("MPLBACKEND", INLINE)
    if _is_kernel() and not _shows_figures(asked):
        _said.append(f"MPLBACKEND is {asked!r} here; this notebook shows its figures in itself.")
        os.environ["MPLBACKEND"] = INLINE


def establish() -> list[str]:
    """Set what is not as a lesson expects it; return what there is to say of it, once.

    Raises
    ------
    RuntimeError
        When Keras has been imported already, and runs on another backend.
    """
    if "keras" in sys.modules:
        _set_keras()
    if "matplotlib" in sys.modules and _is_kernel():
        import matplotlib.pyplot as plt

        if not _shows_figures(plt.get_backend()):
            sys.modules["IPython"].get_ipython().run_line_magic("matplotlib", "inline")
            plt.close("all")  # the next plot would join a figure that the old backend holds
    if sys.flags.optimize:
        _said.append(
            "Python runs with PYTHONOPTIMIZE here, and `assert` checks nothing. "
            "Start Jupyter without it."
        )
    said = list(dict.fromkeys(_said))
    _said.clear()
    return said


@contextmanager
def _set_afterwards() -> Iterator[None]:
    yield
    _set_keras()


def _set_keras() -> None:
    config = sys.modules["keras"].config
    if (found := config.backend()) != BACKEND:
        raise RuntimeError(
            f"Keras runs on {found} here, and the lessons need {BACKEND}: restart the kernel, and "
            "import helpers before Keras."
        )
    for name, wanted in KERAS.items():
        if (found := getattr(config, name)()) != wanted:
            getattr(config, f"set_{name}")(wanted)
            _said.append(f"Keras's {name} is {found!r} here; this notebook uses {wanted!r}.")


def _is_kernel() -> bool:
    """Tell whether this is a notebook's kernel, and no script or test."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and getattr(ipython.get_ipython(), "kernel", None) is not None


def _shows_figures(backend: str) -> bool:
    return any(word in backend.lower() for word in IN_NOTEBOOK)
