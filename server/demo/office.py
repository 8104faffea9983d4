"""The demonstration's hands: people who work through the public API, as everybody does."""

import time
from typing import Any

from server.rehearsal.browser import Browser, Target
from server.rehearsal.loop import Loop
from server.rehearsal.wire import Answer


class Refusal(RuntimeError):
    """The server said no; the message names the request and the code."""


class Hand:
    """One signed-in account on one surface."""

    def __init__(self, address: str, surface: str = "console", loop: Loop | None = None) -> None:
        self._own = loop is None
        self.loop = loop or Loop()
        self.browser = Browser(self.loop, Target.parse(address), surface)

    def close(self) -> None:
        """Hang up."""
        self.browser.close()
        if self._own:
            self.loop.close()

    def sign_in(self, account: str, password: str) -> dict[str, Any]:
        """Sign in; the session's cookie is kept."""
        answer: dict[str, Any] = self.post("/api/sign-in", {"account": account, "password": password})
        return answer

    def get(self, path: str) -> Any:
        """GET a JSON answer."""
        return _answered(self.browser.do("GET", path), f"GET {path}")

    def post(self, path: str, body: object = None, method: str = "POST") -> Any:
        """Send a write; retried with the same key until the server has answered."""
        return _answered(self.browser.do(method, path, body if body is not None else {}), f"{method} {path}")

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> Any:
        """Send a file as multipart/form-data (RFC 7578)."""
        edge = "nghisu-demo-edge-5f3a"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, content, f"\r\n--{edge}--\r\n".encode()])
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return _answered(self.browser.do("POST", path, body, headers=headers), f"POST {path}")


def _answered(answer: Answer, what: str) -> Any:
    data = answer.json() if answer.body else None
    if answer.status >= 300:  # noqa: PLR2004  (anything that is not 2xx)
        code = data.get("code") if isinstance(data, dict) else ""
        raise Refusal(f"{what}: {answer.status} {code} {data.get('errors', '') if isinstance(data, dict) else ''}")
    return data


def wait_for_server(address: str, seconds: float = 60.0) -> None:
    """Until /healthz answers. Raises TimeoutError."""
    limit = time.monotonic() + seconds
    hand = Hand(address)
    try:
        while time.monotonic() < limit:
            try:
                hand.get("/healthz")
            except (Refusal, TimeoutError, OSError):
                time.sleep(0.05)
            else:
                return
    finally:
        hand.close()
    raise TimeoutError(f"{address} does not answer")
