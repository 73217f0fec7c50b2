"""Where one number of a convolution's output comes from."""

from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .images import as_numbers
from .pixels import (
    MINUS,
    draw_table,
    grey_limits,
    number_format,
    outline,
    shape_name,
    weight_format,
)
from .style import DIVERGING, NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure

GAP = 1.4  # cells between two tables
MARK = PALETTE.green  # seen on grey pictures and on the blue and orange of the tables
LINE = 0.27  # inches for one line of text
PADDING_COLOUR = "#EEF0F2"


def show_convolution(
    image,
    kernel,
    output,
    *,
    at: tuple[int, int],
    stride: tuple[int, int] = (1, 1),
    pad: tuple[int, int, int, int] = (0, 0, 0, 0),
    dilation: tuple[int, int] = (1, 1),
    title: str | None = None,
    tallest: float | None = None,
) -> Figure:
    """Show which window of the image and which products make one number of the output.

    The window is multiplied with the kernel as it stands, without a flip, as Keras does; so the
    sign between them is the star of cross-correlation, and not the asterisk of convolution.

    Parameters
    ----------
    image
        (H, W), small: about 10 x 10 can be read.
    kernel
        (kh, kw).
    output
        (H_out, W_out), computed by the caller.
    at
        (row, column) of the number in the output.
    stride, dilation
        (down, across), as in Keras.
    pad
        Zeros around the image: (top, bottom, left, right).
    title
        Title above all.
    tallest
        Greatest height in inches: the cells are made so small that all fits.

    Returns
    -------
    matplotlib.figure.Figure
        Below the three tables stands the sum of products. Where it differs from the number in
        ``output``, it says so.

    Raises
    ------
    ValueError
        If ``at`` is not in the output, or its window leaves the padded image.
    """
    image = as_numbers(image, "image", most=24)
    kernel = as_numbers(kernel, "kernel", most=24)
    output = as_numbers(output, "output", most=24)
    pad_top, pad_bottom, pad_left, pad_right = pad
    padded = np.pad(image, ((pad_top, pad_bottom), (pad_left, pad_right)))
    rows, columns = _window(padded.shape, kernel.shape, output.shape, at, stride, dilation)

    shapes = (padded.shape, kernel.shape, output.shape)
    tall = max(shape[0] for shape in shapes)
    lines = _sum_lines(padded[np.ix_(rows, columns)], kernel, output[at])
    figure, axes, places = _three_tables(shapes, tall, len(lines), title, tallest)
    (x_image, y_image), (x_kernel, y_kernel), (x_output, y_output) = places

    low, high = grey_limits(image, None, None)
    grey = colormaps["gray"](Normalize(low, high)(padded))
    inside = np.zeros(padded.shape, bool)
    inside[pad_top : pad_top + image.shape[0], pad_left : pad_left + image.shape[1]] = True
    grey[~inside] = to_rgba(PADDING_COLOUR)
    draw_table(axes, padded, grey, number_format(image), x_image, y_image)
    for row, column in np.argwhere(~inside):
        axes.add_patch(
            Rectangle(
                (x_image + column - 0.5, y_image + row - 0.5),
                1,
                1,
                fill=False,
                hatch="////",
                linewidth=0,
            )
        )
    if max(dilation) > 1:  # the window has holes
        for row in rows:
            for column in columns:
                outline(axes, (y_image + row, x_image + column, 1, 1), MARK, linewidth=1.2)
    _outline_window(axes, y_image, x_image, rows, columns)

    limit = np.abs(kernel).max() or 1
    shades = DIVERGING(Normalize(-limit, limit)(kernel))
    draw_table(axes, kernel, shades, weight_format(kernel), x_kernel, y_kernel)
    outline(axes, (y_kernel, x_kernel, *kernel.shape), MARK)

    limit = np.abs(output).max() or 1
    shades = DIVERGING(Normalize(-limit, limit)(output.astype(float)))
    draw_table(axes, output, shades, number_format(output), x_output, y_output)
    outline(axes, (y_output + at[0], x_output + at[1], 1, 1), MARK)

    for symbol, left, right in (
        ("\N{STAR OPERATOR}", x_image + padded.shape[1], x_kernel),
        ("=", x_kernel + kernel.shape[1], x_output),
    ):
        axes.text(
            (left + right - 1) / 2, tall / 2 - 0.5, symbol, fontsize=20, ha="center", va="center"
        )
    names = (_image_name(image, pad), shape_name("kernel", kernel), shape_name("output", output))
    for name, (x, y), shape in zip(names, places, shapes, strict=True):
        axes.annotate(
            name,
            (x + shape[1] / 2 - 0.5, y - 0.5),
            (0, 6),
            ha="center",
            va="bottom",
            textcoords="offset points",
            fontsize=12,
        )
    axes.annotate(
        "\n".join(lines),
        (-0.5, tall - 0.5),
        (0, -12),
        va="top",
        fontsize=12,
        textcoords="offset points",
        linespacing=1.45,
    )
    return figure


