"""A meeting in session with a conference, its secretary and three sites: what the tests of this folder start from."""

from typing import Any

from server.relay import planner
from server.relay.models import RelaySource
from tests.scene import Scene

SECRET = "rtsp://may:matkhau@10.0.0.9:554/h264?token=abc"


class Relay:
    """See the top of this file."""

    def __init__(self, scene: Scene, secretary: Any) -> None:
        self.scene, self.secretary = scene, secretary
        self.meeting = scene.meeting()
        self.path = f"/api/meetings/{self.meeting}/relay"
        self.post("", {"name": "Hội nghị toàn tỉnh", "organiser": "province", "phone": "0900 000 000"})
        names = ["Xã Mẫu Một", "Xã Mẫu Hai", "Phường Mẫu Ba"]
        self.sites = self.post("/sites", {"sites": [{"name": name} for name in names]}).json["ids"]

    def get(self, path: str) -> Any:
        return self.secretary.get(self.path + path)

    def post(self, path: str, body: Any = None) -> Any:
        return self.secretary.post(self.path + path, body or {})

    def put(self, path: str, body: Any = None) -> Any:
        return self.secretary.put(self.path + path, body or {})

    def source(self, key: str = "primary") -> Any:
        return self.put(f"/sources/{key}", {"kind": "rtsp", "address": SECRET})

    def stored(self) -> str:
        with self.scene.services.database.read() as session:
            return session.query(RelaySource).one().address

    def step(self, to: str, confirm: bool = True) -> Any:
        return self.post("/state", {"to": to, "confirm": confirm})

    def live(self) -> None:
        assert self.source().status_code == 204
        assert self.step("live").status_code == 204

    def admit(self, site: int) -> None:
        body = {"admission": "admitted", "reason": "đã gọi thử"}
        assert self.put(f"/sites/{site}/admission", body).status_code == 204

    def topic(self, audience: str = "console", name: str = "relay", meeting: int | None = None) -> Any:
        return self.scene.topic(f"meeting/{meeting or self.meeting}/{name}", audience)

    def plan(self) -> Any:
        with self.scene.services.database.read() as session:
            return planner.plan(session)
