"""Shapes as JSON, with everything that the program knows of them; `docs/shapes.md` says what each field is."""

from __future__ import annotations

import json
from typing import Any

from core.delivery.shape_files.scene import Scene
from core.shapes import Points, Shape

VERSION = 1


def write_json(scene: Scene) -> str:
    """The scene's shapes with their own keyframes and interpolation."""
    content = {
        "format": "rotoflow-shapes",
        "version": VERSION,
        "clip": scene.clip,
        "width": scene.size[0],
        "height": scene.size[1],
        "pixel_aspect": float(scene.pixel_aspect),
        "frame_rate": float(scene.rate),
        "first_frame": scene.first,
        "last_frame": scene.last,
        "first_number": scene.numbers[scene.first],
        "objects": [
            {
                "id": one.object_id,
                "name": one.name,
                "colour": list(one.colour),
                "shapes": [_shape(shape, scene) for shape in one.source],
            }
            for one in scene.objects
        ],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _shape(shape: Shape, scene: Scene) -> dict[str, Any]:
    return {
        "name": shape.name,
        "mode": shape.mode.value,
        "interpolation": shape.interpolation.value,
        "keys": [
            {"frame": frame, "number": scene.numbers.get(frame, frame), "points": _points(shape.keys[frame])}
            for frame in shape.frames
        ],
    }


def _points(points: Points) -> list[dict[str, Any]]:
    return [
        {
            "x": round(point.x, 4),
            "y": round(point.y, 4),
            "in": [round(point.in_x, 4), round(point.in_y, 4)],
            "out": [round(point.out_x, 4), round(point.out_y, 4)],
            "feather": round(point.feather, 4),
        }
        for point in points
    ]
