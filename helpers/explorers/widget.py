"""The widget around an explorer: controls, picture, and a sentence where drawing failed."""

from html import escape
from typing import Any

from helpers.ground.live import live_view
from helpers.plotting.shown import forms

import ipywidgets

from .clickable import ClickablePicture, Cursor
from .drawn import Drawn
from .frame import COLUMN, GAP, MOST, ROOM, ROW, Frame, fit, rows
from .grid import TALL_HEIGHT, TALL_WIDTH, GridWidget
from .names import Names, sheet

NO_PRESET = "–"
VISIBLE = {"overflow": "visible"}  # Jupyter's boxes scroll where a handle stands out by 4 pixels
START = {"align_items": "flex-start", **VISIBLE}


class ExplorerWidget(ipywidgets.VBox):
    """Controls on the left of the picture, or above a wide one, redrawn at each change.

    Attributes
    ----------
    state
        The state that is shown; setting it moves the controls and draws once.
    controls
        Field of the state to its widget.
    presets
        The menu of presets, if there are any.
    picture
        The image widget.
    """

    def __init__(self, explorer, state: Any):
        self.explorer = explorer
        self._state = state
        self._moving = False
        self.controls = {
            name: control.widget(getattr(state, name), explorer.label(name))
            for name, control in explorer.controls.items()
        }
        self.picture = self._make_picture()
        self._message = ipywidgets.HTML()
        self._message.add_class("course-explorer-message")
        self._names = Names(title=f"explorer {explorer.name}")
        # In the dark it lies over the picture; elsewhere it is not there.
        self._night = ipywidgets.HTML(layout={"display": "none"})
        self._night.add_class("course-night")
        self._stage = ipywidgets.Box([self.picture, self._night], layout=dict(VISIBLE))
        self._stage.add_class("course-stage")
        super().__init__(self._lay_out([*self._preset_menu(), *self.controls.values()]))
        self.layout.overflow = "visible"
        self.add_class("course-explorer")
        self.add_class(f"course-explorer-{explorer.name}")
        for name, widget in self.controls.items():
            widget.observe(lambda change, name=name: self._change(name, change["new"]), "value")
        self._move(state)
        self._draw()

    def _make_picture(self) -> ipywidgets.DOMWidget:
        if self.explorer.pick is None and self.explorer.drag is None:
            return ipywidgets.Image(format="png", layout={"width": "100%", "margin": "0"})
        picture = ClickablePicture(drags=self.explorer.drag is not None)
        picture.observe(self._click, "place")
        picture.observe(self._drag, "way")
        self._pressed = (0, self._state)
        return picture

    @property
    def state(self) -> Any:
        """The state that is shown."""
        return self._state

    @state.setter
    def state(self, state: Any) -> None:
        self._move(state)
        self._draw()

    def _move(self, state: Any) -> None:
        """Take a state over and set all controls to it, and how far they go."""
        self._moving = True
        limits = self.explorer.ends(state)
        for name, widget in self.controls.items():
            if name in limits:
                # A slider of one place cannot be drawn; where it is, the state is held.
                widget.max = max(limits[name], self.explorer.controls[name].min + 1)
            widget.value = getattr(state, name)
        self._moving = False
        self._state = state

    @property
    def message(self) -> str:
        """What stands in place of the picture, if drawing failed."""
        return self._message.value

    def _lay_out(self, controls: list[ipywidgets.Widget]) -> list[ipywidgets.Widget]:
        picture = [self._message, self._stage]
        if self.explorer.wide:
            tall = [control for control in controls if isinstance(control, GridWidget)]
            rest = [control for control in controls if control not in tall]
            widths = [fit(control) for control in rest]
            room = ROOM - sum(TALL_WIDTH for _ in tall)
            height = max(ROW * rows(widths, room), TALL_HEIGHT * bool(tall))
            self.frame = Frame(above=height)
            above = {"flex_flow": "row wrap", "align_items": "center", "grid_gap": f"0 {GAP}px"}
            head = ipywidgets.HBox(rest, layout={**above, **VISIBLE, "flex": "1 1 0%"})
            if tall:
                head = ipywidgets.HBox([*tall, head], layout={**VISIBLE, "align_items": "center"})
            return [head, ipywidgets.VBox([*picture, self._names], layout=dict(START))]
        _align(controls)
        wide = max([COLUMN, *(getattr(control, "WIDTH", 0) for control in controls)])
        self.frame = Frame(beside=wide + GAP)
        column = {"width": f"{wide}px", "flex": "0 0 auto", **VISIBLE}
        right = {"flex": "1 1 0%", "min_width": "280px", **START}
        sides = [
            ipywidgets.VBox(controls, layout=column),
            ipywidgets.VBox([*picture, self._names], layout=right),
        ]
        place = {"flex_flow": "row wrap", "grid_gap": f"0 {GAP}px", **VISIBLE}
        return [ipywidgets.HBox(sides, layout=place)]

    def _preset_menu(self) -> list[ipywidgets.Widget]:
        if not self.explorer.presets:
            return []
        self.presets = ipywidgets.Dropdown(
            options=[NO_PRESET, *self.explorer.presets],
            description=self.explorer.presets_label,
            style={"description_width": "initial"},
        )
        self.presets.observe(self._choose_preset, "value")
        return [self.presets]

    def _choose_preset(self, change) -> None:
        if change["new"] != NO_PRESET:
            preset = self.explorer.presets[change["new"]]
            self.state = self.explorer.preset(self._state, preset)

    def _change(self, name: str, value: Any) -> None:
        if self._moving:
            return
        self._move(self.explorer.moved(self._state, name, value))
        if self.explorer.presets:
            self.presets.value = NO_PRESET  # the controls no longer show a preset
        self._draw()

    def _click(self, change) -> None:
        x, y, _ = change["new"]
        state = self.explorer.clicked(self._state, x, y)
        if state != self._state:
            self.state = state

    def _drag(self, change) -> None:
        *places, press = change["new"]
        if press != self._pressed[0]:
            self._pressed = (press, self._state)  # what was there when the pointer went down
        state = self.explorer.dragged(self._pressed[1], tuple(places[:2]), tuple(places[2:]))
        if state != self._state:
            self.state = state

    def _draw(self) -> None:
        # A reader who moves a slider has no use for a traceback: whatever draw() raises becomes
        # a sentence. The tests sweep the same states without this net.
        try:
            self._show(self.explorer.drawn(self._state))
            self._message.value = ""
        except ValueError as error:
            self._fail(str(error))
        except Exception as error:
            self._fail(f"{type(error).__name__}: {error}")
        # Hidden, not removed: the page below must not jump.
        self.picture.layout.visibility = "hidden" if self._message.value else "visible"

    def _show(self, drawn: Drawn) -> None:
        self._names.words = drawn.words
        self._drawn = drawn
        self._stage.layout.width = self.frame.width(drawn.inches)
        self._night.value = sheet(drawn.pictures)
        self.picture.value = drawn.png
        if self.explorer.pick or self.explorer.drag:
            self.picture.name = drawn.words
            self.picture.point(
                self.explorer.cursor(self._state) if self.explorer.cursor else Cursor()
            )

    def _fail(self, sentence: str) -> None:
        self._message.value = f"<p><b>This cannot be drawn.</b> {escape(sentence)}</p>"

    _ipython_display_ = None  # of ipywidgets 7: it would come first

    def _repr_mimebundle_(self, **options) -> tuple[dict[str, Any], dict[str, Any]]:
        """Offer the picture and its words beside the live widget, for readers without a kernel."""
        bundle = live_view(self)
        if self.message:
            return bundle, {}
        size = tuple(round(MOST * side) for side in self._drawn.inches)  # of twice the pixels
        data, metadata = forms(self._drawn.png, self._drawn.words, size)
        return {**bundle, **data}, metadata


def _align(controls: list[ipywidgets.Widget]) -> None:
    """Give all labels before sliders and menus the width of the longest."""
    kinds = (ipywidgets.IntSlider, ipywidgets.FloatSlider, ipywidgets.Dropdown)
    labelled = [control for control in controls if isinstance(control, kinds)]
    longest = max((len(control.description) for control in labelled), default=0)
    for control in labelled:
        control.style.description_width = f"{0.55 * longest + 0.5:.1f}em"
