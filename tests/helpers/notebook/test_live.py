"""Whatever ipywidgets made it, a widget shows its own text and picture beside the live one."""

from __future__ import annotations

from helpers import predict
from helpers.ground.live import VIEW, live_view

import ipywidgets
from IPython.core.formatters import DisplayFormatter


def test_the_live_part_is_found_by_its_kind():
    widget = ipywidgets.IntSlider()
    found = live_view(widget)
    assert found == {VIEW: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}}


def test_it_is_what_ipywidgets_says_itself():
    widget = ipywidgets.IntSlider()
    if hasattr(widget, "_repr_mimebundle_"):
        assert live_view(widget)[VIEW] == widget._repr_mimebundle_()[VIEW]


def test_jupyter_asks_for_the_words_even_where_ipywidgets_would_show_itself(monkeypatch):
    shown = []  # what ipywidgets 7 does
    monkeypatch.setattr(
        ipywidgets.Widget, "_ipython_display_", lambda self: shown.append(self), raising=False
    )
    data, _ = DisplayFormatter().format(predict("Which plane?", "red"))
    assert shown == [] and VIEW in data and data["text/plain"] == "Predict: Which plane?"
