"""The journal read and verified by those who may: officers, chairs, inspectors, each in their area."""
