"""What a row of a list means for the register: the same rules show the differences and write them."""
