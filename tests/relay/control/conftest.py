"""The conference of this folder's tests; papers of a host come from the desk that tests of documents have."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.documents.conftest import desk, shop
from tests.relay.control.conference import Relay
from tests.scene import Scene

__all__ = ["desk", "relay", "shop"]


@pytest.fixture
def relay(scene: Scene, client: Callable[..., Any]) -> Relay:
    return Relay(scene, client("secretary"))
