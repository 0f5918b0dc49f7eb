"""Builds measured against hand-coded events, and against each other."""
