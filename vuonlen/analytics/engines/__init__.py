"""Engines that must agree: plain Python (the reference), Polars, Spark. They do not know each other."""
