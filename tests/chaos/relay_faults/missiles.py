"""What is thrown at every port that a relay opens. None of it may cost anybody a picture, or a process its life."""

import asyncio
import contextlib
import json
import random
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import zmq

SDP_HEAD = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
MEDIA = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:96 H264/90000\r\n"
COOKIE = 0x2112A442  # RFC 8489
HANGS_S = 0.2        # how long an answer is waited for
HELD = 40            # connections that say half a thing and stay


@dataclass(frozen=True)
class Target:
    """The ports of a relay on 127.0.0.1, a pass, and the folder of its sockets on disk."""

    http: int
    feed: int
    rtmp: int
    rtsp: int
    srt: int
    bearers: tuple[str, ...]  # one for each offer: one label may not offer often
    words: str
    fanouts: tuple[int, ...]  # process ids

    def candidates(self) -> list[int]:
        """The UDP ports its viewers talk to."""
        found = [line for pid in self.fanouts for line in psutil.Process(pid).net_connections("udp4")]
        return [line.laddr.port for line in found if line.laddr]


async def knock(port: int, *pieces: bytes, hold: float = HANGS_S) -> bytes:
    """Send pieces to a TCP port and read what comes until it hangs up or falls silent."""
    got = b""
    with contextlib.suppress(OSError, TimeoutError):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for piece in pieces:
                writer.write(piece)
                await asyncio.wait_for(writer.drain(), 2)
            async with asyncio.timeout(hold):
                while part := await reader.read(65536):
                    got += part
        finally:
            writer.close()
    return got


async def many(port: int, says: list[bytes]) -> None:
    """Knock with each, and with many at once that never finish."""
    for one in says:
        await knock(port, one)
    await asyncio.gather(*(knock(port, says[0][:20], hold=2.0) for _ in range(HELD)))


