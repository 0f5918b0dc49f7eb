"""Preload of Dask workers in tests: stand_in.py in place of the stages, and a release that stands still meanwhile."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import stand_in

from pipeline import coding

sys.modules["pipeline.order"] = stand_in
sys.modules["pipeline.events"] = stand_in
coding.release = lambda: "one"
