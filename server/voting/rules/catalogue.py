"""The rule sets a meeting may use: those that ship, and those of its unit and of the units above."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core.access import Actor
from server.core.db import Base
from server.core.errors import Refused
from server.core.writer import Tx
from server.people.models import Unit
from server.voting.rules.ruleset import RuleSet, shipped

MOST_OF_A_UNIT = 50


class UnitRule(Base):
    """A rule set that a unit has written down, with the citation of its own regulation."""

    __tablename__ = "unit_rule"
    __table_args__ = (UniqueConstraint("unit_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    added_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


def catalogue(session: Session, unit_path: str) -> dict[str, RuleSet]:
    """Rule sets by code for a unit ("/1/4/"); a nearer unit's set takes the place of a farther one's of that code."""
    above = [int(part) for part in unit_path.split("/") if part]
    found = dict(shipped())
    rows = session.execute(
        select(UnitRule.code, UnitRule.body).join(Unit, Unit.id == UnitRule.unit_id)
        .where(UnitRule.unit_id.in_(above), UnitRule.retired_at.is_(None)).order_by(func.length(Unit.path), UnitRule.id)
    )
    found.update({code: RuleSet.model_validate(body) for code, body in rows})
    return found


def find(session: Session, unit_path: str, code: str) -> RuleSet:
    """One rule set. Raises Refused `rule_unknown`."""
    rule = catalogue(session, unit_path).get(code)
    if rule is None:
        raise Refused("rule_unknown", rule=code[:60])
    return rule


def add_rule(tx: Tx, actor: Actor, unit_id: int, rule: RuleSet) -> UnitRule:
    """A unit's own rule set. Raises Refused `rule_exists`, `rule_without_citation` or `too_many_rules`.

    The code of one that ships is not given again: screens and records of other units would mean different rules by it.
    """
    if rule.code in shipped():
        raise Refused("rule_exists", rule=rule.code)
    if not (rule.citation.number or rule.citation.date or rule.citation.article):
        raise Refused("rule_without_citation")
    rows = tx.scalars(select(UnitRule).where(UnitRule.unit_id == unit_id)).all()
    if any(row.code == rule.code for row in rows):
        raise Refused("rule_exists", rule=rule.code)
    if len(rows) >= MOST_OF_A_UNIT:
        raise Refused("too_many_rules", most=MOST_OF_A_UNIT)
    made = UnitRule(unit_id=unit_id, code=rule.code, body=rule.model_dump(mode="json"), added_at=tx.now)
    tx.add(made)
    tx.flush()
    tx.record("rule.added", actor, unit=unit_id, code=rule.code, rule=made.body)
    return made


def retire_rule(tx: Tx, actor: Actor, unit_id: int, code: str) -> None:
    """No new vote follows it; votes that were opened keep their copy. Raises Refused `rule_unknown`."""
    row = tx.scalar(
        select(UnitRule).where(UnitRule.unit_id == unit_id, UnitRule.code == code, UnitRule.retired_at.is_(None))
    )
    if row is None:
        raise Refused("rule_unknown", rule=code[:60])
    row.retired_at = tx.now
    tx.record("rule.retired", actor, unit=unit_id, code=code)
