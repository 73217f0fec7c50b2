"""The architectures: sizes, scalings, files, and shapes and counts without any weights."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras


@dataclass(frozen=True)
class Application:
    """A published architecture.

    Attributes
    ----------
    name : str
        As in ``keras.applications``.
    module : str
        Where Keras keeps its ``preprocess_input``.
    size : int
        Height and width of the pictures that it was trained on, in pixels.
    scaling : str
        What its ``preprocess_input`` does: "-1 to 1", or "BGR minus mean".
    files : tuple of str
        Names of its weights in Keras's cache, with the top and without.
    """

    name: str
    module: str
    size: int
    scaling: str
    files: tuple[str, str]

    @property
    def shape(self) -> tuple[int, int, int]:
        """(height, width, channels) of one picture."""
        return (self.size, self.size, 3)

    def preprocess(self, images: Any) -> Any:
        """Bring colour pictures from 0..255 to the range that the weights expect.

        Keras's own ``preprocess_input``; it writes into a float array that it is given, so arrays
        are copied first. Tensors, symbolic ones too, give tensors.
        """
        module = getattr(applications(), self.module)
        if isinstance(images, np.ndarray):
            images = images.astype(np.float32)
        return module.preprocess_input(images)


_TF = "_tf_dim_ordering_tf_kernels"
APPLICATIONS = {
    app.name: app
    for app in (
        Application("MobileNet", "mobilenet", 224, "-1 to 1",
                    ("mobilenet_1_0_224_tf.h5", "mobilenet_1_0_224_tf_no_top.h5")),
        Application("MobileNetV2", "mobilenet_v2", 224, "-1 to 1",
                    (f"mobilenet_v2_weights{_TF}_1.0_224.h5",
                     f"mobilenet_v2_weights{_TF}_1.0_224_no_top.h5")),
        Application("InceptionV3", "inception_v3", 299, "-1 to 1",
                    (f"inception_v3_weights{_TF}.h5", f"inception_v3_weights{_TF}_notop.h5")),
        Application("ResNet50", "resnet", 224, "BGR minus mean",
                    (f"resnet50_weights{_TF}.h5", f"resnet50_weights{_TF}_notop.h5")),
        Application("Xception", "xception", 299, "-1 to 1",
                    (f"xception_weights{_TF}.h5", f"xception_weights{_TF}_notop.h5")),
        Application("VGG16", "vgg16", 224, "BGR minus mean",
                    (f"vgg16_weights{_TF}.h5", f"vgg16_weights{_TF}_notop.h5")),
    )
}  # fmt: skip
NAMES = tuple(APPLICATIONS)


def application(name: str) -> Application:
    """Return what is known about an architecture.

    Raises
    ------
    ValueError
        When the name is unknown.
    """
    if name not in APPLICATIONS:
        raise ValueError(f"model {name!r} is unknown: use one of {', '.join(map(repr, NAMES))}")
    return APPLICATIONS[name]


def skeleton(name: str, *, top: bool = True) -> keras.Model:
    """Build an architecture without room for its weights: for shapes and counts, in a moment.

    ``summary()``, ``count_params()`` and the layers tell the truth; it can compute nothing.
    """
    build = builder(name)

    def bare() -> keras.Model:
        import keras

        with keras.StatelessScope(initialize_variables=False):
            return build(weights=None, include_top=top)

    # Keras remembers, in each thread, what it has still to initialise, and would do so later.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(bare).result()


@lru_cache
def parameters(name: str, *, top: bool = True) -> int:
    """Count the parameters of an architecture, with or without its top."""
    return int(skeleton(name, top=top).count_params())


def applications() -> Any:
    """Return Keras's module of published architectures."""
    import keras

    return keras.applications


def builder(name: str) -> Callable[..., keras.Model]:
    """Return Keras's function that builds an architecture."""
    return getattr(applications(), application(name).name)
