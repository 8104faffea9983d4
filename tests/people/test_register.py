"""Units, persons, accounts: who may grant what, one-time passwords, and the sign-in log."""

from datetime import timedelta

import pytest
import time_machine

from server.core import clock
from server.people.models import Account, Person, Unit
from tests.conftest import PASSWORD, Caller, code


@pytest.fixture
def administrator(client):
    return client("administrator")


def account(scene, caller, name="thuky1", role="secretary", *, unit=None, at=None):
    body = {"name": name, "display_name": "Thư ký", "roles": [{"role": role, "unit_id": unit or scene.top}]}
    return caller.post(f"/api/units/{at or unit or scene.top}/accounts", body)


def test_units_form_a_tree_of_which_one_sees_ones_part(scene, client, administrator):
    made = administrator.post("/api/units", {"parent_id": scene.top, "name": "Xã A"}).json
    below = administrator.post("/api/units", {"parent_id": made["id"], "name": "Chi bộ 1"}).json
    assert below["path"] == f"/{scene.top}/{made['id']}/{below['id']}/"
    seen = client("unit_administrator", made["id"]).get("/api/units").json["units"]
    assert [unit["name"] for unit in seen] == ["Xã A", "Chi bộ 1"]
    outside = client("unit_administrator", below["id"]).post("/api/units", {"parent_id": made["id"], "name": "B"})
    assert code(outside) == "forbidden"


def test_a_unit_in_use_is_renamed_not_removed(scene, administrator):
    unit = scene.unit("Huyện A", scene.top)
    scene.person(unit=unit)
    assert code(administrator.delete(f"/api/units/{unit}")) == "unit_in_use"
    assert administrator.patch(f"/api/units/{unit}", {"name": "Xã B"}).json["name"] == "Xã B"
    empty = scene.unit("Trống", scene.top)
    assert administrator.delete(f"/api/units/{empty}").status_code == 204
    assert [row.name for row in scene.rows(Unit)] == ["Tỉnh ủy Thử nghiệm", "Xã B"]


@pytest.mark.usefixtures("any_store")
def test_persons_are_found_without_diacritics_in_the_unit_and_below(scene, administrator):
    below = scene.unit("Xã A", scene.top)
    path = f"/api/units/{below}/persons"
    made = administrator.post(path, {"name": " Đỗ  Thị Hà ", "title": "Bí thư", "card_number": "12"}).json
    assert made["name"] == "Đỗ Thị Hà"
    scene.person("Trần Văn B")
    found = administrator.get(f"/api/units/{scene.top}/persons", query_string={"search": "do thi"}).json
    assert ([one["id"] for one in found["persons"]], found["total"]) == ([made["id"]], 1)
    assert administrator.get(f"/api/units/{scene.top}/persons").json["total"] == 2
    assert code(administrator.post(path, {"name": "Khác", "card_number": "12"})) == "card_number_taken"
    changed = administrator.patch(f"{path}/{made['id']}", {"name": "Đỗ Thị Hạ"})
    assert changed.json["name"] == "Đỗ Thị Hạ"
    assert scene.row(Person, made["id"]).folded_name == "do thi ha"


def test_a_new_account_must_change_its_one_time_password(scene, app, administrator):
    made = account(scene, administrator).json
    caller = Caller(app)
    signed_in = caller.post("/api/sign-in", {"account": "thuky1", "password": made["password"]}).json
    assert signed_in["must_change_password"] is True
    assert code(caller.get("/api/units/1/persons")) == "password_change_required"
    said = {"current": made["password"], "new": "một câu đủ dài 2026"}
    assert caller.post("/api/password", said).status_code == 204
    assert caller.get(f"/api/units/{scene.top}/persons").status_code == 200
    assert made["password"] not in str([vars(row) for row in scene.rows(Account)])


