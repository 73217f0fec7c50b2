"""What is asked of residual units, and of networks that are stacked from them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from helpers.checks.networks import NetworkCheck, explained
from helpers.models.layers import activation_of

import numpy as np

CONVOLUTIONS = ("Conv2D", "DepthwiseConv2D", "SeparableConv2D")
EPSILON = 1e-3  # what Keras adds to a variance


def gives_maps(check: NetworkCheck, shape: tuple[int, ...]) -> bool:
    """Tell whether maps of this shape come out."""
    return tuple(check.model.output_shape[1:]) == tuple(shape)


def kernels(check: NetworkCheck, side: int) -> list[Any]:
    """Return the convolutions whose kernels have this side, in order."""
    found = [layer for layer in check.layers if type(layer).__name__ == "Conv2D"]
    return [layer for layer in found if layer.kernel_size == (side, side)]


def no_biases(check: NetworkCheck) -> bool:
    """Tell whether no convolution has a bias."""
    return not any(layer.use_bias for side in (1, 3) for layer in kernels(check, side))


def one_norm_each(check: NetworkCheck) -> bool:
    """Tell whether there are as many normalisations as convolutions."""
    return len(check.of("BatchNormalization")) == len(check.of("Conv2D"))


def passes_by(check: NetworkCheck, past: int = 2) -> bool:
    """Tell whether pictures still make a difference when the last 3 × 3 kernels are 0.

    Parameters
    ----------
    check : NetworkCheck
    past : int
        How many kernels. With 1 whatever is added to what the last one gives will do, with 2 it
        has to be what goes into the unit.
    """
    for layer in kernels(check, 3)[-past:]:
        layer.set_weights([np.zeros_like(w) for w in layer.get_weights()])
    one, other = check.answers(_maps(check))
    return not np.allclose(one, other)


def something_added(check: NetworkCheck) -> bool:
    """Tell whether something reaches the end past the last convolution."""
    return passes_by(check, past=1)


@explained(
    "What goes in is added as it is, and once: it is neither taken off, nor doubled or halved, and "
    "nothing changes it on its way."
)
def adds_as_it_is(check: NetworkCheck) -> bool:
    """Tell whether a unit whose 3 × 3 kernels are 0 gives its input, cut off below 0."""
    for layer in kernels(check, 3):
        layer.set_weights([np.zeros_like(w) for w in layer.get_weights()])
    maps = _maps(check)
    return np.allclose(check.answers(maps), _relu(maps), atol=1e-4)


@explained(
    "A ReLU has a bound, a slope or a threshold of its own: what is below 0 becomes 0, and all "
    "else stays as it is, however large."
)
def plain_relus(check: NetworkCheck) -> bool:
    """Tell whether no ReLU layer does more than to cut off what is below 0."""
    own = ("max_value", "negative_slope", "threshold")
    found = [layer for layer in check.layers if type(layer).__name__ == "ReLU"]
    return not any(getattr(layer, name) for layer in found for name in own)


@explained("Something is dropped out in training: nobody asked for that.")
def drops_nothing(check: NetworkCheck) -> bool:
    """Tell whether no layer drops anything, or adds noise."""
    return not any("Drop" in kind or "Noise" in kind for kind in check.kinds())


def first_strided(check: NetworkCheck, stride: int) -> bool:
    """Tell whether the first 3 × 3 convolution has the stride, and the others have none."""
    strides = [layer.strides for layer in kernels(check, 3)]
    return strides[:1] == [(stride, stride)] and set(strides[1:]) <= {(1, 1)}


def averaged(check: NetworkCheck) -> int:
    """Return how many maps are averaged over their places at the end; 0 where none are."""
    found = check.of("GlobalAveragePooling2D")
    return found[-1].shape[-1] if found else 0


def called_once(check: NetworkCheck) -> bool:
    """Tell whether each convolution is called once: it multiplies each time that it is called."""
    return not any(_called_often(check.model.get_config()))


def _called_often(config: dict[str, Any]) -> Iterator[bool]:
    for layer in config.get("layers", ()):
        if layer["class_name"] in CONVOLUTIONS or "layers" in layer["config"]:
            yield len(layer.get("inbound_nodes", ())) > 1
        yield from _called_often(layer["config"])


def relu_after_each(check: NetworkCheck) -> bool:
    """Tell whether each convolution has a ReLU: its own, or before the next layer with weights.

    Where several layers take what it gives, each way has one.
    """
    behind: dict[int, list[Any]] = {}
    _link(check.model, behind)
    found = [layer for layer in check.layers if type(layer).__name__ in CONVOLUTIONS]
    return all(_cuts(layer) or _cut_behind(layer, behind) for layer in found)


def _cuts(part: Any) -> bool:
    """Tell whether a layer or an operation is a ReLU, or ends in one; it may have a bound."""
    own = activation_of(getattr(part, "activation", None))
    kind = activation_of(part) if own == "linear" else own
    return kind.lower() in ("relu", "relu6")


def _cut_behind(part: Any, behind: dict[int, list[Any]]) -> bool:
    """Tell whether a ReLU stands on each way behind a part, before the next layer with weights."""
    following = behind.get(id(part), [])
    return bool(following) and all(
        not _weighs(after) and (_cuts(after) or _cut_behind(after, behind)) for after in following
    )


def _weighs(part: Any) -> bool:
    weighs = bool(getattr(part, "weights", ()))
    return weighs and not type(part).__name__.endswith("Normalization")


def _link(model: Any, behind: dict[int, list[Any]]) -> None:
    """Add for each part of a model, by its identity, the parts that take what it gives."""
    if type(model).__name__ == "Sequential":
        parts = list(model.layers)
        pairs = list(pairwise(parts))
    else:
        parts = list(model.operations)
        named = {part.name: part for part in parts}
        pairs = [
            (named[source], named[told["name"]])
            for told in model.get_config()["layers"]
            for source in _sources(told["inbound_nodes"])
        ]
    for part in parts:
        if hasattr(part, "layers"):
            _link(part, behind)
    for before, after in pairs:
        for end in _ends(before, "output_layers", -1):
            behind.setdefault(id(end), []).extend(_ends(after, "input_layers", 0))


def _sources(told: Any) -> list[str]:
    """Return the names of the parts whose results a configuration of calls names."""
    if isinstance(told, dict):
        if told.get("class_name") == "__keras_tensor__":
            return [told["config"]["keras_history"][0]]
        told = list(told.values())
    told = told if isinstance(told, list | tuple) else []
    return [name for part in told for name in _sources(part)]


def _ends(part: Any, which: str, place: int) -> list[Any]:
    """Return the parts at one end of a model within, or the part itself."""
    if not hasattr(part, "layers"):
        return [part]
    if type(part).__name__ == "Sequential":
        return _ends(part.layers[place], which, place)
    named = {inner.name: inner for inner in part.operations}
    told = part.get_config()[which]
    ends = [told] if isinstance(told[0], str) else told
    return [found for name, *_ in ends for found in _ends(named[name], which, place)]


def answers_by_picture(check: NetworkCheck) -> bool:
    """Tell whether different pictures get different answers, however small these are.

    First weights make what reaches the end of many layers very small, so two answers are compared
    with their own size, and pixels go up to 255.
    """
    one, other = check.answers(255 * np.abs(_maps(check)))
    return float(np.abs(one - other).max()) > 1e-4 * float(np.abs([one, other]).max())


def acts_as_units(check: NetworkCheck, units: int, *, stem: bool) -> bool:
    """Tell whether a network computes what a chain of residual units with its weights does.

    Its weights are drawn again, those of all normalisations alike, so it is not asked which of them
    stands where.
    """
    if len(kernels(check, 3)) != 2 * units + stem:
        return False
    width = int(check.layers[-1].get_weights()[0].shape[0]) if stem else check.rows[-1].shape[-1]
    if kernels(check, 3)[-1].filters != width:  # the head gets something else than their averages
        return False
    drawn = _redraw(check, width)
    images = _maps(check)
    images[1] *= 20  # no part of the unit has an upper bound
    x = images
    wide, narrow = list(kernels(check, 3)), list(kernels(check, 1))
    if stem:
        x = _relu(_normalised(_convolved(wide.pop(0), x), drawn))
    for _ in range(units):
        short = _normalised(_convolved(narrow.pop(0), x), drawn) if narrow else x
        f = _relu(_normalised(_convolved(wide.pop(0), x), drawn))
        f = _normalised(_convolved(wide.pop(0), f), drawn)
        if f.shape != short.shape:
            return False
        x = _relu(f + short)
    if stem:
        weights, bias = check.layers[-1].get_weights()
        x = x.mean(axis=(1, 2)) @ weights + bias
    return np.allclose(check.answers(images), x, rtol=1e-3, atol=1e-3)


def _maps(check: NetworkCheck) -> np.ndarray:
    shape = (2, *check.model.input_shape[1:])
    return np.random.default_rng(0).normal(size=shape).astype("float32")


def _redraw(check: NetworkCheck, width: int) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(1)
    scale, shift, mean, spread = rng.uniform((0.5, -1, -1, 0.5), (1.5, 1, 1, 2), (width, 4)).T
    for layer in check.layers:
        kind = type(layer).__name__
        if kind == "BatchNormalization" and layer.get_weights()[0].shape == (width,):
            layer.set_weights([scale, shift, mean, spread])
            layer.epsilon = max(layer.epsilon, EPSILON)  # a smaller one is as good
        elif kind == "Conv2D":
            layer.set_weights([rng.normal(size=w.shape) / 6 for w in layer.get_weights()])
    return scale, shift, mean, spread


def _convolved(layer: Any, x: np.ndarray) -> np.ndarray:
    from keras import ops

    kernel = layer.get_weights()[0]
    return np.array(ops.conv(x.astype("float32"), kernel, layer.strides, "same"))


def _normalised(x: np.ndarray, drawn: tuple[np.ndarray, ...]) -> np.ndarray:
    scale, shift, mean, spread = drawn
    return scale * (x - mean) / np.sqrt(spread + EPSILON) + shift


def _relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0)
