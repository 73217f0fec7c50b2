"""Work that several processes share: what is left of it to do."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from .scanning import TOKEN

MOST = 1000  # numbers that any pipe holds; Windows's have 4096 bytes


@contextmanager
def tokens(numbers: Iterable[int]) -> Iterator[int]:
    """Yield the end of a pipe from which processes take numbers, each of them once.

    At most :data:`MOST` numbers, or the pipe may be full before anybody reads.
    """
    receiving, sending = os.pipe()
    try:
        try:
            os.write(sending, b"".join(number.to_bytes(TOKEN, "big") for number in numbers))
        finally:
            os.close(sending)
        yield receiving
    finally:
        os.close(receiving)
