"""From an officer's file to typed Parquet: container checks, a limited child process, parsing, listed repairs."""

from vuonlen.domain import problems_files, problems_notes, problems_rows  # noqa: F401  (fill the catalogue)
