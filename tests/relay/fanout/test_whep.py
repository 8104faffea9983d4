"""WHEP from end to end: real processes, real UDP, receivers that only know the standards."""

import asyncio
import os
import re
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.relay.fanout.stage import CONFERENCE, Stage, full_packets, low_clip, post, stage, until
from tests.relay.receivers import Viewer

SDP = {"Content-Type": "application/sdp"}
Story = Callable[[Stage], Awaitable[None]]


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Story], None]:
    """Run a story on a stage."""

    def run(story: Story) -> None:
        async def whole() -> None:
            async with stage(tmp_path, monkeypatch) as made:
                await story(made)

        asyncio.run(whole())

    return run


async def an_offer() -> str:
    """An offer nobody will come for."""
    viewer = Viewer(1)
    offer = await viewer.offer()
    await viewer.leave()
    return offer


def whole_frames(viewer: Viewer) -> int:
    return sum(1 for row in viewer.seen.frames if row[3] > 0)


def test_a_viewer_gets_pictures_from_an_idr_on_and_sound_and_is_listed(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with it.source():
            await asyncio.sleep(0.7)  # within a GOP: what is shown first was sent before
            viewer = await it.join("wall-7")
            await until(lambda: whole_frames(viewer) > 20 and len(viewer.seen.sound) > 40)
            assert viewer.seen.frames[0][1] == 1
            assert viewer.seen.lost == 0
            await until(lambda: bool(it.viewers()) and it.viewers()[0]["round_trip_ms"] > 0)
            assert it.viewers()[0]["label"] == "wall-7"
            assert it.viewers()[0]["rung"] == "top"
            await viewer.leave()
            await until(lambda: not it.viewers())

    play(story)


def test_packets_that_were_lost_are_sent_again(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with it.source(path=full_packets()):
            viewer = await it.join()
            take, count = viewer.tally.take, 0

            def lossy(*packet: Any) -> None:
                nonlocal count
                count += 1
                if count % 12:
                    take(*packet)

            viewer.tally.take = lossy  # type: ignore[method-assign]
            await until(lambda: viewer.seen.recovered > 60)
            assert viewer.seen.lost == 0
            await viewer.leave()

    play(story)


def test_rungs_change_without_a_hole_by_wish_and_by_plan(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with it.source(), it.source("low", low_clip()):
            await it.apply(low=True)
            viewer = await it.join("site-12")

            async def wish(body: str) -> int:
                place = viewer._line.place  # type: ignore[union-attr]
                headers = {**viewer._line.headers, "Content-Type": "application/json"}  # type: ignore[union-attr]
                async with aiohttp.ClientSession() as http, http.patch(place, data=body, headers=headers) as answer:
                    return answer.status

            for rung, how in (("low", "wish"), ("top", "wish"), ("low", "cap"), ("audio", "cap"), ("top", "cap")):
                if how == "wish":
                    assert await wish(f'{{"rung": "{rung}"}}') == 204
                else:
                    await it.apply(low=True, caps={"site-12": rung})
                await until(lambda rung=rung: bool(it.viewers()) and it.viewers()[0]["rung"] == rung)  # type: ignore[misc]
                frames = whole_frames(viewer)
                if rung != "audio":
                    await until(lambda frames=frames: whole_frames(viewer) > frames + 8)  # type: ignore[misc]
            assert viewer.seen.lost == 0
            assert await wish('{"rung": "best"}') == 422
            assert await wish("{") == 422
            assert await wish('{"a":' * 3000) == 422
            await viewer.leave()

    play(story)


def test_who_speaks_gets_no_sound_back(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with it.source():
            speaker, other = await it.join("site-1"), await it.join("site-2", 1)
            await until(lambda: len(speaker.seen.sound) > 5)
            await it.apply(muted=frozenset({"site-1"}))
            await asyncio.sleep(0.2)
            before, heard = len(speaker.seen.sound), len(other.seen.sound)
            await until(lambda: len(other.seen.sound) > heard + 30)
            assert len(speaker.seen.sound) <= before + 1
            await it.apply()
            await until(lambda: len(speaker.seen.sound) > before + 10)
            assert speaker.seen.lost == 0
            await asyncio.gather(speaker.leave(), other.leave())

    play(story)


def test_noise_on_the_wire_and_bad_requests_leave_the_others_pictures_alone(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with it.source():
            viewer = await it.join()
            offer = await an_offer()
            bearer = {"Authorization": f"Bearer {it.bearer('seat-1')}"}
            status, answer, _ = await post(it, f"/whep/{CONFERENCE}", offer.encode(), **SDP, **bearer)
            assert status == 201
            targets = re.findall(r"candidate:\S+ 1 udp \d+ ([0-9.]+) (\d+) ", answer)
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as noise:
                for head in (b"", b"\x80\xc8\0\x06", b"\x80\x60", b"\0\x01\0\x50\x21\x12\xa4\x42", b"\x16\xfe\xfd"):
                    for size in (0, 1, 11, 200, 1400):
                        for host, port in targets:
                            noise.sendto(head + os.urandom(size), (host, int(port)))
            for body in (b"\xff\xfe", b"v=0\r\n", offer.encode()[:400], b"x" * 60_000):
                assert (await post(it, f"/whep/{CONFERENCE}", body, **SDP, **bearer))[0] == 400
            before = whole_frames(viewer)
            await until(lambda: whole_frames(viewer) > before + 15)
            assert viewer.seen.lost == 0
            await viewer.leave()

    play(story)


def test_the_door_opens_to_a_pass_and_says_why_it_stays_shut(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        offer = (await an_offer()).encode()
        path = f"/whep/{CONFERENCE}"

        async def refused(code: str, bearer: str, where: str = path, body: bytes = offer, **headers: str) -> None:
            more = {**SDP, "Authorization": f"Bearer {bearer}", **headers}
            _, text, answered = await post(it, where, body, **more)
            assert f'"{code}"' in text
            assert answered["Content-Type"].startswith("application/problem+json")
            assert answered["Access-Control-Allow-Origin"] == "*"

        await refused("relay_pass_wrong", "")
        await refused("relay_pass_wrong", it.bearer()[:-1] + "g")
        await refused("relay_pass_expired", it.bearer(lasts=-5))
        await refused("relay_pass_wrong", it.bearer(conference=4))
        await refused("relay_pass_wrong", it.bearer(may="speak"))
        await refused("relay_not_running", it.bearer(conference=4), "/whep/4")
        await refused("relay_not_running", it.bearer("site-1", may="speak"), f"/whip/{CONFERENCE}")
        await refused("relay_type_wrong", it.bearer(), **{"Content-Type": "application/json"})
        await refused("relay_offer_missing", it.bearer(), body=b"")
        await refused("too_large", it.bearer(), body=b"v" * 70_000)
        again = {**SDP, "Authorization": f"Bearer {it.bearer('wall-2')}"}
        answers = await asyncio.gather(*(post(it, path, b"v=0", **again) for _ in range(30)))  # in one moment
        assert any(status == 429 and "too_many_requests" in said for status, said, _ in answers)

    play(story)


def test_the_other_verbs_answer_as_the_draft_says(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with aiohttp.ClientSession() as http:
            async with http.get(f"{it.url}/whep/{CONFERENCE}") as answer:
                assert answer.status == 405
                assert "POST" in answer.headers["Allow"]
            async with http.options(f"{it.url}/whep/{CONFERENCE}") as answer:
                assert answer.status == 204
                assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
            bearer = {"Authorization": f"Bearer {it.bearer()}"}
            for viewer in ("fanout-0.0123456789abcdef", "fanout-9.0123456789abcdef", "..", "x" * 300):
                async with http.delete(f"{it.url}/whep/{CONFERENCE}/{viewer}", headers=bearer) as answer:
                    assert answer.status in (404, 405)
            async with http.get(f"{it.url}/healthz") as answer:
                assert (await answer.json())["ok"] is True

    play(story)


def test_a_viewing_belongs_to_the_pass_it_began_with(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with it.source(), aiohttp.ClientSession() as http:
            viewer = await it.join("site-12")
            place = viewer._line.place  # type: ignore[union-attr]
            await until(lambda: len(it.viewers()) == 1)
            for label, lasts in (("site-13", 600), ("site-12", 900)):  # another room's, and another of the same room
                bearer = {
                    "Authorization": f"Bearer {it.bearer(label, lasts=lasts)}", "Content-Type": "application/json",
                }
                async with http.delete(place, headers=bearer) as answer:
                    assert answer.status == 404
                async with http.patch(place, data='{"rung": "audio"}', headers=bearer) as answer:
                    assert answer.status == 404
            before = whole_frames(viewer)
            await until(lambda: whole_frames(viewer) > before + 10)
            await until(lambda: it.viewers()[0]["rung"] == "top")  # "audio" for a moment where the clip begins anew
            await viewer.leave()
            await until(lambda: not it.viewers())

    play(story)


def test_nobody_fills_the_house_alone(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        offer = (await an_offer()).encode()
        path = f"/whep/{CONFERENCE}"

        async def offered(bearer: str) -> tuple[int, str]:
            status, text, _ = await post(it, path, offer, **SDP, Authorization=f"Bearer {bearer}")
            return status, text

        hostile = it.bearer("seat-1")
        found = [await offered(hostile) for _ in range(12)]
        assert [status for status, _ in found[:8]] == [201] * 8
        assert all(status == 503 and "relay_full" in text for status, text in found[8:])
        assert (await offered(it.bearer("seat-2")))[0] == 201

    play(story)


def test_screens_of_a_meeting_that_takes_no_more_part_are_let_go_of_at_once(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with it.source():
            await it.apply(meetings=frozenset({1, 7}))
            host, guest = await it.join("wall-1"), Viewer(1)
            await guest.join(it.whep("site-12", meeting=7))
            await until(lambda: len(it.viewers()) == 2 and whole_frames(guest) > 3)
            await it.apply(meetings=frozenset({1}))
            await until(lambda: [one["label"] for one in it.viewers()] == ["wall-1"])
            seen = whole_frames(guest)
            before = whole_frames(host)
            await until(lambda: whole_frames(host) > before + 10)
            assert whole_frames(guest) == seen
            late = {**SDP, "Authorization": f"Bearer {it.bearer('site-12', meeting=7)}"}
            status, said, _ = await post(it, f"/whep/{CONFERENCE}", (await an_offer()).encode(), **late)
            assert (status, "relay_none" in said) == (404, True)
            await guest.leave()
            await host.leave()

    play(story)


def test_a_viewer_that_goes_without_a_word_is_let_go_of(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with it.source():
            viewer = await it.join()
            await until(lambda: len(it.viewers()) == 1)
            viewer._line = None  # no DELETE
            await viewer.leave()
            await until(lambda: not it.viewers())

    play(story)


def test_a_pass_is_worth_nothing_once_the_device_it_was_given_to_is_revoked(play: Callable[[Story], None]) -> None:
    async def story(it: Stage) -> None:
        async with it.source():
            lost, kept = await it.join("site-12", holder="device-7"), await it.join("site-12", 1, holder="device-8")
            await until(lambda: whole_frames(lost) > 5 and whole_frames(kept) > 5)
            await until(lambda: len(it.viewers()) == 2)
            await it.apply(shut=frozenset({"device-7"}))
            await until(lambda: len(it.viewers()) == 1)
            had, others = whole_frames(lost), whole_frames(kept)
            await until(lambda: whole_frames(kept) > others + 10)
            assert whole_frames(lost) == had
            given = {"Authorization": f"Bearer {it.bearer('site-12', holder='device-7', lasts=900)}"}
            status, said, _ = await post(it, f"/whep/{CONFERENCE}", (await an_offer()).encode(), **SDP, **given)
            assert (status, "relay_none" in said) == (404, True)
            await lost.leave()
            await kept.leave()

    play(story)
