"""Sphinx's way to write formulas: as MathML, which a browser shows without a script."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from course.harmless.rendered import formula


def setup(app: Any) -> dict[str, bool]:
    """Tell Sphinx of it."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _inline(writer: Any, node: nodes.math) -> None:
    writer.body.append(formula(node.astext()))
    raise nodes.SkipNode


def _block(writer: Any, node: nodes.math_block) -> None:
    shown = formula(node.astext(), block=True)
    writer.body.append(f'<div class="formula" tabindex="0">{shown}</div>')
    raise nodes.SkipNode
