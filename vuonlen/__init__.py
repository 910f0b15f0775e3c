"""Vươn Lên: a commune, a city or a province runs its programme for sustainable poverty reduction."""

__version__ = "0.1.0"