def test_nobody_grants_what_he_does_not_hold(scene, client):
    unit = scene.unit("Xã A", scene.top)
    caller = client("unit_administrator", unit)
    assert account(scene, caller, unit=unit).status_code == 200
    assert code(account(scene, caller, "them1", "administrator", unit=unit)) == "role_not_grantable"
    assert code(account(scene, caller, "them2", unit=scene.top, at=unit)) == "role_not_grantable"
    assert len(scene.rows(Account, name="them1")) == 0


def test_nobody_resets_the_password_of_somebody_above(scene, client):
    unit = scene.unit("Xã A", scene.top)
    client("secretary")
    above = scene.rows(Account, name=f"secretary.{scene.top}")[0].id
    caller = client("unit_administrator", unit)
    refused = caller.patch(f"/api/units/{unit}/accounts/{above}", {"reset_password": True})
    assert code(refused) == "account_not_found"


def test_a_disabled_account_is_out_at_once(scene, client, administrator):
    steward = client("steward")
    one = scene.rows(Account, name=f"steward.{scene.top}")[0].id
    path = f"/api/units/{scene.top}/accounts/{one}"
    assert administrator.patch(path, {"disabled": True}).json["disabled"] is True
    assert code(steward.get("/api/session")) == "sign_in_required"
    said = {"account": f"steward.{scene.top}", "password": PASSWORD}
    assert code(steward.post("/api/sign-in", said)) == "account_disabled"


def test_a_lost_role_is_lost_at_once(scene, client, administrator):
    secretary = client("secretary")
    one = scene.rows(Account, name=f"secretary.{scene.top}")[0].id
    assert secretary.get(f"/api/units/{scene.top}/persons").status_code == 200
    body = {"roles": [{"role": "steward", "unit_id": scene.top}]}
    administrator.patch(f"/api/units/{scene.top}/accounts/{one}", body)
    assert secretary.get(f"/api/units/{scene.top}/persons").status_code in (401, 403)


def test_the_last_administrator_stays(scene, administrator):
    me = scene.rows(Account)[0].id
    path = f"/api/units/{scene.top}/accounts/{me}"
    assert code(administrator.patch(path, {"disabled": True})) == "last_administrator"
    assert code(administrator.patch(path, {"roles": []})) == "last_administrator"
    assert scene.row(Account, me).disabled is False


def test_wrong_passwords_lock_an_account_until_it_is_unlocked(scene, app, client, administrator):
    client("secretary")
    name = f"secretary.{scene.top}"
    caller = Caller(app)
    tries = [caller.post("/api/sign-in", {"account": name, "password": "sai mật khẩu"}) for _ in range(5)]
    assert [code(answer) for answer in tries] == ["sign_in_failed"] * 4 + ["locked_out"]
    right = {"account": name, "password": PASSWORD}
    assert code(caller.post("/api/sign-in", right)) == "locked_out"
    one = scene.rows(Account, name=name)[0].id
    administrator.patch(f"/api/units/{scene.top}/accounts/{one}", {"unlock": True})
    assert caller.post("/api/sign-in", right).status_code == 200


@pytest.mark.usefixtures("any_store")
def test_no_answer_tells_whether_an_account_exists(scene, app, client):
    client("secretary")
    caller, start = Caller(app), clock.now()

    def answers(name):
        found = []
        for minutes in (0, 1, 2, 3, 4, 5, 18, 20, 21, 22, 23, 24, 25, 41):
            with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
                answer = caller.post("/api/sign-in", {"account": name, "password": "bất kỳ điều gì"})
                found.append((answer.status_code, code(answer), answer.json["detail"], answer.json["detail_en"]))
        return found

    known = answers(f"secretary.{scene.top}")
    assert answers(" Khong.Co") == known
    failed, locked = "sign_in_failed", "locked_out"
    assert [one[1] for one in known] == [
        *[failed] * 4, *[locked] * 3, *[failed] * 4, *[locked] * 2, failed,
    ]


