"""Right answers that call somebody."""

from __future__ import annotations

from tests.hostile.making import tries, tries_later

CASES = [
    tries(
        "calls-loopback",
        "a server on this machine",
        """
        socket.create_connection(('127.0.0.1', $port), 1).send(b'loopback')
        $SAY
        """,
    ),
    tries_later(
        "calls-loopback-later",
        "the same, in a call",
        """
        socket.create_connection(('127.0.0.1', $port), 1).send(b'later')
        $SAY
        """,
    ),
    tries(
        "calls-loopback-6",
        "the same by the newer protocol",
        """
        socket.create_connection(('::1', $port), 1).send(b'loopback')
        $SAY
        """,
    ),
    tries(
        "calls-address",
        "this machine by its own address",
        """
        socket.create_connection(('$address', $port), 1).send(b'address')
        $SAY
        """,
    ),
    tries(
        "calls-datagram",
        "a datagram to this machine",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'datagram', ('127.0.0.1', $port))",
    ),
    tries(
        "calls-name",
        "a name is looked up",
        """
        socket.getaddrinfo('example.org', 80)
        $SAY
        """,
    ),
    tries(
        "calls-abstract",
        "a socket without a file",
        """
        with socket.socket(socket.AF_UNIX) as other:
            other.connect('\\0$tag')
            other.send(b'abstract')
            $SAY
        """,
    ),
    tries(
        "calls-web",
        "a web page of this machine",
        """
        import urllib.request
        urllib.request.urlopen('http://127.0.0.1:$port/', timeout=1)
        $SAY
        """,
    ),
    tries(
        "calls-command",
        "a program that calls",
        """
        import subprocess
        program = "import socket; socket.create_connection(('127.0.0.1', $port), 1).send(b'x')"
        subprocess.run([sys.executable, '-c', program], timeout=1.5)
        """,
    ),
]
