"""The widget around an explorer: controls, picture, and a sentence where drawing failed."""

from html import escape
from typing import Any

from helpers.ground.live import live_view
from helpers.plotting.shown import forms

import ipywidgets

NO_PRESET = "–"


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
        super().__init__(self._lay_out([*self._preset_menu(), *self.controls.values()]))
        self.add_class("course-explorer")
        self.add_class(f"course-explorer-{explorer.name}")
        for name, widget in self.controls.items():
            widget.observe(lambda change, name=name: self._change(name, change["new"]), "value")
        self._draw()

    def _make_picture(self) -> ipywidgets.DOMWidget:
        # Also where no click means anything: the picture of ipywidgets has no alternative text.
        from .clickable import ClickablePicture

        explorer = self.explorer
        picture = ClickablePicture(
            clicks=explorer.pick is not None, drags=explorer.drag is not None
        )
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
        """Take a state over and set all controls to it."""
        self._moving = True
        for name, widget in self.controls.items():
            widget.value = getattr(state, name)
        self._moving = False
        self._state = state

    @property
    def message(self) -> str:
        """What stands in place of the picture, if drawing failed."""
        return self._message.value

    def _lay_out(self, controls: list[ipywidgets.Widget]) -> list[ipywidgets.Widget]:
        # At the start: a picture that is stretched to fill the place is blurred.
        start = {"align_items": "flex-start"}
        if self.explorer.wide:
            above = {"flex_flow": "row wrap", "align_items": "center", "grid_gap": "0 1.5em"}
            below = ipywidgets.VBox([self._message, self.picture], layout=start)
            return [ipywidgets.HBox(controls, layout=above), below]
        _align(controls)
        column = ipywidgets.VBox(
            controls,
            layout={"min_width": "17em", "max_width": "24em", "flex": "0 0 auto"},
        )
        right = {"flex": "1 1 38em", **start}
        right = ipywidgets.VBox([self._message, self.picture], layout=right)
        return [ipywidgets.HBox([column, right], layout={"flex_flow": "row wrap"})]

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
            self.picture.value, self.picture.name = self.explorer.seen(self._state)
            self._message.value = ""
        except ValueError as error:
            self._fail(str(error))
        except Exception as error:
            self._fail(f"{type(error).__name__}: {error}")
        # Hidden, not removed: the page below must not jump.
        self.picture.layout.visibility = "hidden" if self._message.value else "visible"

    def _fail(self, sentence: str) -> None:
        self._message.value = f"<p><b>This cannot be drawn.</b> {escape(sentence)}</p>"

    _ipython_display_ = None  # of ipywidgets 7: it would come first

    def _repr_mimebundle_(self, **options) -> tuple[dict[str, Any], dict[str, Any]]:
        """Offer the picture and its words beside the live widget, for readers without a kernel."""
        bundle = live_view(self)
        if self.message:
            return bundle, {}
        data, metadata = forms(self.picture.value, self.picture.name)
        return {**bundle, **data}, metadata


def _align(controls: list[ipywidgets.Widget]) -> None:
    """Give all labels before sliders and menus the width of the longest."""
    kinds = (ipywidgets.IntSlider, ipywidgets.FloatSlider, ipywidgets.Dropdown)
    labelled = [control for control in controls if isinstance(control, kinds)]
    longest = max((len(control.description) for control in labelled), default=0)
    for control in labelled:
        control.style.description_width = f"{0.55 * longest + 0.5:.1f}em"
