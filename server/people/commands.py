"""Writes of the register: units, persons, accounts."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core.access import Actor, Permission, Place
from server.core.errors import Refused
from server.core.text import clean, fold
from server.core.writer import Tx
from server.people import sessions
from server.people.models import Account, Person, RoleGrant, Unit
from server.people.roles import ROLE_PERMISSIONS, Role

renamed_hooks: list[Callable[[Session, Person | Unit], list[str]]] = []
"""(session, person or unit with its new name) → topics that show the name. A feature above registers its own."""


@dataclass(frozen=True, slots=True)
class RoleAt:
    """A role at a unit."""

    role: Role
    unit_id: int


def one_time_password() -> str:
    """A first password to be read out; it must be changed at the first sign-in."""
    return "-".join(secrets.token_hex(2) for _ in range(3))


def add_unit(tx: Tx, actor: Actor, parent: Unit, name: str, code: str | None) -> Unit:
    """Add a unit below `parent`. Raises Refused `unit_code_taken`: also for codes that only the server gives ("~…")."""
    code = clean(code or "") or None
    if code and (code.startswith("~") or tx.scalar(select(Unit.id).where(Unit.code == code)) is not None):
        raise Refused("unit_code_taken", code=code)
    last = tx.scalar(select(func.max(Unit.position)).where(Unit.parent_id == parent.id)) or 0
    unit = Unit(parent_id=parent.id, name=clean(name), code=code, position=last + 1, path="")
    tx.add(unit)
    tx.flush()
    unit.path = f"{parent.path}{unit.id}/"
    tx.record("unit.added", actor, unit=unit.id, name=unit.name)
    return unit


def rename_unit(tx: Tx, actor: Actor, unit_id: int, name: str) -> Unit:
    """Units are renamed (facts/meeting-rules.md §1); the journal keeps the former name."""
    unit = _unit(tx, unit_id)
    before, unit.name = unit.name, clean(name)
    tx.record("unit.renamed", actor, unit=unit.id, before=before, name=unit.name)
    _touch_screens(tx, unit)
    return unit


def remove_unit(tx: Tx, actor: Actor, unit_id: int) -> None:
    """Remove an empty unit. Raises Refused `unit_in_use`."""
    unit = _unit(tx, unit_id)
    try:
        with tx.begin_nested():
            tx.delete(unit)
    except IntegrityError:  # foreign keys know every use, also of features above this one
        raise Refused("unit_in_use") from None
    tx.record("unit.removed", actor, unit=unit_id, name=unit.name)


def save_person(tx: Tx, actor: Actor, person: Person) -> Person:
    """Add or change a person. Raises Refused `card_number_taken`."""
    person.name, person.title = clean(person.name), clean(person.title)
    person.folded_name, person.card_number = fold(person.name), person.card_number or None
    known = person.id is not None
    try:
        with tx.begin_nested():
            tx.add(person)
    except IntegrityError:
        raise Refused("card_number_taken", card=person.card_number or "") from None
    tx.record("person.changed" if known else "person.added", actor, person=person.id, name=person.name)
    if known:
        _touch_screens(tx, person)
    return person


def _touch_screens(tx: Tx, renamed: Person | Unit) -> None:
    tx.touch(*(topic for ask in renamed_hooks for topic in ask(tx, renamed)))


def add_account(tx: Tx, actor: Actor, account: Account, roles: list[RoleAt]) -> Account:
    """Add an account whose first password must be changed.

    Raises Refused `account_name_taken`, `person_not_found` (the person must be one that the actor may read) or
    `role_not_grantable`.
    """
    if account.person_id is not None:
        person = tx.get(Person, account.person_id)
        if person is None or not actor.may(Permission.PEOPLE_READ, Place(_unit(tx, person.unit_id).path)):
            raise Refused("person_not_found")
    account.name, account.created_at = account.name.lower(), tx.now
    if tx.scalar(select(Account.id).where(Account.name == account.name)) is not None:
        raise Refused("account_name_taken", name=account.name)
    _set_roles(tx, actor, account, roles)
    tx.add(account)
    tx.flush()
    tx.record("account.added", actor, account=account.id, name=account.name, roles=_named(roles))
    return account


def change_account(
    tx: Tx, actor: Actor, account: Account, *, disabled: bool | None, unlock: bool, new_hash: str | None,
    roles: list[RoleAt] | None,
) -> Account:
    """Disable, unlock, give a new one-time password, or change roles. Running sessions of the account end."""
    if roles is not None:
        _set_roles(tx, actor, account, roles)
    if disabled is not None:
        account.disabled = disabled
    if unlock or new_hash:
        account.failures, account.locked_until = 0, None
    if new_hash:
        account.password_hash, account.must_change_password = new_hash, True
    tx.flush()
    _require_an_administrator(tx)
    if disabled or new_hash or roles is not None:
        sessions.revoke(tx, account_id=account.id)
    tx.record(
        "account.changed", actor, account=account.id, disabled=account.disabled, unlocked=unlock,
        password_reset=new_hash is not None, roles=_named(roles) if roles is not None else None,
    )
    return account


def _set_roles(tx: Tx, actor: Actor, account: Account, roles: list[RoleAt]) -> None:
    for one in roles:
        _require_grantable(tx, actor, one)
    kept = [grant for grant in account.grants if not actor.may(Permission.ACCOUNTS_MANAGE, Place(grant.unit.path))]
    account.grants = kept  # what lies outside the actor's own units is not his to take away
    tx.flush()
    for one in dict.fromkeys(roles):
        account.grants.append(RoleGrant(role=one.role, unit_id=one.unit_id))


def _require_grantable(tx: Tx, actor: Actor, wanted: RoleAt) -> None:
    """Nobody grants more than he holds at that unit, except the running of meetings, which account managers grant."""
    place = Place(_unit(tx, wanted.unit_id).path)
    above = {Permission.JOURNAL_READ, Permission.SYSTEM_MANAGE} & ROLE_PERMISSIONS[wanted.role]
    if not actor.may(Permission.ACCOUNTS_MANAGE, place) or not all(actor.may(one, place) for one in above):
        raise Refused("role_not_grantable")


def _require_an_administrator(tx: Tx) -> None:
    left = tx.scalar(
        select(func.count())
        .select_from(RoleGrant)
        .join(Account)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        # Of the whole house: one of a lower unit cannot read the journal or make another.
        .where(RoleGrant.role == Role.ADMINISTRATOR, Account.disabled.is_(False), Unit.parent_id.is_(None))
    )
    if not left:
        raise Refused("last_administrator")


def _unit(tx: Tx, unit_id: int) -> Unit:
    unit = tx.get(Unit, unit_id)
    if unit is None:
        raise Refused("unit_not_found")
    return unit


def _named(roles: list[RoleAt]) -> list[str]:
    return [f"{one.role}@{one.unit_id}" for one in roles]
