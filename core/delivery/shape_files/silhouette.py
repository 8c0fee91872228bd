"""Shapes for Silhouette (.fxs), as its users' exporters of other programs write them.

Silhouette's coordinates know no pixels: the middle of the picture is (0, 0), its height is 1, y goes down, and x is
stretched by the pixels' aspect. Frames are counted from the first one of the session. A point is three positions:
its own and those of the ends of its tangents, the incoming one first.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from core.delivery.shape_files.scene import Scene, SceneObject, SceneShape
from core.shapes import BezierPoint


def write_silhouette(scene: Scene) -> str:
    """The scene as a shape file: a layer for each object."""
    width, height = scene.size
    end = scene.last - scene.first
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!-- Silhouette Shape File -->",
        f'<Silhouette width="{width}" height="{height}" workRangeStart="0" workRangeEnd="{end}" '
        f'sessionStartFrame="{scene.plate(scene.first)}">',
    ]
    for one in scene.objects:
        lines += _layer(one, scene)
    return "\n".join([*lines, "</Silhouette>", ""])


def _layer(one: SceneObject, scene: Scene) -> list[str]:
    lines = [
        f'  <Layer type="Layer" label={quoteattr(one.name)} expanded="True">',
        "    <Properties>",
        f'      <Property constant="True" id="color"><Value>{_colour(one)}</Value></Property>',
        '      <Property id="objects" constant="True" expanded="True">',
    ]
    for shape in one.shapes:
        lines += _shape(shape, one, scene)
    return [*lines, "      </Property>", "    </Properties>", "  </Layer>"]


def _shape(shape: SceneShape, one: SceneObject, scene: Scene) -> list[str]:
    shown = [(0, 0.0)] if shape.first > scene.first else []
    shown.append((shape.first - scene.first, 100.0))
    if shape.last < scene.last:
        shown.append((shape.last + 1 - scene.first, 0.0))
    lines = [
        f'        <Object type="Shape" label={quoteattr(shape.name)} shape_type="Bezier" hidden="False" '
        'locked="False">',
        "          <Properties>",
        '            <Property id="opacity">',
        *(f'              <Key frame="{at}" interp="hold">{value:.1f}</Key>' for at, value in shown),
        "            </Property>",
        f'            <Property constant="True" id="outlineColor"><Value>{_colour(one)}</Value></Property>',
        f'            <Property constant="True" id="mode"><Value>{"Subtract" if shape.subtract else "Add"}</Value>'
        "</Property>",
        '            <Property constant="True" id="invert"><Value>false</Value></Property>',
        '            <Property id="path">',
    ]
    for frame in shape.frames:
        lines += [
            f'              <Key frame="{frame - scene.first}" interp="linear">',
            '                <Path closed="True" type="Bezier">',
            *(f"                  <Point>{_point(point, scene)}</Point>" for point in shape.keys[frame]),
            "                </Path>",
            "              </Key>",
        ]
    return [*lines, "            </Property>", "          </Properties>", "        </Object>"]


def _point(point: BezierPoint, scene: Scene) -> str:
    width, height = scene.size
    aspect = float(scene.pixel_aspect)
    offsets = ((0.0, 0.0), (point.in_x, point.in_y), (point.out_x, point.out_y))
    return ",".join(
        f"({(point.x + dx - width / 2) / height * aspect:.8f},{(point.y + dy - height / 2) / height:.8f})"
        for dx, dy in offsets
    )


def _colour(one: SceneObject) -> str:
    return "(" + ",".join(f"{part / 255:.6f}" for part in one.colour) + ")"
