"""Append-only: who did what, when, on whose authority. One hash chain per commune."""
