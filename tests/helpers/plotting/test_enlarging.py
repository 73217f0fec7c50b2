"""Pictures made large in the quick way: the same pixels as Matplotlib's own."""

from helpers.plotting.canvas import drawn_canvas
from helpers.plotting.enlarging import enlarged
from helpers.plotting.style import NotebookFigure

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import AxesImage
from matplotlib.transforms import Affine2D
from packaging.version import Version

RANDOM = np.random.default_rng(0)
GAPS = np.where(RANDOM.random((9, 4)) < 0.2, np.nan, RANDOM.normal(size=(9, 4)))
PICTURES = {
    "grey": RANDOM.integers(0, 256, (7, 12), np.uint8),
    "a single number": np.ones((1, 1)),
    "with gaps": GAPS.astype(np.float32),
    "in colour": RANDOM.integers(0, 256, (5, 6, 3), np.uint8),
    "seen through": RANDOM.random((8, 3, 4)),
    "larger than its place": RANDOM.random((700, 900)),
}


def axes_of(picture, view=(), **options):
    figure = NotebookFigure(figsize=(4, 3), dpi=168, layout="none")
    axes = figure.add_axes((0.1037, 0.2111, 0.6571, 0.5233))
    image = axes.imshow(picture, interpolation="nearest", cmap="viridis", **options)
    axes.axis(view or None)
    axes.apply_aspect()
    return axes, image


@pytest.mark.skipif(
    Version(matplotlib.__version__) < Version("3.11"),
    reason="Matplotlib stretched a picture to whole pixels before: a border may be a pixel off",
)
@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"aspect": "auto"},
        {"origin": "lower", "extent": (-0.3, 7.1, 0.2, 3.9)},
        {"view": (-2, 2.3, 3.1, -1), "aspect": "auto"},  # cut, and space around it
        {"view": (5, -1, -1, 6)},  # mirrored
        {"view": (30, 40, 30, 40), "extent": (0, 1, 0, 1)},  # outside
        {"clip_on": False},
    ],
)
def test_a_picture_made_large_has_the_pixels_that_matplotlib_gives_it(kind, options):
    _, image = axes_of(PICTURES[kind], **options)
    plain, *place, _ = image.make_image(None)
    quick, *found, _ = enlarged(image, None)
    assert found == place
    assert (quick is None) == (plain is None)
    if plain is not None:
        np.testing.assert_array_equal(quick[plain[..., 3] > 0], plain[plain[..., 3] > 0])
        np.testing.assert_array_equal(quick[..., 3], plain[..., 3])


def test_a_picture_stands_where_matplotlib_puts_it_to_a_pixel():
    figures = [axes_of(PICTURES["in colour"])[0].figure for _ in range(2)]
    plain = FigureCanvasAgg(figures[0])
    plain.draw()
    plainly = np.asarray(plain.buffer_rgba())[..., :3].astype(int)
    with drawn_canvas(figures[1]) as canvas:
        quick = np.asarray(canvas.buffer_rgba())[..., :3].astype(int)
    near = [np.roll(plainly, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    assert (np.min(near, axis=0) <= quick).all() and (quick <= np.max(near, axis=0)).all()


@pytest.mark.parametrize(
    ("options", "quick"),
    [
        ({}, True),
        ({"alpha": 0.5}, False),
        ({"interpolation": "bilinear"}, False),
        ({"transform": Affine2D().rotate(0.3)}, False),
        ({"transform": Affine2D([[9, 2, 60], [0, 9, 60], [0, 0, 1]])}, False),  # lists will do
        ({"transform": Affine2D([[9, 0, 60], [0, 9, 60], [0, 0, 1]])}, True),
    ],
)
def test_what_is_turned_smooth_or_pale_is_left_to_matplotlib(monkeypatch, options, quick):
    plainly = []
    plain = AxesImage.make_image
    monkeypatch.setattr(
        AxesImage, "make_image", lambda *given, **more: plainly.append(1) or plain(*given, **more)
    )
    axes, image = axes_of(PICTURES["grey"])
    image.set(**options)
    with drawn_canvas(axes.figure):
        pass
    assert bool(plainly) != quick
    assert "make_image" not in vars(image)  # whoever draws it next does so in their own way
