"""Time and memory a frame of the video models that are engines: flat, however long the clip.

    python -m benchmarks.engines                         each adapter, 1,000 frames of a tiny network
    python -m benchmarks.engines --text                  SAM 3 finding by text, 1,000 frames of a tiny network
    python -m benchmarks.engines --encoders edgetam sam2.1-tiny      picture encoders before and after `models prepare`

Weights are random, as time and memory do not depend on them; so are the masks that come of it. Each adapter runs in a
process of its own, so that one's memory is not another's. Official sizes on a GPU: `python -m benchmarks.gpu`.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import print_table, write_results
from benchmarks.tiny_models import CONFIGS, save_tiny
from core.types import Image, LabelMap

_SIZE = (160, 96)
_SETTLED = 100
"""Frame from which on all buffers are filled."""


def resident() -> float:
    """Megabytes of this process."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def flat(model_type: str, frames: int) -> dict[str, str | float]:
    """Seconds a frame, and the growth of memory a frame."""
    from core.engines.transformers_video import TransformersEngine
    from core.jobs import CancelToken
    from tests.contract.scenes import Scene

    scene = Scene(size=_SIZE, object_ids=(3, 200), speed=0)
    marks: dict[int, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        engine = TransformersEngine("tiny", "Tiny", save_tiny(model_type, Path(folder) / "model"))
        session = engine.open(scene.size, "cpu", {"threads": 1})
        for result in session.track([scene.anchor(0)], range(frames), scene.read, CancelToken()):
            if result.frame_index in (_SETTLED, frames - 1):
                gc.collect()
                marks[result.frame_index] = time.perf_counter(), resident()
        session.close()
    return _growth(model_type, frames, marks)


def flat_text(frames: int) -> dict[str, str | float]:
    """As `flat`, for SAM 3 finding by text: the first frame's objects are tracked, and no new ones appear."""
    import numpy as np

    from core.engines.text.models import load_text_model
    from tests.core.engines.text.tiny import save_tiny_sam3

    pictures = np.random.default_rng(0).integers(0, 255, (8, 96, 160, 3), dtype=np.uint8)
    marks: dict[int, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        save_tiny_sam3(Path(folder))
        model: Any = load_text_model("sam3", Path(folder), "cpu")
        stream = model.stream(["dog"], 0.0)
        for index in range(frames):
            stream.step(pictures[index % 8])
            if index == 0:
                model._network.new_det_thresh, model._network.det_nms_thresh = 1.1, 0.0
            if index in (_SETTLED, frames - 1):
                gc.collect()
                marks[index] = time.perf_counter(), resident()
    return _growth("sam3_video (text)", frames, marks)


def _growth(adapter: str, frames: int, marks: dict[int, tuple[float, float]]) -> dict[str, str | float]:
    (began, before), (ended, after) = marks[_SETTLED], marks[frames - 1]
    counted = frames - 1 - _SETTLED
    return {
        "adapter": adapter,
        "frames": frames,
        "ms a frame": 1000 * (ended - began) / counted,
        "MB at 100": before,
        "MB at the end": after,
        "kB a frame": 1000 * (after - before) / counted,
    }


def official(name: str, device: str, clip: Sequence[tuple[Image, LabelMap]], seconds: float) -> dict[str, str | float]:
    """Frames a second of an official size with random weights, whole engine, one object.

    The clip is run to and fro, for so many seconds once the first frames have chosen kernels. Raises EngineError,
    ImportError where a library is missing.
    """
    from core.engines.transformers_video import TransformersEngine
    from core.jobs import CancelToken
    from core.types import Anchor

    picture, labels = clip[0]
    turns = [*range(len(clip)), *range(len(clip) - 2, 0, -1)]
    warm = min(10, len(clip))
    with tempfile.TemporaryDirectory() as temporary:
        engine = TransformersEngine(name, name, _random(name, Path(temporary)))
        session = engine.open((picture.shape[1], picture.shape[0]), device)
        results = session.track(
            [Anchor(0, labels, frozenset({int(labels.max())}))],
            range(1_000_000),
            lambda index: clip[turns[index % len(turns)]][0],
            CancelToken(),
        )
        times: list[float] = []
        for _ in results:
            times.append(time.perf_counter())
            if len(times) > warm + 1 and times[-1] - times[warm] >= seconds:
                break
        precision = str(session.model.dtype).removeprefix("torch.")
        device = session.model.device.type
        if device == "cuda":
            import torch

            device = torch.cuda.get_device_name()
        session.close()
    return {
        "engine": name,
        "device": device,
        "precision": precision,
        "size": f"{picture.shape[1]}x{picture.shape[0]}",
        "frames a second": (len(times) - 1 - warm) / (times[-1] - times[warm]),
    }


def encoder(name: str, repeats: int) -> dict[str, str | float]:
    """Seconds of one core that the picture encoder of an official size takes, by torch and prepared for the CPU."""
    import torch

    torch.set_num_threads(1)
    from core.engines.transformers_video.fast_encoder import prepare_encoder
    from core.engines.transformers_video.model import VideoModel

    picture = torch.randint(0, 256, (480, 854, 3), dtype=torch.uint8).numpy()

    def seconds(video: VideoModel) -> float:
        times = []
        for _ in range(repeats + 1):
            began = time.process_time()
            video.encode(picture)
            times.append(time.process_time() - began)
        return min(times[1:])

    with tempfile.TemporaryDirectory() as temporary:
        folder = _random(name, Path(temporary))
        before = seconds(VideoModel(folder, "cpu", half=False))
        began = time.process_time()
        prepare_encoder(folder)
        preparing = time.process_time() - began
        after = seconds(VideoModel(folder, "cpu", half=False))
    return {"encoder": name, "s before": before, "s prepared": after, "s of preparing": preparing}


def _random(name: str, folder: Path) -> Path:
    """A checkpoint's folder of an official size, with random weights."""
    from benchmarks.official_models import official_config
    from core.engines.transformers_video.loading import load_config

    (folder / "config.json").write_text(json.dumps(official_config(name)), "utf-8")
    import torch
    from transformers import AutoModel

    torch.manual_seed(0)
    AutoModel.from_config(load_config(folder)).save_pretrained(folder)
    return folder


def _in_subprocess(call: str) -> dict[str, Any]:
    """Runs a call of this module in a process of its own."""
    code = f"import json; from benchmarks.engines import encoder, flat, flat_text; print(json.dumps({call}))"
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    return dict(json.loads(answer.strip().splitlines()[-1]))


def main() -> None:
    """Measures, prints one table, writes one JSON file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", action="store_true", help="SAM 3 finding by text")
    parser.add_argument("--encoders", nargs="+", metavar="NAME", help="picture encoders of official sizes on a CPU")
    parser.add_argument("--frames", type=int, default=1000)
    args = parser.parse_args()
    if args.text:
        rows = [_in_subprocess(f"flat_text({args.frames})")]
    elif args.encoders:
        rows = [_in_subprocess(f"encoder({name!r}, 3)") for name in args.encoders]
    else:
        rows = [_in_subprocess(f"flat({model_type!r}, {args.frames})") for model_type in CONFIGS]
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    print(f"written: {write_results('engines', vars(args), rows)}")


if __name__ == "__main__":
    main()
