"""The actions of shapes: from masks, to masks, keyframes."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T

SPECS = (
    ActionSpec(
        "mask_to_shape",
        T("Actions", "&Mask to shape"),
        T("Actions", "Fit splines with few points to the chosen object's mask on this frame"),
        Needs.OBJECT,
        keys=("Ctrl+Alt+A",),
    ),
    ActionSpec(
        "masks_to_shapes",
        T("Actions", "Masks of the &range to shapes"),
        T("Actions", "Fit splines with keyframes to the chosen object's masks in the range, or in the whole clip"),
        Needs.OBJECT,
    ),
    ActionSpec(
        "shape_to_mask",
        T("Actions", "&Shape to mask"),
        T("Actions", "Keep what the chosen object's shapes draw as masks, and take the shapes away"),
        Needs.OBJECT,
    ),
    ActionSpec(
        "set_shape_key",
        T("Actions", "Set &keyframe"),
        T("Actions", "Make this frame a keyframe of the chosen object's shapes, as they are here"),
        Needs.OBJECT,
        keys=("Ctrl+Alt+K",),
    ),
    ActionSpec(
        "delete_shape_key",
        T("Actions", "Delete k&eyframe"),
        T("Actions", "Take this frame's keyframe away: the shapes continue from the one before to the next one"),
        Needs.OBJECT,
    ),
    ActionSpec(
        "smooth_shapes",
        T("Actions", "Straight or sm&ooth"),
        T("Actions", "Between keyframes go straight, or along a curve without a jump of speed"),
        Needs.OBJECT,
    ),
    ActionSpec(
        "delete_shape",
        T("Actions", "&Delete shape"),
        T("Actions", "Take the chosen shape away; if none is, those of the chosen object on this frame"),
        Needs.OBJECT,
        keys=("Ctrl+Alt+Del",),
    ),
)

MENU: Menu = (
    T("Actions", "Shap&es"),
    (
        "mask_to_shape",
        "masks_to_shapes",
        "shape_to_mask",
        SEPARATOR,
        "set_shape_key",
        "delete_shape_key",
        "smooth_shapes",
        SEPARATOR,
        "delete_shape",
    ),
)
