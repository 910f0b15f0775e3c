"""Users, the roles they hold for a place and a period, and what they may therefore see and do."""
