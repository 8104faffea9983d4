"""Filling an empty server with the demonstration meeting, through the public API."""

import json
import os
import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from server.core import clock
from server.core.config import Settings
from server.demo import room
from server.demo.office import Hand
from server.demo.papers import Paper, all_papers, names
from server.demo.relayed import conference
from server.demo.relayed.conference import Relayed

SHARED_ITEMS = ("2", "4")  # their papers are approved for the rooms of the conference
ADMINISTRATOR = "quantri"
ACCOUNTS = {  # account → role, shown name
    "thuky": ("secretary", "Thư ký hội nghị"),
    "letan": ("steward", "Lễ tân"),
    "kythuat": ("technician", "Kỹ thuật viên"),
}


@dataclass
class Demo:
    """What a newcomer needs to open every surface; kept in the data folder, readable by its owner only."""

    meeting: int
    unit: int
    join_code: str
    passwords: dict[str, str]
    pins: dict[str, str]          # participant id → PIN
    delegates: dict[str, str]     # participant id → name and seat
    items: dict[str, int]         # agenda item ids by key
    opening_poll: int
    report: int                   # version id of the report that is presented first
    wall: int = 0
    staged: bool = False          # whether the opening scene has been played
    relayed: Relayed | None = None


def path_of(settings: Settings) -> Path:
    """Where the demonstration keeps its sign-ins."""
    return settings.data / "demo.json"


def load(settings: Settings) -> Demo | None:
    """The demonstration of this data folder, if it was made."""
    try:
        found = json.loads(path_of(settings).read_text("utf-8"))
    except FileNotFoundError:
        return None
    found.pop("wall_code", None)  # of an older release
    relayed = found.pop("relayed", None)
    return Demo(**found, relayed=Relayed(**relayed) if relayed else None)


def save(settings: Settings, demo: Demo) -> None:
    """Keep it; the file holds passwords, so only its owner may read it."""
    draft = path_of(settings).with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(demo), file, ensure_ascii=False, indent=1)
    draft.replace(path_of(settings))


def password() -> str:
    """A password that can be read out and typed."""
    words = ["cau", "song", "nui", "lua", "che", "hoi", "que", "trang", "sen", "mua", "nang", "bien"]
    return "-".join([secrets.choice(words) for _ in range(3)] + [str(secrets.randbelow(9000) + 1000)])


def seed(settings: Settings, first_password: str, papers: Sequence[Paper] | None = None) -> Demo:
    """Make accounts, the meeting, its agenda, people, papers and motions. The server must be running and fresh.

    `papers`: some of `all_papers()`, one of item 2 among them; all when not given.
    """
    passwords = {ADMINISTRATOR: password()}
    with closing(Hand(settings.address)) as administrator:
        administrator.sign_in(ADMINISTRATOR, first_password)
        administrator.post("/api/password", {"current": first_password, "new": passwords[ADMINISTRATOR]})
        unit = int(administrator.get("/api/units")["units"][0]["id"])
        for name in room.UNITS:
            administrator.post("/api/units", {"parent_id": unit, "name": name})
        for account, (role, shown) in ACCOUNTS.items():
            passwords[account] = _account(
                administrator, settings, unit, name=account, role=role, shown=shown
            )
    with closing(Hand(settings.address)) as secretary:
        secretary.sign_in("thuky", passwords["thuky"])
        return _meeting(settings, secretary, unit, passwords, all_papers() if papers is None else papers)


def _account(administrator: Hand, settings: Settings, unit: int, *, name: str, role: str, shown: str) -> str:
    """An account with a password of its own, changed from the one-time one as any person would."""
    made = administrator.post(
        f"/api/units/{unit}/accounts", {"name": name, "display_name": shown, "roles": [{"role": role, "unit_id": unit}]}
    )
    chosen = password()
    with closing(Hand(settings.address)) as owner:
        owner.sign_in(name, made["password"])
        owner.post("/api/password", {"current": made["password"], "new": chosen})
    return chosen


