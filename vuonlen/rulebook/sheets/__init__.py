"""From the YAML of a standard to values: shapes, checks with lines, building, comparing."""
