"""Vietnamese text is found without diacritics and shown without tricks."""

import pytest

from server.core.text import clean, fold


@pytest.mark.parametrize(
    ("given", "folded"),
    [("Đỗ  Thị Hà", "do thi ha"), ("hội đồng", "hoi dong"), ("NGUYỄN Văn Ước", "nguyen van uoc"), ("", "")],
)
def test_fold(given: str, folded: str) -> None:
    assert fold(given) == folded


def test_clean_drops_direction_marks_and_composes() -> None:
    assert clean("Ha\u0300\u202e  Nội\x00\t1") == "Hà Nội 1"
