"""What a classifier said about a set of pictures, checked once and kept together."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import softmax

__all__ = ["Predictions", "as_probabilities", "collect", "percent"]


@dataclass(frozen=True, eq=False)
class Predictions:
    """Labels and predicted probabilities of N pictures over K classes.

    Attributes
    ----------
    classes
        The K names, in the order of the labels.
    labels
        (N,) whole numbers, the true classes.
    probabilities
        (N, K) floats; each row adds up to 1.
    images
        (N, H, W) or (N, H, W, 3), or None.
    """

    classes: tuple[str, ...]
    labels: np.ndarray
    probabilities: np.ndarray
    images: np.ndarray | None = None

    @cached_property
    def predicted(self) -> np.ndarray:
        """The most probable class of each picture, (N,) ints."""
        return self.probabilities.argmax(axis=1)

    @cached_property
    def confidence(self) -> np.ndarray:
        """The probability of the predicted class, (N,) floats."""
        return self.probabilities.max(axis=1)

    @cached_property
    def wrong(self) -> np.ndarray:
        """Whether another class than the true one was predicted, (N,) bools."""
        return self.predicted != self.labels

    @cached_property
    def counts(self) -> np.ndarray:
        """The confusion matrix, (K, K) ints: rows are true classes, columns predicted ones."""
        table = np.zeros((len(self.classes), len(self.classes)), int)
        np.add.at(table, (self.labels, self.predicted), 1)
        return table

    def surest(self, chosen: np.ndarray) -> np.ndarray:
        """Give the indices of the chosen pictures, the most confident prediction first.

        Parameters
        ----------
        chosen
            (N,) bools.
        """
        found = np.flatnonzero(chosen)
        return found[np.argsort(-self.confidence[found], kind="stable")]


def as_probabilities(outputs) -> np.ndarray:
    """Turn what a model returned, logits or probabilities, into probabilities.

    Rows that hold no negative number and add up to 1 are taken for probabilities already; all
    others for logits, and softmax is applied.

    Parameters
    ----------
    outputs
        (N, K) real numbers.

    Returns
    -------
    numpy.ndarray
        (N, K) float64.

    Raises
    ------
    ValueError
        If the shape is another one, or a number is not finite.
    """
    outputs = np.asarray(outputs, dtype=np.float64)
    if outputs.ndim != 2:
        raise ValueError(f"logits has shape {outputs.shape}: give (N, K), one row for a picture.")
    if not np.isfinite(outputs).all():
        rows = np.flatnonzero(~np.isfinite(outputs).all(axis=1))
        raise ValueError(f"logits of picture {rows[0]} hold NaN or infinity: did training diverge?")
    if outputs.size and (outputs >= 0).all() and np.allclose(outputs.sum(axis=1), 1, atol=1e-3):
        return outputs
    return softmax(outputs, axis=1)


def collect(labels, logits, classes, images=None) -> Predictions:
    """Check that labels, logits, classes and images belong together.

    Parameters
    ----------
    labels
        (N,) whole numbers from 0 to K - 1.
    logits
        (N, K) logits or probabilities.
    classes
        K names, in the order of the labels.
    images
        (N, H, W), (N, H, W, 1) or (N, H, W, 3), if there are any.

    Raises
    ------
    ValueError
        Naming the array, its shape or value, and the remedy.
    """
    classes = tuple(map(str, classes))
    probabilities = as_probabilities(logits)
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ValueError(
            f"labels has shape {labels.shape} and dtype {labels.dtype}: give one whole number for "
            "each picture (one-hot rows: labels.argmax(axis=1))."
        )
    if not 0 < len(labels) == len(probabilities):
        raise ValueError(
            f"{len(labels)} labels and logits of {len(probabilities)} pictures: give both for the "
            "same pictures, at least one."
        )
    if len(set(classes)) < len(classes) or len(classes) != probabilities.shape[1]:
        raise ValueError(
            f"{len(set(classes))} different classes and logits over {probabilities.shape[1]}: "
            "give one name for each column."
        )
    if len(classes) < 2:
        raise ValueError(f"classes holds {len(classes)} name: give at least two.")
    if labels.min() < 0 or labels.max() >= len(classes):
        raise ValueError(
            f"labels go from {labels.min()} to {labels.max()}: with {len(classes)} classes they "
            f"lie in 0..{len(classes) - 1}."
        )
    if images is not None:
        images = _check_images(np.asarray(images), len(labels))
    return Predictions(classes, labels.astype(np.int64), probabilities, images)


def _check_images(images: np.ndarray, count: int) -> np.ndarray:
    if images.ndim == 4 and images.shape[3] == 1:
        images = images[..., 0]
    if not (images.ndim == 3 or (images.ndim == 4 and images.shape[3] == 3)):
        raise ValueError(f"images has shape {images.shape}: give a batch (N, H, W, 1).")
    if len(images) != count:
        raise ValueError(f"{len(images)} images and {count} labels: give one label for each image.")
    return images


def percent(share: float) -> str:
    """Write a share as "63 %", on one line."""
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
