"""A line between a browser and the relay that loses packets, on loopback: no namespace, no privilege.

    with LossyLine(percent=2) as line:
        answer = line.through(answer)     # the SDP of the relay's answer, its candidates exchanged for the line's own
"""

import contextlib
import random
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

MEDIA = range(128, 192)   # the first byte of RTP and RTCP (RFC 7983); STUN and DTLS always pass
_CANDIDATE = re.compile(r"^a=candidate:\S+ 1 udp \d+ (?P<host>\S+) (?P<port>\d+) typ host.*$", re.IGNORECASE | re.M)


@dataclass
class LossyLine:
    """Loses `percent` of media packets both ways, always the same ones; `loses` decides instead, when it is given.

    `media`: the first bytes of datagrams that may be lost.
    """

    percent: float = 0.0
    loses: Callable[[bytes], bool] | None = None
    media: range = MEDIA
    passed: int = 0
    lost: int = 0
    _chance: random.Random = field(default_factory=lambda: random.Random(7))
    _sockets: list[socket.socket] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "LossyLine":
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for one in self._sockets:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def through(self, sdp: str) -> str:
        """The SDP with one candidate: this line's, which leads to the first IPv4 one that stood there."""
        found = next(one for one in _CANDIDATE.finditer(sdp) if ":" not in one["host"])
        ours = self.to((found["host"], int(found["port"])))
        line = f"a=candidate:1 1 udp 2130706431 127.0.0.1 {ours} typ host"
        end = "a=end-of-candidates"
        kept = [one for one in sdp.splitlines() if not one.startswith("a=candidate:") and one != end]
        begins = [at for at, one in enumerate(kept) if one.startswith("m=")][1:]
        for at in [len(kept), *reversed(begins)]:  # each medium's lines end where the next one's begin
            kept[at:at] = [line, end]
        return "\r\n".join(kept) + "\r\n"

    def to(self, target: tuple[str, int]) -> int:
        """A port of this machine whose datagrams go to a target, and back."""
        near, far = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        near.bind(("127.0.0.1", 0))
        far.connect(target)
        self._sockets += [near, far]
        caller: list[tuple[str, int]] = []

        def up() -> None:
            with contextlib.suppress(OSError):
                while not self._over.is_set():
                    datagram, caller[:1] = _received(near)
                    if self._passes(datagram):
                        with contextlib.suppress(ConnectionRefusedError):
                            far.send(datagram)

        def down() -> None:
            while not self._over.is_set():
                try:
                    datagram = far.recv(2048)
                except ConnectionRefusedError:
                    continue
                except OSError:
                    return
                if caller and caller[0] and self._passes(datagram):  # a socket being closed tells no address
                    with contextlib.suppress(OSError):  # closed meanwhile
                        near.sendto(datagram, caller[0])

        for work in (up, down):
            threading.Thread(target=work, daemon=True).start()
        return int(near.getsockname()[1])

    def _passes(self, datagram: bytes) -> bool:
        if not datagram or datagram[0] not in self.media:
            return True
        loses = self.loses(datagram) if self.loses is not None else self._chance.random() * 100 < self.percent
        if loses:
            self.lost += 1
        else:
            self.passed += 1
        return not loses


def _received(near: socket.socket) -> tuple[bytes, list[tuple[str, int]]]:
    datagram, where = near.recvfrom(2048)
    return datagram, [where]
