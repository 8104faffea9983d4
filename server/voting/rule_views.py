"""Rules as screens read them."""

from server.voting.rules import RuleForm, RuleSet
from server.voting.views import RuleReason, RuleSetView, RuleWords


def words(rule: RuleSet) -> RuleWords:
    """A rule in words."""
    return RuleWords(**_words(rule))


def whole(rule: RuleSet, *, own: bool) -> RuleSetView:
    """A rule to choose from."""
    one = rule.threshold
    return RuleSetView(
        **_words(rule), subject=rule.subject, forms=list(rule.forms), kinds=list(rule.kinds), base=rule.base,
        numerator=one.numerator, denominator=one.denominator, strict=one.strict,
        quorum_numerator=rule.quorum.numerator if rule.quorum else None,
        quorum_denominator=rule.quorum.denominator if rule.quorum else None, names=rule.names,
        changeable=rule.changeable, late_arrivals=rule.late_arrivals, reserved_opinions=rule.reserved_opinions,
        adjustable=list(rule.adjustable),
        exclusions=[RuleReason(code=x.code, text=x.vi, text_en=x.en, article=x.article) for x in rule.exclusions],
        own=own,
    )


def in_order(rules: dict[str, RuleSet], shipped: dict[str, RuleSet]) -> list[RuleSetView]:
    """Rules for open votes first; within them as they are called."""
    ordered = sorted(rules.values(), key=lambda one: (RuleForm.OPEN not in one.forms, one.name.vi))
    return [whole(one, own=one.code not in shipped) for one in ordered]


def _words(rule: RuleSet) -> dict[str, object]:
    return {
        "code": rule.code, "name": rule.name.vi, "name_en": rule.name.en, "citation": rule.citation.text,
        "note": rule.citation.note, "tie": rule.tie.vi, "tie_en": rule.tie.en,
        "remarks": [one.vi for one in rule.settings], "remarks_en": [one.en for one in rule.settings],
    }
