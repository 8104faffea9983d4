"""Papers of a host come from the desk that tests of documents have."""

from tests.documents.conftest import desk, shop

__all__ = ["desk", "shop"]
