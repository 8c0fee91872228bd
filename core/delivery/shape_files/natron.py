"""Shapes for Natron: Python for its Script Editor that makes a Roto node, by Natron's documented interface.

Natron's y goes up from the lower border of the picture; sequences are counted by their numbers and videos from 1.
"""

from __future__ import annotations

from core.delivery.shape_files.scene import Scene, SceneShape, identifier, number
from core.shapes import outward

_SCRIPT = '''\
"""Shapes of {clip}, written by Rotoflow: run it in Natron's Script Editor."""

# shapes: name, subtract, first frame, last frame, keys; a key: frame, points;
# a point: x, y, incoming handle x, y, outgoing handle x, y, feather x, y; y up
SHAPES = (
{shapes}
)
FIRST, LAST = {first}, {last}


def build(project):
    node = project.createNode("fr.inria.built-in.Roto")
    roto = node.getRotoContext()
    for name, subtract, first, last, keys in SHAPES:
        frame, points = keys[0]
        curve = roto.createBezier(points[0][0], points[0][1], frame)
        curve.setScriptName(name)
        curve.setLabel(name)
        for point in points[1:]:
            curve.addControlPoint(point[0], point[1])
        curve.setCurveFinished(True)
        for frame, points in keys:
            for index, (x, y, in_x, in_y, out_x, out_y, feather_x, feather_y) in enumerate(points):
                curve.setPointAtIndex(index, frame, x, y, in_x, in_y, out_x, out_y)
                curve.setFeatherPointAtIndex(
                    index, frame, x + feather_x, y + feather_y, in_x + feather_x, in_y + feather_y,
                    out_x + feather_x, out_y + feather_y)
        for frame, shown in ((FIRST - 1, False), (first, True), (last + 1, False)):
            curve.setActivated(frame, shown)
        if subtract:
            curve.getCompositingOperatorParam().set("minus")
    return node


build(app)
'''


def write_natron(scene: Scene) -> str:
    """The scene as a script to run in Natron."""
    taken: set[str] = set()
    lines = []
    for one in scene.objects:
        for shape in one.shapes:
            name = identifier(f"{one.name}_{shape.name}", taken)
            ends = f"{scene.plate(shape.first)}, {scene.plate(shape.last)}"
            lines.append(f'    ("{name}", {shape.subtract}, {ends}, (\n{_keys(shape, scene)}    )),')
    clip = "".join(letter if letter.isprintable() and letter not in '"\\' else "_" for letter in scene.clip)
    return _SCRIPT.format(
        clip=clip, shapes="\n".join(lines), first=scene.plate(scene.first), last=scene.plate(scene.last)
    )


def _keys(shape: SceneShape, scene: Scene) -> str:
    height = scene.size[1]
    lines = []
    for frame in shape.frames:
        points = []
        for point, (across, down) in zip(shape.keys[frame], outward(shape.keys[frame]), strict=True):
            numbers = (
                *(point.x, height - point.y, point.x + point.in_x, height - point.y - point.in_y),
                *(point.x + point.out_x, height - point.y - point.out_y),
                *(across * point.feather, -down * point.feather),
            )
            points.append(f"({', '.join(number(value) for value in numbers)}),")
        lines.append(f"        ({scene.plate(frame)}, ({' '.join(points)})),\n")
    return "".join(lines)
