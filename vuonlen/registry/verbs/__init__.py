"""What may be done to a household: one function per verb, one transaction each, with its journal entry."""
