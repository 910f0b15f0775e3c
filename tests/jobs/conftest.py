"""A user who asks for work."""

from __future__ import annotations

import pytest

from vuonlen.accounts.models import User


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create(username="owner", full_name="Người Yêu Cầu")
