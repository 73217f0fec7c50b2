"""The widget that leafs through pages."""

import ipywidgets
import traitlets


class PagesWidget(ipywidgets.HBox):
    """Two buttons; ``value`` is the page, counted from 0, below it going backwards."""

    value = traitlets.Int()

    def __init__(self, value: int, label: str):
        names = {"back": ("arrow-left", -1), "next": ("arrow-right", 1)}
        self.buttons = {}
        for name, (icon, step) in names.items():
            button = ipywidgets.Button(
                description=name, icon=icon, tooltip=f"{label}: {name}", layout={"width": "6em"}
            )
            button.on_click(lambda _button, step=step: self._turn(step))
            button.add_class(f"course-{name}")
            self.buttons[name] = button
        super().__init__([ipywidgets.Label(label), *self.buttons.values()])
        self.value = value

    def _turn(self, step: int) -> None:
        self.value += step
