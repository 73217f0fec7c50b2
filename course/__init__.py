"""The course tool: release, check, run, grade and return assignments."""

from course.beside import find_beside
from course.deferred import defer_functions, defer_packages

find_beside("helpers")
defer_functions()
defer_packages()
