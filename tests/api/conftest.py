"""The same households as the tests of the search."""

from tests.registry.search.conftest import village

__all__ = ["village"]
