"""The demonstration as a register: places, people, lists imported and approved, communes merged. All synthetic."""
