"""Checks on a Keras model that a student built: what it takes, what it gives, what it is made of.

A model is no plain data, so it has a check of its own. It looks in the order in which a person
would debug: is there a model, what goes in, which layers, which shapes, how many parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple
from typing import Any

from helpers.checks.calls import key_of
from helpers.checks.diagnosis import NOT_RETURNED
from helpers.checks.failure import CheckFailed
from helpers.checks.raising import SYMBOLIC, why_it_raises
from helpers.checks.seen import Odd, Raised, begin, note
from helpers.checks.ticks import tick
from helpers.checks.words import in_words, kind, name_of, show, text_of, type_name
from helpers.models.layers import LayerRow, describe, flat_layers, layer_rows

import numpy as np

Trait = Callable[["NetworkCheck"], bool]
Words = str | Callable[["NetworkCheck"], str | None]

NO_INPUT = (
    "Begin with keras.Input((height, width, channels)): without it the model knows neither its "
    "shapes nor how many weights it needs."
)
OWN_CODE = "Use Keras's own layers only: no Lambda, no class or function of your own."
OUTPUTS = (
    "That is what comes out of the layers. A model is made of what goes in and what comes out: "
    "return keras.Model(inputs, x)."
)
# Of what is returned in place of a model, by the name of its type.
NO_MODEL = {
    "KerasTensor": OUTPUTS,
    "tuple": OUTPUTS,
    "list": "A list of layers is no model yet: put it into keras.Sequential.",
}
OWN_SIZE = "It was called with another size: use the argument, and no number of your own."
OWN_SHAPE = (
    "A layer is given another shape than it takes: look at what each one gives. Is a size of your "
    'own written somewhere, or is padding="same" missing?'
)
NOTHING_LEFT = (
    "Of a picture of this size nothing is left for one of the layers: its window is larger than "
    'the map that it gets. Take padding="same", or fewer pools and strides.'
)
BATCH_IN_INPUT = "keras.Input takes the shape of one picture: Keras adds the batch axis by itself."


def built(build: Callable, *args: Any) -> NetworkCheck:
    """Call a student's function that builds a model, and start the check of what it returns.

    Raises
    ------
    NotImplementedError
        When it is still the stub.
    CheckFailed
        When it raises, or returns no built Keras model of Keras's own layers.
    """
    begin()
    name = name_of(build)
    given = tuple(type_name(a) if key_of(a) is None else a for a in args)
    call = f"{name}({', '.join(show(a) for a in args)})"
    try:
        found = build(*args)
    except CheckFailed:
        raise
    except Exception as error:
        if isinstance(error, NotImplementedError) and SYMBOLIC not in text_of(error):
            raise  # it is still the stub
        note(name, given, Raised(type_name(error)))
        words = _why_keras_refuses(error) or why_it_raises(error)
        message = f"{call} raises {in_words(error)}"
        raise CheckFailed(message, layer="runs", diagnosis=words) from error
    if found is None:
        note(name, given, None)
        raise CheckFailed(f"{call} returns None.", layer="type", diagnosis=NOT_RETURNED)
    kinds = ("Sequential", "Functional")
    if type(found).__name__ not in kinds or not hasattr(found, "layers"):
        note(name, given, Odd(type_name(found)))
        what = f"{call} returns {kind(found)}, not a Keras model of Keras's own layers."
        words = NO_MODEL.get(type_name(found), OWN_CODE)
        raise CheckFailed(what, layer="type", diagnosis=words)
    try:
        rows = layer_rows(found)
    except (ValueError, AttributeError):
        note(name, given, Odd("model without shapes"))
        what = f"{call} returns a model that knows no shapes yet."
        raise CheckFailed(what, layer="type", diagnosis=NO_INPUT) from None
    if any(side is not None and side < 1 for row in rows for side in row.shape):
        # Older releases of Keras 3 build it, later ones raise: told and noted alike.
        note(name, given, Raised("ValueError"))
        what = f"{call} returns a model in which a layer gives nothing."
        raise CheckFailed(what, layer="runs", diagnosis=NOTHING_LEFT)
    note(name, given, _seen(found, rows))
    return NetworkCheck(name, found, rows, args)


def _why_keras_refuses(error: Exception) -> str | None:
    """Return what led Keras to refuse a layer, or None."""
    text = text_of(error)
    if "output size would be zero or negative" in text:
        return NOTHING_LEFT
    return OWN_SHAPE if "incompatible" in text else None


def explained(words: Words) -> Callable[[Trait], Trait]:
    """Give a trait the words for a network that lacks it, or a function that finds them."""

    def add(trait: Trait) -> Trait:
        trait.words = words
        return trait

    return add


def _seen(model: Any, rows: tuple[LayerRow, ...]) -> list[tuple]:
    """Return what the checks see of a model, as plain data."""
    learns = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    ends = [("Input", tuple(model.input_shape)), ("learns", learns)]
    return [*ends, *(astuple(row) for row in rows)]


class NetworkCheck:
    """The checks of one model; each returns the check again, so they can be chained.

    Attributes
    ----------
    name : str
    model : keras.Model
    rows : tuple of LayerRow
    args : tuple
        What the student's function was given.
    """

    def __init__(self, name: str, model: Any, rows: tuple[LayerRow, ...], args: tuple = ()) -> None:
        self.name, self.model, self.rows, self.args = name, model, rows, args

    def _ipython_display_(self) -> None:
        """Stay silent when a test cell ends in a check: the ticks have said it all."""

    @property
    def layers(self) -> list[Any]:
        """The layers that compute something, in order."""
        return flat_layers(self.model)

    def kinds(self) -> list[str]:
        """Return the layers' kinds, in order."""
        return [row.kind for row in self.rows]

    def of(self, *kinds: str) -> list[LayerRow]:
        """Return the rows of some kinds of layers."""
        return [row for row in self.rows if row.kind in kinds]

    def takes(self, shape: Sequence[int]) -> NetworkCheck:
        """Demand the shape of one picture that goes in."""
        got, shape = tuple(self.model.input_shape[1:]), tuple(shape)
        if got != shape:
            slip = {
                (None, *shape): BATCH_IN_INPUT,
                (shape[1], shape[0], *shape[2:]): "Height comes first, then width.",
                shape[:-1]: "The channel axis is missing: a grey picture still has one channel.",
            }.get(got, OWN_SIZE if shape in self._given(tuple) else None)
            message = f"The model takes pictures of {got}; it should take {shape}."
            raise CheckFailed(message, layer="shape", diagnosis=slip)
        tick(f"it takes pictures of {describe(shape)}")
        return self

    def gives(self, units: int, slips: Iterable[tuple[int, str]] = ()) -> NetworkCheck:
        """Demand the number of values that come out for one picture."""
        got = tuple(self.model.output_shape[1:])
        if got != (units,):
            own = OWN_SIZE if units in self._given(int) else None
            words = dict(slips).get(got[0], own) if len(got) == 1 else None
            message = f"For one picture {got} comes out; it should be ({units},)."
            raise CheckFailed(message, layer="shape", diagnosis=words)
        tick(f"it gives {units} number{'s' * (units != 1)} for each picture")
        return self

    def has(self, sentence: str, trait: Trait, diagnosis: str | None = None) -> NetworkCheck:
        """Demand a property: ``trait(check)`` is true. `sentence` says it in words.

        What is told where it lacks is `diagnosis`, or the words that the trait has itself.
        """
        given = bool(trait(self))
        note(self.name, (sentence,), given)  # what the rows do not show tells mistakes apart
        if not given:
            own = getattr(trait, "words", None)
            words = diagnosis or (own(self) if callable(own) else own)
            message = f"{self.name}: it does not hold that {sentence}."
            raise CheckFailed(message, layer="property", diagnosis=words, demands=sentence)
        tick(sentence)
        return self

    def shapes(
        self,
        expected: Sequence[tuple[int, ...]],
        slips: Iterable[tuple[Sequence[tuple[int, ...]], str]] = (),
        *,
        kinds: Sequence[str] = ("Conv2D", "MaxPooling2D"),
    ) -> NetworkCheck:
        """Demand the shapes that come out of all layers of some kinds, in order."""
        got = [row.shape for row in self.of(*kinds)]
        expected = [tuple(shape) for shape in expected]
        if got != expected:
            words = next((text for wrong, text in slips if list(wrong) == got), None)
            raise CheckFailed(_shape_message(got, expected), layer="shape", diagnosis=words)
        tick(f"the shapes are right, from {describe(got[0])} to {describe(got[-1])}")
        return self

    def parameters(
        self, expected: int, slips: Iterable[tuple[int, str]] = (), *, tell: bool = True
    ) -> NetworkCheck:
        """Demand how many parameters the model has in all."""
        got = sum(row.parameters for row in self.rows)
        if got != expected:
            wanted = f"; it should have {expected:,}" if tell else ", which is not right"
            message = f"The model has {got:,} parameters{wanted}."
            raise CheckFailed(message, layer="values", diagnosis=dict(slips).get(got))
        tick(f"it has {got:,} parameters")
        return self

    def _given(self, type_of: type) -> list[Any]:
        return [arg for arg in self.args if type(arg) is type_of]

    def answers(self, images: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return what the model makes of a batch."""
        return np.array(self.model(images, training=training))


def _shape_message(got: list[tuple], expected: list[tuple]) -> str:
    if len(got) != len(expected):
        return f"There are {len(got)} convolutions and pools; there should be {len(expected)}."
    place = next(i for i, (g, e) in enumerate(zip(got, expected, strict=True)) if g != e)
    return (
        f"Convolutions and pools counted together, number {place + 1} gives "
        f"{describe(got[place])}; it should give {describe(expected[place])}."
    )
