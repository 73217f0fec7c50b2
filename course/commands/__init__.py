"""The commands: options, examples and help; what they do is in the verbs' own modules.

In comes a command line, from `course.cli`; out go tables, progress and sentences on the terminal.
`warm` has a process rehearse them, of which commands are forked.
"""

__all__ = [
    "comparing",
    "grading",
    "lessons",
    "marking",
    "options",
    "rehearsal",
    "returning",
    "studying",
]
