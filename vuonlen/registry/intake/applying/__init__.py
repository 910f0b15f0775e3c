"""An approved list reaches the register, part by part; each part is whole."""
