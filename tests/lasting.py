"""Warm sessions that many tests share."""

from __future__ import annotations

from course.warm.client import Nursery
from course.warm.imports import imports_of
from tests.builders import notebook


class Lasting:
    """A source of warm sessions whose process is replaced where another test has ended it.

    A grader that is stopped ends every warm process of its own, so also this one.
    """

    def __init__(self, cells):
        self._imports = imports_of([notebook(cells)])
        self.nursery = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.nursery is not None:
            self.nursery.close()

    def __call__(self, folder, environment, **options):
        if self.nursery is None or not self.nursery.alive:
            self.__exit__()
            self.nursery = Nursery(self._imports)
        return self.nursery.session(folder, environment, **options)
