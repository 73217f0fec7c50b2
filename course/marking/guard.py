"""Who may speak to the page's server: this machine's own browser, on that page, with the token.

Other web pages can make a browser ask any address, also of this machine. So a request must name
this machine as its host (a name that somebody else has pointed here is refused), must come from our
own page where the browser says where it comes from, and must bear a token in a header that no other
page can send: without a word of ours on CORS the browser does not let it. There is no cookie.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

HOSTS = ("127.0.0.1", "localhost", "::1")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SCHEME = "Bearer "


class Guard:
    """The token of one server, and tickets that are good for it once.

    A browser's command line, which others on the machine may read, holds a ticket only: whoever
    comes second gets nothing for it.
    """

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(32)
        self._tickets: set[str] = set()

    def ticket(self) -> str:
        """Return a new ticket."""
        made = secrets.token_urlsafe(32)
        self._tickets.add(made)
        return made

    def redeem(self, ticket: object) -> str | None:
        """Return the token for a ticket; None for one that is spent, or none of ours."""
        if not isinstance(ticket, str) or ticket not in self._tickets:
            return None
        self._tickets.remove(ticket)
        return self.token

    def knows(self, authorization: str) -> bool:
        """Tell whether the header of that name holds the token."""
        given = authorization.removeprefix(SCHEME).encode("utf-8", "replace")
        return authorization.startswith(SCHEME) and hmac.compare_digest(given, self.token.encode())


def is_here(host: str) -> bool:
    """Tell whether a request's host is this machine by one of its own names."""
    try:
        return urlsplit(f"//{host}").hostname in HOSTS
    except ValueError:
        return False


def is_own(origin: str | None, site: str | None, host: str, *, writes: bool) -> bool:
    """Tell whether a request comes from our own page.

    Parameters
    ----------
    origin, site : str or None
        Its headers ``Origin`` and ``Sec-Fetch-Site``.
    host : str
        The one that it was sent to.
    writes : bool
        Whether it would change something: then a browser names the origin, always.
    """
    if site is not None and site not in ("same-origin", "none"):
        return False
    return not writes if origin is None else origin == f"http://{host}"
