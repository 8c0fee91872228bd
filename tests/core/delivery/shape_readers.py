"""Small readers of what is written for other programs, independent of the writers.

Each gives the shapes as (name, subtract, first frame, last frame, keys); keys are points by frame, and a point is
(x, y) and the ends of its tangents, all in pixels with y down.
"""

from __future__ import annotations

import json
import re
import subprocess
import types
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np

Read = list[tuple[str, bool, int, int, dict[int, np.ndarray]]]


def _last(values: list[Any]) -> Any:
    return values[-1]


def read_json(path: Path) -> Read:
    content = json.loads(path.read_text("utf-8"))
    assert (content["format"], content["version"]) == ("rotoflow-shapes", 1)
    found: Read = []
    for one in content["objects"]:
        for shape in one["shapes"]:
            keys = {
                key["frame"]: np.array(
                    [
                        (p["x"], p["y"], p["x"] + p["in"][0], p["y"] + p["in"][1], p["x"] + p["out"][0],
                         p["y"] + p["out"][1])
                        for p in key["points"]
                    ]
                )
                for key in shape["keys"]
            }  # fmt: skip
            found.append((shape["name"], shape["mode"] == "subtract", min(keys), max(keys), keys))
    return found


def read_svg(path: Path, count: int) -> Read:
    root = ElementTree.parse(path).getroot()
    space = {"s": "http://www.w3.org/2000/svg"}
    found: Read = []
    for element in root.findall(".//s:mask/s:path", space):
        animated = {a.get("attributeName"): a for a in element.findall("s:animate", space)}
        keys = {0: _points(element.get("d", ""))}
        if "d" in animated:
            times = [float(at) for at in animated["d"].get("keyTimes", "").split(";")]
            values = animated["d"].get("values", "").split(";")
            assert len(times) == len(values) and times[0] == 0 and times[-1] == 1
            keys = {round(at * count): _points(d) for at, d in zip(times[:-1], values[:-1], strict=True)}
        first, last = 0, count - 1
        if "display" in animated:
            times = [float(at) for at in animated["display"].get("keyTimes", "").split(";")]
            shown = animated["display"].get("values", "").split(";")
            seen = [
                frame
                for frame in range(count)
                if shown[max(i for i, t in enumerate(times) if t <= (frame + 0.5) / count)] == "inline"
            ]
            first, last = seen[0], seen[-1]
        found.append((element.get("data-name", ""), element.get("fill") == "black", first, last, keys))
    return found


def _points(d: str) -> np.ndarray:
    parts = re.findall(r"[MCZ]|-?\d+(?:\.\d+)?", d)
    assert parts[0] == "M" and parts[-1] == "Z"
    numbers = [float(part) for part in parts if part not in "MCZ"]
    sides = np.array(numbers[2:]).reshape(-1, 6)
    points = np.array([numbers[:2], *sides[:-1, 4:]])
    assert np.allclose(sides[-1, 4:], points[0])
    return np.hstack([points, np.roll(sides[:, 2:4], 1, axis=0), sides[:, :2]])


def read_silhouette(path: Path, size: tuple[int, int], aspect: float = 1.0) -> Read:
    root = ElementTree.parse(path).getroot()
    assert (root.get("width"), root.get("height")) == tuple(map(str, size))
    width, height = size
    end = int(root.get("workRangeEnd", ""))
    found: Read = []
    for element in root.iter("Object"):
        parts = {p.get("id"): p for p in element.findall("Properties/Property")}
        keys = {}
        for key in parts["path"].findall("Key"):
            rows = [[float(v) for v in re.findall(r"-?\d+\.\d+", str(p.text))] for p in key.iter("Point")]
            values = np.array(rows).reshape(-1, 3, 2) * height
            values[..., 0] /= aspect
            values += (width / 2, height / 2)
            keys[int(key.get("frame", ""))] = values.reshape(-1, 6)
        opacity = {int(key.get("frame", "")): float(str(key.text)) for key in parts["opacity"].findall("Key")}
        seen = [f for f in range(end + 1) if [v for at, v in sorted(opacity.items()) if at <= f][-1:] == [100.0]]
        found.append((element.get("label", ""), parts["mode"].findtext("Value") == "Subtract", seen[0], seen[-1], keys))
    return found


