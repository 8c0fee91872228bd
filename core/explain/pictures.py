"""What is seen inside a network, as pictures: heat over the frame, features as tiles, points, and cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import cv2
import numpy as np

from core.explain.features import FrameFeatures
from core.explain.projections import Scatter
from core.explain.references import Cell
from core.types import Floats, Image

_TILES = 16
_SIDE = 640


def heat_over(image: Image, values: Floats) -> Image:
    """The frame in grey with a map (h, w) in [0, 1] over it: blue for little, red for much."""
    height, width = image.shape[:2]
    large = np.clip(cv2.resize(values, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)
    colours = cv2.applyColorMap(np.rint(255 * large).astype(np.uint8), cv2.COLORMAP_TURBO)[..., ::-1]
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)[..., None]
    mixed: Image = np.rint(0.45 * grey + 0.55 * colours).astype(np.uint8)
    return mixed


def feature_tiles(extracted: FrameFeatures, stride: int) -> Image:
    """The channels that vary most at a stride, side by side, each from its least (dark) to its largest value."""
    features = extracted.stages[stride]
    order = np.argsort(-features.reshape(len(features), -1).std(axis=1))[:_TILES]
    columns = int(np.ceil(np.sqrt(len(order))))
    rows = -(-len(order) // columns)
    high, wide = features.shape[1:]
    sheet = np.zeros((rows * (high + 1), columns * (wide + 1)), np.float32)
    for index, channel in enumerate(order.tolist()):
        plane = features[channel]
        low, top = np.percentile(plane, [1, 99])
        row, column = divmod(index, columns)
        y, x = row * (high + 1), column * (wide + 1)
        sheet[y : y + high, x : x + wide] = np.clip((plane - low) / max(float(top - low), 1e-6), 0, 1)
    scale = max(1, round(_SIDE / sheet.shape[1]))
    colours = cv2.applyColorMap(np.rint(255 * sheet).astype(np.uint8), cv2.COLORMAP_VIRIDIS)[..., ::-1]
    return np.ascontiguousarray(colours.repeat(scale, axis=0).repeat(scale, axis=1))


def cells_over(image: Image, cells: Sequence[Cell]) -> Image:
    """The frame, darker, with the cells that are read in full, their frames as bright as their shares."""
    shown = (image // 3).astype(np.uint8)
    most = max((cell.share for cell in cells), default=1.0)
    for cell in cells:
        shown[cell.box.slices] = image[cell.box.slices]
    for cell in cells:
        colour = tuple(int(255 - (255 - tone) * cell.share / most) // 1 for tone in (255, 160, 0))
        corner = (cell.box.x0, cell.box.y0), (cell.box.x1 - 1, cell.box.y1 - 1)
        cv2.rectangle(shown, *corner, colour, 2)
    return shown


def scatter_svg(scatter: Scatter, colours: Mapping[int, tuple[int, int, int]], names: Mapping[int, str]) -> str:
    """The points as one SVG document; each says its object and frame."""
    side, margin = _SIDE, 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{side}" height="{side}" fill="#ffffff"/>',
    ]
    for index, (object_id, name) in enumerate(names.items()):
        red, green, blue = colours.get(object_id, (128, 128, 128))
        parts.append(f'<text x="{margin}" y="{18 + 16 * index}" fill="rgb({red},{green},{blue})">{escape(name)}</text>')
    for (x, y), frame, object_id in zip(scatter.points.tolist(), scatter.frames, scatter.object_ids, strict=True):
        red, green, blue = colours.get(object_id, (128, 128, 128))
        at = f'cx="{margin + x * (side - 2 * margin):.1f}" cy="{side - margin - y * (side - 2 * margin):.1f}"'
        title = f"{escape(names.get(object_id, str(object_id)))}, frame {frame}"
        parts.append(f'<circle {at} r="4" fill="rgb({red},{green},{blue})"><title>{title}</title></circle>')
    return "\n".join([*parts, "</svg>"]) + "\n"
