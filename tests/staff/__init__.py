"""Who gets a role, who leaves, who takes over."""