_AFTER_EFFECTS = """
var out = [];
function Property(name) { this.matchName = name; this.kids = {}; this.keys = []; this.holds = []; }
Property.prototype.property = function (n) { return this.kids[n] || (this.kids[n] = new Property(n)); };
Property.prototype.addProperty = function (n) { var m = new Property(n); out.push(m); return m; };
Property.prototype.setValuesAtTimes = function (t, v) {
    for (var i = 0; i < t.length; i++) this.keys.push([t[i], v[i]]);
};
Property.prototype.setValue = function (v) { this.keys.push([null, v]); };
Property.prototype.setInterpolationTypeAtKey = function (n, kind) { this.holds.push([n, kind]); };
function Shape() {}
var MaskMode = {ADD: "add", SUBTRACT: "subtract"}, KeyframeInterpolationType = {HOLD: "hold"};
var layer = new Property("layer"); layer.width = LW; layer.height = LH; layer.startTime = 2.0;
layer.source = {name: "clip.mp4"};
var comp = {selectedLayers: [], numLayers: 1, layer: function (i) { return layer; }};
var app = {project: {activeItem: comp}, beginUndoGroup: function () {}, endUndoGroup: function () {}};
function alert(text) { throw new Error(text); }
SCRIPT
console.log(JSON.stringify(out));
"""


def read_after_effects(path: Path, size: tuple[int, int], rate: float, count: int) -> Read:
    """What the script does, run by node on a stand-in of After Effects whose layer is twice as large."""
    code = _AFTER_EFFECTS.replace("LW", str(2 * size[0])).replace("LH", str(2 * size[1]))
    code = code.replace("SCRIPT", path.read_text("utf-8"))
    output = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True).stdout
    found: Read = []
    for mask in json.loads(output):
        keys = {}
        opacity = {}
        for name, part in mask["kids"].items():
            if name == "ADBE Mask Shape":
                for time, shape in part["keys"]:
                    assert shape["closed"] is True
                    points, ins, outs = (np.array(shape[k]) / 2 for k in ("vertices", "inTangents", "outTangents"))
                    frame = -1 if time is None else round((time - 2) * rate)
                    keys[frame] = np.hstack([points, points + ins, points + outs])
            elif name == "ADBE Mask Opacity":
                opacity = {round((time - 2) * rate): value for time, value in part["keys"]}
                assert len(part["holds"]) == len(opacity)
        seen = [
            f for f in range(count) if not opacity or [v for at, v in sorted(opacity.items()) if at <= f][-1:] == [100]
        ]
        if -1 in keys:
            keys = {seen[0]: keys[-1]}
        found.append((mask["name"].split(" - ")[1], mask["maskMode"] == "subtract", seen[0], seen[-1], keys))
    return found


class _Nuke:
    """A stand-in of Nuke's rotopaint interface that remembers."""

    def __init__(self) -> None:
        self.shapes: list[Any] = []
        self.node = types.SimpleNamespace(knobs={"onCreate": "code"}, name="")
        self._layers: list[Any] = []
        curves = types.SimpleNamespace(rootLayer=self._layers, changed=self._changed)
        self.node.knob = lambda name: (
            curves if name == "curves" else types.SimpleNamespace(setValue=lambda v: self.node.knobs.update({name: v}))
        )
        self.node.setName = lambda name: setattr(self.node, "name", name)

    def _changed(self) -> None:
        self.shapes.extend(shape for layer in self._layers for shape in layer)

    def modules(self) -> dict[str, Any]:
        class Keyed:
            def __init__(self) -> None:
                self.keys: dict[int, tuple[float, float]] = {}

            def addPositionKey(self, frame: int, point: tuple[float, float]) -> None:
                self.keys[frame] = point

        class Point:
            def __init__(self) -> None:
                for name in ("center", "leftTangent", "rightTangent"):
                    setattr(self, name, Keyed())
                for name in ("featherCenter", "featherLeftTangent", "featherRightTangent"):
                    setattr(self, name, Keyed())

        class Shape(list):  # type: ignore[type-arg]
            def __init__(self, _knob: object, type: str) -> None:
                super().__init__()
                assert type == "bezier"
                self.values: dict[str, float] = {}

            def getAttributes(self) -> Any:
                return types.SimpleNamespace(set=lambda name, value: self.values.update({name: value}))

        class Layer(list):  # type: ignore[type-arg]
            def __init__(self, _knob: object) -> None:
                super().__init__()

        rotopaint = types.ModuleType("nuke.rotopaint")
        rotopaint.Shape, rotopaint.ShapeControlPoint, rotopaint.Layer = Shape, Point, Layer  # type: ignore[attr-defined]
        nuke = types.ModuleType("nuke")
        nuke.rotopaint = rotopaint  # type: ignore[attr-defined]
        nuke.thisNode = lambda: self.node  # type: ignore[attr-defined]
        nuke.createNode = lambda kind, inpanel: self.node if kind == "Roto" else None  # type: ignore[attr-defined]
        return {"nuke": nuke, "nuke.rotopaint": rotopaint}


