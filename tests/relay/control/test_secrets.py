"""A source's secrets between the console and the relay: in the plan and in no answer, topic, row or line of a log."""


import pytest
from sqlalchemy import inspect, text

from tests.conftest import code
from tests.relay.control.conference import Relay

SECRET = "mot-bi-mat-rat-dai"
ADDRESSES = {
    "rtsp": (f"rtsp://ten:{SECRET}@10.0.0.9/{SECRET}?token={SECRET}", True),
    "rtmp": (f"rtmp://10.0.0.9/live/{SECRET}", False),
    "hls": (f"https://ten:{SECRET}@10.0.0.9/a.m3u8?sig={SECRET}", False),
    "srt": (f"srt://10.0.0.9:9000?passphrase={SECRET}&streamid={SECRET}", False),
}


def everything_kept(relay: Relay) -> str:
    """Every row of every table but that of the sources themselves."""
    with relay.scene.services.database.read() as session:
        kept = [name for name in inspect(session.connection()).get_table_names() if name != "relay_source"]
        return "".join(str(session.execute(text(f'SELECT * FROM "{name}"')).all()) for name in kept)  # noqa: S608


@pytest.mark.parametrize("kind", ADDRESSES)
def test_an_address_is_in_the_plan_alone(relay: Relay, kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    address, listen = ADDRESSES[kind]
    body = {"kind": kind, "address": address, "listen": listen}
    answers = [
        relay.put("/sources/primary", body), relay.step("live"), relay.post("/sources/primary/probe", body),
        relay.put("/sources/backup", {**body, "address": address.replace("://", ":/")}),
        relay.put("/sources/backup", {**body, "address": address + SECRET * 40}),
        relay.put("/sources/backup", {**body, "sound": {"x": address}}),
        relay.secretary.get(relay.path),
    ]
    assert [one.status_code for one in answers[:2]] == [204, 204]
    assert code(answers[2]) == "relay_away"
    assert code(answers[3]) == "relay_address_wrong"
    assert {code(answers[4]), code(answers[5])} == {"invalid_input"}
    (conference,) = relay.plan().conferences
    assert conference.sources[0].address == address
    topics = [relay.topic(), relay.topic("wall"), relay.topic(name="relay-board")]
    said = "".join(one.text for one in answers) + str(topics) + everything_kept(relay) + "".join(capfd.readouterr())
    assert "10.0.0.9" in said  # what is no secret is shown
    assert SECRET not in said
