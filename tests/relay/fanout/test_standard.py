"""What RFC 9725 (WHIP) and draft-ietf-wish-whep ask of the relay's HTTP, and what hostile callers get of it."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from server.relay.daemon import http as door
from server.relay.daemon import listening
from tests.relay.fanout.stage import CONFERENCE, Stage, post, stage
from tests.relay.fanout.test_whep import SDP, an_offer

Story = Callable[[Stage], Awaitable[None]]
FRAGMENT = {"Content-Type": "application/trickle-ice-sdpfrag"}
CANDIDATE = "a=mid:0\r\na=candidate:1 1 udp 1 10.0.0.1 9 typ host\r\n"
TURN = {
    "relay_turn": "turn:10.9.9.9:3478?transport=udp, turns:turn.example:443?transport=tcp", "relay_turn_secret": "x",
}


def played(data: Path, monkeypatch: pytest.MonkeyPatch, story: Story, **settings: Any) -> None:
    async def whole() -> None:
        async with stage(data, monkeypatch, **settings) as made:
            await story(made)

    asyncio.run(whole())


def test_a_session_begins_is_patched_and_ends_as_the_standard_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(it: Stage) -> None:
        bearer = {"Authorization": f"Bearer {it.bearer()}"}
        status, answer, headers = await post(it, f"/whep/{CONFERENCE}", (await an_offer()).encode(), **SDP, **bearer)
        assert status == 201
        assert headers["Content-Type"].startswith("application/sdp")
        assert answer.startswith("v=0")
        assert "Link" not in headers  # nobody is sent to a STUN or TURN server that was not set
        assert not re.search("stun:|turn:", answer)
        place, tag = it.url + headers["Location"], headers["ETag"]
        assert re.fullmatch('"[^"]+"', tag)

        async with aiohttp.ClientSession(headers=bearer) as http:
            async def patched(body: str, **more: str) -> tuple[int, str]:
                async with http.patch(place, data=body, headers={**FRAGMENT, **more}) as answered:
                    return answered.status, await answered.text()

            assert await patched(CANDIDATE, **{"If-Match": tag}) == (204, "")
            assert (await patched(CANDIDATE))[0] == 204  # some players do not keep the tag
            assert (await patched(CANDIDATE, **{"If-Match": '"other"'}))[0] == 412
            restart = await patched("a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n", **{"If-Match": "*"})
            assert restart[0] == 422
            assert "relay_no_restart" in restart[1]
            assert (await patched("x", **{"Content-Type": "text/plain"}))[0] == 415
            assert (await patched("rung", **{"Content-Type": "application/json"}))[0] == 422
            async with http.get(place) as answered:
                assert answered.status == 405
            async with http.delete(place) as answered:
                assert answered.status == 200
            async with http.delete(place) as answered:
                assert answered.status == 404

    played(tmp_path, monkeypatch, story)


def test_who_asks_first_learns_what_may_be_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(it: Stage) -> None:
        async with aiohttp.ClientSession() as http:
            for way in ("whep", "whip"):
                asks = {"Origin": "http://10.1.1.1", "Access-Control-Request-Method": "POST"}
                async with http.options(f"{it.url}/{way}/{CONFERENCE}", headers=asks) as answer:
                    assert answer.status == 204
                    assert answer.headers["Accept-Post"] == "application/sdp"
                    assert "trickle-ice-sdpfrag" in answer.headers["Accept-Patch"]
                    assert {"PATCH", "DELETE", "POST"} < set(
                        answer.headers["Access-Control-Allow-Methods"].replace(" ", "").split(",")
                    )
            async with http.post(f"{it.url}/whep/{CONFERENCE}", data=b"v=0", headers=SDP) as answer:
                assert answer.status == 401
                assert answer.headers["WWW-Authenticate"] == "Bearer"
        status, text, _ = await post(it, f"/whep/{CONFERENCE}", b"", **SDP, Authorization=f"Bearer {it.bearer()}")
        assert status == 400
        assert "relay_offer_missing" in text

    played(tmp_path, monkeypatch, story)


def test_turn_servers_of_the_house_come_with_the_answer_and_credentials_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(it: Stage) -> None:
        offer = (await an_offer()).encode()
        headers = {**SDP, "Authorization": f"Bearer {it.bearer('wall-1')}"}
        async with aiohttp.ClientSession() as http, http.post(
            f"{it.url}/whep/{CONFERENCE}", data=offer, headers=headers
        ) as answer:
            links = answer.headers.getall("Link")
        assert [link.split(">")[0] for link in links] == [
            "<turn:10.9.9.9:3478?transport=udp", "<turns:turn.example:443?transport=tcp"
        ]
        assert all('rel="ice-server"' in link and re.search(r'username="[0-9]{10}:wall-1"', link) for link in links)
        assert "relay_turn_secret" not in str(links)

    played(tmp_path, monkeypatch, story, **TURN)


def test_viewers_get_ports_of_the_range_in_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(it: Stage) -> None:
        seen: set[int] = set()
        for number in range(3):
            bearer = {"Authorization": f"Bearer {it.bearer(f'wall-{number}')}"}
            _, answer, _ = await post(it, f"/whep/{CONFERENCE}", (await an_offer()).encode(), **SDP, **bearer)
            ports = {int(one) for one in re.findall(r"candidate:\S+ 1 udp \d+ \S+ (\d+) ", answer)}
            assert ports
            assert not ports & seen
            seen |= ports
        assert seen <= set(range(41_000, 41_061))

    played(tmp_path, monkeypatch, story, relay_udp_ports="41000-41060")


def test_slow_callers_are_sent_away_and_the_others_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "WAITS_S", 1.0)
    monkeypatch.setattr(listening, "LOOK_S", 0.1)
    monkeypatch.setattr(listening, "MOST_OF_ADDRESS", 20)
    monkeypatch.setattr(door, "BODY_S", 1.0)

    async def story(it: Stage) -> None:
        host, port = it.url.removeprefix("http://").split(":")
        head = f"POST /whep/{CONFERENCE} HTTP/1.1\r\nHost: x\r\nContent-Type: application/sdp\r\n"
        body = f"{head}Authorization: Bearer {it.bearer()}\r\nContent-Length: 900\r\n\r\nv=0"

        async def left(said: str) -> bytes:
            """Say something unfinished, and wait until the other side hangs up."""
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(said.encode())
            try:
                return await asyncio.wait_for(reader.read(), 9)  # aiohttp by itself holds on for ten seconds
            finally:
                writer.close()

        answers = await asyncio.gather(left(""), left(head), left(body))
        assert answers[:2] == [b"", b""]
        assert b"relay_too_slow" in answers[2]
        idle = [socket.create_connection((host, int(port))) for _ in range(60)]
        async with asyncio.timeout(20):
            while sum(_hung_up(one) for one in idle) < 40:
                await asyncio.sleep(0.1)
        for one in idle:
            one.close()
        async with aiohttp.ClientSession() as http, http.get(f"{it.url}/healthz") as answer:
            assert answer.status == 200

    played(tmp_path, monkeypatch, story)


def _hung_up(one: socket.socket) -> bool:
    one.setblocking(False)
    try:
        return one.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


SMUGGLED = [
    "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 3\r\nContent-Length: 4\r\n",
    "Content-Length: +3\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "X: a\x00b\r\n",
    "Content-Length : 3\r\n",
]


@pytest.mark.parametrize("headers", [SMUGGLED])
def test_requests_that_say_two_things_are_not_read_as_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headers: list[str]
) -> None:
    async def story(it: Stage) -> None:
        host, port = it.url.removeprefix("http://").split(":")
        for said in headers:
            reader, writer = await asyncio.open_connection(host, int(port))
            head = f"POST /whep/{CONFERENCE} HTTP/1.1\r\nHost: x\r\n{said}"
            writer.write(f"{head}\r\nv=0GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            answer = await asyncio.wait_for(reader.read(4000), 20)
            assert answer.startswith(b"HTTP/1.1 400") or answer.startswith(b"HTTP/1.0 400"), (said, answer[:80])
            assert b'"ok"' not in answer
            writer.close()

    played(tmp_path, monkeypatch, story)
