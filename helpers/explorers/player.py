"""The widget of a slider that a button sets going."""

import ipywidgets
import traitlets


class PlayerWidget(ipywidgets.HBox):
    """A button and a slider; ``value`` is where the slider stands.

    The two are linked in the browser: the button goes on at its own pace, and the kernel hears of
    each step as of a slider that is moved.
    """

    value = traitlets.Int()

    def __init__(self, player, value: int, label: str):
        ends = {"min": player.min, "max": player.max, "step": player.step}
        self.button = ipywidgets.Play(
            value=value, interval=player.every, show_repeat=False, tooltip=f"play: {label}", **ends
        )
        self.button.add_class("course-play")
        self.slider = ipywidgets.IntSlider(
            value, description=label, style={"description_width": "initial"}, **ends
        )
        super().__init__([self.button, self.slider])
        self.layout.overflow = "visible"
        self.value = value
        traitlets.link((self.slider, "value"), (self, "value"))
        ipywidgets.jslink((self.button, "value"), (self.slider, "value"))

    @property
    def max(self) -> int:
        """The end of the slider."""
        return self.slider.max

    @max.setter
    def max(self, most: int) -> None:
        self.slider.max = self.button.max = most
