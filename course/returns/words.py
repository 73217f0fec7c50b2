"""What people read in place of a verdict's name."""

from __future__ import annotations

WORDS = {
    "passed": "Right",
    "partial": "Partly right",
    "failed": "Not right yet",
    "unanswered": "Not answered",
    "timeout": "Stopped: too slow",
    "memory": "Stopped: memory used up",
    "killed": "Stopped: the process ended",
    "missing": "Not handed in",
    "malformed": "Could not be read",
    "error": "To be graded again",
    "manual": "Graded by a person",
}
