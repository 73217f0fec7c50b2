"""What every explorer shares: a state, a function from state to figure, and controls.

An explorer is a pure function ``state -> Figure``. This module wraps it into widgets, gives
front ends without widgets a static picture, and lists the states that the tests visit.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from matplotlib.figure import Figure

from .controls import Choice, Control, Grid, Pages, Player, Slider, Toggle, Upload
from .drawn import Drawn, drawn

__all__ = [
    "Choice",
    "Control",
    "Explorer",
    "Grid",
    "Pages",
    "Player",
    "Slider",
    "Toggle",
    "Upload",
]

COMBINATIONS = 12  # random states in a sweep


@dataclass(frozen=True)
class Explorer:
    """A figure that the reader changes by controls.

    Parameters
    ----------
    name
        Short and unique; part of the CSS class ``course-explorer-<name>``.
    state
        A frozen dataclass: an instance, or its type if all fields have defaults.
    draw
        Pure function from a state to a Matplotlib figure. Where one control limits another it
        clamps, and says so in the picture.
    controls
        Field of the state to its control. The control's label, or the field's name, is shown.
    presets
        Name to a state, or to a dict with the fields to set, as for a menu of known kernels.
    settle
        Pure function from the state before a change by the reader, and the state after it, to the
        state to show: for what one control does to another, as going back to the first page.
    wide
        Whether the figure needs the whole width: the controls then stand above it.
    presets_label
        Stands beside the menu of presets.
    pick
        Pure function from a state and a place in the picture, (x, y) from 0 to 1 and from the top
        left, to the state after a click there; None where a click means nothing.
    drag
        Pure function from a state and two such places, where somebody pressed and where the pointer
        is now, to the state that it makes; None where dragging from there means nothing.
    cursor
        Pure function from a state to the place in the picture where the arrow keys begin, and how
        far each of them goes: see `clickable.Cursor`.
    limits
        Pure function from a state to the greatest value that some of its sliders may have, as the
        last row of the picture that is shown: no slider goes further.

    Raises
    ------
    ValueError
        If a control has no field, or the first state is outside what the controls allow.
    """

    name: str
    state: Any
    draw: Callable[[Any], Figure]
    controls: Mapping[str, Control]
    presets: Mapping[str, Any] = field(default_factory=dict)
    settle: Callable[[Any, Any], Any] | None = None
    wide: bool = False
    presets_label: str = "preset"
    pick: Callable[[Any, float, float], Any] | None = None
    drag: Callable[[Any, tuple[float, float], tuple[float, float]], Any] | None = None
    cursor: Callable[[Any], tuple[float, ...]] | None = None
    limits: Callable[[Any], Mapping[str, float]] | None = None

    def __post_init__(self):
        if not is_dataclass(self.state):
            raise ValueError(f"Explorer {self.name}: state {self.state!r} is no dataclass.")
        if self.presets is None:
            object.__setattr__(self, "presets", {})
        self._check(self.controls)
        for preset, chosen in self.presets.items():
            changes = self._changes(chosen)
            self._check(changes, f"preset {preset!r}: ")
            for name, value in changes.items():
                self._check_value(name, value)
        for name in self.controls:
            self._check_value(name, getattr(self.start, name))

    @property
    def start(self) -> Any:
        """The state at first."""
        return self.state() if isinstance(self.state, type) else self.state

    def changed(self, **changes: Any) -> Any:
        """Make the first state with some fields changed.

        Raises
        ------
        ValueError
            If a field does not exist or its control does not allow the value.
        """
        self._check(changes)
        for name, value in changes.items():
            self._check_value(name, value)
        return self.held(replace(self.start, **changes))

    def show(self, **changes: Any):
        """Build the widget: controls on the left, the figure on the right.

        Parameters
        ----------
        **changes
            Fields of the state to start from.

        Returns
        -------
        ipywidgets.VBox
            Front ends without widgets show its current figure as a PNG.
        """
        from .widget import ExplorerWidget

        return ExplorerWidget(self, self.changed(**changes))

    def picture(self, state: Any) -> bytes:
        """Draw a state as the bytes of a PNG file."""
        return self.drawn(state).png

    def drawn(self, state: Any) -> Drawn:
        """Draw a state as a PNG file; say what it shows, how large, and where it holds pictures."""
        made = drawn(lambda: self.draw(state))
        return made._replace(words=f"{self.words(state)}. {made.words}".rstrip(" .") + ".")

    def held(self, state: Any) -> Any:
        """Return a state whose sliders stay within the limits that it has."""
        ends = self.ends(state).items()
        beyond = {name: most for name, most in ends if getattr(state, name) > most}
        return replace(state, **beyond) if beyond else state

    def ends(self, state: Any) -> Mapping[str, float]:
        """Return how far some sliders go in a state; what cannot be drawn has no ends."""
        try:
            return self.limits(state) if self.limits else {}
        except ValueError:  # which draw() will raise as well, and the widget then says
            return {}

    def sweep(self, seed: int = 0) -> Iterator[Any]:
        """Yield the states that the tests visit.

        The first state, every preset, every value of each control with the others at rest, then
        random combinations, the same for the same seed.
        """
        yield self.start
        for preset in self.presets.values():
            yield self.preset(self.start, preset)
        values = {name: control.values() for name, control in self.controls.items()}
        for name, choices in values.items():
            for value in choices:
                yield replace(self.start, **{name: value})
        generator = random.Random(seed)
        if len(values) > 1:
            for _ in range(COMBINATIONS):
                chosen = {name: generator.choice(choices) for name, choices in values.items()}
                yield replace(self.start, **chosen)

    def preset(self, state: Any, preset: Any) -> Any:
        """Apply a preset, a state or a dict of fields, to a state."""
        return self.held(replace(state, **self._changes(preset)))

    def moved(self, state: Any, name: str, value: Any) -> Any:
        """Return the state after the reader moves one control."""
        after = replace(state, **{name: value})
        return self.held(self.settle(state, after) if self.settle else after)

    def clicked(self, state: Any, x: float, y: float) -> Any:
        """Return the state after a click into the picture."""
        return (self.pick(state, x, y) if self.pick else None) or state

    def dragged(self, state: Any, start: tuple[float, float], end: tuple[float, float]) -> Any:
        """Return the state after dragging in the picture, from one place to another."""
        return (self.drag(state, start, end) if self.drag else None) or state

    def label(self, name: str) -> str:
        """Name a control in words."""
        return self.controls[name].label or name.replace("_", " ")

    def words(self, state: Any) -> str:
        """Say how each control is set."""
        said = []
        for name, control in self.controls.items():
            value = getattr(state, name)
            if isinstance(control, Choice):
                said.append(f"{self.label(name)} {control.names[control.options.index(value)]}")
            elif isinstance(value, bool):
                said += [self.label(name)] * value
            elif isinstance(value, int | float):
                said.append(f"{self.label(name)} {value:g}")
        return f"explorer {self.name}: {', '.join(said)}" if said else f"explorer {self.name}"

    def _changes(self, preset: Any) -> dict[str, Any]:
        if is_dataclass(preset):
            return {item.name: getattr(preset, item.name) for item in fields(preset)}
        return dict(preset)

    def _check(self, names: Mapping[str, Any], where: str = "") -> None:
        known = [item.name for item in fields(self.state)]
        for name in names:
            if name not in known:
                raise ValueError(
                    f"Explorer {self.name}: {where}its state has no {name!r}; "
                    f"it has {', '.join(known)}."
                )

    def _check_value(self, name: str, value: Any) -> None:
        control = self.controls.get(name)
        if control is not None and not control.allows(value):
            raise ValueError(
                f"Explorer {self.name}: {name} is {value!r}, which {control} does not allow."
            )
