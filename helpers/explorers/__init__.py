"""Explorers: figures that a reader changes by sliders, menus and numbers.

``explorers.show("kernels")`` builds one. Those that look at a model of the reader's are functions:
``explore_drawing(model, classes)``. Each lives in a module of its own, which is imported when first
asked for, so that this package stays quick to import.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from .shell import Choice, Explorer, Grid, Pages, Player, Slider, Toggle, Upload

__all__ = [
    "EXPLORERS",
    "Choice",
    "Explorer",
    "Grid",
    "Pages",
    "Player",
    "Slider",
    "Toggle",
    "Upload",
    "explore_boxes",
    "explore_cells",
    "explore_confusions",
    "explore_drawing",
    "explore_epochs",
    "explore_failures",
    "explore_stopping",
    "explore_study",
    "explore_temperature",
    "explore_transfer",
    "predict_drawing",
    "show",
    "strokes_to_image",
]

# To add an explorer, add one line: its name, and "module:object" inside this package.
_PLACES = {
    "architecture": "building:EXPLORER",
    "curse": "curse:EXPLORER",
    "freezing": "freezing:EXPLORER",
    "images": "images:EXPLORER",
    "kernels": "convolution:EXPLORER",
    "learning": "learning:EXPLORER",
    "looking": "looking:EXPLORER",
    "windows": "padding:EXPLORER",
    "overlap": "overlap:EXPLORER",
    "pooling": "pooling:EXPLORER",
    "receptive": "receptive:EXPLORER",
    "sweep": "sweeping:EXPLORER",
    "tpe": "parzen:EXPLORER",
}
# Functions of the same kind, for explorers of a model and its data.
_FUNCTIONS = {
    "explore_boxes": "boxes",
    "explore_cells": "cells",
    "explore_confusions": "confusions",
    "explore_drawing": "drawing",
    "explore_epochs": "epochs",
    "explore_failures": "failures",
    "explore_stopping": "stopping",
    "explore_study": "study",
    "explore_temperature": "temperature",
    "explore_transfer": "transfer",
    "predict_drawing": "strokes",
    "strokes_to_image": "strokes",
}


class _Explorers(Mapping[str, Explorer]):
    """All explorers by name; a module is imported when its explorer is asked for."""

    def __getitem__(self, name: str) -> Explorer:
        if name not in _PLACES:
            raise KeyError(f"No explorer {name!r}: choose from {', '.join(_PLACES)}.")
        module, attribute = _PLACES[name].split(":")
        return getattr(import_module(f".{module}", __name__), attribute)

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


EXPLORERS: Mapping[str, Explorer] = _Explorers()


def __getattr__(name: str) -> Any:
    if name not in _FUNCTIONS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_FUNCTIONS[name]}", __name__), name)


def show(name: str, **changes: Any):
    """Build the widget of an explorer.

    Parameters
    ----------
    name
        A key of ``EXPLORERS``.
    **changes
        Fields of its state to start from.

    Returns
    -------
    ipywidgets.VBox
    """
    return EXPLORERS[name].show(**changes)
