"""Sheets: open the file, find the headings, parse the columns, put households together."""
