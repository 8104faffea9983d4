"""How far a source may lead: which addresses its playlists and redirections may name.

Whoever sets a source up may name a machine of the province's network, or this one. What comes from that address names
further ones, and comes perhaps from elsewhere: it must not make this server ask its own services, its neighbours' or a
cloud's metadata for something. Addresses are judged as they are connected to: a name cannot be one thing when it is
looked at and another when it is used (DNS rebinding).
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from server.relay.daemon.ingest.why import BadSource

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Where = Literal["never", "here", "near", "far"]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_METADATA = frozenset(ipaddress.ip_address(one) for one in ("100.100.100.200", "168.63.129.16", "fd00:ec2::254"))


def plain(text: str) -> IpAddress:
    """An address as getaddrinfo gives it, without its zone; one IPv4 address written as IPv6 in its own form."""
    given = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(given, ipaddress.IPv4Address):
        return given
    if given in _NAT64:
        return ipaddress.IPv4Address(int(given) & 0xFFFFFFFF)
    return given.ipv4_mapped or given.sixtofour or given


def where(address: IpAddress) -> Where:
    """"here" is this machine by any of its addresses; "near" is a network that the Internet does not reach."""
    if address.is_link_local or address.is_unspecified or address.is_multicast or address in _METADATA:
        return "never"
    if address.is_loopback or _is_ours(address):
        return "here"
    return "far" if address.is_global else "near"


def _is_ours(address: IpAddress) -> bool:
    """Whether a packet to it would leave from the same address; none is sent (UDP)."""
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET  # noqa: PLR2004
    with socket.socket(family, socket.SOCK_DGRAM) as tried:
        try:
            tried.connect((str(address), 9))
            return plain(tried.getsockname()[0]) == address
        except OSError:
            return False


@dataclass(frozen=True)
class Reach:
    """`own`: the addresses of the source itself, as they were when it was opened; `port`: its port."""

    own: frozenset[IpAddress]
    port: int

    @classmethod
    def of(cls, host: str, port: int) -> "Reach":
        """Of a source's address; of an unknown name nothing is near."""
        return cls(frozenset(one for one, _ in _found(host, port)), port)

    def allows(self, address: IpAddress, port: int) -> bool:
        """Whether what the source names may be connected to.

        On this machine only the very service that is the source; in networks that the Internet does not reach, only
        what a source there names.
        """
        place = where(address)
        if place == "here":
            return port == self.port and address in self.own
        return place == "far" or (place == "near" and any(where(one) in ("here", "near") for one in self.own))

    def connect(self, host: str, port: int, timeout: float) -> socket.socket:
        """A TCP connection. Raises OSError, and BadSource `playlist_elsewhere` where nothing may be connected to."""
        found = _found(host, port)
        if not found:
            raise socket.gaierror(host)
        allowed = [row for row in found if self.allows(row[0], port)]
        if not allowed:
            raise BadSource("playlist_elsewhere")
        return _first(allowed, timeout)


def _found(host: str, port: int) -> list[tuple[IpAddress, tuple[str, int]]]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [(plain(str(row[4][0])), (str(row[4][0]), port)) for row in rows]


def _first(found: Iterable[tuple[IpAddress, tuple[str, int]]], timeout: float) -> socket.socket:
    """To the first that answers. Raises the last one's OSError."""
    error = OSError()
    for _, where_to in found:
        try:
            return socket.create_connection(where_to, timeout)
        except OSError as one:
            error = one
    raise error
