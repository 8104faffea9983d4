"""Which addresses are let in, and how each kind of source is opened. URLs hold passwords: nothing here is logged."""

import ipaddress
import re
import shutil
import socket
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from server.relay.daemon.ingest.reach import Reach
from server.relay.daemon.ingest.why import BadSource
from server.relay.plan import SourcePlan

SCHEMES: dict[str, tuple[str, ...]] = {
    "rtsp": ("rtsp", "rtsps"), "rtmp": ("rtmp", "rtmps"), "hls": ("http", "https"), "mpegts": ("udp",), "srt": ("srt",),
}
# What libavformat may open on its way, by kind: a playlist or an answer of the peer may name other addresses.
_PROTOCOLS = {
    "rtsp": "rtsp,rtsps,rtp,srtp,udp,tcp,tls", "rtmp": "rtmp,rtmps,tcp,tls", "hls": "http,https,tcp,tls,crypto",
    "mpegts": "udp,rtp", "file": "file",
}
PORTS = {"http": 80, "https": 443}
_FORMATS = {"rtsp": "rtsp", "rtmp": "flv", "hls": "hls", "mpegts": "mpegts"}
FILE_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,flv"
_QUERY = {
    "mpegts": ("localaddr", "sources", "pkt_size"),
    "srt": ("latency", "passphrase", "streamid", "rcvlatency", "peerlatency"),
}
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
DEVICE = re.compile(r"^/dev/(video[0-9]{1,3}|v4l/by-(id|path)/[A-Za-z0-9_.:+-]{1,200})$")
SOUND = re.compile(r"^(default|(sysdefault|hw|plughw|front)(:[A-Za-z0-9_=,-]{1,80})?)$")
_HOST = re.compile(r"^[A-Za-z0-9_.:%-]{1,253}$")
_LIVE_ANALYSIS = {"analyzeduration": "1500000", "probesize": "2000000"}  # µs and bytes before the first picture
US = 1_000_000
PASSPHRASE_BYTES = range(10, 80)  # srt.h, SRTO_PASSPHRASE
OPEN_S, READ_S, HLS_READ_S, LISTEN_S = 10.0, 5.0, 20.0, 86_400.0


@dataclass(frozen=True)
class SrtWay:
    """Whom to call over SRT, or where to wait for a caller; times in ms, 0: the library's own."""

    host: str
    port: int
    listen: bool
    stream: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    latency_ms: int = 0


@dataclass(frozen=True)
class Opening:
    """How a source is opened: by libavformat (`url`), over `srt`, or by Debian's ffmpeg, whose output
    is read (`command`).

    `reach`: how far its playlists may lead; it is fetched by ourselves then (fetch.py). `timeouts`: seconds to open,
    seconds without a byte. `live`: units come at their own pace.
    """

    url: str = ""
    format: str | None = None
    options: dict[str, str] = field(default_factory=dict)
    timeouts: tuple[float, float] = (OPEN_S, READ_S)
    live: bool = True
    command: tuple[str, ...] = ()
    srt: "SrtWay | None" = None
    reach: Reach | None = None
    loops: bool = False
    waits: bool = False


def opening(source: SourcePlan, folder: Path) -> Opening:
    """How to open a source; files lie below `folder`. Raises BadSource."""
    if source.kind == "file":
        return _file(source.address, folder)
    if source.kind == "device":
        return _device(source)
    if source.kind not in SCHEMES:
        raise BadSource("not_for_here")
    parts = _parts(source)
    if source.kind == "srt":
        return _srt(parts, source.listen)
    return _by_url(source, parts)


def _parts(source: SourcePlan) -> SplitResult:
    text = source.address
    if not text.isprintable() or any(letter in text for letter in " \"'<>\\^`{}|"):
        raise BadSource("address_wrong")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadSource("address_wrong") from None
    if parts.scheme not in SCHEMES[source.kind]:
        raise BadSource("address_not_allowed")
    if source.kind in ("mpegts", "srt") and port is None:
        raise BadSource("address_wrong")
    if not host and not (source.listen or source.kind == "mpegts"):
        raise BadSource("address_wrong")
    if host and not _HOST.match(host):
        raise BadSource("address_wrong")
    _check_host(host, source)
    return parts


def _check_host(host: str, source: SourcePlan) -> None:
    """Link-local addresses are no source: some machines answer there with their own secrets.

    A name is looked up, and with it the other ways to write an address (2852039166, 0xa9fea9fe). Loopback stays
    allowed: encoders run on the relay's own machine too.
    """
    try:
        found = [ipaddress.ip_address(host.split("%", maxsplit=1)[0])]
    except ValueError:
        found = _looked_up(host)
    for one in found:
        _check_address(one, source)


def _looked_up(host: str) -> list[IpAddress]:
    """The addresses of a name; none when it is not known now: opening it will say so."""
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM) if host else []
    except (OSError, UnicodeError):
        return []
    return [ipaddress.ip_address(str(row[4][0]).split("%", maxsplit=1)[0]) for row in rows]


