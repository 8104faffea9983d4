"""The meter over real HTTP: bytes both ways, who may measure, and how much."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, web

from server.core import clock
from server.core.keys import Keys
from server.relay import passes
from server.relay.daemon import meter
from server.relay.passes import Pass
from server.relay.readiness.streams import METER

Tried = Callable[[ClientSession, str, meter.Meter], Awaitable[None]]


def measured(folder: Path, tried: Tried) -> None:
    """Run `tried` with a client, the address and the meter."""

    async def run() -> None:
        it = meter.Meter(Keys(folder / "keys"))
        app = web.Application()
        app.add_routes(it.routes())
        runner = web.AppRunner(app, lingering_time=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        try:
            async with ClientSession(timeout=ClientTimeout(total=30)) as client:
                await tried(client, f"http://{host}:{port}/meter", it)
        finally:
            await runner.cleanup()

    asyncio.run(run())


def bearer(it: meter.Meter, conference: int = METER, label: str = "site-3", lasts: int = 60) -> dict[str, str]:
    given = Pass(conference, label, "watch", clock.epoch_ms() // 1000 + lasts)
    return {"Authorization": f"Bearer {passes.issue(it.keys, given)}"}


def test_bytes_come_for_as_long_as_asked_and_are_counted_against_the_label(tmp_path: Path) -> None:
    async def tried(client: ClientSession, at: str, it: meter.Meter) -> None:
        async with client.get(f"{at}/down?ms=50", headers=bearer(it)) as answer:
            got = await answer.read()
            assert answer.status == 200
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert len(got) >= len(meter.CHUNK)
        assert sum(size for _at, size in it.moved["site-3"]) == len(got)

    measured(tmp_path, tried)


def test_what_is_sent_up_is_measured_where_it_arrives(tmp_path: Path) -> None:
    async def tried(client: ClientSession, at: str, it: meter.Meter) -> None:
        async with client.post(f"{at}/up", data=bytes(300_000), headers=bearer(it)) as answer:
            said = await answer.json()
        assert said["bytes"] == 300_000
        assert said["ms"] >= 0

    measured(tmp_path, tried)


def test_a_body_that_is_too_large_is_refused(tmp_path: Path) -> None:
    async def tried(client: ClientSession, at: str, it: meter.Meter) -> None:
        large = io.BytesIO(bytes(meter.LARGEST_UP + 1))
        async with client.post(f"{at}/up", data=large, headers=bearer(it)) as answer:
            assert (answer.status, (await answer.json())["code"]) == (413, "too_large")

    measured(tmp_path, tried)


def test_only_a_pass_of_the_meter_opens_it(tmp_path: Path) -> None:
    async def tried(client: ClientSession, at: str, it: meter.Meter) -> None:
        wrong = [{}, bearer(it, conference=7), {"Authorization": "Bearer nonsense"}]
        for headers in wrong:
            async with client.get(f"{at}/down?ms=10", headers=headers) as answer:
                assert (answer.status, (await answer.json())["code"]) == (401, "relay_pass_wrong")
        async with client.get(f"{at}/down?ms=10", headers=bearer(it, lasts=-5)) as answer:
            assert (await answer.json())["code"] == "relay_pass_expired"
        assert not it.moved

    measured(tmp_path, tried)


def test_a_label_that_moved_its_share_waits_while_others_measure(tmp_path: Path) -> None:
    async def tried(client: ClientSession, at: str, it: meter.Meter) -> None:
        it._count("site-3", meter.MOST_BYTES)
        async with client.get(f"{at}/down?ms=10", headers=bearer(it)) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
            assert (await answer.json())["next"].startswith("Đợi nửa phút")
        async with client.get(f"{at}/down?ms=10", headers=bearer(it, label="site-4")) as answer:
            assert answer.status == 200

    measured(tmp_path, tried)


def test_so_many_measure_at_once_and_a_place_comes_free(tmp_path: Path) -> None:
    async def tried(client: ClientSession, at: str, it: meter.Meter) -> None:
        it.busy["site-9"] = meter.AT_ONCE
        async with client.get(f"{at}/down?ms=10", headers=bearer(it)) as answer:
            assert (await answer.json())["code"] == "relay_meter_busy"
        it.busy.clear()
        for _ in range(meter.AT_ONCE + 1):
            async with client.get(f"{at}/down?ms=1", headers=bearer(it)) as answer:
                await answer.read()
        assert not it.busy

    measured(tmp_path, tried)


def test_one_room_does_not_take_all_places_nor_ask_without_end(tmp_path: Path) -> None:
    async def tried(client: ClientSession, at: str, it: meter.Meter) -> None:
        it.busy["site-3"] = meter.AT_ONCE_OF_LABEL
        async with client.get(f"{at}/down?ms=1", headers=bearer(it)) as answer:
            assert (await answer.json())["code"] == "relay_meter_busy"
        async with client.get(f"{at}/down?ms=1", headers=bearer(it, label="site-4")) as answer:
            assert answer.status == 200
        it.busy.clear()
        async with client.get(f"{at}/down?ms=0", headers=bearer(it)) as answer:
            await answer.read()
        assert it._spent("site-3") >= meter.LEAST_COUNTED

    measured(tmp_path, tried)


def test_a_page_of_the_web_server_may_ask_from_another_port(tmp_path: Path) -> None:
    async def tried(client: ClientSession, at: str, _it: meter.Meter) -> None:
        asks = {"Origin": "http://10.0.0.1:8080", "Access-Control-Request-Headers": "authorization"}
        async with client.options(f"{at}/up", headers=asks) as answer:
            assert answer.status == 204
            assert "authorization" in answer.headers["Access-Control-Allow-Headers"]

    measured(tmp_path, tried)
