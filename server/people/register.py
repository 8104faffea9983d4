"""HTTP of the register: units, persons, accounts, the sign-in log."""

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from server.core.access import Permission, Place
from server.core.clock import epoch_ms
from server.core.errors import Refused
from server.core.http import Api, Call
from server.core.text import fold
from server.core.views import Input, View
from server.core.writer import Tx
from server.people import commands
from server.people.commands import RoleAt
from server.people.inputs import CardNumber, Label, Name, OptionalLabel, RowId
from server.people.journal import require_whole_house
from server.people.models import Account, Person, RoleGrant, SignInAttempt, Unit
from server.people.passwords import hash_password
from server.people.roles import Role

api = Api("register")

PAGE = 100


class UnitView(View):
    """One unit of the tree."""

    id: int
    parent_id: int | None
    name: str
    code: str | None
    path: str


class UnitList(View):
    """The units within one's grants, from the root down."""

    units: list[UnitView]


class UnitIn(Input):
    """A unit below another."""

    parent_id: RowId
    name: Label
    code: str | None = Field(default=None, max_length=40)


class UnitName(Input):
    """A new name."""

    name: Label


class PersonIn(Input):
    """A person of a unit."""

    name: Name
    title: OptionalLabel = ""
    card_number: CardNumber | None = None


class PersonView(View):
    """One person."""

    id: int
    unit_id: int
    name: str
    title: str
    card_number: str | None


class PersonList(View):
    """A page of persons and how many there are."""

    persons: list[PersonView]
    total: int


class PersonQuery(Input):
    """Search without diacritics; pages count from 1."""

    search: str = Field(default="", max_length=60)
    page: int = Field(default=1, ge=1, le=10_000)


class RoleIn(Input):
    """A role at a unit and below it."""

    role: Role
    unit_id: RowId


class AccountIn(Input):
    """A new account; the answer holds its one-time password."""

    name: str = Field(min_length=3, max_length=60, pattern=r"^[A-Za-z0-9._-]+$")
    display_name: Name
    person_id: RowId | None = None
    roles: list[RoleIn] = Field(max_length=20)


class AccountChange(Input):
    """What is to change; what is left out stays."""

    disabled: bool | None = None
    unlock: bool = False
    reset_password: bool = False
    roles: list[RoleIn] | None = Field(default=None, max_length=20)


class AccountView(View):
    """One account. `password` is there once, when it was just made."""

    id: int
    name: str
    display_name: str
    disabled: bool
    locked_until_ms: int | None
    must_change_password: bool
    roles: list[RoleIn]
    password: str | None = None


class AccountList(View):
    """Accounts that hold a role at the unit or below it."""

    accounts: list[AccountView]


class SignInQuery(Input):
    """Filters of the sign-in log."""

    who: str = Field(default="", max_length=80)
    before_id: RowId = 2**31 - 1


class SignInRow(View):
    """One attempt."""

    id: int
    at_ms: int
    who: str
    surface: str
    address: str
    outcome: str


class SignInLog(View):
    """A page of the sign-in log, newest first."""

    attempts: list[SignInRow]


@api.get("/api/units", Permission.SIGNED_IN, "Cây tổ chức", answer=UnitList)
def list_units(call: Call[None]) -> UnitList:
    """The units at which the actor holds any role, and those below."""
    with call.read() as session:
        found = session.scalars(select(Unit).order_by(Unit.path, Unit.position))
        mine = [unit for unit in found if any(grant.covers(Place(unit.path)) for grant in call.actor.grants)]
        return UnitList(units=[_unit(unit) for unit in mine])


def _unit(unit: Unit) -> UnitView:
    return UnitView(id=unit.id, parent_id=unit.parent_id, name=unit.name, code=unit.code, path=unit.path)


@api.post("/api/units", Permission.PEOPLE_MANAGE, "Thêm đơn vị", body=UnitIn, answer=UnitView)
def add_unit(call: Call[UnitIn]) -> UnitView:
    """Add a unit below one that the actor manages."""

    def command(tx: Tx) -> UnitView:
        parent = tx.get(Unit, call.body.parent_id)
        if parent is None:
            raise Refused("unit_not_found")
        if not call.actor.may(Permission.PEOPLE_MANAGE, Place(parent.path)):
            raise Refused("forbidden")
        return _unit(commands.add_unit(tx, call.actor, parent, call.body.name, call.body.code))

    return call.write(command)


@api.patch("/api/units/<int:unit_id>", Permission.PEOPLE_MANAGE, "Đổi tên đơn vị", body=UnitName, answer=UnitView)
def rename_unit(call: Call[UnitName], unit_id: int) -> UnitView:
    """Rename a unit."""
    return call.write(lambda tx: _unit(commands.rename_unit(tx, call.actor, unit_id, call.body.name)))


@api.delete("/api/units/<int:unit_id>", Permission.PEOPLE_MANAGE, "Xóa đơn vị")
def remove_unit(call: Call[None], unit_id: int) -> None:
    """Remove an empty unit."""
    call.write(lambda tx: commands.remove_unit(tx, call.actor, unit_id))


@api.get(
    "/api/units/<int:unit_id>/persons", Permission.PEOPLE_READ, "Danh sách người", query=PersonQuery, answer=PersonList
)
def list_persons(call: Call[None], unit_id: int) -> PersonList:
    """Persons of the unit and the units below it, by name."""
    with call.read() as session:
        path = session.get_one(Unit, unit_id).path
        wanted = select(Person).join(Unit).where(Unit.path.startswith(path, autoescape=True))
        if call.query.search:
            wanted = wanted.where(Person.folded_name.contains(fold(call.query.search), autoescape=True))
        total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        page = wanted.order_by(Person.folded_name, Person.id).offset((call.query.page - 1) * PAGE).limit(PAGE)
        return PersonList(persons=[_person(one) for one in session.scalars(page)], total=total)


