"""Shapes for After Effects: a script (.jsx) that makes masks with keyframes on a layer.

A mask's coordinates are the layer's pixels, y down, as here; times are seconds, the layer's start being the clip's
first picture. Feathers of points are After Effects' variable-width mask feather.
"""

from __future__ import annotations

import json

from core.delivery.shape_files.scene import Scene, SceneObject, SceneShape
from core.shapes import Points

_SCRIPT = """\
// Masks of {clip}, written by Rotoflow.
// Select the clip's layer in a composition (or nothing: the layer is found by its name), then run this file by
// File > Scripts > Run Script File.
(function () {{
    var CLIP = {clip_text}, WIDTH = {width}, HEIGHT = {height}, RATE = {rate};
    // objects: name, colour, shapes; a shape: name, subtract, first frame, frame after the last one, keys;
    // a key: frame, vertices, incoming tangents, outgoing tangents, feathers
    var OBJECTS = {objects};

    function findLayer(comp) {{
        if (comp.selectedLayers.length > 0) {{ return comp.selectedLayers[0]; }}
        for (var i = 1; i <= comp.numLayers; i++) {{
            var source = comp.layer(i).source;
            if (source && source.name.indexOf(CLIP) === 0) {{ return comp.layer(i); }}
        }}
        return null;
    }}

    var comp = app.project.activeItem;
    if (!comp || comp.layer === undefined) {{
        alert("Open the composition that the clip is in, then run this script again.");
        return;
    }}
    var layer = findLayer(comp);
    if (!layer) {{
        alert("Select the layer of " + CLIP + ", then run this script again.");
        return;
    }}
    var x = layer.width / WIDTH, y = layer.height / HEIGHT;

    function time(frame) {{ return layer.startTime + frame / RATE; }}
    function scaled(pairs) {{
        var found = [];
        for (var i = 0; i < pairs.length; i++) {{ found.push([pairs[i][0] * x, pairs[i][1] * y]); }}
        return found;
    }}
    function path(key) {{
        var shape = new Shape();
        shape.closed = true;
        shape.vertices = scaled(key[1]);
        shape.inTangents = scaled(key[2]);
        shape.outTangents = scaled(key[3]);
        if (key[4].length > 0) {{
            var segments = [], locations = [], radii = [], interpolations = [], tensions = [], types = [], angles = [];
            for (var i = 0; i < key[4].length; i++) {{
                segments.push(i); locations.push(0); radii.push(key[4][i] * x);
                interpolations.push(0); tensions.push(0); types.push(key[4][i] < 0 ? 1 : 0); angles.push(0);
            }}
            shape.featherSegLocs = segments;
            shape.featherRelSegLocs = locations;
            shape.featherRadii = radii;
            shape.featherInterps = interpolations;
            shape.featherTensions = tensions;
            shape.featherTypes = types;
            shape.featherRelCornerAngles = angles;
        }}
        return shape;
    }}

    app.beginUndoGroup("Rotoflow masks");
    for (var o = 0; o < OBJECTS.length; o++) {{
        for (var s = 0; s < OBJECTS[o].shapes.length; s++) {{
            var one = OBJECTS[o].shapes[s];
            var mask = layer.property("ADBE Mask Parade").addProperty("ADBE Mask Atom");
            mask.name = OBJECTS[o].name + " - " + one.name;
            mask.maskMode = one.subtract ? MaskMode.SUBTRACT : MaskMode.ADD;
            mask.color = OBJECTS[o].colour;
            var times = [], shapes = [];
            for (var k = 0; k < one.keys.length; k++) {{
                times.push(time(one.keys[k][0]));
                shapes.push(path(one.keys[k]));
            }}
            var animated = mask.property("ADBE Mask Shape");
            if (times.length > 1) {{
                animated.setValuesAtTimes(times, shapes);
            }} else {{
                animated.setValue(shapes[0]);
            }}
            var opacity = mask.property("ADBE Mask Opacity");
            if (one.first > {first} || one.end <= {last}) {{
                var seen = [], values = [];
                if (one.first > {first}) {{ seen.push(time({first})); values.push(0); }}
                seen.push(time(one.first)); values.push(100);
                if (one.end <= {last}) {{ seen.push(time(one.end)); values.push(0); }}
                opacity.setValuesAtTimes(seen, values);
                for (var n = 1; n <= seen.length; n++) {{
                    opacity.setInterpolationTypeAtKey(n, KeyframeInterpolationType.HOLD);
                }}
            }}
        }}
    }}
    app.endUndoGroup();
}})();
"""


def write_after_effects(scene: Scene) -> str:
    """The scene as a script to run in After Effects."""
    return _SCRIPT.format(
        clip=scene.clip.replace("\n", " "),
        clip_text=json.dumps(scene.clip),
        width=scene.size[0],
        height=scene.size[1],
        rate=repr(float(scene.rate)),
        first=scene.first,
        last=scene.last,
        objects="[\n" + ",\n".join(_object(one) for one in scene.objects) + "\n    ]",
    )


def _object(one: SceneObject) -> str:
    colour = json.dumps([round(part / 255, 6) for part in one.colour])
    shapes = ",\n".join(_shape(shape) for shape in one.shapes)
    return f"        {{name: {json.dumps(one.name)}, colour: {colour}, shapes: [\n{shapes}]}}"


def _shape(shape: SceneShape) -> str:
    keys = ",\n".join(f"                {_key(frame, shape.keys[frame], shape)}" for frame in shape.frames)
    return (
        f"            {{name: {json.dumps(shape.name)}, subtract: {json.dumps(shape.subtract)}, "
        f"first: {shape.first}, end: {shape.last + 1}, keys: [\n{keys}]}}"
    )


def _key(frame: int, points: Points, shape: SceneShape) -> str:
    feathers = [round(point.feather, 4) for point in points] if shape.has_feather else []
    content = [
        frame,
        [[round(point.x, 4), round(point.y, 4)] for point in points],
        [[round(point.in_x, 4), round(point.in_y, 4)] for point in points],
        [[round(point.out_x, 4), round(point.out_y, 4)] for point in points],
        feathers,
    ]
    return json.dumps(content, separators=(",", ":"))
