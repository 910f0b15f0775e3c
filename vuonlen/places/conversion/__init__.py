"""The conversion table of the statistics office: read, understood row by row, compared with the register."""
