"""Kinds of text that people type: cleaned before they are measured, so that nothing invisible is stored."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from server.core.text import clean, clean_lines


def _line(value: Any) -> Any:  # pydantic gives whatever was sent
    return clean(value) if isinstance(value, str) else value


def _prose(value: Any) -> Any:
    return clean_lines(value) if isinstance(value, str) else value


OneLine = BeforeValidator(_line)
Lines = BeforeValidator(_prose)
Name = Annotated[str, OneLine, Field(min_length=1, max_length=120)]
Label = Annotated[str, OneLine, Field(min_length=1, max_length=200)]
OptionalLabel = Annotated[str, OneLine, Field(max_length=200)]
CardNumber = Annotated[str, OneLine, Field(min_length=1, max_length=40)]
Heading = Annotated[str, OneLine, Field(min_length=1, max_length=300)]
Sentence = Annotated[str, OneLine, Field(min_length=1, max_length=500)]
Reason = Annotated[str, OneLine, Field(min_length=1, max_length=300)]
Prose = Annotated[str, Lines, Field(max_length=4000)]
RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]