def _meeting(
    settings: Settings, secretary: Hand, unit: int, passwords: dict[str, str], papers: Sequence[Paper]
) -> Demo:
    starts = clock.now().replace(second=0, microsecond=0) + timedelta(minutes=10)
    meeting = int(secretary.post(
        f"/api/units/{unit}/meetings",
        {"title": names.MEETING, "kind": "conference", "room": "Hội trường tầng 2, trụ sở Tỉnh ủy",
         "starts_at": starts.isoformat()},
    )["id"])
    base = f"/api/meetings/{meeting}"
    items = _agenda(secretary, base)
    _people(secretary, base)
    opening_poll = _motions(secretary, base, items)
    report, documents = _papers(secretary, base, items, papers)
    secretary.post(f"{base}/state", {"to": "convened", "confirm": True})
    invited = secretary.post(f"{base}/invitations", {})["invitations"]
    return Demo(
        meeting=meeting, unit=unit, join_code=str(secretary.get(base)["join_code"]), passwords=passwords,
        pins={str(one["participant_id"]): str(one["pin"]) for one in invited},
        items=items, opening_poll=opening_poll, report=report,
        delegates={str(one["participant_id"]): f"{one['name']}, ghế {one['seat']}" for one in invited},
        relayed=conference.plan(secretary, settings, meeting, documents, starts.isoformat()),
    )


def _agenda(secretary: Hand, base: str) -> dict[str, int]:
    """Agenda item ids by key."""
    ids: dict[str, int] = {}
    for item in room.AGENDA:
        parent = ids[item.key.split(".", maxsplit=1)[0]] if "." in item.key else None
        body: dict[str, Any] = {
            "title": item.title, "rapporteur": item.rapporteur, "minutes": item.minutes, "internal_note": item.note,
            "parent_id": parent,
        }
        ids[item.key] = int(secretary.post(f"{base}/agenda", body)["id"])
    return ids


def _people(secretary: Hand, base: str) -> None:
    """Import the list the way the secretary does: preview, then all rows."""
    preview = secretary.upload(f"{base}/participants/preview", "danh-sach.csv", room.people_csv())
    secretary.post(f"{base}/participants/import", {"token": preview["token"]})


def _papers(
    secretary: Hand, base: str, items: dict[str, int], papers: Sequence[Paper]
) -> tuple[int, list[int]]:
    """Upload every paper to its item: the version id of the first one under item 2, and the papers for the rooms."""
    report, shared = 0, []
    for paper in papers:
        path = f"{base}/agenda/{items[paper.agenda_key]}/documents"
        made = secretary.upload(path, f"{paper.slug}.pdf", paper.make(), title=paper.title)
        if paper.agenda_key == "2" and not report:
            report = int(made["version_id"])
        if paper.agenda_key in SHARED_ITEMS:
            shared.append(int(made["id"]))
    return report, shared


def _motions(secretary: Hand, base: str, items: dict[str, int]) -> int:
    """Write the motions; the id of the first one's poll."""
    made = [
        secretary.post(
            f"{base}/polls",
            {"title": motion.title, "motion": motion.text, "agenda_item_id": items[motion.key], "base": motion.base,
             "numerator": 1, "denominator": 2, "strict": True, "changeable": motion is room.OPENING},
        )
        for motion in [room.OPENING, *room.MOTIONS]
    ]
    return int(made[0]["id"])


def wall_code(secretary: Hand, demo: Demo) -> str:
    """A one-time address for the wall, "" when a wall is already enrolled."""
    code, demo.wall = _wall(secretary, demo.unit, demo.meeting, demo.wall, "Màn hình hội trường")
    return code


def local_wall_code(secretary: Hand, relayed: Relayed) -> str:
    """The same for the wall of the room that is attached."""
    code, relayed.wall = _wall(secretary, relayed.unit, relayed.local, relayed.wall, "Màn hình phòng họp phường")
    return code


def _wall(secretary: Hand, unit: int, meeting: int, wall: int, name: str) -> tuple[str, int]:
    """(one-time code or "", the wall's number); a code that nobody used is replaced."""
    base = f"/api/units/{unit}/devices"
    for device in secretary.get(base)["devices"]:
        if device["id"] == wall:
            if device["enrolled"]:
                return "", wall
            secretary.post(f"{base}/{wall}", method="DELETE")
    made = secretary.post(base, {"kind": "wall", "name": name, "meeting_id": meeting})
    return str(made["code"]), int(made["id"])