def _check_address(given: IpAddress, source: SourcePlan) -> None:
    found: IpAddress = getattr(given, "ipv4_mapped", None) or given
    if found.is_link_local or (found.is_multicast and source.kind != "mpegts"):
        raise BadSource("address_not_allowed")
    if found.is_unspecified and not (source.listen or source.kind == "mpegts"):
        raise BadSource("address_wrong")


def _by_url(source: SourcePlan, parts: SplitResult) -> Opening:
    kind = source.kind
    options = {"protocol_whitelist": _PROTOCOLS[kind], **_LIVE_ANALYSIS}
    timeouts = (LISTEN_S if source.listen else OPEN_S, READ_S)
    url = source.address
    if kind == "rtsp":
        options |= {"rtsp_transport": source.transport, "max_delay": "300000"}
        listening = {"rtsp_flags": "listen", "listen_timeout": str(int(LISTEN_S))}  # without it libav gives up at once
        options |= listening if source.listen else {"timeout": str(int(READ_S * US))}
    elif kind == "rtmp":
        options |= {"listen": "1"} if source.listen else {"rtmp_live": "live"}
    elif kind == "hls":
        options |= {"live_start_index": "-2", "max_reload": "30", "http_persistent": "0"}
        timeouts = (OPEN_S, HLS_READ_S)
    elif kind == "mpegts":
        url = _udp(parts)
    reach = Reach.of(parts.hostname or "", parts.port or PORTS[parts.scheme]) if kind == "hls" else None
    return Opening(
        url, _FORMATS[kind], options, timeouts, live=kind != "hls", waits=source.listen, reach=reach
    )


def _kept(parts: SplitResult, kind: str) -> dict[str, str]:
    """The parameters of a query that we know; others could name files or ports of this machine."""
    return {key: value for key, value in parse_qsl(parts.query)[:20] if key in _QUERY[kind]}


def _udp(parts: SplitResult) -> str:
    query = {**_kept(parts, "mpegts"), "fifo_size": "20000", "overrun_nonfatal": "1", "reuse": "1"}
    host = parts.hostname or ""
    return f"udp://{f'[{host}]' if ':' in host else host}:{parts.port}?{urlencode(query)}"


def _srt(parts: SplitResult, listen: bool) -> Opening:
    """SRT through libsrt in this process: a passphrase in a command line could be seen by every account."""
    given = _kept(parts, "srt")
    way = SrtWay(
        parts.hostname or "0.0.0.0", parts.port or 0, listen, given.get("streamid", ""),  # noqa: S104  (of the room)
        given.get("passphrase", ""), _latency_ms(given),
    )
    if way.passphrase and len(way.passphrase.encode()) not in PASSPHRASE_BYTES:
        raise BadSource("address_wrong")
    wait = LISTEN_S if listen else OPEN_S
    return Opening(format="mpegts", options=dict(_LIVE_ANALYSIS), timeouts=(wait, READ_S), srt=way, waits=listen)


def _latency_ms(given: dict[str, str]) -> int:
    """The largest latency named in an address, where it is in µs as in ffmpeg's."""
    named = [given.get(key, "") for key in ("latency", "rcvlatency", "peerlatency")]
    return min(10_000, max((int(one) // 1000 for one in named if one.isdecimal() and len(one) < 10), default=0))  # noqa: PLR2004


def _ffmpeg() -> tuple[str, ...]:
    """ffmpeg, which ends when we do, however we end."""
    found, keeper = shutil.which("ffmpeg"), shutil.which("setpriv")
    if found is None:
        raise BadSource("ffmpeg_missing")
    leash = (keeper, "--pdeathsig", "KILL") if keeper else ()
    return (*leash, found, "-hide_banner", "-nostdin", "-loglevel", "error", "-fflags", "nobuffer")


def _device(source: SourcePlan) -> Opening:
    if not DEVICE.match(source.address) or (source.sound and not SOUND.match(source.sound)):
        raise BadSource("address_not_allowed")
    if not Path(source.address).exists():
        raise BadSource("device_missing")
    return captured(
        ("-f", "v4l2", "-i", source.address), ("-f", "alsa", "-i", source.sound) if source.sound else ()
    )


def captured(pictures: tuple[str, ...], sound: tuple[str, ...]) -> Opening:
    """A camera and a microphone as one stream, as they come, through ffmpeg (two libraries, one clock)."""
    queue = ("-thread_queue_size", "64")
    maps = ("-map", "0:v:0", *(("-map", "1:a:0") if sound else ()))
    command = (
        *_ffmpeg(), *queue, *pictures, *((*queue, *sound) if sound else ()), *maps,
        "-c:v", "copy", "-c:a", "pcm_s16le", "-f", "nut", "-flush_packets", "1", "pipe:1",
    )
    return Opening(format="nut", options=dict(_LIVE_ANALYSIS), command=command)


def _file(address: str, folder: Path) -> Opening:
    folder = folder.resolve()
    try:
        path = (folder / address).resolve()
    except (OSError, ValueError):
        raise BadSource("address_wrong") from None
    if not address or not path.is_relative_to(folder):
        raise BadSource("file_outside")
    if not path.is_file():
        raise BadSource("file_missing")
    options = {"protocol_whitelist": _PROTOCOLS["file"], "format_whitelist": FILE_FORMATS}
    return Opening(f"file:{path}", None, options, live=False, loops=True)
