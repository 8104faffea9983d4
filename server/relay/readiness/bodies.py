"""What readiness is told over HTTP."""

from typing import Annotated

from pydantic import Field

from server.core.views import Input
from server.people.inputs import OneLine
from server.relay.bodies import Phone, Somebody
from server.relay.readiness.figures import Figures


class ReadinessIn(Input):
    """A whole test: its figures and who made it. `machine` names the browser or the edge."""

    figures: Figures
    technician: Somebody = ""
    technician_phone: Phone = ""
    machine: Annotated[str, OneLine, Field(max_length=200)] = ""
