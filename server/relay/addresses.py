"""Addresses of sources: which a kind of source may have, and how one is shown without its secrets."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, urlencode, urlsplit

from server.core.errors import Refused
from server.relay.bodies import SourceIn
from server.relay.models import RelaySource

SCHEMES: dict[str, tuple[str, ...]] = {
    "rtsp": ("rtsp", "rtsps"), "rtmp": ("rtmp", "rtmps"), "hls": ("http", "https"), "mpegts": ("udp", "rtp"),
    "srt": ("srt",),
}
LISTENS = ("rtsp", "rtmp", "srt")
"""Kinds whose encoder may also call the server."""
PORTS = {"rtmp": 1935, "rtsp": 8554, "srt": 9000}
"""Where the server waits for a primary source; for a backup one port further."""
HIDDEN = "***"
FILE_NAME = re.compile(r"^[\w][\w .-]{0,119}\.(mp4|mkv|ts|mov|flv|h264)$")
_DEVICE = re.compile(r"^/dev/video[0-9]{1,3}$")
_SOUND = re.compile(r"^(default|(sysdefault|hw|plughw|front)(:[A-Za-z0-9_=,-]{1,80})?)$")  # as daemon/ingest has it
_ANYWHERE = ("", "0.0.0.0", "::")  # noqa: S104  (what a listener has for its host)
_VALUE = re.compile(r"([^/=&;]+)=[^/&;]*")  # some cameras want "/user=an&password=…" in the path
_VISIBLE = re.compile(r"^[!-~]+$")  # printable ASCII without spaces: whatever else belongs percent-encoded


def checked(kind: str, address: str) -> str:
    """`address` if a source of this kind may have it. Raises Refused `relay_address_wrong`."""
    text = address.strip()
    if not _fits(kind, text):
        raise Refused("relay_address_wrong", kind=kind)
    return text


def wanted(stored: RelaySource | None, what: SourceIn) -> str:
    """The address that is meant: a new one, or the stored one of the same kind and direction."""
    same = stored is not None and (stored.kind, stored.listen) == (what.kind, what.listen)
    kept = stored.address if stored is not None and same else ""
    return kept if what.address is None else what.address


def sound_checked(kind: str, sound: str) -> str:
    """`sound` if it is an ALSA device beside a capture device, or none. Raises Refused `relay_sound_wrong`."""
    text = sound.strip()
    if text and (kind != "device" or not _SOUND.match(text)):
        raise Refused("relay_sound_wrong")
    return text


def made(kind: str, key: str, secret: str) -> str:
    """The address of a source that waits for its encoder, under a stream key that nobody guesses; "" for other kinds.

    >>> made("rtmp", "primary", "K7Q2M9XW4T")
    'rtmp://0.0.0.0:1935/live/K7Q2M9XW4T'
    """
    if kind not in LISTENS:
        return ""
    port = PORTS[kind] + (key != "primary")
    tail = f"?passphrase={secret}" if kind == "srt" else f"/live/{secret}"
    return f"{kind}://0.0.0.0:{port}{tail}"


@dataclass(frozen=True)
class Entry:
    """What an encoder that calls needs. `key`: stream key (RTMP) or passphrase (SRT), where it is asked for apart."""

    url: str
    key: str = ""


def entry(kind: str, address: str, host: str) -> Entry:
    """From the address a source waits at to what is typed into its encoder; `host`: how the server is reached."""
    parts = urlsplit(address)
    own = parts.hostname or ""
    where = host if own in _ANYWHERE else own
    netloc = f"[{where}]" if ":" in where else where
    netloc += f":{parts.port}" if parts.port else ""
    if kind == "rtmp":
        folder, _, key = parts.path.rpartition("/")
        return Entry(f"{parts.scheme}://{netloc}{folder}", key)
    if kind == "srt":
        query = dict(parse_qsl(parts.query))
        passphrase = query.pop("passphrase", "")
        rest = urlencode({**query, "mode": "caller"})
        return Entry(f"srt://{netloc}?{rest}", passphrase)
    return Entry(f"{parts.scheme}://{netloc}{parts.path}")


def _fits(kind: str, text: str) -> bool:
    if kind == "whip":
        return not text
    if kind == "file":
        return bool(FILE_NAME.match(text)) and PurePosixPath(text).name == text
    if kind == "device":
        return bool(_DEVICE.match(text))
    try:
        parts = urlsplit(text)
        return bool(_VISIBLE.match(text)) and parts.scheme in SCHEMES.get(kind, ()) and _somewhere(kind, parts.netloc)
    except ValueError:  # a port that is none, brackets that do not close
        return False


def _somewhere(kind: str, netloc: str) -> bool:
    host = netloc.rsplit("@", 1)[-1]
    return bool(host) and (kind in ("mpegts", "srt") or not host.startswith(":"))


def shown(address: str, *, listen: bool = False) -> str:
    """An address without what lets others in: passwords, values of the query or the path, a stream key.

    A stream key is the last part of RTMP's path, and of RTSP's where the encoder calls us (`listen`).

    "rtsp://an:bí@10.0.0.1/1?token=x" → "rtsp://***@10.0.0.1/1?token=***"
    """
    if "://" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return HIDDEN
    host = parts.netloc.rsplit("@", 1)[-1]
    netloc = f"{HIDDEN}@{host}" if "@" in parts.netloc else host
    path = _VALUE.sub(rf"\1={HIDDEN}", parts.path)
    keyed = parts.scheme in ("rtmp", "rtmps") and (listen or path.count("/") > 1)
    if path.strip("/") and (keyed or (listen and parts.scheme in ("rtsp", "rtsps"))):
        path = f"{path.rstrip('/').rsplit('/', 1)[0]}/{HIDDEN}"
    names = [pair.split("=", 1)[0] for pair in parts.query.split("&") if pair]
    query = "?" + "&".join(f"{name}={HIDDEN}" for name in names) if names else ""
    return f"{parts.scheme}://{netloc}{path}{query}"