def _person(person: Person) -> PersonView:
    return PersonView(
        id=person.id, unit_id=person.unit_id, name=person.name, title=person.title, card_number=person.card_number
    )


@api.post(
    "/api/units/<int:unit_id>/persons", Permission.PEOPLE_MANAGE, "Thêm người", body=PersonIn, answer=PersonView
)
def add_person(call: Call[PersonIn], unit_id: int) -> PersonView:
    """Add a person to the unit."""
    given = call.body.model_dump()
    return call.write(lambda tx: _person(commands.save_person(tx, call.actor, Person(unit_id=unit_id, **given))))


@api.patch(
    "/api/units/<int:unit_id>/persons/<int:person_id>", Permission.PEOPLE_MANAGE, "Sửa thông tin người", body=PersonIn,
    answer=PersonView,
)
def change_person(call: Call[PersonIn], unit_id: int, person_id: int) -> PersonView:
    """Change a person of the unit."""

    def command(tx: Tx) -> PersonView:
        person = tx.get(Person, person_id)
        if person is None or person.unit_id != unit_id:
            raise Refused("person_not_found")
        for name, value in call.body.model_dump().items():
            setattr(person, name, value)
        return _person(commands.save_person(tx, call.actor, person))

    return call.write(command)


@api.get("/api/units/<int:unit_id>/accounts", Permission.ACCOUNTS_MANAGE, "Danh sách tài khoản", answer=AccountList)
def list_accounts(call: Call[None], unit_id: int) -> AccountList:
    """Accounts with a role at the unit or below it."""
    with call.read() as session:
        path = session.get_one(Unit, unit_id).path
        found = session.scalars(
            select(Account).where(Account.grants.any(RoleGrant.unit.has(Unit.path.startswith(path, autoescape=True))))
            .options(joinedload(Account.grants)).order_by(Account.name)
        ).unique()
        return AccountList(accounts=[_account(one) for one in found])


def _account(account: Account, password: str | None = None) -> AccountView:
    return AccountView(
        id=account.id, name=account.name, display_name=account.display_name, disabled=account.disabled,
        locked_until_ms=epoch_ms(account.locked_until) if account.locked_until else None,
        must_change_password=account.must_change_password, password=password,
        roles=[RoleIn(role=Role(grant.role), unit_id=grant.unit_id) for grant in account.grants],
    )


def _roles(given: list[RoleIn]) -> list[RoleAt]:
    return [RoleAt(one.role, one.unit_id) for one in given]


@api.post(
    "/api/units/<int:unit_id>/accounts", Permission.ACCOUNTS_MANAGE, "Thêm tài khoản", body=AccountIn,
    answer=AccountView, idempotent=False,
)
def add_account(call: Call[AccountIn], unit_id: int) -> AccountView:
    """Add an account. Its one-time password is in the answer only and is stored nowhere, so nothing is replayed."""
    asked, password = call.body, commands.one_time_password()
    hashed = hash_password(password)
    roles = _roles(asked.roles) or [RoleAt(Role.DELEGATE, unit_id)]

    def command(tx: Tx) -> AccountView:
        account = Account(
            name=asked.name, display_name=asked.display_name, person_id=asked.person_id, password_hash=hashed
        )
        return _account(commands.add_account(tx, call.actor, account, roles), password)

    return call.services.writer.run(command)


@api.patch(
    "/api/units/<int:unit_id>/accounts/<int:account_id>", Permission.ACCOUNTS_MANAGE, "Sửa tài khoản",
    body=AccountChange, answer=AccountView, idempotent=False,
)
def change_account(call: Call[AccountChange], unit_id: int, account_id: int) -> AccountView:
    """Disable, unlock, reset the password (the new one-time password is in the answer only), change roles."""
    asked = call.body
    password = commands.one_time_password() if asked.reset_password else None
    hashed = hash_password(password) if password else None

    def command(tx: Tx) -> AccountView:
        account = _account_in(tx, unit_id, account_id)
        commands.change_account(
            tx, call.actor, account, disabled=asked.disabled, unlock=asked.unlock, new_hash=hashed,
            roles=_roles(asked.roles) if asked.roles is not None else None,
        )
        return _account(account, password)

    answer = call.services.writer.run(command)
    call.services.forget_sessions()
    return answer


def _account_in(session: Session, unit_id: int, account_id: int) -> Account:
    """An account all of whose roles lie at the unit or below it: nobody resets a superior's password.

    One that has lost every role belongs to the topmost unit.
    """
    account, unit = session.get(Account, account_id), session.get_one(Unit, unit_id)
    if account is None or not all(grant.unit.path.startswith(unit.path) for grant in account.grants):
        raise Refused("account_not_found")
    if not account.grants and unit.parent_id is not None:
        raise Refused("account_not_found")
    return account


@api.get("/api/sign-ins", Permission.JOURNAL_READ, "Nhật ký đăng nhập", query=SignInQuery, answer=SignInLog)
def list_sign_ins(call: Call[None]) -> SignInLog:
    """A hundred attempts, newest first; ask for more with `before_id`."""
    with call.read() as session:
        require_whole_house(session, call.actor)
        wanted = select(SignInAttempt).where(SignInAttempt.id < call.query.before_id)
        if call.query.who:
            wanted = wanted.where(SignInAttempt.who == call.query.who.lower())
        found = session.scalars(wanted.order_by(SignInAttempt.id.desc()).limit(PAGE))
        return SignInLog(attempts=[
            SignInRow(id=one.id, at_ms=epoch_ms(one.at), who=one.who, surface=one.surface, address=one.address,
                      outcome=one.outcome)
            for one in found
        ])
