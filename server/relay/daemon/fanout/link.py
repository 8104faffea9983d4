"""A viewer's way out: its UDP socket, its peer's address and its SRTP keys.

The packets of a run are laid out once (packets.Run), copied into one scratch buffer, sealed there by libsrtp through
pylibsrtp's own binding without a copy, and given to the kernel in one call that cuts them apart (UDP_SEGMENT,
linux/udp.h, since Linux 4.18). Where the kernel or the card refuses, they go one by one.

Private names used: `RTCDtlsTransport._tx_srtp`, `._ssl`, `.transport._connection._nominated`, `Session._srtp`
(tests/relay/fanout/test_contract.py).
"""

import errno
import os
import socket
from itertools import repeat
from typing import Any

from pylibsrtp._binding import ffi, lib  # type: ignore[import-not-found]  # a compiled module

from server.relay.daemon.fanout.packets import HEADER, MOST_IN_RUN, PACKET, Run

SOL_UDP = 17
UDP_SEGMENT = 103
WHOLE = [(SOL_UDP, UDP_SEGMENT, bytes(2))]
SEND_BUFFER = 1 << 20
TAGS = {b"SRTP_AEAD_AES_256_GCM": 16, b"SRTP_AEAD_AES_128_GCM": 16, b"SRTP_AES128_CM_SHA1_80": 10}
LARGEST_TAG = 16

_protect = lib.srtp_protect
_scratch = ffi.new("char[]", MOST_IN_RUN * (PACKET + LARGEST_TAG) + 256)
_view = memoryview(ffi.buffer(_scratch))
_lengths = ffi.new("int[]", MOST_IN_RUN)
_length_pointers = [_lengths + index for index in range(MOST_IN_RUN)]
_places = {tag: [_scratch + index * (PACKET + tag) for index in range(MOST_IN_RUN)] for tag in set(TAGS.values())}
_full = ffi.new("int[]", [PACKET] * MOST_IN_RUN)


class LinkLost(Exception):
    """Nothing can be sent to this viewer any more."""


class Link:
    """One viewer's way out. Not for use from more than one thread: the scratch buffer is the process's."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._session: Any = transport._tx_srtp._srtp
        self._srtp: Any = self._session[0]
        self.tag = TAGS[transport._ssl.get_selected_srtp_profile()]
        self.stride = PACKET + self.tag
        self._places = _places[self.tag]
        self._pair: Any = None
        self._socket: socket.socket | None = None
        self._address: tuple[str, int] = ("", 0)
        self._segments = True
        self.sent_bytes = 0
        self.sent_packets = 0
        self.blocked = 0
        self._choose_pair()

    def _choose_pair(self) -> None:
        """Take the socket and address ICE has chosen; it may choose again."""
        pair = self._transport.transport._connection._nominated.get(1)
        if pair is None:
            raise LinkLost
        if pair is not self._pair:
            self._close_socket()
            self._pair = pair
            self._socket = socket.socket(fileno=os.dup(pair.protocol.transport.get_extra_info("socket").fileno()))
            self._socket.setblocking(False)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            self._address = pair.remote_addr
            try:
                self._socket.setsockopt(SOL_UDP, UDP_SEGMENT, self.stride)
            except OSError:
                self._segments = False

    def send_run(self, run: Run, laid_out: bytes) -> None:
        """Seal and send the packets of a run as laid out with this link's `stride`. Raises LinkLost."""
        count = len(run.payloads)
        ffi.memmove(_scratch, laid_out, len(laid_out))
        ffi.memmove(_lengths, _full, 4 * count)
        _lengths[count - 1] = HEADER + len(run.payloads[-1])
        if any(map(_protect, repeat(self._srtp, count), self._places, _length_pointers)):
            raise LinkLost
        self._out(len(laid_out) + self.tag, count)

    def send_packet(self, plain: bytes) -> None:
        """Seal and send one packet of at most PACKET bytes and some. Raises LinkLost."""
        ffi.memmove(_scratch, plain, len(plain))
        _lengths[0] = len(plain)
        if _protect(self._srtp, _scratch, _lengths):
            raise LinkLost
        self._out(len(plain) + self.tag, 1)

    def _out(self, total: int, count: int) -> None:
        if self._transport.transport._connection._nominated.get(1) is not self._pair:
            self._choose_pair()
        assert self._socket is not None  # noqa: S101  (for mypy: _choose_pair sets it or raises)
        try:
            if count == 1 and total > self.stride:  # sent again: two bytes longer, and never to be cut
                self._socket.sendmsg([_view[:total]], WHOLE if self._segments else [], 0, self._address)
            elif count == 1 or self._segments:
                self._socket.sendto(_view[:total], self._address)
            else:
                self._one_by_one(total)
        except BlockingIOError:  # the queue of the card is full: what is lost here is asked for again
            self.blocked += 1
        except OSError as error:
            self._fell_through(error, total, count)
        self.sent_bytes += total
        self.sent_packets += count

    def _fell_through(self, error: OSError, total: int, count: int) -> None:
        if error.errno in (errno.EIO, errno.EINVAL, errno.EMSGSIZE, errno.ENOPROTOOPT) and count > 1 and self._segments:
            self._segments = False
            assert self._socket is not None  # noqa: S101  (as above)
            self._socket.setsockopt(SOL_UDP, UDP_SEGMENT, 0)
            self._one_by_one(total)
        elif error.errno in (errno.ENOBUFS, errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EPERM):
            self.blocked += 1  # a cable pulled or a page closed: silence decides, not one error
        else:
            raise LinkLost from error

    def _one_by_one(self, total: int) -> None:
        assert self._socket is not None  # noqa: S101  (as above)
        for begin in range(0, total, self.stride):
            try:
                self._socket.sendto(_view[begin : min(total, begin + self.stride)], self._address)
            except OSError:
                self.blocked += 1

    def _close_socket(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def close(self) -> None:
        """Let go of the socket; aiortc closes its own."""
        self._close_socket()
