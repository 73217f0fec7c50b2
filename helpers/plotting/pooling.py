"""Which block of pixels became which number of a pooling layer's output."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from .images import as_numbers
from .pixels import draw_table, number_format, outline, shape_name
from .style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure

GAP = 1.2  # cells on either side of the arrow
# Light enough for dark numbers, told apart with any colour vision; neighbours always differ.
TINTS = ("#BFE1F6", "#FBD9B0", "#BFE5D6", "#F1D3E4", "#FAF5B8", "#D5D9E6")


def show_pooling(
    image, output, *, size: int | tuple[int, int] = 2, title: str | None = None
) -> Figure:
    """Show each block of the image and the one number that it becomes, in the same colour.

    Parameters
    ----------
    image
        (H, W), small.
    output
        (H_out, W_out), computed by the caller; blocks do not overlap.
    size
        Block size in pixels, or (height, width). Pixels of no full block stay white.
    title
        Title above all.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the output has more rows or columns than the image has blocks.
    """
    image = as_numbers(image, "image", most=24)
    output = as_numbers(output, "output", most=24)
    tall, wide = (size, size) if isinstance(size, int) else size
    most = (-(-image.shape[0] // tall), -(-image.shape[1] // wide))
    if output.shape[0] > most[0] or output.shape[1] > most[1]:
        raise ValueError(
            f"output has shape {output.shape}, but blocks of {tall} x {wide} cut an image of "
            f"{image.shape[0]} x {image.shape[1]} into at most {most[0]} x {most[1]}: check size."
        )
    height = max(image.shape[0], output.shape[0])
    total = image.shape[1] + output.shape[1] + 2 * GAP
    cell = min(0.62, (NOTEBOOK_WIDTH - 0.3) / total)
    figure = new_figure(total * cell + 0.3, height * cell + 0.5 + (0.4 if title else 0))
    axes = figure.subplots()
    hide_axes(axes)

    row, column = np.indices(image.shape)
    row, column = row // tall, column // wide
    used = (row < output.shape[0]) & (column < output.shape[1])
    colours = np.where(used[..., None], _tints(row, column), 1.0)
    draw_table(axes, image, colours, number_format(image), 0, 0)
    x, y = image.shape[1] + 2 * GAP, (height - output.shape[0]) / 2
    draw_table(axes, output, _tints(*np.indices(output.shape)), number_format(output), x, y)
    for block in np.ndindex(output.shape):
        top, left = block[0] * tall, block[1] * wide
        box = (top, left, min(tall, image.shape[0] - top), min(wide, image.shape[1] - left))
        outline(axes, box, PALETTE.ink, linewidth=1.8, path_effects=None)
    axes.annotate(
        "",
        (x - 0.8, height / 2 - 0.5),
        (image.shape[1] - 0.2, height / 2 - 0.5),
        arrowprops={"arrowstyle": "-|>", "linewidth": 2, "color": PALETTE.ink},
    )
    for name, left, top, array in (("image", 0, 0, image), ("output", x, y, output)):
        axes.annotate(
            shape_name(name, array),
            (left + array.shape[1] / 2 - 0.5, top - 0.5),
            (0, 6),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=12,
        )
    axes.set(xlim=(-0.6, total - 0.4), ylim=(height - 0.4, -0.5 - 0.36 / cell))
    if title:
        figure.suptitle(title)
    return figure


def _tints(row: np.ndarray, column: np.ndarray) -> np.ndarray:
    tints = np.array([to_rgba(tint) for tint in TINTS])
    return tints[(2 * row + column) % len(TINTS)]
