"""Shapes as SVG: paths that move by SMIL, which browsers play; programs that show stills show the first frame.

An object is a rectangle of its colour behind a mask of its paths: white ones add, black ones subtract, in their order.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from core.delivery.shape_files.scene import Scene, SceneShape, number
from core.shapes import Points


def write_svg(scene: Scene) -> str:
    """The scene as one animated picture; coordinates are pixels, as here."""
    width, height = scene.size
    seconds = float((scene.last - scene.first + 1) / scene.rate)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f"  <title>{_text(scene.clip)}</title>",
    ]
    for one in scene.objects:
        lines.append(
            f'  <mask id="mask-{one.object_id}" maskUnits="userSpaceOnUse" x="0" y="0" width="{width}" '
            f'height="{height}">'
        )
        for index, shape in enumerate(one.shapes):
            lines += _path(shape, f"object-{one.object_id}-shape-{index + 1}", scene, seconds)
        colour = "#" + "".join(f"{part:02x}" for part in one.colour)
        lines += [
            "  </mask>",
            f'  <g id="object-{one.object_id}">',
            f"    <title>{_text(one.name)}</title>",
            f'    <rect width="{width}" height="{height}" fill="{colour}" mask="url(#mask-{one.object_id})"/>',
            "  </g>",
        ]
    return "\n".join([*lines, "</svg>", ""])


def _path(shape: SceneShape, name: str, scene: Scene, seconds: float) -> list[str]:
    frames = shape.frames
    count = scene.last - scene.first + 1
    colour = "black" if shape.subtract else "white"
    hidden = ' display="none"' if shape.first > scene.first else ""
    lines = [
        f'    <path id="{name}" fill="{colour}"{hidden} data-name={quoteattr(shape.name)} '
        f'data-frames="{" ".join(str(scene.numbers[frame]) for frame in frames)}" d="{_d(shape.keys[frames[0]])}">'
    ]
    if shape.first > scene.first or shape.last < scene.last:
        shown = [(0.0, "none")] if shape.first > scene.first else []
        shown.append(((shape.first - scene.first) / count, "inline"))
        if shape.last < scene.last:
            shown.append(((shape.last + 1 - scene.first) / count, "none"))
        lines.append(_animate("display", [value for _, value in shown], [at for at, _ in shown], seconds, "discrete"))
    if len(frames) > 1:
        values, times = [_d(shape.keys[frame]) for frame in frames], [(f - scene.first) / count for f in frames]
        if times[0] > 0:
            values, times = [values[0], *values], [0.0, *times]
        lines.append(_animate("d", [*values, values[-1]], [*times, 1.0], seconds, "linear"))
    return [*lines, "    </path>"]


def _animate(attribute: str, values: list[str], times: list[float], seconds: float, mode: str) -> str:
    return (
        f'      <animate attributeName="{attribute}" calcMode="{mode}" dur="{seconds:.6f}s" '
        f'repeatCount="indefinite" keyTimes="{";".join(f"{at:.8f}" for at in times)}" values="{";".join(values)}"/>'
    )


def _d(points: Points) -> str:
    parts = [f"M {number(points[0].x)} {number(points[0].y)}"]
    for one, two in zip(points, (*points[1:], points[0]), strict=True):
        numbers = (one.x + one.out_x, one.y + one.out_y, two.x + two.in_x, two.y + two.in_y, two.x, two.y)
        parts.append("C " + " ".join(number(value) for value in numbers))
    return " ".join([*parts, "Z"])


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
