"""Kernels (weights) and feature maps (what they find)."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from matplotlib.figure import Figure

from .images import SMALL
from .pixels import as_picture, cell_lines, weight_format, write_numbers
from .style import DIVERGING, NOTEBOOK_WIDTH, hide_axes, new_figure

MOST_PANELS = 128
MOST_NUMBERED_KERNEL = 9


def show_kernels(
    kernels,
    *,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
    numbers: bool = True,
) -> Figure:
    """Show kernels: white is zero, orange positive, blue negative.

    Parameters
    ----------
    kernels
        One kernel (kh, kw), a list of them, or a layer's weights in Keras's layout
        (kh, kw, C_in, C_out). Kernels of one layer share their colour scale; the kernels of a list
        each have their own.
    titles
        One for each picture; for a layer, filter by filter and channel by channel.
    columns
        Pictures in a row; for a layer, one row is one filter, so C_in.
    numbers
        Write the weights on kernels of up to 9 x 9.

    Returns
    -------
    matplotlib.figure.Figure
    """
    panels, names, limit, columns = _kernel_panels(kernels, columns)
    if titles is not None:
        if len(titles) != len(panels):
            raise ValueError(f"{len(titles)} titles for {len(panels)} kernels: give one for each.")
        names = titles
    columns = columns or min(len(panels), 4 if numbers else 8)
    rows = ceil(len(panels) / columns)
    small = max(max(panel.shape) for panel in panels) <= MOST_NUMBERED_KERNEL
    size = min(2.3 if numbers and small else 1.6, NOTEBOOK_WIDTH / columns)
    tallest = max(panel.shape[0] / panel.shape[1] for panel in panels)
    text_size = float(np.clip(size * 5.6, 6, 13))
    line = text_size / 72 * 2.1 if names else 0.1
    figure = new_figure(columns * size, rows * (size * tallest + line))
    for index, axes in enumerate(np.ravel(figure.subplots(rows, columns, squeeze=False))):
        hide_axes(axes)
        if index >= len(panels):
            axes.set_visible(False)
            continue
        panel = panels[index]
        _draw_kernel(axes, panel, limit or np.abs(panel).max() or 1, numbers and small)
        if names:
            axes.set_title(str(names[index]), fontsize=text_size, loc="center")
    return figure


def _kernel_panels(kernels, columns):
    """Sort the three kinds of input into pictures, names, shared limit and columns."""
    array = None if isinstance(kernels, list | tuple) else np.asarray(kernels, dtype=float)
    if array is not None and array.ndim not in (2, 4):
        raise ValueError(
            f"kernels has shape {array.shape}: give (kh, kw), a list of such, or a layer's "
            "(kh, kw, C_in, C_out)."
        )
    if array is not None and array.ndim == 4:
        channels, filters = array.shape[2:]
        panels = [array[:, :, c, f] for f in range(filters) for c in range(channels)]
        names = [f"filter {f}, channel {c}" for f in range(filters) for c in range(channels)]
        if channels == 1:
            names = [f"filter {f}" for f in range(filters)]
        else:
            columns = columns or channels
        limit = float(np.abs(array).max()) or 1.0
    else:
        if array is not None and array.ndim == 2:
            kernels = [array]
        elif np.ndim(kernels) == 2:  # one kernel as nested lists
            kernels = [np.asarray(kernels, dtype=float)]
        panels = [np.asarray(kernel, dtype=float) for kernel in kernels]
        names, limit = None, None
    for index, panel in enumerate(panels):
        if panel.ndim != 2 or panel.size == 0:
            raise ValueError(
                f"kernels[{index}] has shape {panel.shape}: give (kh, kw), a list of such, "
                "or a layer's (kh, kw, C_in, C_out)."
            )
    if not 1 <= len(panels) <= MOST_PANELS:
        raise ValueError(
            f"kernels holds {len(panels)} pictures: give 1 to {MOST_PANELS}, "
            "as in weights[:, :, :, :8]."
        )
    return panels, names, limit, columns


def _draw_kernel(axes, kernel: np.ndarray, limit: float, numbers: bool) -> None:
    drawn = axes.imshow(kernel, cmap=DIVERGING, vmin=-limit, vmax=limit, interpolation="nearest")
    if numbers:
        write_numbers(axes, kernel, drawn.cmap(drawn.norm(kernel)), weight_format(kernel))
    cell_lines(axes, *kernel.shape)


def show_feature_maps(
    maps,
    *,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
    cmap: str | None = None,
    title: str | None = None,
) -> Figure:
    """Show the channels of a feature map side by side, with one colour scale for all.

    Parameters
    ----------
    maps
        (H, W, K), a batch of one (1, H, W, K), or a list of (H, W).
    titles
        One for each channel.
    columns
        Pictures in a row.
    cmap
        Colour map. By default blue-white-orange about zero where there are negative values, else
        dark to light from zero.
    title
        Title above all.

    Returns
    -------
    matplotlib.figure.Figure
    """
    panels = _feature_panels(maps)
    if titles is not None and len(titles) != len(panels):
        raise ValueError(f"{len(titles)} titles for {len(panels)} maps: give one for each.")
    low, high = min(p.min() for p in panels), max(p.max() for p in panels)
    if low < 0:
        high = max(-low, high)
        low, cmap = -high, cmap or DIVERGING
    else:
        low, high, cmap = 0, high or 1, cmap or "viridis"
    columns = columns or min(len(panels), 4 if len(panels) <= 12 else 8)
    rows = ceil(len(panels) / columns)
    size = min(2.6, (NOTEBOOK_WIDTH - 1) / columns)
    tallest = max(panel.shape[0] / panel.shape[1] for panel in panels)
    text_size = float(np.clip(size * 6, 8, 13))
    line = text_size / 72 * 2 if titles is not None else 0.08
    height = rows * (size * tallest + line) + (0.45 if title else 0)
    figure = new_figure(columns * size + 1, max(height, 1.6))
    grid = figure.subplots(rows, columns, squeeze=False)
    for index, axes in enumerate(np.ravel(grid)):
        hide_axes(axes, frame=True)
        if index >= len(panels):
            axes.set_visible(False)
            continue
        sharp = max(panels[index].shape) <= SMALL
        drawn = axes.imshow(
            panels[index],
            cmap=cmap,
            vmin=low,
            vmax=high,
            interpolation="nearest" if sharp else "antialiased",
        )
        if titles is not None:
            axes.set_title(str(titles[index]), fontsize=text_size, loc="center")
    bar = figure.colorbar(drawn, ax=grid, shrink=0.9, aspect=22, pad=0.02)
    bar.outline.set_visible(False)
    if title:
        figure.suptitle(title)
    return figure


def _feature_panels(maps) -> list[np.ndarray]:
    if isinstance(maps, list | tuple):
        panels = [as_picture(m, f"maps[{i}]", any_range=True) for i, m in enumerate(maps)]
    else:
        array = np.asarray(maps)
        if array.ndim == 4 and len(array) == 1:
            array = array[0]
        if array.ndim == 2:
            array = array[:, :, np.newaxis]
        if array.ndim != 3:
            raise ValueError(
                f"maps has shape {array.shape}: give one picture's channels (H, W, K), "
                "as in maps[0], or a list of (H, W)."
            )
        panels = [as_picture(array[:, :, k], "maps", any_range=True) for k in range(array.shape[2])]
    if not 1 <= len(panels) <= MOST_PANELS:
        raise ValueError(
            f"maps holds {len(panels)} channels: give 1 to {MOST_PANELS}, as in maps[..., :16]."
        )
    for index, panel in enumerate(panels):
        if panel.ndim != 2:
            raise ValueError(f"maps[{index}] has shape {panel.shape}: give maps of shape (H, W).")
    return panels
