"""Provinces, districts, communes and villages, and their mergers through time."""
