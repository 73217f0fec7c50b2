"""What a network looks at, what excites its filters, and how it is misled.

Everything takes a Keras model and a batch of pictures (N, H, W, C) from 0 to 255, and gives NumPy
arrays. Models are asked as they are in use: dropout and augmentation are off.
"""

from .excitation import ascend, layer_named, most_exciting, responses
from .misleading import fgsm_picture, noisy, stamped, train_patch, with_patch
from .saliency import grad_cam, grad_cam_of, input_gradients, occlusion, share_inside

__all__ = [
    "ascend",
    "fgsm_picture",
    "grad_cam",
    "grad_cam_of",
    "input_gradients",
    "layer_named",
    "most_exciting",
    "noisy",
    "occlusion",
    "responses",
    "share_inside",
    "stamped",
    "train_patch",
    "with_patch",
]
