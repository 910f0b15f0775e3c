"""The corpus of bad input, classes A–K, made by code: each case is accepted exactly, repaired as listed, or refused."""
