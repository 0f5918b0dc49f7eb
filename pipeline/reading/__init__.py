"""Clause-level reading: which words of a sentence belong to the same event."""
