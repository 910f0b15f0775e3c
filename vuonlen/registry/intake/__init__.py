"""Import of household lists in stages: read, compare, settle, approve, apply, undo."""
