"""Ports of this machine for tests: two servers at once never meet on one."""

import socket


def free_port(kind: int = socket.SOCK_STREAM) -> int:
    """A port of 127.0.0.1 that nobody listens on now; `kind`: SOCK_STREAM or SOCK_DGRAM."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def relay_ports() -> dict[str, str]:
    """What to add to the environment of a server: its relay listens on a port of its own, and gives edges no feed."""
    return {"NGHISU_RELAY_PORT": str(free_port()), "NGHISU_RELAY_FEED_PORT": "0"}
