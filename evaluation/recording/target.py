"""The server that is recorded: its address, and whether it is on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from mockserver.errors import InputError

PORTS = {"http": 80, "https": 443}
WHERE = "--base-url"


@dataclass(frozen=True, slots=True)
class Target:
    """Scheme, host and port; ``base`` is what paths are appended to."""

    scheme: str
    host: str
    port: int

    @property
    def base(self) -> str:
        """``https://api.healthjump.com``, with the port where it is not the usual one."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """Host, and the port where it is not the usual one; what ``HJKIT_LIVE_HOST`` has to name."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether it can only be this machine. A name other than localhost is never asked of a resolver."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """What to connect to: localhost stays on this machine whatever a hosts file says."""
        return "127.0.0.1" if self.host == "localhost" else self.host


def parse(base_url: str) -> Target:
    """The target of ``--base-url``.

    Raises InputError, which never repeats the address: a login may have been put into it.
    """
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError:
        raise InputError("is no address", WHERE, ["https://HOST", "http://127.0.0.1:PORT"]) from None
    if parts.username is not None or parts.password is not None:
        raise InputError("must not carry a login; credentials come from variables or a prompt", WHERE)
    if parts.scheme not in PORTS or not parts.hostname or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise InputError("must be scheme and host, without a path", WHERE, ["https://HOST", "http://127.0.0.1:PORT"])
    return Target(parts.scheme, parts.hostname, port or PORTS[parts.scheme])
