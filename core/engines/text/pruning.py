"""Removes state that SAM 3 no longer reads: the library keeps all frames' masks and memories, but attends to a few."""

from __future__ import annotations

from typing import Any

_KEPT = 32
"""Frames that stay in the session's list, without pixels: the library takes their number for the clip's length, and it
must exceed its number of object pointers."""
_HELD = ("high_res_masks",)
"""Outputs that are not read after their frame."""


def prune(session: Any, frame_index: int, config: Any) -> None:
    """Removes what the frame after `frame_index` does not read from a transformers `Sam3VideoInferenceSession`.
    `config` is the tracker's. Call it after each frame.
    """
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
        # the network attends to the first conditioning frame and to the nearest of the others
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
