import itertools

from helpers.plotting.strips import explain_windows, lay_windows, show_strip

import numpy as np
import pytest


def keras_sums(strip, padding):
    """What Keras makes of the pixels 1, 2, 3, … with a kernel of ones."""
    import keras

    pixels = np.arange(1, strip.size + 1, dtype="float32").reshape(1, -1, 1, 1)
    ones = np.ones((strip.kernel, 1, 1, 1), "float32")
    # A rate for each axis: Keras passes over a dilation of 1 along the axis of length 1.
    maps = keras.ops.conv(
        pixels,
        ones,
        strides=(strip.stride, 1),
        padding=padding,
        dilation_rate=(strip.dilation, 1),
    )
    return np.ravel(keras.ops.convert_to_numpy(maps)).tolist()


def own_sums(strip):
    return [
        float(sum(place + 1 for place in strip.taken(start) if 0 <= place < strip.size))
        for start in strip.starts
    ]


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_windows_lie_where_keras_puts_them_at_any_stride(padding):
    for size, kernel, stride in itertools.product(range(5, 12), range(1, 6), range(1, 5)):
        strip = lay_windows(size, kernel, stride=stride, padding=padding)
        assert own_sums(strip) == keras_sums(strip, padding), strip


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_windows_lie_where_keras_puts_them_at_any_dilation(padding):
    for size, kernel, dilation in itertools.product(range(9, 12), range(1, 4), range(1, 5)):
        strip = lay_windows(size, kernel, dilation=dilation, padding=padding)
        assert own_sums(strip) == keras_sums(strip, padding), strip


def test_a_rest_at_the_end_is_ignored():
    assert lay_windows(10, 3, stride=2).ignored == (9,)


def test_pixels_between_windows_are_ignored():
    assert lay_windows(9, 2, stride=4).ignored == (2, 3, 6, 7, 8)


def test_the_odd_zero_of_same_goes_to_the_end():
    strip = lay_windows(10, 3, stride=2, padding="same")
    assert (strip.before, strip.after) == (0, 1)


def test_a_kernel_that_is_too_large_has_no_window():
    strip = lay_windows(4, 3, dilation=2)
    assert strip.starts == ()
    assert "No window of 5 fits into 4 pixels" in explain_windows(strip)[-1]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [({"size": 0}, "size is 0"), ({"stride": 0}, "stride is 0"), ({"padding": "full"}, "'full'")],
)
def test_a_wrong_number_is_named(wrong, named):
    with pytest.raises(ValueError, match=named):
        lay_windows(**{"size": 8, "kernel": 3} | wrong)


def test_the_picture_says_which_pixels_are_ignored():
    figure = show_strip(10, 3, stride=2)
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert any("Pixel 9 is ignored." in text for text in texts)
