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

# A sign for each verdict, beside its colour: who cannot tell the colours reads the signs.
SIGNS = {
    "passed": "✓",
    "partial": "◐",
    "failed": "✗",
    "unanswered": "○",
    "timeout": "T",
    "memory": "M",
    "killed": "K",
    "missing": "–",
    "malformed": "?",
    "error": "!",
    "manual": "✎",
}
# The same of an earlier submission, of which people mark nothing any more.
TRIED = WORDS | {"manual": "For a person to mark", "": "Not there yet"}
