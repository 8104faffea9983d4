"""HTTP of rules: what a meeting may use, and a unit's own."""

from server.core.access import Permission
from server.core.http import Api, Call
from server.core.writer import Tx
from server.meetings import lookup
from server.voting import rule_views
from server.voting.rules import RuleSet, catalogue, shipped
from server.voting.views import RuleSetList, RuleSetView

api = Api("voting-rules")
UNIT_RULES = "/api/units/<int:unit_id>/voting-rules"
KEEPERS = (Permission.VOTE_MANAGE, Permission.PEOPLE_MANAGE)


@api.get(
    "/api/meetings/<int:meeting_id>/voting-rules", Permission.MEETING_CONSOLE, "Quy tắc biểu quyết dùng được",
    answer=RuleSetList,
)
def rules_of_meeting(call: Call[None], meeting_id: int) -> RuleSetList:
    """Those that ship and those of the meeting's unit and the units above."""
    with call.read() as session:
        path = lookup.meeting_of(session, meeting_id).unit.path
        return RuleSetList(rules=rule_views.in_order(catalogue.catalogue(session, path), shipped()))


@api.get(UNIT_RULES, KEEPERS, "Quy tắc biểu quyết của đơn vị", answer=RuleSetList)
def rules_of_unit(call: Call[None], unit_id: int) -> RuleSetList:
    """Those that its meetings may use; `own` marks those a unit has added."""
    with call.read() as session:
        path = call.services.place_of_unit(session, unit_id).unit_path
        return RuleSetList(rules=rule_views.in_order(catalogue.catalogue(session, path), shipped()))


@api.post(UNIT_RULES, KEEPERS, "Thêm quy tắc riêng của đơn vị", body=RuleSet, answer=RuleSetView)
def add_rule(call: Call[RuleSet], unit_id: int) -> RuleSetView:
    """With the citation of the unit's own regulation; it is never edited, only retired."""

    def command(tx: Tx) -> RuleSetView:
        catalogue.add_rule(tx, call.actor, unit_id, call.body)
        return rule_views.whole(call.body, own=True)

    return call.write(command)


@api.delete(f"{UNIT_RULES}/<code>", KEEPERS, "Ngừng dùng một quy tắc riêng")
def retire_rule(call: Call[None], unit_id: int, code: str) -> None:
    """Votes that were opened keep their copy of it."""
    call.write(lambda tx: catalogue.retire_rule(tx, call.actor, unit_id, code))
