"""What a reference gives for a case; who judges many answers need not ask it again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from helpers.checks.plain import copied


def asked(reference: Callable, args: tuple) -> Any:
    """Return what `reference` gives for copies of `args`."""
    return reference(*copied(args))


_asking: Callable[[Callable, tuple], Any] = asked


def expected_of(reference: Callable, args: tuple) -> Any:
    """Return what `reference` gives, asked now or remembered by whoever judges."""
    return _asking(reference, args)


@contextmanager
def asked_by(asking: Callable[[Callable, tuple], Any]) -> Iterator[None]:
    """Have references asked by `asking`, which does what `asked` does, meanwhile."""
    global _asking
    before, _asking = _asking, asking
    try:
        yield
    finally:
        _asking = before
