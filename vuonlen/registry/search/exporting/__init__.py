"""Lists taken out as files: exactly what the user may see, marked with who took them out, when and by which filters."""
