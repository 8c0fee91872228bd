"""The edit menu's actions: history and tools."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T


def _tool(name: str, text: str, tip: str, key: str, also: str = "") -> ActionSpec:
    return ActionSpec(name, text, tip, Needs.CLIP, name, (key,), True, also)


_TOOL_SPECS = (
    _tool("hand", T("Actions", "&Hand"), T("Actions", "Move the picture"), "V", T("Actions", "Space+drag")),
    _tool(
        "brush",
        T("Actions", "&Brush"),
        T("Actions", "Paint the chosen object; with Alt or the right button erase"),
        "B",
    ),
    _tool("eraser", T("Actions", "&Eraser"), T("Actions", "Erase the chosen object"), "E"),
    _tool("lasso", T("Actions", "&Lasso"), T("Actions", "Draw around an area"), "D"),
    _tool("polygon", T("Actions", "&Polygon"), T("Actions", "Set an area's corners; drag them, Enter takes it"), "G"),
    _tool(
        "shape",
        T("Actions", "Spli&ne shape"),
        T("Actions", "Set a spline's points, drag their tangents, Enter closes it; keyframes come where it is changed"),
        "A",
    ),
    _tool(
        "rectangle",
        T("Actions", "Re&ctangle"),
        T("Actions", "Drag a rectangle; with Ctrl a square"),
        "X",
    ),
    _tool("ellipse", T("Actions", "Ellip&se"), T("Actions", "Drag an ellipse; with Ctrl a circle"), "C"),
    _tool("bucket", T("Actions", "&Fill"), T("Actions", "Fill the area of similar colour under the pointer"), "U"),
    _tool("wand", T("Actions", "Magic &wand"), T("Actions", "Take similar colours; drag sideways for more"), "W"),
    _tool(
        "smart",
        T("Actions", "Smar&t select"),
        T(
            "Actions",
            "Click on an object or drag a box around it; the right button or Alt takes away",
        ),
        "S",
    ),
    _tool(
        "regions",
        T("Actions", "Reg&ions"),
        T("Actions", "Click or paint over small regions that follow the picture's edges; Alt takes them away"),
        "Q",
    ),
    _tool(
        "transform",
        T("Actions", "Tr&ansform"),
        T("Actions", "Move, scale and turn the mask by its handles; Enter takes it"),
        "T",
    ),
    _tool(
        "refine",
        T("Actions", "Refine edge"),
        T("Actions", "Paint over hair and other soft edges: mattes are found there from the picture; Alt takes away"),
        "H",
    ),
    _tool(
        "probe",
        T("Actions", "Loo&k inside"),
        T("Actions", "Click on a pixel to see which references made it"),
        "Z",
    ),
)

TOOLS = tuple(spec.name for spec in _TOOL_SPECS)
"""Names of the actions of which one is always chosen."""

SPECS = (
    ActionSpec("undo", T("Actions", "&Undo"), T("Actions", "Undo"), Needs.UNDO, "undo", ("Ctrl+Z",)),
    ActionSpec("redo", T("Actions", "&Redo"), T("Actions", "Redo"), Needs.REDO, "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    *_TOOL_SPECS,
    ActionSpec(
        "smaller",
        T("Actions", "S&maller brush"),
        T("Actions", "Smaller brush"),
        Needs.CLIP,
        keys=("[",),
        also=T("Actions", "Ctrl+wheel"),
    ),
    ActionSpec(
        "larger",
        T("Actions", "Lar&ger brush"),
        T("Actions", "Larger brush"),
        Needs.CLIP,
        keys=("]",),
        also=T("Actions", "Ctrl+wheel"),
    ),
    ActionSpec("softer", T("Actions", "S&ofter brush"), T("Actions", "Softer brush"), Needs.CLIP, keys=("{",)),
    ActionSpec("harder", T("Actions", "Har&der brush"), T("Actions", "Harder brush"), Needs.CLIP, keys=("}",)),
)

MENU: Menu = (
    T("Actions", "&Edit"),
    (
        "undo",
        "redo",
        SEPARATOR,
        *TOOLS,
        SEPARATOR,
        "smaller",
        "larger",
        "softer",
        "harder",
    ),
)
