"""What a stream of SAM 3 may forget: the library keeps every frame's masks and memories, and attends to a few."""

from __future__ import annotations

from typing import Any

_KEPT = 32
"""How many frames the library is given as their number: more than it has pointers for."""
_HELD = ("high_res_masks",)
"""What nobody reads again once its frame is done."""


def prune(session: Any, frame_index: int, config: Any) -> None:
    """Lets go of what the next frame does not look at. Called after each frame."""
    import torch

    nothing = torch.empty(0)
    frames = session.processed_frames or {}
    for known in list(frames):
        if known <= frame_index - _KEPT:
            del frames[known]
        else:
            frames[known] = nothing
    recent = max(int(config.num_maskmem), int(config.max_object_pointers_in_encoder))
    most = int(config.max_cond_frame_num)
    for stored in session.output_dict_per_obj.values():
        others = stored["non_cond_frame_outputs"]
        for known in [known for known in others if known <= frame_index - recent]:
            del others[known]
        # the first one shows the object as it was found; of the others it attends to the nearest
        shown = sorted(stored["cond_frame_outputs"])
        for known in shown[1 : max(1, len(shown) - most)]:
            del stored["cond_frame_outputs"][known]
        for outputs in stored.values():
            for known, output in outputs.items():
                if known < frame_index:
                    for name in _HELD:
                        output.pop(name, None)
    for seen in session.frames_tracked_per_obj.values():
        for known in [known for known in seen if known < frame_index]:
            del seen[known]
    for table in (session.obj_id_to_tracker_score_frame_wise, session.suppressed_obj_ids):
        for known in [known for known in table if known < frame_index - 1]:
            del table[known]
