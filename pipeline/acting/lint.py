"""Checks of the actor tables beyond what compiling them already refuses."""

from __future__ import annotations


def lint_actors() -> list[str]:
    """Problems of the actor tables, one line each; empty when there are none."""
    return []
