"""Random numbers by name: each is a function of integers, not of what was drawn before it.

A picture must not change when others are drawn beside it, in another order or by other
processes. So nothing here has a state: a key is made of integers (seed, picture, stroke, ...), and
the number in channel c of a key is a hash of the two. All of it is integer arithmetic and
exact additions, and therefore the same on every machine.

Source of the hash: the finaliser of SplitMix64 (Steele, Lea and Flood, *Fast splittable
pseudorandom number generators*, 2014).
"""

from __future__ import annotations

import numpy as np

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def _mixed(numbers: np.ndarray) -> np.ndarray:
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _FIRST
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _SECOND
    return numbers ^ (numbers >> np.uint64(31))


def keys(*parts: int | np.ndarray) -> np.ndarray:
    """Make keys of integers.

    Parameters
    ----------
    *parts
        Integers or integer arrays, broadcast together. Their order matters.

    Returns
    -------
    numpy.ndarray
        dtype uint64, of the broadcast shape, at least (1,).
    """
    key = np.zeros(1, np.uint64)
    for part in parts:
        if isinstance(part, int):  # a Python integer may be larger than 64 bits
            part = np.array([part % 2**64], np.uint64)
        key = _mixed((key ^ np.asarray(part).astype(np.uint64)) + _GOLDEN)
    return key


def _hashes(key: np.ndarray, channels: np.ndarray | int) -> np.ndarray:
    channels = np.arange(channels) if isinstance(channels, int) else channels
    return _mixed(key[..., None] + (channels.astype(np.uint64) + np.uint64(1)) * _GOLDEN)


def uniform(key: np.ndarray, channels: np.ndarray | int) -> np.ndarray:
    """Draw from [0, 1): float64, shape (*key.shape, channels)."""
    return (_hashes(key, channels) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def bell(key: np.ndarray, channels: np.ndarray | int) -> np.ndarray:
    """Draw from a bell curve: mean 0, deviation 1, never beyond 3.47.

    The sum of the four 16-bit quarters of a hash: nearly normal, without the logarithms whose last
    digit differs between machines, and without a tail that would tear a character apart.

    Returns
    -------
    numpy.ndarray
        float64, shape (*key.shape, channels).
    """
    hashes = _hashes(key, channels)
    low = np.uint64(0xFFFF)
    total = (hashes & low) + (hashes >> np.uint64(48))
    total += ((hashes >> np.uint64(16)) & low) + ((hashes >> np.uint64(32)) & low)
    return (total.astype(np.float64) - 131070.0) * (1.7320508075688772 / 65536.0)
