"""HTTP of sign-in. (Units, persons and accounts: server/people/register.py.)"""

from typing import Any

from flask import Response
from pydantic import BaseModel, Field

from server.core.access import Permission
from server.core.errors import Refused
from server.core.http import Api, Call, cookie_name, respond, surface
from server.core.limits import limited
from server.core.views import Input
from server.core.writer import Tx
from server.people import sessions, sign_in
from server.people.models import Account
from server.people.passwords import check_password, require_strong

api = Api("people")


class SignInIn(Input):
    """Account name and password."""

    account: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=200)


class SignedIn(BaseModel):
    """Who is signed in now."""

    name: str
    roles: list[str]
    must_change_password: bool
    landing: str


class PasswordIn(Input):
    """The present and the new password."""

    current: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


@api.post("/api/sign-in", Permission.PUBLIC, "Đăng nhập", body=SignInIn, answer=SignedIn, idempotent=False)
@limited
def start_session(call: Call[SignInIn]) -> Response:
    """Sign in on the surface of the request; the session comes as a cookie."""
    parts, where, address = call.services, surface(), call.actor.origin.split(" ")[-1]
    name = call.body.account.lower()
    with call.read() as session:
        stored = session.query(Account.password_hash).where(Account.name == name).scalar()
    good = check_password(stored, call.body.password)
    outcome = parts.writer.run(
        lambda tx: sign_in.finish(
            tx, name=name, password_ok=good, surface=where, address=address, settings=parts.settings
        )
    )
    if isinstance(outcome, Refused):
        raise outcome
    token, account = outcome
    response = respond(_signed_in(call, account.id))
    set_session_cookie(response, call, token)
    return response


def set_session_cookie(response: Response, call: Call[Any], token: str, hours: int | None = None) -> None:
    """Put a session token into the cookie of the request's surface."""
    settings = call.services.settings
    response.set_cookie(
        cookie_name(surface()), token, max_age=(hours or settings.session_hours) * 3600, httponly=True, samesite="Lax",
        secure=settings.secure_cookies, path="/",
    )


def _signed_in(call: Call[Any], account_id: int) -> SignedIn:
    with call.read() as session:
        account = session.get_one(Account, account_id)
        roles = sorted({grant.role for grant in account.grants})
        return SignedIn(
            name=account.display_name, roles=roles, must_change_password=account.must_change_password,
            landing=_landing(roles),
        )


def _landing(roles: list[str]) -> str:
    return "/door/" if roles == ["steward"] else "/console/"


@api.get("/api/session", Permission.SIGNED_IN, "Phiên đăng nhập hiện tại", answer=SignedIn)
def show_session(call: Call[None]) -> SignedIn:
    """Who is signed in on this surface."""
    if call.actor.account_id is not None:
        return _signed_in(call, call.actor.account_id)
    return SignedIn(name=call.actor.name, roles=[], must_change_password=False, landing=f"/{call.actor.surface}/")


@api.delete("/api/session", Permission.SIGNED_IN, "Đăng xuất", idempotent=False)
def end_session(call: Call[None]) -> Response:
    """Sign out on this surface."""
    actor = call.actor

    def end(tx: Tx) -> None:
        sessions.revoke(tx, id=actor.session_id or 0)
        tx.record("session.ended", actor)

    call.services.writer.run(end)
    call.services.forget_sessions()
    response = Response(status=204)
    response.delete_cookie(cookie_name(surface()))
    return response


@api.post("/api/password", Permission.SIGNED_IN, "Đổi mật khẩu", body=PasswordIn, idempotent=False)
def change_password(call: Call[PasswordIn]) -> None:
    """Change one's own password; other sessions of the account end."""
    if call.actor.account_id is None:
        raise Refused("forbidden")
    with call.read() as session:
        account = session.get_one(Account, call.actor.account_id)
    if not check_password(account.password_hash, call.body.current):
        raise Refused("sign_in_failed")
    require_strong(call.body.new, account.name, call.body.current)
    hashed = sign_in.new_hash(call.body.new)
    call.services.writer.run(lambda tx: sign_in.change_password(tx, call.actor, hashed))
    call.services.forget_sessions()
