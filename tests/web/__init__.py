"""Pages of the whole application: the cast that the tests share, and the permission matrix."""
