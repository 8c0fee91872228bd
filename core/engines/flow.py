"""Which optical flow an engine of ours runs on."""

from __future__ import annotations

from core.engines.downloads import RAFTS, downloaded
from core.errors import EngineError
from core.vos.flow.warping import FlowSource

FLOWS = ("auto", "dis", "raft")
"""What a person can choose: `auto` is RAFT on a GPU where its weights are there, and DIS otherwise."""

_RAFT_SIDE = 540
"""RAFT compares every position with every other: memory grows with the fourth power of the side."""


def open_flow(choice: str, on_gpu: bool, short_side: int) -> FlowSource | None:
    """The flow of `FLOWS` that was chosen; None is DIS, which the tracker makes itself.

    `short_side` as in `core.vos.flow.warping.FlowEstimator`. Raises EngineError on `raft` without its weights.
    """
    if choice == "dis" or (choice == "auto" and not on_gpu):
        return None
    # in the order of preference
    for name in RAFTS:
        weights = downloaded(name)
        if weights is not None:
            from core.vos.flow.raft import RaftFlow, load_raft

            side = min(short_side, _RAFT_SIDE) if short_side > 0 else _RAFT_SIDE
            return RaftFlow(load_raft(name, weights), "cuda" if on_gpu else "cpu", side)
    if choice == "raft":
        raise EngineError("RAFT has no weights here; download them with `rotoflow models download raft-large`.")
    return None
