"""Fixtures for every test: a data folder, the app over a real store, callers that sign in, and a builder of scenes.

    def test_x(scene, client):
        meeting = scene.meeting(delegates=5, state="in_session")       # rows, fast
        answer = client("secretary").post(f"/api/meetings/{meeting}/notices", {"text": "…"})   # real HTTP
        scene.seat(scene.people[0]).get("/api/session")                # a signed-in seat

PostgreSQL: set NGHISU_TEST_POSTGRES to the URL of an empty scratch database; tests that ask for `any_store` then run on
it too, and with NGHISU_TEST_STORE=postgres every test does.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from server.app import create_app, make_services
from server.core.config import Settings
from server.core.db import Base, Database
from server.core.limits import LIMITER
from server.core.services import Services
from server.people.models import Account, RoleGrant, Unit
from server.setup import migrate
from tests.scene import Scene

PASSWORD = "mat khau thu 2026"
POSTGRES = os.environ.get("NGHISU_TEST_POSTGRES", "")
STORE = os.environ.get("NGHISU_TEST_STORE", "sqlite")


class Caller:
    """Somebody with cookies on one surface. Writes get a fresh Idempotency-Key unless `key` is given."""

    def __init__(self, app: Flask, surface: str = "console", client: FlaskClient | None = None) -> None:
        self.surface = surface
        self.client = client or app.test_client()

    def send(self, method: str, path: str, json: Any = None, *, key: str | None = None, **more: Any) -> Any:
        """One request; the answer is Flask's test response."""
        headers = {"X-Nghisu-Surface": self.surface, **more.pop("headers", {})}
        if method != "GET":
            headers.setdefault("Idempotency-Key", key or secrets.token_hex(8))
        if json is not None:
            more["json"] = json
        return self.client.open(path, method=method, headers=headers, **more)

    def get(self, path: str, **more: Any) -> Any:
        return self.send("GET", path, **more)

    def post(self, path: str, json: Any = None, **more: Any) -> Any:
        return self.send("POST", path, json, **more)

    def put(self, path: str, json: Any = None, **more: Any) -> Any:
        return self.send("PUT", path, json, **more)

    def patch(self, path: str, json: Any = None, **more: Any) -> Any:
        return self.send("PATCH", path, json, **more)

    def delete(self, path: str, **more: Any) -> Any:
        return self.send("DELETE", path, **more)


def code(answer: Any) -> str:
    """The code of a refusal; "" for anything else."""
    return str(answer.json.get("code", "")) if answer.mimetype == "application/problem+json" else ""


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with tables and nothing in it; copied for each test because making it takes longer."""
    settings = Settings(data=tmp_path_factory.mktemp("empty"))
    migrate(settings)
    database = Database(settings.database)
    with database.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return settings.data / "nghisu.db"


@pytest.fixture(scope="session")
def password_hash() -> str:
    """One cheap hash for all test accounts: Argon2 keeps its costs in the hash, so signing in is quick too."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


needs_postgres = pytest.mark.skipif(not POSTGRES, reason="NGHISU_TEST_POSTGRES is not set")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=needs_postgres)])
def any_store(request: pytest.FixtureRequest) -> str:
    """Ask for it before `app`: the test runs on every store there is."""
    return str(request.param)


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path, empty_store: Path) -> Settings:
    """Settings over a fresh data folder with tables made."""
    data = tmp_path / "data"
    data.mkdir()
    store = request.getfixturevalue("any_store") if "any_store" in request.fixturenames else STORE
    if store == "sqlite":
        shutil.copy(empty_store, data / "nghisu.db")
        return Settings(data=data)
    settings = Settings(data=data, database_url=POSTGRES)
    database = Database(POSTGRES)
    with database.writer.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    Base.metadata.create_all(database.writer)
    database.dispose()
    return settings


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The web process's app, as create_app makes it: once, because a hundred routes take a quarter of a second."""
    made, _socketio = create_app(Settings(data=tmp_path_factory.mktemp("web")))
    return made


@pytest.fixture
def app(web: Flask, settings: Settings) -> Iterator[Flask]:
    """The app over this test's own store and services. (Its sockets are the first app's: test those in a process.)"""
    parts = make_services(settings)
    web.extensions["nghisu"] = parts
    web.extensions[LIMITER].reset()
    yield web
    parts.database.dispose()
    parts.bus.close()
    parts.jobs.close()


@pytest.fixture
def services(app: Flask) -> Services:
    """The wired parts of `app`."""
    return app.extensions["nghisu"]  # type: ignore[no-any-return]


@pytest.fixture
def scene(services: Services, app: Flask) -> Scene:
    """Units, persons and meetings, made fast: see tests/scene.py."""
    made = Scene(services)
    made.caller = lambda surface: Caller(app, surface)
    return made


@pytest.fixture
def client(app: Flask, scene: Scene, password_hash: str) -> Callable[..., Caller]:
    """client(role, unit=…, surface=…): a caller whose account holds the role at the unit (default: the topmost).

    He signs in through HTTP. The same arguments give the same caller; client("nobody") is not signed in.
    """
    known: dict[tuple[str, int, str], Caller] = {}

    def sign_in(role: str, unit: int | None = None, surface: str = "console") -> Caller:
        if role == "nobody":
            return Caller(app, surface)
        key = (role, unit or scene.top, surface)
        if key not in known:
            name = f"{role}.{unit or scene.top}"
            make_account(scene.services, name, role, unit or scene.top, password_hash)
            known[key] = Caller(app, surface)
            answer = known[key].post("/api/sign-in", {"account": name, "password": PASSWORD})
            assert answer.status_code == 200, answer.json
        return known[key]

    return sign_in


def make_account(services: Services, name: str, role: str, unit_id: int, password_hash: str) -> None:
    """An account with one role, whose password needs no change. Does nothing when it exists."""

    def command(tx: Any) -> None:
        if tx.scalar(select(Account.id).where(Account.name == name)) is None:
            account = Account(
                name=name, display_name=name, password_hash=password_hash, must_change_password=False, created_at=tx.now
            )
            account.grants.append(RoleGrant(role=role, unit=tx.get_one(Unit, unit_id)))
            tx.add(account)

    services.writer.run(command)
