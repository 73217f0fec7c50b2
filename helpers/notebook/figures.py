"""Figures in a notebook, each with words for those who do not see it: ours, and those of pyplot."""

from __future__ import annotations

import sys
from typing import Any

FIGURE = ("matplotlib.figure", "Figure")


def show_with_words() -> None:
    """Have every figure shown by `helpers.plotting`; where there is no notebook, do nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return
    from matplotlib_inline.config import InlineBackend

    # A format that is chosen there goes before all that is said here, and has no words.
    InlineBackend.instance(parent=shell).figure_formats = set()
    shell.display_formatter.mimebundle_formatter.for_type_by_name(*FIGURE, _shown)


def _shown(figure: Any, **options: Any) -> tuple[dict, dict]:
    from helpers.plotting.shown import bundle

    return bundle(figure)
