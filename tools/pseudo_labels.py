"""Makes training sequences out of clips without annotation: objects whose masks two engines agree on.

    python -m tools.pseudo_labels ../shared/data          reads DATA/video, writes DATA/pseudo-labels
    python -m tools.pseudo_labels DATA --out OUT --clips 01_dog 11_polevault

Clicks on a grid propose objects on some frames of each clip. One is taken if a click in the middle of its mask gives
the same mask again. The built-in engine and a second one follow it; it is kept up to the frame where their masks no
longer agree, and only if the built-in engine, going back from there, returns to the mask that it set out from. So what
is easy is kept, and most of it is right: the network meets new objects, backgrounds and real motion, but nothing that
it could not do before.

`rotoflow train --data DATA` reads DATA/pseudo-labels as it reads DATA/davis-train. Networks of folds never see them:
the engine that made them may have seen what is held out.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.engines import load
from core.engines.clicks import load_click_network
from core.jobs import CancelToken
from core.learning.clicks.simulation import distance_to_edge
from core.learning.samples.data import PSEUDO_LABELS, VALIDATION_SEQUENCES
from core.learning.samples.footage import find_footage
from core.masks import write_mask
from core.masks.clicks import ClickSelector
from core.media import open_video
from core.metrics import region_j
from core.propagation import Direction, PropagationRequest, propagate
from core.types import Anchor, Image, LabelMap
from core.vos.flow.warping import scaled_size

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""

SHORT_SIDE = 480
GRID = (7, 4)
"""Clicks across and down."""
_SMALLEST, _LARGEST = 0.004, 0.4
"""Areas of objects, as shares of the picture."""
_SAME, _AGREE, _RETURNS = 0.9, 0.8, 0.85
"""Least IoU of a mask and the one clicked again, of two engines' masks on a frame, and of a mask and what comes back.
"""
_APART = 0.3
"""Most IoU of two objects of a frame."""
FEWEST_FRAMES = 8


@dataclass(frozen=True)
class Labelled:
    """Pictures (h, w, 3) uint8 RGB and the masks that an object has on them."""

    pictures: list[Image]
    masks: list[Mask]


def proposals(picture: Image, selector: ClickSelector, most: int) -> list[Mask]:
    """Masks of objects on a picture, the largest first, none much the same as another."""
    selector.prepare(picture)
    height, width = picture.shape[:2]
    found: list[Mask] = []
    for down in range(GRID[1]):
        for across in range(GRID[0]):
            point = (across + 0.5) * width / GRID[0], (down + 0.5) * height / GRID[1]
            mask = _clicked(selector, point)
            if mask is None or not _SMALLEST < mask.mean() < _LARGEST:
                continue
            again = _clicked(selector, _middle(mask))
            if again is not None and region_j(again, mask) >= _SAME:
                found.append(mask)
    chosen: list[Mask] = []
    for mask in sorted(found, key=np.count_nonzero, reverse=True):
        if all(region_j(mask, other) < _APART for other in chosen):
            chosen.append(mask)
    return chosen[:most]


def _clicked(selector: ClickSelector, point: tuple[float, float]) -> Mask | None:
    masks = selector.select(np.array([point], np.float32), np.array([True]), None, None)
    return masks[0] if len(masks) else None


def _middle(mask: Mask) -> tuple[float, float]:
    """The point (x, y) of a mask that is farthest from its contour."""
    distance = distance_to_edge(mask)
    y, x = np.unravel_index(int(distance.argmax()), distance.shape)
    return float(x), float(y)


Follow = Callable[[Sequence[Image], Mask], list[Mask]]
"""Follows a mask from the first of some pictures: a mask for each."""


def follow_with(engine: str) -> Follow:
    """Follows with an engine by its name."""

    def follow(pictures: Sequence[Image], mask: Mask) -> list[Mask]:
        anchor = Anchor(0, mask.astype(np.uint8), frozenset([1]))
        request = PropagationRequest(len(pictures), (anchor,), Direction.FORWARD, 0, len(pictures) - 1)
        found = [mask] * len(pictures)
        with closing(load(engine).open((mask.shape[1], mask.shape[0]), "auto", {})) as session:
            for result in propagate(session, request, pictures.__getitem__, CancelToken()):
                found[result.frame_index] = result.labels == 1
        return found

    return follow


def agreed(pictures: list[Image], mask: Mask, first: Follow, second: Follow) -> Labelled | None:
    """What `first` finds of an object up to where `second` disagrees; None if that is too little, or does not lead
    back.
    """
    own, other = first(pictures, mask), second(pictures, mask)
    count = 0
    while count < len(pictures) and own[count].any() and region_j(own[count], other[count]) >= _AGREE:
        count += 1
    if count < FEWEST_FRAMES:
        return None
    back = first(pictures[:count][::-1], own[count - 1])
    return Labelled(pictures[:count], own[:count]) if region_j(back[-1], mask) >= _RETURNS else None


def parts_of(path: Path, count: int, length: int, gap: int) -> Iterator[tuple[int, list[Image]]]:
    """`count` parts of a clip, evenly spread: the first frame's index, and `length` frames that are `gap` apart."""
    with closing(open_video(path)) as video:
        length = min(length, video.frame_count // gap)
        room = max(0, video.frame_count - length * gap)
        for start in sorted({round(number * room / max(1, count - 1)) for number in range(count)}):
            yield start, [_small(video.read(start + number * gap)) for number in range(length)]


def _small(picture: Image) -> Image:
    size = scaled_size(picture.shape[1::-1], SHORT_SIDE)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def write_sequence(folder: Path, name: str, found: Labelled) -> None:
    """Writes a sequence in the layout of DAVIS."""
    pictures, masks = folder / "JPEGImages" / "480p" / name, folder / "Annotations" / "480p" / name
    pictures.mkdir(parents=True, exist_ok=True)
    masks.mkdir(parents=True, exist_ok=True)
    for index, (picture, mask) in enumerate(zip(found.pictures, found.masks, strict=True)):
        bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
        cv2.imwrite(str(pictures / f"{index:05}.jpg"), bgr, [cv2.IMWRITE_JPEG_QUALITY, 92])
        labels: LabelMap = mask.astype(np.uint8)
        write_mask(masks / f"{index:05}.png", labels)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="training data, with clips in its folder 'video'")
    parser.add_argument("--out", type=Path, help=f"where to write (default: DATA/{PSEUDO_LABELS})")
    parser.add_argument("--clips", nargs="+", help="only these, by the file's name without suffix")
    parser.add_argument("--second", default="classical", help="the engine that has to agree (default: %(default)s)")
    parser.add_argument("--parts", type=int, default=2, help="parts of a clip (default: %(default)s)")
    parser.add_argument("--objects", type=int, default=3, help="objects of a part, at most (default: %(default)s)")
    parser.add_argument("--frames", type=int, default=24, help="frames of a part, at most (default: %(default)s)")
    parser.add_argument("--gap", type=int, default=2, help="every N-th frame of a clip is taken (default: %(default)s)")
    args = parser.parse_args()
    out = args.data / PSEUDO_LABELS if args.out is None else args.out
    selector, first, second = load_click_network(), follow_with("builtin"), follow_with(args.second)
    kept, frames, tried = 0, 0, 0
    for path in find_footage(args.data / "video"):
        if (args.clips and path.stem not in args.clips) or path.stem in VALIDATION_SEQUENCES:
            continue
        for start, pictures in parts_of(path, args.parts, args.frames, args.gap):
            for number, mask in enumerate(proposals(pictures[0], selector, args.objects), start=1):
                tried += 1
                found = agreed(pictures, mask, first, second)
                if found is not None:
                    name = f"{path.stem}-{start:05}-{number}"
                    write_sequence(out, name, found)
                    kept, frames = kept + 1, frames + len(found.masks)
                    print(f"{name}: {len(found.masks)} frames", flush=True)
    print(f"{kept} of {tried} objects kept, {frames} frames: {out}")


if __name__ == "__main__":
    main()
