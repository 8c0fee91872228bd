"""The mask menu's actions: what is done to the chosen object's mask on this frame in one go."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T

SPECS = (
    ActionSpec(
        "grow_mask", T("Actions", "&Grow"), T("Actions", "Grow the mask by a pixel"), Needs.OBJECT, keys=("Ctrl+]",)
    ),
    ActionSpec(
        "shrink_mask",
        T("Actions", "&Shrink"),
        T("Actions", "Shrink the mask by a pixel"),
        Needs.OBJECT,
        keys=("Ctrl+[",),
    ),
    ActionSpec(
        "grow_mask_more",
        T("Actions", "Grow &more"),
        T("Actions", "Grow the mask by five pixels"),
        Needs.OBJECT,
        keys=("Ctrl+}", "Ctrl+Shift+]"),
    ),
    ActionSpec(
        "shrink_mask_more",
        T("Actions", "Shrink mo&re"),
        T("Actions", "Shrink the mask by five pixels"),
        Needs.OBJECT,
        keys=("Ctrl+{", "Ctrl+Shift+["),
    ),
    ActionSpec(
        "fill_holes",
        T("Actions", "Fill &holes"),
        T("Actions", "Fill the mask's holes"),
        Needs.OBJECT,
        keys=("Ctrl+Shift+U",),
    ),
    ActionSpec(
        "remove_specks",
        T("Actions", "Remove s&pecks"),
        T("Actions", "Remove the mask's small separate pieces"),
        Needs.OBJECT,
        keys=("Ctrl+Shift+K",),
    ),
    ActionSpec(
        "smooth_mask",
        T("Actions", "Sm&ooth outline"),
        T("Actions", "Smooth the mask's outline"),
        Needs.OBJECT,
        keys=("Ctrl+U",),
    ),
    ActionSpec(
        "copy_previous",
        T("Actions", "Copy from pre&vious frame"),
        T("Actions", "Replace the mask by that of the previous frame"),
        Needs.OBJECT,
        keys=("Ctrl+Alt+Left",),
    ),
    ActionSpec(
        "copy_next",
        T("Actions", "Copy from &next frame"),
        T("Actions", "Replace the mask by that of the next frame"),
        Needs.OBJECT,
        keys=("Ctrl+Alt+Right",),
    ),
    ActionSpec(
        "clear_mask",
        T("Actions", "&Clear"),
        T("Actions", "Remove the mask from this frame: the object is not to be seen here"),
        Needs.OBJECT,
        keys=("Del",),
    ),
    ActionSpec(
        "take_alpha",
        T("Actions", "Take transparenc&y"),
        T("Actions", "Make the clip's own transparency the chosen object's mask on this frame"),
        Needs.IDLE,
    ),
    ActionSpec(
        "propose_objects",
        T("Actions", "Propos&e objects"),
        T("Actions", "List what may be an object on this frame, to be added to the chosen object"),
        Needs.CLIP,
        keys=("Ctrl+Shift+Q",),
    ),
    ActionSpec(
        "check_masks",
        T("Actions", "Chec&k all frames"),
        T("Actions", "Look for faults in the masks of all frames"),
        Needs.READY,
        keys=("F8",),
    ),
    ActionSpec(
        "fix_masks",
        T("Actions", "Fi&x specks and holes…"),
        T("Actions", "Remove specks and fill holes on many frames, as one undo step"),
        Needs.READY,
        keys=("Ctrl+F8",),
    ),
    ActionSpec(
        "compare_masks",
        T("Actions", "Compare with &true masks…"),
        T("Actions", "Measure how far the masks are from those of a dataset or a folder of masks"),
        Needs.READY,
        keys=("Shift+F8",),
    ),
    ActionSpec(
        "measure_masks",
        T("Actions", "Metr&ics…"),
        T("Actions", "Accuracies, IoU, J, F, confusion and curves against true masks, by object and frame"),
        Needs.READY,
        keys=("Ctrl+Shift+F8",),
    ),
)

MENU: Menu = (
    T("Actions", "&Mask"),
    (
        "grow_mask",
        "shrink_mask",
        "grow_mask_more",
        "shrink_mask_more",
        SEPARATOR,
        "fill_holes",
        "remove_specks",
        "smooth_mask",
        SEPARATOR,
        "copy_previous",
        "copy_next",
        "take_alpha",
        "propose_objects",
        SEPARATOR,
        "transform",
        "clear_mask",
        "shapes",
        SEPARATOR,
        "check_masks",
        "fix_masks",
        "compare_masks",
        "measure_masks",
    ),
)
