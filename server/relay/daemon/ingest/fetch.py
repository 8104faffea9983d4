"""HTTP of an HLS source, in place of libav's own: every connection and every redirection is held against its reach.

libav is given the bodies as files (av.open's `io_open`). It asks for playlists, keys and segments; schemes other than
http and https, and whatever else a playlist may name (file:, data:, concat:, subfile:), are never opened.
"""

import functools
import http.client
import ssl
from typing import Any, Protocol
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES128
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from server.relay.daemon.ingest.reach import Reach
from server.relay.daemon.ingest.why import BadSource, Why, why_of

OPEN_S, READ_S = 10.0, 5.0  # of one connection; between two pieces of a body
ENCRYPTED = "crypto+"       # libav's prefix of a segment whose key the playlist gave (AES-128, RFC 8216 §4.3.2.4)
SAFE = "%/:=&?~#+!$,;'@()*[]"
PLAYLIST = b"#EXTM3U"
LONGEST_URL = 4000


class Body(Protocol):
    """What libav reads."""

    def read(self, count: int, /) -> bytes:
        """Up to `count` bytes; empty at the end."""

    def close(self) -> None:
        """No more of it is wanted."""


class _Plain(http.client.HTTPConnection):
    def __init__(self, host: str, *, reach: Reach, timeout: float = OPEN_S) -> None:
        super().__init__(host, timeout=timeout)
        self._reach = reach

    def connect(self) -> None:
        self.sock = self._reach.connect(self.host, self.port, OPEN_S)
        self.sock.settimeout(READ_S)


class _Secure(_Plain):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        # As libav does unless it is told otherwise: encoders of a province sign their certificates themselves.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


class _Handler(request.HTTPHandler):
    """For both schemes."""

    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self._reach = reach

    def http_open(self, wanted: request.Request) -> http.client.HTTPResponse:
        return self.do_open(functools.partial(_Plain, reach=self._reach), wanted)

    def https_open(self, wanted: request.Request) -> http.client.HTTPResponse:
        return self.do_open(functools.partial(_Secure, reach=self._reach), wanted)

    https_request = request.HTTPHandler.do_request_


class _Redirections(request.HTTPRedirectHandler):
    max_redirections = 5

    def redirect_request(self, *given: Any) -> request.Request | None:
        if urlsplit(given[-1]).scheme not in ("http", "https"):
            raise BadSource("playlist_elsewhere")
        return super().redirect_request(*given)


class Fetcher:
    """Everything that one source is fetched with; `open` is for av.open's `io_open`."""

    def __init__(self, reach: Reach) -> None:
        self._passwords = request.HTTPPasswordMgrWithDefaultRealm()
        self._opener = request.OpenerDirector()
        for handler in (
            _Handler(reach), _Redirections(), request.HTTPErrorProcessor(), request.HTTPDefaultErrorHandler(),
            request.HTTPBasicAuthHandler(self._passwords), request.HTTPDigestAuthHandler(self._passwords),
        ):
            self._opener.add_handler(handler)
        self._opener.addheaders = [("User-Agent", "nghisu")]
        self._playlists: set[str] = set()

    def open(self, url: str, _flags: int, options: dict[str, str]) -> Body:
        """The body of an address. Raises BadSource: it may not be opened, or it is a playlist that does not come.

        A segment that does not come is an empty one: libav goes on with the next.
        """
        address = url.removeprefix(ENCRYPTED)
        try:
            body = self._fetched(address, options)
        except BadSource:
            raise
        except Exception as error:
            if not self._playlists or address in self._playlists:
                raise BadSource(_why(error)) from None
            return Fetched(None)
        if body.first.startswith(PLAYLIST):
            self._playlists.add(address)
        return Decrypted(body, options) if url != address else body

    def _fetched(self, url: str, options: dict[str, str]) -> "Fetched":
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > LONGEST_URL:
            raise BadSource("playlist_elsewhere")
        where = parts.netloc.rpartition("@")[2]
        clean = quote(urlunsplit(parts._replace(netloc=where, fragment="")), safe=SAFE)
        if parts.username is not None:
            self._passwords.add_password(None, clean, unquote(parts.username), unquote(parts.password or ""))
        wanted = request.Request(clean, headers=_range(options))  # noqa: S310  (http and https alone, see above)
        answer = self._opener.open(wanted, timeout=OPEN_S)
        if wanted.has_header("Range") and answer.status != http.HTTPStatus.PARTIAL_CONTENT:
            answer.close()
            raise URLError("not in parts")
        return Fetched(answer)


def _range(options: dict[str, str]) -> dict[str, str]:
    """Of a segment that is a part of a file (EXT-X-BYTERANGE)."""
    if "end_offset" not in options:
        return {}
    return {"Range": f"bytes={int(options.get('offset', '0'))}-{int(options['end_offset']) - 1}"}


class Fetched:
    """The body of an answer as it comes; one that breaks off ends there."""

    def __init__(self, answer: http.client.HTTPResponse | None) -> None:
        self._answer = answer
        self.first = self._more(len(PLAYLIST))
        self._kept = self.first

    def read(self, count: int) -> bytes:
        """Up to `count` bytes; empty at the end."""
        if self._kept:
            found, self._kept = self._kept[:count], self._kept[count:]
            return found
        return self._more(count)

    def _more(self, count: int) -> bytes:
        try:
            return self._answer.read1(count) if self._answer is not None else b""
        except (OSError, http.client.HTTPException, ValueError):
            return b""

    def close(self) -> None:
        """No more of it is wanted."""
        if self._answer is not None:
            self._answer.close()


class Decrypted:
    """A body that the playlist's key opens; `options`: key and iv in hex, as libav's own protocol takes them."""

    def __init__(self, body: Fetched, options: dict[str, str]) -> None:
        self._body = body
        key, start = bytes.fromhex(options.get("key", "")), bytes.fromhex(options.get("iv", ""))
        try:
            self._cipher = Cipher(AES128(key), CBC(start)).decryptor()
        except ValueError:
            raise BadSource("not_media") from None
        self._padding = PKCS7(128).unpadder()
        self._over = False

    def read(self, count: int) -> bytes:
        """Up to about `count` bytes; empty at the end."""
        while not self._over:
            coded = self._body.read(count)
            self._over = not coded
            try:
                found = self._padding.update(self._cipher.update(coded)) if coded else self._padding.finalize()
            except ValueError:  # cut off, or another key's
                return b""
            if found:
                return found
        return b""

    def close(self) -> None:
        """No more of it is wanted."""
        self._body.close()


def _why(error: Exception) -> Why:
    """What an answer, or none, means."""
    if isinstance(error, HTTPError):
        error.close()
        return "password_refused" if error.code in (401, 403) else "not_found"
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    if isinstance(cause, ConnectionRefusedError):
        return "connection_refused"
    if isinstance(cause, ConnectionError):
        return "ended"
    known = why_of(cause)
    return "no_answer" if known == "failed" else known
