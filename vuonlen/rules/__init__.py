"""Where the law stands as data: standards and lists, each value with its date, source and confidence."""

from __future__ import annotations

from pathlib import Path

STANDARDS = Path(__file__).parent / "standards"
LISTS = Path(__file__).parent / "lists"