def _window(padded, kernel, output, at, stride, dilation):
    """Find the rows and columns of the padded image under the kernel."""
    if not (0 <= at[0] < output[0] and 0 <= at[1] < output[1]):
        raise ValueError(
            f"at is {tuple(at)}, outside the output of {output[0]} x {output[1]}: "
            f"give a row below {output[0]} and a column below {output[1]}."
        )
    rows = at[0] * stride[0] + np.arange(kernel[0]) * dilation[0]
    columns = at[1] * stride[1] + np.arange(kernel[1]) * dilation[1]
    if rows[-1] >= padded[0] or columns[-1] >= padded[1]:
        raise ValueError(
            f"The window for output {tuple(at)} ends at row {rows[-1]}, column {columns[-1]}, "
            f"outside the image of {padded[0]} x {padded[1]} (padding included): "
            "check stride, dilation and pad against the output."
        )
    return rows, columns


def _sum_lines(window, kernel, result) -> list[str]:
    """Write the sum of products, one kernel row a line."""
    pixel, weight = number_format(window), weight_format(kernel)

    def product(value, factor):
        left, right = pixel(value), weight(factor)
        return f"{left}·({right})" if right.startswith(MINUS) else f"{left}·{right}"

    lines = [
        " + ".join(product(v, f) for v, f in zip(values, factors, strict=True))
        for values, factors in zip(window, kernel, strict=True)
    ]
    lines = [line if index == 0 else f"+ {line}" for index, line in enumerate(lines)]
    total = float((window.astype(float) * kernel).sum())
    verdict = f"= {number_format(np.array([total]))(total)}"
    if not np.isclose(total, float(result), rtol=1e-4, atol=1e-4):
        verdict += f", but the output holds {number_format(np.array([result]))(result)}"
    if sum(map(len, lines)) + len(verdict) < 70:
        return [" ".join([*lines, verdict])]
    return [*lines, verdict]


def _three_tables(shapes, tall, line_count, title, tallest):
    """Make axes whose unit is one cell, and place the tables side by side, centred in height."""
    total = sum(shape[1] for shape in shapes) + 2 * GAP
    cell = min(0.62, (NOTEBOOK_WIDTH - 0.3) / total)
    head, foot = 0.36, 0.22 + LINE * line_count
    around = head + foot + 0.1 + (0.4 if title else 0)
    if tallest:
        cell = min(cell, (tallest - around) / tall)
    width = max(total * cell, 4.5) + 0.3
    figure = new_figure(width, tall * cell + around)
    axes = figure.subplots()
    hide_axes(axes)
    axes.set_aspect("equal", anchor="W")
    axes.set(xlim=(-0.6, total - 0.4), ylim=(tall - 0.5 + foot / cell, -0.5 - head / cell))
    if title:
        figure.suptitle(title)
    places, x = [], 0.0
    for shape in shapes:
        places.append((x, (tall - shape[0]) / 2))
        x += shape[1] + GAP
    return figure, axes, places


def _outline_window(axes: Axes, top: float, left: float, rows, columns) -> None:
    box = (top + rows[0], left + columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1)
    outline(axes, box, MARK)


def _image_name(image: np.ndarray, pad: Sequence[int]) -> str:
    return shape_name("image", image) + (", padded" if any(pad) else "")
