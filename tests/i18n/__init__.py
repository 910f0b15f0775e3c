"""Tests of the messages and their English catalogue."""
