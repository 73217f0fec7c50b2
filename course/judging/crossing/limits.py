"""Bounds of what crosses; each holds before anything is allocated for it."""

from __future__ import annotations

MAX_BYTES = 64 * 2**20  # of one message
MAX_DEPTH = 50  # of containers in containers
MAX_PARTS = 2_000_000  # values in one message, those within containers included
MAX_KEYS = 200_000  # members of one set; keys and values of one dict
MAX_INT_BYTES = 2**16
MAX_TEXT = 4_000  # characters of an exception's text, a docstring
MAX_NAME = 200
MAX_PARAMETERS = 100
MAX_ARGUMENTS = 1_000
MAX_NESTED_CALLS = 20
MAX_HELD = 100_000  # functions and opaque objects that one side holds for the other
