"""Renders the sample clip into `resources/sample`: clip.mp4, first_mask.png and truth/00000.png ...

    python -m tools.make_sample [--out FOLDER]

The pictures are the same on every machine; the encoded file may differ with the version of the encoder.
"""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path

from benchmarks.video_writer import VideoWriter
from core.masks import write_mask
from tools.sample_scene import FRAMES, HEIGHT, RATE, WIDTH, Backdrop, draw_frame

_SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"


def make_sample(folder: Path) -> None:
    """Writes the clip, the first frame's mask and the ground truth of every frame."""
    truth = folder / "truth"
    truth.mkdir(parents=True, exist_ok=True)
    backdrop = Backdrop()
    options = {"crf": "17", "preset": "slow", "g": "30"}
    with VideoWriter(folder / "clip.mp4", (WIDTH, HEIGHT), Fraction(RATE), options=options) as writer:
        for frame_index in range(FRAMES):
            image, labels = draw_frame(backdrop, frame_index)
            writer.write(image)
            write_mask(truth / f"{frame_index:05}.png", labels)
            if frame_index == 0:
                write_mask(folder / "first_mask.png", labels)


def main() -> None:
    """Reads the arguments and says how large the sample became."""
    parser = argparse.ArgumentParser(description="Renders the sample clip.")
    parser.add_argument("--out", type=Path, default=_SAMPLE, help="folder to write into (default: resources/sample)")
    folder: Path = parser.parse_args().out
    make_sample(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder}: {FRAMES} frames, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
