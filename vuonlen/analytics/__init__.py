"""Figures: measures, movement between reviews, statutory tables; engines that compute them."""
