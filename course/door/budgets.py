"""How much of a student's making is taken in, at every door; each limit with its reason.

A lesson's notebook has about a hundred cells, 100 kB of text and, when it has been run, some
megabytes of pictures. The limits leave room for ten times that, and keep what one submission
costs the coordinator below 100 MB and a second.
"""

from __future__ import annotations

# --- A submitted file ----------------------------------------------------------------------------
# Stored outputs are skipped unread; a class that stores videos in its outputs must still pass.
FILE_BYTES = 128 * 2**20
# What is left without its outputs: text, metadata, and pictures attached to written answers.
CONTENT_BYTES = 24 * 2**20
# Values of JSON that are built: each takes some 100 bytes of memory.
CONTENT_VALUES = 400_000
# Brackets and strings that are looked at to find the outputs' ends: half a second.
FILE_TOKENS = 2_000_000
CELLS = 1_000
CELL_SOURCE = 2**20  # characters; a picture pasted into the text of a cell is smaller
SOURCE = 4 * 2**20  # characters of all cells together
# Of a longer text only its words are looked at, not its syntax; see `course.examining.reading`.
PARSED_SOURCE = 256 * 2**10

# --- What a session says of one cell -------------------------------------------------------------
CELL_TEXT = 512 * 2**10  # characters of all streams and displays
CELL_PICTURES = 6 * 2**20  # characters of base64; a figure of a lesson has 30,000 to 500,000
CELL_OUTPUTS = 500
PIXELS = 40_000_000  # of a picture: a browser unpacks it to four bytes each
ERROR_NAME = 200  # characters
ERROR_TEXT = 8_000  # whoever reads it sees 1,600
TRACEBACK = 64 * 2**10  # characters in all
TRACEBACK_PARTS = 200
# JSON writes a character as up to twelve bytes; what an honest session sends is below this.
ANSWER_BYTES = 16 * 2**20
ANSWER_VALUES = 50_000

# --- One examination -----------------------------------------------------------------------------
EXAMINED_OUTPUTS = 24 * 2**20  # characters of the outputs of all cells together
