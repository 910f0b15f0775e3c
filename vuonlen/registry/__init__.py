"""Households and members, and what was true of them at each date."""
