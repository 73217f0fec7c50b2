"""Where the windows of a layer lie: padding, stride and dilation on a row of pixels."""

from dataclasses import dataclass

from helpers.plotting.strips import show_strip

from matplotlib.figure import Figure

from .shell import Choice, Explorer, Slider

TALLEST = 5.9  # inches


@dataclass(frozen=True)
class Windows:
    """One axis of an image and of a layer, in pixels."""

    size: int = 10
    kernel: int = 3
    stride: int = 2
    dilation: int = 1
    padding: str = "valid"


def draw(state: Windows) -> Figure:
    """Draw the windows; Keras takes a stride or a dilation, never both."""
    stride, note = state.stride, None
    if state.stride > 1 and state.dilation > 1:
        stride, note = 1, "Keras refuses stride and dilation together: shown with stride 1"
    return show_strip(
        state.size,
        state.kernel,
        stride=stride,
        dilation=state.dilation,
        padding=state.padding,
        title=note,
        tallest=TALLEST,
    )


EXPLORER = Explorer(
    "windows",
    Windows,
    draw,
    {
        "size": Slider(3, 16, label="size (pixels)"),
        "kernel": Slider(1, 7, label="kernel (weights)"),
        "stride": Slider(1, 5, label="stride"),
        "dilation": Slider(1, 4, label="dilation"),
        "padding": Choice("valid", "same", label="padding"),
    },
    wide=True,
)
