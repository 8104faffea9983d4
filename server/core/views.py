"""Bases of what goes in and out: views that screens live on, and request bodies."""

from pydantic import BaseModel, ConfigDict


class View(BaseModel):
    """A piece of a topic or an answer. Times are epoch milliseconds (`…_ms`) so that screens compute with one clock."""

    model_config = ConfigDict(frozen=True)


class Input(BaseModel):
    """A request body: unknown fields are refused, surrounding spaces dropped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
