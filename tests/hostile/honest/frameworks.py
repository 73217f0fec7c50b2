"""Models whose cell changes a setting of Keras or TensorFlow: the next answer is as right."""

from __future__ import annotations

from tests.hostile import lessons
from tests.hostile.case import MODEL, Case
from tests.hostile.making import answers


def changes(name: str, about: str, code: str, *, before: bool = False) -> Case:
    """Make a case that changes a setting before or after it builds the right model."""
    parts = [code, lessons.BUILD] if before else [lessons.BUILD, code]
    return Case(name, about, answers(MODEL, model="\n".join(parts)))


CASES = [
    changes("sets-float16", "half precision from here on", "keras.config.set_floatx('float16')"),
    changes("sets-policy", "mixed precision", "keras.config.set_dtype_policy('mixed_bfloat16')"),
    changes(
        "sets-channels-first",
        "channels first",
        "keras.config.set_image_data_format('channels_first')",
        before=True,
    ),
    changes("sets-epsilon", "a large epsilon", "keras.config.set_epsilon(0.5)", before=True),
    changes("sets-epochs", "one epoch at most", "keras.config.set_max_epochs(1)"),
    changes(
        "sets-eager",
        "functions run eagerly",
        "import tensorflow as tf\ntf.config.run_functions_eagerly(True)",
    ),
    changes("sets-keras-seed", "another seed", "keras.utils.set_random_seed(0)", before=True),
    changes("clears-session", "the session is cleared", "keras.backend.clear_session()"),
    changes(
        "asks-for-jax",
        "another backend, which comes too late",
        "import os\nos.environ['KERAS_BACKEND'] = 'jax'\nimport keras",
        before=True,
    ),
]
