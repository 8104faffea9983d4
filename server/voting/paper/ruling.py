"""The rule set of a paper vote: which fits, and its snapshot in the vote's row."""

from sqlalchemy.orm import Session

from server.core.errors import Refused
from server.meetings.access import place_of_meeting
from server.voting.paper.models import PaperKind, PaperVote
from server.voting.rules import CountedOf, Fraction, RuleForm, RuleSet, Subject
from server.voting.rules.catalogue import catalogue


def find(session: Session, meeting_id: int, code: str, kind: PaperKind) -> RuleSet:
    """A rule set of the meeting's unit that fits this kind. Raises Refused `paper_rule_unknown` or `paper_rule_unfit`.

    Elections of people are secret and on paper (190-QĐ/TW Điều 3).
    """
    rule = catalogue(session, place_of_meeting(session, meeting_id).unit_path).get(code)
    if rule is None:
        raise Refused("paper_rule_unknown", rule=code)
    subject = Subject.CONFIDENCE if kind is PaperKind.CONFIDENCE else Subject.ELECTION
    # "All members" needs a figure from outside, which a paper vote has no place for.
    if rule.subject != subject or RuleForm.PAPER_SECRET not in rule.forms or rule.base == CountedOf.ALL_MEMBERS:
        raise Refused("paper_rule_unfit", name=rule.name.vi, name_en=rule.name.en, citation=rule.citation.text)
    return rule


def of(vote: PaperVote) -> RuleSet:
    """The rule as the vote keeps it."""
    return RuleSet.model_validate(vote.rule)


def with_quorum(rule: RuleSet, meetings: Fraction) -> RuleSet:
    """The rule with the quorum that holds: its own, else the meeting's; none where it needs none."""
    return rule.model_copy(update={"quorum": (rule.quorum or meetings) if rule.needs_quorum else None})


def cited(rule: RuleSet, article: str | None) -> str:
    """An article of the rule, or the rule's own citation."""
    return article or rule.citation.text


def most_surplus(rule: RuleSet, seats: int) -> int | None:
    """How many candidates above the seats are allowed: 30 % of 55 is 16 (190-QĐ/TW Điều 14). None: no limit."""
    return None if rule.election is None else rule.election.most_surplus_percent * seats // 100
