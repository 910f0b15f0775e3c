"""Four eyes: what one person proposes, another approves, and only then it happens."""
