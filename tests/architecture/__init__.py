"""Tests of the house itself: sizes, imports, map, what is shipped and what must not stand in a file."""
