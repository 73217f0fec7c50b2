"""The widget of a prediction: a question, a field, a button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

from helpers.ground.live import live_view
from helpers.notebook.prediction import Prediction, reveal

import ipywidgets


class Guess(ipywidgets.VBox):
    """Takes a guess, and shows the answer when asked.

    Parameters
    ----------
    prediction : Prediction
    answer : object or callable
        See `helpers.notebook.predicting.predict`.
    keep : callable
        Told the prediction at each change.

    Attributes
    ----------
    prediction : Prediction
        As it stands now.
    field : ipywidgets.Text or ipywidgets.ToggleButtons
    button : ipywidgets.Button
    """

    def __init__(
        self, prediction: Prediction, answer: Any, keep: Callable[[Prediction], None]
    ) -> None:
        self._answer, self._keep = answer, keep
        self.prediction = prediction
        self.field = _field(prediction)
        self.button = ipywidgets.Button(description="Reveal", tooltip="Show the answer")
        self._said = ipywidgets.HTML()
        question = ipywidgets.HTML(f"<b>Predict.</b> {escape(prediction.question)}")
        row = {"flex_flow": "row wrap", "align_items": "center", "grid_gap": "0 0.5em"}
        super().__init__([question, ipywidgets.HBox([self.field, self.button], layout=row)])
        self.children = (*self.children, self._said)
        self.add_class("course-predict")
        self.field.observe(self._guessed, "value")
        self.button.on_click(self._asked)
        self._show()

    def _guessed(self, change: dict[str, Any]) -> None:
        self.prediction = replace(self.prediction, guess=change["new"] or "")
        self._keep(self.prediction)
        self._said.value = ""

    def _asked(self, button: ipywidgets.Button) -> None:
        self.prediction, hindrance = reveal(self.prediction, self._answer)
        self._keep(self.prediction)
        self._show(hindrance)

    def _show(self, hindrance: str = "") -> None:
        self._said.value = escape(hindrance or self.prediction.verdict)
        # What was revealed is no guess any more.
        self.field.disabled = self.button.disabled = bool(self.prediction.told)

    _ipython_display_ = None  # of ipywidgets 7: it would come first

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Offer the question beside the live widget, for readers without a kernel."""
        bundle = live_view(self)
        bundle["text/plain"] = self.prediction.text
        return bundle


def _field(prediction: Prediction) -> ipywidgets.Text | ipywidgets.ToggleButtons:
    if not prediction.choices:
        return ipywidgets.Text(prediction.guess, placeholder="your guess")
    buttons = ipywidgets.ToggleButtons(
        options=prediction.choices, value=prediction.guess or None, tooltips=prediction.choices
    )
    buttons.style.button_width = "auto"
    return buttons