def _post(path: str, bearer: str, body: bytes, *more: str) -> bytes:
    head = [f"POST {path} HTTP/1.1", "Host: x", f"Authorization: Bearer {bearer}", "Content-Type: application/sdp",
            f"Content-Length: {len(body)}", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def _offers(dice: random.Random) -> Iterator[bytes]:
    yield b""
    yield dice.randbytes(3000)
    yield (SDP_HEAD + MEDIA * 3000).encode()[:60_000]
    yield (SDP_HEAD + MEDIA + "a=candidate:" + "9" * 5000 + "\r\n").encode()
    yield (SDP_HEAD + MEDIA + "a=fingerprint:sha-256 zz\r\na=ice-ufrag:a\r\na=ice-pwd:b\r\n").encode()
    yield (SDP_HEAD + "m=video 99999999999 X 96 97\r\n").encode()
    yield (SDP_HEAD + MEDIA.replace("96", "999999999999999999999")).encode()
    yield ("v=" + "0" * 60_000).encode()
    yield (SDP_HEAD + MEDIA + "a=rtcp-fb:* nack\r\na=extmap:0 x\r\na=ssrc:-1 cname:\0\r\n").encode("latin-1")


async def http(target: Target, dice: random.Random) -> None:
    """Malformed HTTP, and offers that are none, with a pass that is good."""
    path, good = "/whep/3", target.bearers[0]
    await many(target.http, [
        b"POST /whep/3 HTTP/1.1\r\nHost: x\r\n", dice.randbytes(4000), b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 50,
        _post(path, good, b"x", "Content-Length: 0", "Transfer-Encoding: chunked"),
        _post(path, good, b"", "Transfer-Encoding: chunked") + b"fffffffffffffffff\r\n",
        _post(path, good, bytes(200_000)), _post("/whep/99999999999", good, b"x"),
        _post("/whep/3/%00%ff..%2f", good, b"x"), _post("/whip/3", good, b"x"),
        b"PATCH /whep/3/fanout-0.x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xfe\r\n\r\n",
    ])
    for bearer, offer in zip(target.bearers[1:], _offers(dice), strict=False):
        said = await knock(target.http, _post(path, bearer, offer), hold=1.0)
        if b" 201 " in said.split(b"\r\n", 1)[0] or b" 500 " in said.split(b"\r\n", 1)[0]:
            raise AssertionError(f"an offer that is none was answered: {said[:200]!r}")


def _datagrams(dice: random.Random) -> Iterator[bytes]:
    """RTP, RTCP, STUN and DTLS that are none."""
    for size in (0, 1, 3, 11, 12, 200, 1400, 9000, 60_000):
        yield dice.randbytes(size)
    for kind in (0x0001, 0x0101, 0x0111, 0x3FFF):  # RFC 8489: lengths that lie, attributes that end beyond the end
        yield struct.pack("!HHI", kind, 0xFFFC, COOKIE) + dice.randbytes(12)
        yield struct.pack("!HHI", kind, 8, COOKIE) + dice.randbytes(12) + struct.pack("!HH", 0x0006, 0xFFFF) + b"abcd"
        yield struct.pack("!HHI", kind, 8, COOKIE) + dice.randbytes(12) + struct.pack("!HHI", 0x0020, 4, 1)
    for first in (0x80, 0xBF, 0x90, 0x8F):         # RFC 3550: padding, extension, contributors beyond the end
        for second in (96, 111, 200, 201, 205, 206, 255):
            yield bytes([first, second]) + dice.randbytes(10)
            yield bytes([first, second, 0xFF, 0xFF]) + dice.randbytes(40)
    for kind in (20, 21, 22, 23):                  # RFC 6347: records
        yield bytes([kind, 0xFE, 0xFD]) + bytes(8) + b"\xff\xff" + dice.randbytes(100)
        yield bytes([kind, 0xFE, 0xFD]) + bytes(8) + b"\x00\x10" + dice.randbytes(16)


async def udp(target: Target, dice: random.Random) -> None:
    """To each candidate of each viewer."""
    if not target.candidates():
        raise AssertionError("no viewer has a candidate: nothing would be hit")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for _ in range(5):
            for data in _datagrams(dice):
                for port in target.candidates():
                    with contextlib.suppress(OSError):
                        line.sendto(data, ("127.0.0.1", port))
            await asyncio.sleep(0.05)


def _greeting(mechanism: bytes) -> bytes:
    """The first 64 bytes of ZMTP 3.1."""
    return b"\xff" + bytes(8) + b"\x7f\x03\x01" + mechanism.ljust(20, b"\0") + b"\0" + bytes(31)


async def feed(target: Target, dice: random.Random) -> None:
    """ZeroMQ that is none, that is not encrypted, and that nobody knows."""
    hello = b"\x04\xc8\x05HELLO\x01\x00" + dice.randbytes(192)
    await many(target.feed, [
        _greeting(b"CURVE"), dice.randbytes(4000), _greeting(b"NULL") + b"\x04\x05READY", _greeting(b"PLAIN") + hello,
        _greeting(b"CURVE") + hello, _greeting(b"CURVE") + b"\x06" + b"\xff" * 8 + dice.randbytes(2000),
        _greeting(b"CURVE") + hello * 100, b"GET / HTTP/1.1\r\n\r\n",
    ])
    public, secret = zmq.curve_keypair()
    wrong, _ = zmq.curve_keypair()
    with zmq.Context() as context, context.socket(zmq.DEALER) as stranger:
        stranger.setsockopt(zmq.LINGER, 0)
        stranger.curve_publickey, stranger.curve_secretkey, stranger.curve_serverkey = public, secret, wrong
        stranger.connect(f"tcp://127.0.0.1:{target.feed}")
        for size in (1, 100, 4097, 100_000):
            stranger.send(dice.randbytes(size))
        await asyncio.sleep(0.5)


async def doors(target: Target, dice: random.Random) -> None:
    """Encoders that are none, at the doors of RTMP, RTSP and SRT."""
    await many(target.rtmp, [
        b"\x03" + bytes(8) + dice.randbytes(1528), dice.randbytes(8000), b"\x03", b"\x06" + bytes(1536),
        b"\x03" + bytes(1536) + bytes(1536) + b"\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" * 20,
    ])
    await many(target.rtsp, [
        b"ANNOUNCE rtsp://h/live RTSP/1.0\r\nCSeq: 1\r\nContent-Type: application/sdp\r\nContent-Length: 99\r\n\r\n",
        dice.randbytes(8000), b"OPTIONS * RTSP/1.0\r\nCSeq: " + b"9" * 60_000 + b"\r\n\r\n",
        b"RECORD rtsp://h/live RTSP/1.0\r\nCSeq: -1\r\nSession: \xff\r\n\r\n$\x00\xff\xff" + dice.randbytes(900),
    ])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        handshakes = [b"\x80\x00\x00\x00" + dice.randbytes(size) for size in (12, 44, 60, 400)]
        for data in [*_datagrams(dice), *handshakes] * 3:
            with contextlib.suppress(OSError):
                line.sendto(data, ("127.0.0.1", target.srt))
    await asyncio.sleep(0.3)


async def words(target: Target, dice: random.Random) -> None:
    """Words on the sockets inside the machine that are none, or for nobody."""
    said = [b"", b"{", b"[]", b"7", b"null", b'"x"', dice.randbytes(5000), json.dumps({"to": "nobody"}).encode(),
            json.dumps({"to": "\u20ac", "kind": "x"}).encode(), json.dumps({"re": [], "ok": 1}).encode(),
            json.dumps({"kind": "report", "what": "viewers", "data": {"x": []}}).encode(),
            json.dumps({"kind": "apply", "plan": {"revision": -1}}).encode(),
            json.dumps({"kind": "keyframe", "stream": 7}).encode(), json.dumps({"id": {}, "kind": "status"}).encode(),
            json.dumps({"kind": "report", "what": "source", "conference": "x", "data": None}).encode(),
            b'{"a":' * 5000, bytes(1024 * 1024 + 1)]
    with zmq.Context() as context, context.socket(zmq.DEALER) as peer:
        peer.setsockopt(zmq.LINGER, 0)
        peer.connect(target.words)
        for one in said * 3:
            with contextlib.suppress(zmq.Again):
                peer.send(one, zmq.NOBLOCK)
        await asyncio.sleep(0.5)
