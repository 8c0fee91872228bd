"""The clip that comes with the program, with a mask of its first frame: the main job can begin at once."""

from __future__ import annotations

from pathlib import Path

import resources

_FOLDER = Path(resources.__file__).parent / "sample"

CLIP = _FOLDER / "clip.mp4"
FIRST_MASK = _FOLDER / "first_mask.png"


def is_sample(clip: Path) -> bool:
    return clip.resolve() == CLIP.resolve()
