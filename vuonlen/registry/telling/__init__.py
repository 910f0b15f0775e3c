"""What is told of a household in words: its history, its time line, what is missing."""
