"""People, roles, rights, protected values, sign-in."""
