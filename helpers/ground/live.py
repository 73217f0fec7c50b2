"""The live part of what a widget shows, whichever ipywidgets made it."""

from __future__ import annotations

from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"


def live_view(widget: Any) -> dict[str, Any]:
    """Return what a front end needs to show a widget, by its kind.

    ipywidgets 7, which hosted notebooks still have, knows no ``_repr_mimebundle_``. A widget that
    asks here, and sets ``_ipython_display_ = None`` so that Jupyter asks it, shows the same with
    either.
    """
    return {VIEW: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}}