def tcl_node(text: str) -> dict[str, str]:
    """The knobs of the only node of a script, by the rules of Tcl for words, quotes and backslashes."""
    body = re.search(r"^Roto \{\n(.*)^\}$", text, re.S | re.M)
    assert body is not None
    knobs = {}
    for name, quoted, plain in re.findall(r'^ (\w+) (?:"((?:[^"\\]|\\.)*)"|(\S+))$', body[1], re.M):
        assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]$]", quoted), "Tcl would look for a command or variable"
        knobs[name] = re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), quoted) if quoted else plain
    return knobs


def read_nuke(path: Path, height: int, monkeypatch: Any) -> Read:
    stand_in = _Nuke()
    for name, module in stand_in.modules().items():
        monkeypatch.setitem(__import__("sys").modules, name, module)
    text = path.read_text("utf-8")
    if path.suffix == ".nk":
        knobs = tcl_node(text)
        assert knobs["output"] == "alpha"
        exec(compile(knobs["onCreate"], str(path), "exec"), {})
        assert stand_in.node.knobs["onCreate"] == ""
    else:
        exec(compile(text, str(path), "exec"), {})
        assert stand_in.node.name.startswith("Roto_")
    found: Read = []
    for shape in stand_in.shapes:
        assert shape.values["ltt"] == 4
        keys = {}
        for frame in shape[0].center.keys:
            rows = []
            for point in shape:
                x, y = point.center.keys[frame]
                (ix, iy), (ox, oy) = point.leftTangent.keys[frame], point.rightTangent.keys[frame]
                rows.append((x, height - y, x + ix, height - y - iy, x + ox, height - y - oy))
            keys[frame] = np.array(rows)
        found.append((shape.name, shape.values.get("bm") == 12, shape.values["ltn"], shape.values["ltm"], keys))
    return found


def read_natron(path: Path, height: int) -> Read:
    found: Read = []

    class Bezier:
        def __init__(self, x: float, y: float, frame: int) -> None:
            self.count, self.keys, self.shown, self.finished, self.subtract = 1, {}, {}, False, False  # type: ignore[var-annotated]

        def addControlPoint(self, x: float, y: float) -> None:
            self.count += 1

        def setCurveFinished(self, finished: bool) -> None:
            self.finished = finished

        def setPointAtIndex(self, position: int, frame: int, *numbers: float) -> None:
            self.keys.setdefault(frame, {})[position] = numbers

        def setFeatherPointAtIndex(self, position: int, frame: int, *numbers: float) -> None:
            assert len(numbers) == 6

        def setActivated(self, frame: int, shown: bool) -> None:
            self.shown[frame] = shown

        def setScriptName(self, name: str) -> None:
            self.name = name

        def setLabel(self, name: str) -> None:
            assert name == self.name

        def getCompositingOperatorParam(self) -> Any:
            return types.SimpleNamespace(set=lambda how: setattr(self, "subtract", how == "minus"))

    made: list[Bezier] = []

    def create(x: float, y: float, frame: int) -> Bezier:
        made.append(Bezier(x, y, frame))
        return made[-1]

    roto = types.SimpleNamespace(createBezier=create)
    app = types.SimpleNamespace(createNode=lambda _name: types.SimpleNamespace(getRotoContext=lambda: roto))
    exec(compile(path.read_text("utf-8"), str(path), "exec"), {"app": app})
    for curve in made:
        assert curve.finished
        keys = {}
        for frame, points in curve.keys.items():
            rows = np.array([points[position] for position in range(curve.count)])
            rows[:, 1::2] = height - rows[:, 1::2]
            keys[frame] = rows
        shown = [frame for frame, on in curve.shown.items() if on]
        hidden = [frame for frame, on in sorted(curve.shown.items()) if not on and frame > shown[0]]
        found.append((curve.name, curve.subtract, shown[0], hidden[0] - 1, keys))
    return found


