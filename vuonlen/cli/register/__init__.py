"""Commands of a register: its server, its database, its people, its journal and its backups."""
