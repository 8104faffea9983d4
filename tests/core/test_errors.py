"""Refusals: every code that is raised is in the catalogue, whole, in both languages."""

import ast
import re
from pathlib import Path

import pytest

import server.backup  # these fill the catalogue
import server.features
import server.setup  # noqa: F401
from server.core.errors import Refused, catalogue, define

SERVER = Path(__file__).parents[2] / "server"


def raised_codes() -> set[str]:
    found = set()
    for path in SERVER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
            if named and node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def test_every_raised_code_is_in_the_catalogue() -> None:
    assert raised_codes() - set(catalogue) == set()


@pytest.mark.parametrize("code", sorted(catalogue))
def test_a_refusal_says_what_and_what_to_do_in_both_languages(code: str) -> None:
    one = catalogue[code]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code)
    assert 400 <= one.status < 600
    for text in (one.vi, one.en, one.next_vi, one.next_en):
        assert text.strip().endswith((".", "!", "?", "}")), text  # {what} is a whole sentence
    assert one.vi != one.en or "{" in one.vi
    assert not re.search(r"\b(error|lỗi hệ thống)\b", one.vi, re.IGNORECASE)


def test_missing_params_never_break_a_refusal() -> None:
    problem = Refused("locked_out").problem()
    assert "…" in str(problem["detail"])


def test_one_code_cannot_be_defined_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        define("forbidden", 403, vi="a.", en="b.", next_vi="c.", next_en="d.")
