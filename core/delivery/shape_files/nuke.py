"""Shapes for Nuke: a script (.nk) with a Roto node, or Python (.py) that makes one.

Nuke's y goes up from the lower border of the picture; sequences are counted by their numbers and videos from 1. How a
Roto node stores animated curves is not published, so both files make them through Nuke's documented Python interface:
the node in the .nk does so when it is created, and forgets the recipe.
"""

from __future__ import annotations

from core.delivery.shape_files.scene import Scene, SceneShape, identifier, number
from core.shapes import outward

_BUILD = """\
import nuke
import nuke.rotopaint as rotopaint

# shapes: name, layer, subtract, first frame, last frame, overlay colour, points;
# a point: keys of (frame, x, y, in x, in y, out x, out y, feather x, feather y), y up
SHAPES = (
{shapes}
)


def build(node):
    knob = node.knob('curves')
    layers = dict()
    for name, layer, subtract, first, last, colour, points in SHAPES:
        if layer not in layers:
            layers.update(dict(((layer, rotopaint.Layer(knob)),)))
            layers.get(layer).name = layer
            knob.rootLayer.append(layers.get(layer))
        shape = rotopaint.Shape(knob, type='bezier')
        shape.name = name
        for keys in points:
            point = rotopaint.ShapeControlPoint()
            for frame, x, y, ix, iy, ox, oy, fx, fy in keys:
                point.center.addPositionKey(frame, (x, y))
                point.leftTangent.addPositionKey(frame, (ix, iy))
                point.rightTangent.addPositionKey(frame, (ox, oy))
                point.featherCenter.addPositionKey(frame, (fx, fy))
                point.featherLeftTangent.addPositionKey(frame, (ix, iy))
                point.featherRightTangent.addPositionKey(frame, (ox, oy))
            shape.append(point)
        attributes = shape.getAttributes()
        attributes.set('ltt', 4)
        attributes.set('ltn', first)
        attributes.set('ltm', last)
        if subtract:
            attributes.set('bm', 12)
        for attribute, value in zip(('ro', 'go', 'bo'), colour):
            attributes.set(attribute, value)
        layers.get(layer).append(shape)
    knob.changed()
"""
_SCRIPT = """

# run in Nuke's Script Editor
roto = nuke.createNode('Roto', inpanel=False)
roto.setName({name})
build(roto)
"""
_NODE = """\
#! Nuke
# Shapes of {clip}, written by Rotoflow: open it, or insert it by File > Insert Comp Nodes.
version 11.0
Roto {{
 inputs 0
 output alpha
 cliptype none
 onCreate "{code}"
 name {name}
}}
"""


def write_nuke(scene: Scene, suffix: str = ".nk") -> str:
    """The scene as a Roto node, one layer for each object; `suffix` is .nk or .py."""
    taken: set[str] = set()
    lines = []
    for one in scene.objects:
        layer = identifier(one.name, taken, "object")
        colour = ", ".join(f"{part / 255:.6f}" for part in one.colour)
        for shape in one.shapes:
            name = identifier(f"{layer}_{shape.name}", taken)
            lines.append(
                f"    ('{name}', '{layer}', {shape.subtract}, {scene.plate(shape.first)}, {scene.plate(shape.last)}, "
                f"({colour}), (\n{_points(shape, scene)}    )),"
            )
    code = _BUILD.format(shapes="\n".join(lines))
    name = identifier(f"Roto_{scene.clip}", set())
    if suffix == ".py":
        return (
            f'"""Shapes of {_plain(scene.clip)}, written by Rotoflow."""\n\n' + code + _SCRIPT.format(name=repr(name))
        )
    code += "\n\nbuild(nuke.thisNode())\n# only once: the node is created again with every script that has it\n"
    code += "nuke.thisNode().knob('onCreate').setValue('')\n"
    return _NODE.format(clip=_plain(scene.clip), code=_quoted(code), name=name)


def _points(shape: SceneShape, scene: Scene) -> str:
    height = scene.size[1]
    ways = {frame: outward(points) for frame, points in shape.keys.items()}
    lines = []
    for index in range(len(next(iter(shape.keys.values())))):
        keys = []
        for frame in shape.frames:
            point, (across, down) = shape.keys[frame][index], ways[frame][index]
            numbers = (
                *(point.x, height - point.y, point.in_x, -point.in_y, point.out_x, -point.out_y),
                *(across * point.feather, -down * point.feather),
            )
            keys.append(f"({scene.plate(frame)}, {', '.join(number(value) for value in numbers)}),")
        lines.append(f"        ({' '.join(keys)}),\n")
    return "".join(lines)


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() and letter not in '"\\' else "_" for letter in text)


def _quoted(code: str) -> str:
    """Text between the quotes of Tcl, which would else look for commands, variables and ends in it."""
    for letter in '\\"[]$':
        code = code.replace(letter, f"\\{letter}")
    return code.replace("\n", "\\n")