def test_the_log_says_which_names_are_unknown_and_when_a_lock_began(scene, app, administrator):
    for _ in range(6):
        Caller(app).post("/api/sign-in", {"account": "khong.co", "password": "bất kỳ điều gì"})
    rows = administrator.get("/api/sign-ins", query_string={"who": "khong.co"}).json["attempts"]
    assert [row["outcome"] for row in reversed(rows)] == [*["name_unknown"] * 4, "lock_began", "locked_out"]


def test_the_sign_in_log_shows_good_and_bad_attempts_without_secrets(scene, app, administrator):
    Caller(app).post("/api/sign-in", {"account": "Ke.La", "password": "bí mật của kẻ lạ"})
    answer = administrator.get("/api/sign-ins")
    assert [(row["who"], row["outcome"]) for row in answer.json["attempts"]] == [
        ("ke.la", "name_unknown"), (f"administrator.{scene.top}", "ok")
    ]
    assert "bí mật" not in answer.text
    assert len(administrator.get("/api/sign-ins", query_string={"who": "ke.la"}).json["attempts"]) == 1


def test_a_unit_code_is_given_once_and_those_of_the_server_never(scene, administrator):
    body = {"parent_id": scene.top, "name": "Xã A", "code": "XA-01"}
    assert administrator.post("/api/units", body).status_code == 200
    assert code(administrator.post("/api/units", body)) == "unit_code_taken"
    assert code(administrator.post("/api/units", {**body, "code": f"~dien-tap-{scene.top}"})) == "unit_code_taken"


def test_an_account_belongs_to_nobody_or_to_a_person_whom_one_may_see(scene, client):
    below, other = scene.unit("Xã A", scene.top), scene.unit("Xã B", scene.top)
    mine, foreign = scene.person(unit=below), scene.person(unit=other)
    caller, path = client("unit_administrator", below), f"/api/units/{below}/accounts"
    body = {"name": "can-bo", "display_name": "Cán bộ", "roles": []}
    for person in (foreign, 999_999):
        assert code(caller.post(path, {**body, "person_id": person})) == "person_not_found"
    assert caller.post(path, {**body, "person_id": mine}).status_code == 200


def test_an_account_without_roles_is_not_for_any_unit_to_take(scene, client, administrator):
    below = scene.unit("Xã A", scene.top)
    client("secretary")
    number = next(one.id for one in scene.rows(Account) if one.name.startswith("secretary"))
    assert administrator.patch(f"/api/units/{scene.top}/accounts/{number}", {"roles": []}).status_code == 200
    taken = client("unit_administrator", below).patch(
        f"/api/units/{below}/accounts/{number}", {"reset_password": True}
    )
    assert code(taken) == "account_not_found"
    assert administrator.patch(f"/api/units/{scene.top}/accounts/{number}", {"unlock": True}).status_code == 200


def test_an_administrator_of_a_lower_unit_is_not_the_last_one(scene, client, administrator):
    client("administrator", scene.unit("Xã A", scene.top))
    number = next(one.id for one in scene.rows(Account) if one.name == f"administrator.{scene.top}")
    answer = administrator.patch(f"/api/units/{scene.top}/accounts/{number}", {"disabled": True})
    assert code(answer) == "last_administrator"


@pytest.mark.usefixtures("any_store")
def test_a_nul_in_a_text_is_dropped_on_every_store(scene, app, administrator):
    assert code(Caller(app).post("/api/sign-in", {"account": "a\0b", "password": "x\0"})) == "sign_in_failed"
    found = administrator.get("/api/sign-ins", query_string={"who": "a\0b"}).json["attempts"]
    assert [one["who"] for one in found] == ["ab"]
    kept = administrator.patch(f"/api/units/{scene.top}", {"name": "A \\u0000 \\\0B"})
    assert kept.json["name"] == "A \\u0000 \\B"
    assert code(Caller(app).get("/api/join/a%00b")) == "not_found"
