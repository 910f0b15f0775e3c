"""The pages of places: the tree of any date, one place through time, the villages of split communes."""
