"""The numbers that options of engines take.

A module of its own, since the window starts without loading the engines.
"""

from __future__ import annotations

from collections.abc import Mapping

LARGEST = 2**31 - 1
NUMBERS: Mapping[str, tuple[float, float]] = {
    "short_side": (16, 4320),
    "network_side": (16, 4320),
    "flow_side": (16, 4320),
    "input_side": (1, 4096),
    "threads": (0, 1024),
    "seed": (0, LARGEST),
    "cue_weight": (0, 1),
    "steps": (1, 5000),
    "batch": (1, 32),
    "target_side": (64, 1024),
}
"""The numbers that options take, by name: what is called the same in two engines is the same. An option's default is
always taken: 0 often means that the engine chooses."""
