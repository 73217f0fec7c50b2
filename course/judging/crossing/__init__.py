"""Values that cross between a student's process and the judge's, and calls of functions.

A value crosses as plain data of exact types. What is no plain data arrives as an `Opaque`,
which equals nothing; a function stays where it is and arrives as a `RemoteFunction`. Nothing
is pickled, and reading a message calls nothing that its writer chose.
"""

from course.judging.crossing.faults import Malformed, Over, Refused
from course.judging.crossing.guests import prepare
from course.judging.crossing.opaque import Opaque
from course.judging.crossing.peer import Peer
from course.judging.crossing.reader import decode
from course.judging.crossing.writer import encode

__all__ = ["Malformed", "Opaque", "Over", "Peer", "Refused", "decode", "encode", "prepare"]
