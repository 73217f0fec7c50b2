"""What is known of a student, beside the id."""

from __future__ import annotations

from typing import NamedTuple


class Named(NamedTuple):
    """What is known of a student; what is not is empty."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms_id: str = ""

    @property
    def called(self) -> str:
        """The name for people to read; the id where none is known."""
        return " ".join(filter(None, (self.first, self.last))) or self.id
