"""From an uploaded file to rows that a person can review: read, placed, matched, compared."""
