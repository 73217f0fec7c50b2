"""Figures of the lessons: every function takes arrays and returns a Matplotlib figure.

Call :func:`use_style` once in a notebook; importing this package changes nothing.
"""

from .calibration import show_confidence, show_reliability, show_temperatures
from .confusion import show_confusion
from .curves import show_bars, show_curves, show_histogram
from .errors import show_confused_pairs, show_failures
from .features import show_feature_maps, show_kernels
from .images import show_images, show_numbers
from .pooling import show_pooling
from .rates import show_rates, show_shift
from .strips import show_strip
from .style import PALETTE, use_style
from .tasks import show_tasks
from .tensors import show_planes, show_ranks
from .windows import show_convolution

__all__ = [
    "PALETTE",
    "show_bars",
    "show_confidence",
    "show_confused_pairs",
    "show_confusion",
    "show_convolution",
    "show_curves",
    "show_failures",
    "show_feature_maps",
    "show_histogram",
    "show_images",
    "show_kernels",
    "show_numbers",
    "show_planes",
    "show_pooling",
    "show_ranks",
    "show_rates",
    "show_reliability",
    "show_shift",
    "show_strip",
    "show_tasks",
    "show_temperatures",
    "use_style",
]
