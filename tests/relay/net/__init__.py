"""Machines and bad lines on one machine: network namespaces, and lines between them with loss, delay, jitter and rate.

    with network() as net:
        centre, room = net.machine("centre"), net.machine("room")
        line = net.line(centre, room, delay_ms=20)              # 10.99.1.1 and 10.99.1.2
        server = centre.start(["nghisu", "web"], env={…})       # a Popen inside the namespace
        line.change(loss=0.05)                                  # while everything runs
        line.cut(); line.mend()

Needs root (or CAP_SYS_ADMIN and CAP_NET_ADMIN) and /dev/net/tun; `missing()` says what is not there. No netem, no named
namespaces: everything is gone when the process that made it ends, however it ends.
"""

from tests.relay.net.lines import Line, Machine, Network, missing, network

__all__ = ["Line", "Machine", "Network", "missing", "network"]
