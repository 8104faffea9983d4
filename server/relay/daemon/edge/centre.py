"""The edge's talk with the centre over HTTP: enrolment, its key, orders, heartbeats."""

import asyncio
import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import urlsplit

import aiohttp
from pydantic import BaseModel, Field, ValidationError

from server.core import clock
from server.core.trouble import WrongData
from server.relay.edge_words import EdgeFigures, EdgeOrders, EdgeTurn, EdgeVerdict

Shape = TypeVar("Shape", bound=BaseModel)
COOKIE = "nghisu_edge"
PATIENCE = aiohttp.ClientTimeout(total=8, connect=4)
HEADERS = {"X-Nghisu-Surface": "edge"}


class CentreAway(Exception):
    """The centre did not answer, or not in a way that an edge understands. The message is one line."""


class NotEnrolled(Exception):
    """The centre does not know this edge (any more)."""


class Link(BaseModel):
    """What an enrolled edge keeps of its centre, mode 0600."""

    url: Annotated[str, Field(max_length=300, pattern=r"^https?://")]
    token: Annotated[str, Field(max_length=500)]
    backup: Annotated[str, Field(max_length=500)] = ""

    @property
    def host(self) -> str:
        """Where the centre is, for the feed."""
        return urlsplit(self.url).hostname or ""

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """The link of this edge, if it is enrolled. Raises WrongData."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError:
            raise WrongData(f"{path} is damaged: enrol this edge again") from None

    def save(self, path: Path) -> None:
        """Keep it, readable by the owner only, whole or not at all."""
        write_whole(path, self.model_dump_json().encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file, mode 0600, whole or not at all."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path)


async def enrol(url: str, code: str) -> Link:
    """Use a one-time code up. Raises CentreAway with the reason."""
    async with aiohttp.ClientSession(timeout=PATIENCE, headers=HEADERS) as session:
        try:
            async with session.post(f"{url.rstrip('/')}/api/enrol", json={"code": code}) as answer:
                told = await answer.read()
                cookie = answer.cookies.get(COOKIE)
                if answer.status >= 400 or cookie is None:  # noqa: PLR2004
                    raise CentreAway(_problem(told, answer.status))
                return Link(url=url.rstrip("/"), token=cookie.value)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise CentreAway(f"{url}: {error or type(error).__name__}") from None


class Centre:
    """The centre of an enrolled edge."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._session = aiohttp.ClientSession(
            timeout=PATIENCE, cookie_jar=aiohttp.DummyCookieJar(),
            headers={**HEADERS, "Cookie": f"{COOKIE}={link.token}"},
        )

    async def orders(self) -> EdgeOrders:
        """What to do now. Raises CentreAway or NotEnrolled."""
        return await self._read(EdgeOrders, "GET", "/api/relay/edge", None)

    async def give_key(self, public_key: str) -> None:
        """Tell our CURVE public key. Raises CentreAway or NotEnrolled."""
        await self._ask("PUT", "/api/relay/edge/key", {"public_key": public_key})

    async def report(self, figures: EdgeFigures) -> None:
        """A heartbeat. Raises CentreAway or NotEnrolled."""
        await self._ask("POST", "/api/relay/edge/report", figures.model_dump())

    async def turn(self, meeting: int) -> EdgeTurn:
        """A turn to test, or a place in the line. Raises CentreAway or NotEnrolled."""
        return await self._read(EdgeTurn, "POST", f"{_tests(meeting)}/turn", {})

    async def leave_turn(self, meeting: int) -> None:
        """The test is over; a turn ends by itself too."""
        with contextlib.suppress(CentreAway):
            await self._ask("DELETE", f"{_tests(meeting)}/turn")

    async def send_test(self, meeting: int, test: dict[str, Any]) -> EdgeVerdict:
        """The figures go up, the verdict comes back. Raises CentreAway or NotEnrolled."""
        return await self._read(EdgeVerdict, "POST", _tests(meeting), test)

    async def clock_off_ms(self) -> int:
        """How far this machine's clock is ahead of the centre's, by the fastest of three answers."""
        found = []
        for _ in range(3):
            sent = clock.epoch_ms()
            told = (await self.orders()).now_ms
            came = clock.epoch_ms()
            found.append((came - sent, (sent + came) // 2 - told))
        return min(found)[1]

    async def _read(self, shape: type[Shape], method: str, path: str, body: dict[str, Any] | None) -> Shape:
        try:
            return shape.model_validate(await self._ask(method, path, body))
        except ValidationError as error:
            raise CentreAway(f"the centre's answer cannot be read: {error.errors()[0]['loc']}") from None

    async def close(self) -> None:
        """Hang up."""
        await self._session.close()
        await asyncio.sleep(0)

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {} if method == "GET" else {"Idempotency-Key": os.urandom(8).hex()}
        try:
            async with self._session.request(method, self._link.url + path, json=body, headers=headers) as answer:
                told = await answer.read()
                if answer.status == 401:  # noqa: PLR2004
                    raise NotEnrolled
                if answer.status >= 400:  # noqa: PLR2004
                    raise CentreAway(_problem(told, answer.status))
                return json.loads(told or b"null")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise CentreAway(str(error) or type(error).__name__) from None


def _tests(meeting: int) -> str:
    return f"/api/meetings/{meeting}/relay/readiness"


def _problem(told: bytes, status: int) -> str:
    try:
        problem = json.loads(told)
        return f"{problem['code']}: {problem['title']}"[:300]
    except (ValueError, KeyError, TypeError):
        return f"HTTP {status}"
