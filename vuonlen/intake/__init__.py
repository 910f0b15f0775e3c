"""From an officer's file to typed Parquet: container checks, a limited child process, parsing, listed repairs."""

from vuonlen.domain.problems.reading import files, notes, rows  # noqa: F401  (fill the catalogue)