def read_blender(path: Path, size: tuple[int, int], monkeypatch: Any, start: int | None = None) -> Read:
    """What the script does to a stand-in of Blender, where a shape key keeps the points there are."""
    width, height = size
    state = types.SimpleNamespace(frame=1, mask=None)

    class Points(list):  # type: ignore[type-arg]
        def add(self, count: int) -> None:
            self.extend(types.SimpleNamespace() for _ in range(count))

    class Layer:
        def __init__(self, name: str) -> None:
            self.name, self.blend, self.alpha = name, "", 1.0
            self.keys: dict[int, list[Any]] = {}
            self.alphas: dict[int, float] = {}
            self.made = types.SimpleNamespace(points=Points(), use_cyclic=False)
            self.splines = types.SimpleNamespace(new=lambda: self.made)

        def keyframe_insert(self, what: str, frame: int) -> None:
            assert what == "alpha"
            self.alphas[frame] = self.alpha

    class Layers(list):  # type: ignore[type-arg]
        def new(self, name: str) -> Layer:
            self.append(Layer(name))
            return self[-1]

    def new_mask(_name: str) -> Any:
        state.mask = types.SimpleNamespace(layers=Layers(), animation_data=types.SimpleNamespace(action=None))
        return state.mask

    def insert() -> None:
        layer = state.mask.layers.active
        layer.keys[state.frame] = [
            (*p.co, *p.handle_left, *p.handle_right, p.weight) for p in layer.made.points if p.select
        ]

    class Override:
        def __init__(self, **_: object) -> None: ...
        def __enter__(self) -> None: ...
        def __exit__(self, *_: object) -> None: ...

    space = types.SimpleNamespace()
    area = types.SimpleNamespace(
        type="VIEW_3D", spaces=types.SimpleNamespace(active=space), regions=[types.SimpleNamespace(type="WINDOW")]
    )
    scene = types.SimpleNamespace(frame_current=7, frame_set=lambda frame: setattr(state, "frame", frame))
    clips = [] if start is None else [types.SimpleNamespace(name="clip.mp4", frame_start=start)]
    bpy = types.ModuleType("bpy")
    bpy.data = types.SimpleNamespace(masks=types.SimpleNamespace(new=new_mask), movieclips=clips)  # type: ignore[attr-defined]
    context = types.SimpleNamespace(
        scene=scene, window=types.SimpleNamespace(screen=types.SimpleNamespace(areas=[area])), temp_override=Override
    )
    bpy.context = context  # type: ignore[attr-defined]
    bpy.ops = types.SimpleNamespace(mask=types.SimpleNamespace(shape_key_insert=insert))  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "bpy", bpy)
    exec(compile(path.read_text("utf-8"), str(path), "exec"), {})
    assert (area.type, state.frame) == ("VIEW_3D", 7)
    found: Read = []
    for layer in state.mask.layers:
        assert layer.made.use_cyclic
        keys = {}
        for frame, points in layer.keys.items():
            rows = np.array(points)[:, :6]
            rows[:, ::2] = (rows[:, ::2] - 0.5) * max(size) + width / 2
            rows[:, 1::2] = height / 2 - (rows[:, 1::2] - 0.5) * max(size)
            keys[frame] = rows
        shown = [frame for frame, alpha in layer.alphas.items() if alpha == 1]
        hidden = [frame for frame, alpha in sorted(layer.alphas.items()) if alpha == 0 and frame > shown[0]]
        found.append((layer.name, layer.blend == "SUBTRACT", shown[0], hidden[0] - 1, keys))
    return found
