"""Setting the demonstration's conference up through the public API, as secretary and technicians would.

It is planned and nothing of it runs: the meeting's first minute pays nothing for it. The secretary begins the rehearsal
on the console with one key (S); by then the clip lies in the relay's folder.
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.core.config import Settings
from server.demo.office import Hand
from server.demo.relayed import rooms, tested
from server.demo.relayed.rooms import Room

CLIP = "hoi-nghi-trinh-dien.mkv"
NAME = "Hội nghị trực tuyến toàn tỉnh (trình diễn)"
LOCAL = "Điểm cầu Đảng ủy phường Thí Dụ"
PHONE = "0000 000 000"
DELEGATES = ["Nông Mẫu An", "Vi Mẫu Bình", "Lý Mẫu Châu", "Hoàng Mẫu Dũng"]
SHEET = "STT,Họ và tên,Chức vụ,Đơn vị,Thành phần,Biểu quyết,Ghế\n"


@dataclass
class Relayed:
    """What a newcomer needs to open of the conference. `sites`: ids by name of the room."""

    sites: dict[str, int]
    local: int
    unit: int         # of the local meeting
    join_code: str
    pin: str          # of the local meeting's first delegate
    delegate: str
    wall: int = 0     # the local meeting's


def clip_path(settings: Settings) -> Path:
    """Where the relay looks for it."""
    return settings.folder("relay") / CLIP


def make_clip(settings: Settings) -> subprocess.Popen[bytes]:
    """Begin to make the clip, in a process that lets all others go first."""
    return subprocess.Popen([sys.executable, "-m", "server.demo.relayed.clip", str(clip_path(settings))])  # noqa: S603  (ours)


def plan(secretary: Hand, settings: Settings, meeting: int, documents: Sequence[int], begins: str) -> Relayed:
    """The whole conference of this meeting, which begins at `begins` (ISO 8601). `documents` are approved for the
    rooms.
    """
    units = {one["name"]: int(one["id"]) for one in secretary.get("/api/units")["units"]}
    base = f"/api/meetings/{meeting}/relay"
    secretary.post(base, {
        "name": NAME, "organiser": "province", "phone": PHONE, "plan": rooms.PLAN, "top": "720p",
    })
    secretary.post(f"{base}/sources/primary", {"kind": "file", "address": CLIP}, "PUT")
    sites = _invite(secretary, base, units)
    for room in rooms.ROOMS:
        _room(secretary, base, sites[room.unit], room)
    tested.record(settings, meeting, sites)
    secretary.post(base, {"share_agenda": True, "share_documents": True}, "PATCH")
    secretary.post(f"{base}/papers", {"document_ids": list(documents)}, "PUT")
    return _local(secretary, units[rooms.ATTACHED.unit], base, sites, begins)


def _invite(secretary: Hand, base: str, units: Mapping[str, int]) -> dict[str, int]:
    bodies: list[dict[str, Any]] = []
    for room in rooms.ROOMS:
        who = {"technician": room.technician, "technician_phone": room.phone}
        bodies.append({"unit_id": units[room.unit], **who} if room.unit in units else {"name": room.unit, **who})
    ids = secretary.post(f"{base}/sites", {"sites": bodies})["ids"]
    return {room.unit: int(one) for room, one in zip(rooms.ROOMS, ids, strict=True)}


def _room(secretary: Hand, base: str, site: int, room: Room) -> None:
    """Its device, its people, and the centre's word."""
    site_code(secretary, base, site)
    if room.reason:
        body = {"admission": "admitted", "reason": room.reason}
        secretary.post(f"{base}/sites/{site}/admission", body, "PUT")
    if room.people:
        secretary.post(f"{base}/sites/{site}/headcount", {"people": room.people}, "PUT")


def site_code(secretary: Hand, base: str, site: int) -> str:
    """A new one-time code for the room's page; it replaces the device the room had."""
    return str(secretary.post(f"{base}/sites/{site}/device", {"kind": "site"})["code"])


def _local(secretary: Hand, unit: int, base: str, sites: dict[str, int], begins: str) -> Relayed:
    """The room's own meeting on this server: its wall and seats may show the conference."""
    meeting = int(secretary.post(f"/api/units/{unit}/meetings", {
        "title": LOCAL, "kind": "meeting", "room": "Phòng họp tầng 1", "starts_at": begins,
    })["id"])
    path = f"/api/meetings/{meeting}"
    for title in ("Theo dõi hội nghị trực tuyến của tỉnh", "Liên hệ, phân công thực hiện tại phường"):
        secretary.post(f"{path}/agenda", {"title": title, "minutes": 60})
    parts = ["Chủ trì", *["Đại biểu"] * (len(DELEGATES) - 1)]
    rows = [f"{place},{name},Đảng ủy viên,{rooms.ATTACHED.unit},{part},Có,A{place}"
            for place, (name, part) in enumerate(zip(DELEGATES, parts, strict=True), 1)]
    preview = secretary.upload(
        f"{path}/participants/preview", "danh-sach.csv", (SHEET + "\n".join(rows)).encode("utf-8-sig")
    )
    secretary.post(f"{path}/participants/import", {"token": preview["token"]})
    secretary.post(f"{path}/state", {"to": "convened", "confirm": True})
    first = secretary.post(f"{path}/invitations", {})["invitations"][0]
    site = sites[rooms.ATTACHED.unit]
    secretary.post(f"{base}/sites/{site}", {"local_meeting_id": meeting}, "PATCH")
    return Relayed(
        sites=sites, local=meeting, unit=unit, join_code=str(secretary.get(path)["join_code"]), pin=str(first["pin"]),
        delegate=str(first["name"]),
    )


def page_code(secretary: Hand, base: str, relayed: Relayed) -> str:
    """A one-time code for the attached room's page, "" when it has been opened."""
    site = relayed.sites[rooms.ATTACHED.unit]
    known = next(one for one in secretary.get(base)["sites"] if one["id"] == site)
    return "" if known["device_enrolled"] else site_code(secretary, base, site)
