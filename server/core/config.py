"""Settings: environment first, then one TOML file, then defaults; checked at start and named in one line when wrong.

The file is `$NGHISU_CONFIG`, or `nghisu.toml` in the data folder. Every setting is `NGHISU_<NAME>` in the environment;
`PORT` and `DATABASE_URL` are understood without the prefix because hosts set them so.
"""

import os
import re
import tempfile
import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

STORES = ("sqlite:///", "postgresql+psycopg://")
PROBE_BYTES = 64 * 1024  # what the first writes of a start need at least

_TURN = re.compile(r"turns?:(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]{1,253})(:[0-9]{1,5})?(\?transport=(udp|tcp))?")

Port = Annotated[int, Field(ge=1, le=65535)]


class ConfigError(Exception):
    """A setting is wrong. The message is one line that names it."""


class Settings(BaseModel):
    """All settings, with units in the names where they have one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Path = Field(default=Path("var"), description="data folder")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: Port = 8080
    public_url: str = Field(default="", description="how devices reach the server; in QR codes")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty: SQLite in the data folder")
    profile: Literal["networked", "isolated"] = "networked"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    secure_cookies: bool = Field(default=False, description="set where the server is reached over HTTPS")
    trusted_proxies: int = Field(default=0, ge=0, le=4, description="reverse proxies in front")
    session_hours: int = Field(default=12, ge=1, le=72)
    sign_in_attempts: int = Field(default=5, ge=3, le=20, description="wrong passwords or PINs before a lock-out")
    sign_in_per_minute: int = Field(default=1200, ge=10, le=100_000, description="sign-in attempts from one address")
    lockout_minutes: int = Field(default=15, ge=1, le=1440)
    pin_days: int = Field(default=30, ge=1, le=366, description="a PIN ends so many days after the meeting's start")
    upload_mb: int = Field(default=50, ge=1, le=500)
    max_pages: int = Field(default=1000, ge=1, le=5000)
    push_per_second: int = Field(default=10, ge=1, le=50, description="most pushes of one topic a second")
    relay_host: str = Field(default="", description="where the relay listens for WHEP; empty: as host")
    relay_port: Port = Field(default=8889, description="WHEP and WHIP over HTTP")
    relay_feed_port: int = Field(default=8890, ge=0, le=65535, description="the encrypted feed to edges; 0: none")
    relay_srt_port: int = Field(default=0, ge=0, le=65535, description="SRT to edges whose line loses packets; 0: none")
    relay_fanouts: int = Field(default=0, ge=0, le=64, description="fan-out processes; 0: one less than cores")
    recording_least_free_mb: int = Field(
        default=500, ge=1, le=1_000_000, description="of the disk: with less free a recording stops"
    )
    edge_room: dict[str, bool | int | str] = Field(
        default_factory=dict,
        description="what an edge declares of its room; a table in nghisu.toml (relay/daemon/edge/check/room.py)",
    )
    relay_udp_ports: str = Field(
        default="", pattern=r"^([0-9]{4,5}-[0-9]{4,5})?$",
        description="UDP ports of viewers, as 40000-40999; empty: any",
    )
    relay_turn: str = Field(
        default="", max_length=1000, description="the house's own TURN servers, as turn:10.0.0.5:3478?transport=udp, …"
    )
    relay_turn_secret: str = Field(
        default="", max_length=200, description="shared with the TURN servers (coturn: static-auth-secret)"
    )
    web_dist: Path = Field(default=Path(__file__).parents[1] / "web" / "dist")

    @field_validator("database_url")
    @classmethod
    def _a_store_we_know(cls, value: str) -> str:
        if value and not value.startswith(STORES):
            raise ValueError(f"begins with {' or '.join(STORES)}")
        return value

    @field_validator("relay_udp_ports")
    @classmethod
    def _a_range(cls, value: str) -> str:
        first, _, last = value.partition("-")
        if value and not 1024 <= int(first) <= int(last) <= 65535:  # noqa: PLR2004  (ports that need no privilege)
            raise ValueError("is a range within 1024-65535")
        return value

    @field_validator("relay_turn")
    @classmethod
    def _turn_only(cls, value: str) -> str:
        if any(not _TURN.fullmatch(one) for one in _listed(value)):
            raise ValueError("is a list of turn:host:port?transport=udp, tcp, or turns:…")
        return value

    @model_validator(mode="after")
    def _turn_has_its_secret(self) -> Self:
        if self.relay_turn and not self.relay_turn_secret:
            raise ValueError("relay_turn needs relay_turn_secret")
        return self

    @property
    def turn_urls(self) -> list[str]:
        """The TURN servers, one by one."""
        return _listed(self.relay_turn)

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in use."""
        return self.database_url or f"sqlite:///{self.data / 'nghisu.db'}"

    @property
    def address(self) -> str:
        """The base URL that people and QR codes use, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    def require_data_folder(self) -> None:
        """Raise ConfigError in one line when nothing can be kept in the data folder: no such place, read-only, full."""
        try:
            self.data.mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds everything, readable
            with tempfile.TemporaryFile(dir=self.data) as probe:
                probe.write(bytes(PROBE_BYTES))
        except OSError as error:
            raise ConfigError(f"setting data: {self.data}: {error.strerror}") from None

    def folder(self, name: str) -> Path:
        """A folder of the data folder (DESIGN §4), made if missing; `keys` is readable by its owner only."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.data / name
        path.mkdir(parents=True, exist_ok=True, mode=0o700 if name == "keys" else 0o755)
        return path


def _listed(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]


def load(environ: dict[str, str] | None = None) -> Settings:
    """Read the settings. Raises ConfigError naming the first wrong one."""
    env = dict(os.environ if environ is None else environ)
    values = {**_from_file(env), **_from_environment(env)}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings"
        # they may hold a password; a check of the whole would show all of them
        secret = name in ("database_url", "relay_turn_secret", "settings")
        shown = "" if secret or first["type"] == "missing" else f" (got {first['input']!r})"
        raise ConfigError(f"setting {name}: {first['msg']}{shown}") from None


def _from_file(env: dict[str, str]) -> dict[str, object]:
    path = Path(env.get("NGHISU_CONFIG") or Path(env.get("NGHISU_DATA", "var")) / "nghisu.toml")
    if not path.exists():
        if env.get("NGHISU_CONFIG"):
            raise ConfigError(f"setting NGHISU_CONFIG: {path} does not exist")
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"settings file {path}: {error}") from None


def _from_environment(env: dict[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in Settings.model_fields:
        for variable in (f"NGHISU_{name.upper()}", {"port": "PORT", "database_url": "DATABASE_URL"}.get(name, "")):
            if variable and variable in env:
                found[name] = env[variable]
    unknown = sorted(
        key for key in env
        if key.startswith("NGHISU_") and key[7:].lower() not in Settings.model_fields and key not in _NOT_SETTINGS
    )
    if unknown:
        raise ConfigError(f"setting {unknown[0]}: there is no such setting")
    return found


_NOT_SETTINGS = {"NGHISU_CONFIG", "NGHISU_WEB_OUT", "NGHISU_LISTEN_FD", "NGHISU_REHEARSE_PASSWORD"}
