"""The small course of sums."""

from tests.sums import course, open_session, sessions, sums

__all__ = ["course", "open_session", "sessions", "sums"]
