"""Words of the field as types: households, poverty, places, figures, problems. No I/O, no framework."""
