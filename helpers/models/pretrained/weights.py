"""Real weights: from Keras's cache, and from the network when it is asked for."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .applications import application, builder, parameters

if TYPE_CHECKING:
    import keras

PATIENCE = 10  # seconds that a server may be silent


class MissingWeightsError(FileNotFoundError):
    """Weights, or the names of ImageNet's classes, are not on this machine."""


def models_folder() -> Path:
    """Return the folder in which Keras keeps weights that it has downloaded."""
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    if not os.access(home, os.W_OK) and not (home / "models").is_dir():
        home = Path(tempfile.gettempdir(), ".keras")  # as Keras does
    return home / "models"


def find(name: str, *, top: bool = True) -> Path | None:
    """Return the file with an architecture's ImageNet weights, None where there is none."""
    path = models_folder() / application(name).files[0 if top else 1]
    return path if path.is_file() else None


def load(name: str, *, top: bool = True, download: bool = False, **options: Any) -> keras.Model:
    """Build an architecture with its ImageNet weights.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    top : bool
        With the last layers, which name one of 1,000 classes; or without, for transfer learning.
    download : bool
        Ask the network where the cache has no weights: 14 to 550 MB.
    **options
        More for Keras's function, as ``pooling="avg"`` or ``input_shape=(224, 224, 3)``.

    Raises
    ------
    MissingWeightsError
        When there are no weights, or the network gives none.
    ValueError
        When the name is unknown, or the file does not hold this architecture's weights.
    """
    build, path = builder(name), find(name, top=top)
    if path is None and not download:
        raise MissingWeightsError(_missing(name, top))
    if path is None:
        with patience(f"the weights of {name}"):
            return build(weights="imagenet", include_top=top, **options)
    try:
        return build(weights=str(path), include_top=top, **options)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(
            f"{path} does not hold the weights of {name} ({error}): it may be cut off; delete it "
            "and let Keras download it again."
        ) from error


@contextmanager
def patience(what: str) -> Iterator[None]:
    """Turn a download that fails, or that hangs, into an error that says what to do."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(PATIENCE)
    try:
        yield
    except Exception as error:  # Keras raises plain Exception where a download fails
        raise MissingWeightsError(
            f"The network does not give {what} ({error}). Try again where it does, or put the file "
            f"into {models_folder()}."
        ) from error
    finally:
        socket.setdefaulttimeout(before)


def _missing(name: str, top: bool) -> str:
    file = application(name).files[0 if top else 1]
    size = 4 * parameters(name, top=top) / 1e6
    return (
        f"{name} has no ImageNet weights in {models_folder()}: with a network, download=True "
        f"fetches them ({size:.0f} MB); without one, put the file {file} there."
    )
