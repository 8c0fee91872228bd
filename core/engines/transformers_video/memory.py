"""The memory of one object: only the entries that the network attends to.

The library's own session keeps the masks and memories of all frames. Here each object has a session of its own, so that
objects may begin on any frame, and after every frame the entries that the next one does not read are removed.
"""

from __future__ import annotations

from typing import Any

import torch

from core.engines.transformers_video.model import Features, VideoModel

_OBJECT = 1
_OVER = ("pred_masks", "high_res_masks")
"""Entries of the session that are not read after their frame."""
_MEMORY = ("maskmem_features", "maskmem_pos_enc")


class ObjectMemory:
    """The network's inference session for one object."""

    def __init__(self, model: VideoModel, offload: bool = False) -> None:
        """`offload` keeps memories in the computer's own memory between frames, not in the device's."""
        self._model = model
        config = model.network.config
        self._recent = int(config.num_maskmem) - 1
        self._pointers = int(config.max_object_pointers_in_encoder) - 1
        self._session: Any = model.session_class(
            inference_device=model.device,
            inference_state_device="cpu" if offload else model.device,
            video_storage_device="cpu",
            dtype=model.dtype,
        )
        self._session.cache.inference_state_device = model.device
        self._session.obj_id_to_idx(_OBJECT)

    @property
    def anchors(self) -> frozenset[int]:
        """The frames of its conditioning masks."""
        return frozenset(self._stored["cond_frame_outputs"])

    def show(self, frame_index: int, features: Features, mask: torch.Tensor) -> None:
        """Adds a conditioning mask (1, 1, side, side) for a frame; an empty one means that the object is absent."""
        session = self._session
        self._stored["non_cond_frame_outputs"].pop(frame_index, None)
        session.add_mask_inputs(0, frame_index, mask)
        session.obj_with_new_inputs = [_OBJECT]
        self._run(frame_index, features, reverse=False)
        session.remove_mask_inputs(0, frame_index)
        _drop(self._stored["cond_frame_outputs"][frame_index], _OVER)

    def forget(self, frame_index: int) -> None:
        """Removes a frame's conditioning mask."""
        self._stored["cond_frame_outputs"].pop(frame_index, None)

    def follow(self, frame_index: int, features: Features, reverse: bool) -> tuple[torch.Tensor, float]:
        """Logits (h, w) of the object on the next frame, and the logit of its presence."""
        found = self._run(frame_index, features, reverse)
        logits, score = found.pred_masks[0, 0], float(found.object_score_logits.reshape(-1)[0])
        self._prune(frame_index)
        return logits, score

    @property
    def _stored(self) -> dict[str, dict[int, dict[str, Any]]]:
        stored: dict[str, dict[int, dict[str, Any]]] = self._session.output_dict_per_obj[0]
        return stored

    def _run(self, frame_index: int, features: Features, reverse: bool) -> Any:
        session = self._session
        session.cache.cache_vision_features(
            frame_index, {"vision_feats": features.maps, "vision_pos_embeds": features.positions}
        )
        # the features are known, so that the picture need not be; giving one is how the library knows a stream
        nothing = torch.empty(0)
        try:
            return self._model.network(session, frame_idx=frame_index, frame=nothing, reverse=reverse)
        finally:
            session.processed_frames = None
            session.cache.clear_all()
            session.frames_tracked_per_obj[0].clear()

    def _prune(self, frame_index: int) -> None:
        recent = self._stored["non_cond_frame_outputs"]
        for known in list(recent):
            age = abs(frame_index - known)
            if age >= max(self._recent, self._pointers):
                del recent[known]
                continue
            _drop(recent[known], _OVER)
            if age >= self._recent:
                _drop(recent[known], _MEMORY)


def _drop(output: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        output.pop(name, None)
