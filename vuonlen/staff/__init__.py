"""People of the installation: who gets a role, who leaves, who takes over."""
