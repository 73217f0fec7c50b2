"""A network to build on: ImageNet's, or the course's own where there is no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .applications import application
from .weights import MissingWeightsError, load

if TYPE_CHECKING:
    import keras

Say = Callable[[str], None]


@dataclass(frozen=True)
class Base:
    """A network to build on: pictures go in, features come out.

    Attributes
    ----------
    name : str
    model : keras.Model
        From preprocessed pictures to one vector each.
    preprocess : callable
        From pictures of 0..255 to what `model` takes.
    shape : tuple of int
        (height, width, channels) of one picture.
    imagenet : bool
        Whether these are ImageNet's weights.
    """

    name: str
    model: keras.Model
    preprocess: Callable[[Any], Any]
    shape: tuple[int, int, int]
    imagenet: bool

    @property
    def mode(self) -> str:
        """How pictures are to be loaded for it: "rgb" or "grey"."""
        return "rgb" if self.shape[2] == 3 else "grey"


def base(
    name: str = "backbone",
    *,
    size: int | None = None,
    download: bool = False,
    say: Say = print,
) -> Base:
    """Load a network to build on: ImageNet's, or the course's own where there is no other.

    Parameters
    ----------
    name : str
        One of `NAMES`, or "backbone" for the course's own.
    size : int, optional
        Height and width of the pictures; the architecture's own by default.
    download : bool
        Ask the network for weights that the cache has not.
    say : callable
        Told when the backbone has to stand in.
    """
    if name != "backbone":
        app = application(name)
        shape = (size, size, 3) if size else app.shape
        try:
            model = load(name, top=False, download=download, pooling="avg", input_shape=shape)
        except MissingWeightsError as error:
            say(f"{error}\nUntil then the course's own backbone stands in for {name}. It has seen "
                "handwriting only, and knows nothing of ImageNet.")  # fmt: skip
        else:
            return Base(name, model, app.preprocess, shape, imagenet=True)
    from helpers.models import backbone

    model = backbone.load()
    return Base("backbone", model, _as_it_is, tuple(model.input_shape[1:]), imagenet=False)


def _as_it_is(images: Any) -> Any:
    return images
