"""What the system grants a process of the relay."""

import resource

DESCRIPTORS = 65_536  # a viewer needs some sockets, and a service's usual limit is 1,024


def raise_limit() -> None:
    """Let this process open as many files and sockets as the system grants it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
