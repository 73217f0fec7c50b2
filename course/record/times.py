"""Times out of nbgrader's tables, where another program may have written anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa


@dataclass(frozen=True)
class Unreadable:
    """What stands in place of a time, and is none."""

    text: str


class _Lenient(sa.types.TypeDecorator):
    """A column of dates or intervals in which one that cannot be read stops no query."""

    impl = sa.String  # which asks for nothing
    cache_ok = True

    def __init__(self, kind: sa.types.TypeEngine) -> None:
        super().__init__()
        self.kind = kind  # by this name SQLAlchemy tells two such columns apart

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any]:
        read = self.kind.dialect_impl(dialect).result_processor(dialect, coltype)

        def lenient(value: Any) -> Any:
            try:
                return read(value) if read else value
            except (ValueError, TypeError, OverflowError):
                return Unreadable(repr(value)[:80])

        return lenient


def lenient(column: Any) -> sa.ColumnElement:
    """Return a column of times, each `Unreadable` that is none."""
    return sa.type_coerce(column, _Lenient(column.type))
