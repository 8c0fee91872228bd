"""Shapes for Blender: Python that makes a mask with a layer for each shape, and its shape keys.

A mask's coordinates are shares of the longer side of the picture, (0.5, 0.5) being its middle and y going up. Frames
are those of the scene: the clip of that name says where it begins in it, else the script does.
"""

from __future__ import annotations

import json

from core.delivery.shape_files.scene import Scene, SceneShape, identifier

_SCRIPT = '''\
"""Masks of {clip}, written by Rotoflow: open it in Blender's Text Editor and run it, or blender -P FILE."""

import bpy

CLIP = {clip_text}
FIRST_FRAME = 1  # where the clip's first picture is in the scene, if no movie clip of its name says so
NAME = {name}
# shapes: layer, subtract, first frame, last frame, keys; a key: frame from 0, points;
# a point: x, y, incoming handle x, y, outgoing handle x, y, feather; in the mask's own coordinates
SHAPES = [
{shapes}
]


def first_frame():
    for clip in bpy.data.movieclips:
        if clip.name == CLIP or clip.name.startswith(CLIP + "."):
            return clip.frame_start
    return FIRST_FRAME


def set_points(spline, points):
    for point, (x, y, in_x, in_y, out_x, out_y, feather) in zip(spline.points, points):
        point.handle_left_type = point.handle_right_type = "FREE"
        point.co = (x, y)
        point.handle_left = (in_x, in_y)
        point.handle_right = (out_x, out_y)
        point.weight = max(0.0, feather)
        # a shape key is stored for the points that are selected
        point.select = point.select_control_point = True


def build():
    start = first_frame()
    scene = bpy.context.scene
    shown_frame = scene.frame_current
    window = bpy.context.window or bpy.context.window_manager.windows[0]
    area = window.screen.areas[0]
    area_type = area.type
    mask = bpy.data.masks.new(NAME)
    mask.frame_start, mask.frame_end = start + {first}, start + {last}
    try:
        # shape keys are only made where masks are edited
        area.type = "IMAGE_EDITOR"
        area.spaces.active.ui_mode = "MASK"
        area.spaces.active.mask = mask
        region = next(region for region in area.regions if region.type == "WINDOW")
        for name, subtract, first, last, keys in SHAPES:
            layer = mask.layers.new(name=name)
            layer.blend = "SUBTRACT" if subtract else "MERGE_ADD"
            spline = layer.splines.new()
            spline.points.add(len(keys[0][1]) - len(spline.points))
            spline.use_cyclic = True
            mask.layers.active = layer
            for frame, points in keys:
                scene.frame_set(start + frame)
                set_points(spline, points)
                with bpy.context.temp_override(window=window, area=area, region=region):
                    bpy.ops.mask.shape_key_insert()
            for point in spline.points:
                point.select = point.select_control_point = False
            for frame, shown in (({first} - 1, 0.0), (first, 1.0), (last + 1, 0.0)):
                layer.alpha = shown
                layer.keyframe_insert("alpha", frame=start + frame)
    finally:
        area.type = area_type
        scene.frame_set(shown_frame)
    hold(mask)
    return mask


def hold(mask):
    """A layer is seen or not: its alpha does not fade."""
    action = mask.animation_data.action
    curves = list(getattr(action, "fcurves", ()))
    for layer in getattr(action, "layers", ()):
        for strip in layer.strips:
            for bag in getattr(strip, "channelbags", ()):
                curves += list(bag.fcurves)
    for curve in curves:
        for key in curve.keyframe_points:
            key.interpolation = "CONSTANT"


build()
'''


def write_blender(scene: Scene) -> str:
    """The scene as a script to run in Blender."""
    taken: set[str] = set()
    lines = []
    for one in scene.objects:
        for shape in one.shapes:
            name = identifier(f"{one.name}_{shape.name}", taken)
            keys = ",\n".join(f"        {_key(frame, shape, scene)}" for frame in shape.frames)
            lines.append(f"    ({json.dumps(name)}, {shape.subtract}, {shape.first}, {shape.last}, [\n{keys}]),")
    return _SCRIPT.format(
        clip="".join(letter if letter.isprintable() and letter not in '"\\' else "_" for letter in scene.clip),
        clip_text=json.dumps(scene.clip),
        name=json.dumps(identifier(scene.clip, set(), "clip")),
        shapes="\n".join(lines),
        first=scene.first,
        last=scene.last,
    )


def _key(frame: int, shape: SceneShape, scene: Scene) -> str:
    width, height = scene.size
    longer = max(width, height)

    def coordinates(x: float, y: float) -> list[float]:
        return [round((x - width / 2) / longer + 0.5, 8), round(0.5 - (y - height / 2) / longer, 8)]

    points = [
        [
            *coordinates(point.x, point.y),
            *coordinates(point.x + point.in_x, point.y + point.in_y),
            *coordinates(point.x + point.out_x, point.y + point.out_y),
            round(point.feather / longer, 8),
        ]
        for point in shape.keys[frame]
    ]
    return json.dumps([frame, points], separators=(",", ":"))
