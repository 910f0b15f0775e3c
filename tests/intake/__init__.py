"""Reading lists: formats, headings, sheets, mapping files, limits."""
