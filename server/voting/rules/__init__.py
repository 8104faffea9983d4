"""Rules as data: what a regulation says about a vote, and the arithmetic that follows from it.

`ruleset.py` is the shape of a rule set, `*.toml` are those that ship, `catalogue.py` adds those of a unit, and
`arithmetic.py` holds majorities in whole numbers.
"""

from server.voting.rules.arithmetic import (
    Choice,
    Count,
    CountedOf,
    Level,
    Majority,
    Ranking,
    base_of,
    count,
    is_fit,
    known_at_close,
    needed,
    passed,
    rank,
    shares,
)
from server.voting.rules.ruleset import (
    BallotKind,
    Citation,
    Fraction,
    Names,
    RuleForm,
    RuleSet,
    Subject,
    Words,
    shipped,
)

__all__ = [
    "BallotKind", "Choice", "Citation", "Count", "CountedOf", "Fraction", "Level", "Majority", "Names", "Ranking",
    "RuleForm", "RuleSet", "Subject", "Words", "base_of", "count", "is_fit",
    "known_at_close", "needed", "passed", "rank", "shares", "shipped",
]
