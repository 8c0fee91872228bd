"""The built-in engine's time a frame compared with a peer's, in the same run: one thread, one object, 480p.

    pip install -e '.[bench]'
    python -m benchmarks.peers

The peer is EdgeTAM (Zhou et al., CVPR 2025) as it comes with Hugging Face transformers, at its own 1024 pixels, with
random weights: they take as long as trained ones and need no download. Reading the pictures is counted for neither.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import numpy as np

from benchmarks.common import moving_scene, print_table, write_results
from core.engines import load
from core.jobs import CancelToken
from core.types import Anchor, Image

_SIZE = 854, 480
_PEER_SIDE = 1024


def builtin(frames: list[Image], mask: np.ndarray) -> Iterator[float]:
    """Seconds of every frame but the anchor's."""
    with closing(load("builtin").open(_SIZE, "cpu", {"threads": 1})) as session:
        anchor = Anchor(0, mask, frozenset({1}))
        results = session.track([anchor], range(len(frames)), frames.__getitem__, CancelToken())
        next(results)
        yield from _timed(lambda: next(results), len(frames) - 1)


def edgetam(frames: list[Image], mask: np.ndarray) -> Iterator[float]:
    """The same, of EdgeTAM."""
    import cv2
    import torch
    from transformers import EdgeTamVideoConfig, EdgeTamVideoModel, EdgeTamVisionConfig
    from transformers.models.edgetam_video.modeling_edgetam_video import EdgeTamVideoInferenceSession
    from transformers.models.timm_wrapper.configuration_timm_wrapper import TimmWrapperConfig

    torch.set_num_threads(1)
    parts = {"features_only": True, "in_chans": 3, "out_indices": [0, 1, 2, 3]}
    # a bare configuration would be SAM 2's backbone
    vision = EdgeTamVisionConfig(backbone_config=TimmWrapperConfig(architecture="repvit_m1", model_args=parts))
    model = EdgeTamVideoModel(EdgeTamVideoConfig(vision_config=vision)).eval()
    session = EdgeTamVideoInferenceSession(video_height=_SIZE[1], video_width=_SIZE[0], dtype=torch.float32)

    def tensor(picture: np.ndarray) -> torch.Tensor:
        square = cv2.resize(picture, (_PEER_SIDE, _PEER_SIDE)).astype(np.float32)
        return torch.from_numpy(np.ascontiguousarray(square.reshape(_PEER_SIDE, _PEER_SIDE, -1).transpose(2, 0, 1)))[
            None
        ]

    left = iter(frames)

    def step() -> None:
        with torch.inference_mode():
            model(inference_session=session, frame=tensor(next(left)) / 255)

    session.obj_id_to_idx(1)
    session.add_mask_inputs(0, 0, tensor(mask))
    session.obj_with_new_inputs = [1]
    step()
    yield from _timed(step, len(frames) - 1)


def _timed(step: Callable[[], object], count: int) -> Iterator[float]:
    for _ in range(count):
        start = time.perf_counter()
        step()
        yield time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=10, help="to time of each (default: %(default)s)")
    args = parser.parse_args()
    try:
        import timm  # noqa: F401  (the peer's backbone)
        import transformers  # noqa: F401
    except ImportError:
        raise SystemExit("The peer needs transformers and timm: pip install -e '.[bench]'") from None
    scene = list(moving_scene(_SIZE, args.frames + 1, 1))
    frames, mask = [picture for picture, _ in scene], scene[0][1]
    seconds: dict[str, list[float]] = {"builtin": [], "EdgeTAM": []}
    # by turns, so that what else the machine does meets both
    for own, peer in zip(builtin(frames, mask), edgetam(frames, mask), strict=True):
        seconds["builtin"].append(own)
        seconds["EdgeTAM"].append(peer)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    print_table(["engine", "s/frame, median"], [[name, value] for name, value in medians.items()])
    ratio = medians["EdgeTAM"] / medians["builtin"]
    print(f"EdgeTAM takes {ratio:.1f} times as long")
    print(write_results("peers", {"frames": args.frames}, [{**medians, "ratio": ratio}]))


if __name__ == "__main__":
    main()
