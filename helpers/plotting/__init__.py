"""Figures of the lessons: every function takes arrays and returns a Matplotlib figure.

Call :func:`use_style` once in a notebook; importing this package changes nothing.
"""

from .alttext import alt_text, describe
from .architecture import show_flow
from .boxes import show_layers, show_model
from .calibration import show_confidence, show_reliability, show_temperatures
from .confusion import show_confusion
from .curves import show_bars, show_curves, show_histogram
from .detection import show_boxes, show_masks, show_precision_recall
from .embeddings import show_embeddings
from .errors import show_confused_pairs, show_failures
from .features import show_feature_maps, show_kernels
from .gridrandom import show_grid_and_random
from .guesses import show_guesses
from .images import show_images, show_numbers
from .loops import show_tuning_loop
from .optunaplots import show_optuna
from .pooling import show_pooling
from .pruning import show_pruning
from .rates import show_rates, show_shift
from .sizes import show_class_counts, show_densities
from .spaces import show_parallel, show_slices, show_space
from .stopping import show_stopping
from .strips import show_strip
from .studies import show_studies, show_study
from .style import PALETTE, use_style
from .tasks import show_tasks
from .tensors import show_planes, show_ranks
from .tradeoffs import show_trade_offs
from .training import show_history, show_reference
from .transfer import show_inputs, show_parameters, show_plans, show_strategies
from .windows import show_convolution

__all__ = [
    "PALETTE",
    "alt_text",
    "describe",
    "show_bars",
    "show_boxes",
    "show_class_counts",
    "show_confidence",
    "show_confused_pairs",
    "show_confusion",
    "show_convolution",
    "show_curves",
    "show_densities",
    "show_embeddings",
    "show_failures",
    "show_feature_maps",
    "show_flow",
    "show_grid_and_random",
    "show_guesses",
    "show_histogram",
    "show_history",
    "show_images",
    "show_inputs",
    "show_kernels",
    "show_layers",
    "show_masks",
    "show_model",
    "show_numbers",
    "show_optuna",
    "show_parallel",
    "show_parameters",
    "show_planes",
    "show_plans",
    "show_pooling",
    "show_precision_recall",
    "show_pruning",
    "show_ranks",
    "show_rates",
    "show_reference",
    "show_reliability",
    "show_shift",
    "show_slices",
    "show_space",
    "show_stopping",
    "show_strategies",
    "show_strip",
    "show_studies",
    "show_study",
    "show_tasks",
    "show_temperatures",
    "show_trade_offs",
    "show_tuning_loop",
    "use_style",
]
