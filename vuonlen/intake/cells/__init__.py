"""One cell at a time: a raw value in, a clean value and what there is to say about it out."""
