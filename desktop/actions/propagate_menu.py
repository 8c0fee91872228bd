"""The propagate menu's actions: following objects through the clip."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T

SPECS = (
    ActionSpec(
        "propagate_backward",
        T("Actions", "&Backward"),
        T("Actions", "Propagate from this frame to the clip's start; after a correction, update what is stale"),
        Needs.MASK,
        "backward",
        ("Shift+P",),
    ),
    ActionSpec(
        "propagate_both",
        T("Actions", "B&oth ways"),
        T("Actions", "Propagate through the whole clip, both ways; after a correction, update what is stale"),
        Needs.MASK,
        "both",
        ("Ctrl+P",),
    ),
    ActionSpec(
        "propagate_forward",
        T("Actions", "&Forward"),
        T("Actions", "Propagate from this frame to the clip's end; after a correction, update what is stale"),
        Needs.MASK,
        "forward",
        ("P",),
    ),
    ActionSpec(
        "propagate_one",
        T("Actions", "Ne&xt frame only"),
        T("Actions", "Propagate to the next frame only"),
        Needs.MASK,
        "one_frame",
        ("Ctrl+Shift+P",),
    ),
    ActionSpec(
        "propagate_range",
        T("Actions", "In and out &range"),
        T("Actions", "Propagate inside the range set with I and O"),
        Needs.MASK,
        "range",
        ("R",),
    ),
    ActionSpec(
        "propagate_to",
        T("Actions", "To a fra&me…"),
        T("Actions", "Propagate from this frame to one that you choose, either way"),
        Needs.MASK,
        keys=("Shift+R",),
    ),
    ActionSpec(
        "redo_everything",
        T("Actions", "Redo &everything"),
        T("Actions", "Propagate all objects again, both ways; anchors and locked objects stay"),
        Needs.MASK,
        "redo_everything",
        ("Ctrl+Alt+P",),
    ),
    ActionSpec(
        "fine_tune",
        T("Actions", "Fine-&tune on this clip"),
        T("Actions", "Adapt the engine to the anchors of this clip; kept only if it follows them better"),
        Needs.MASK,
        keys=("Ctrl+T",),
    ),
    ActionSpec(
        "pause",
        T("Actions", "&Pause"),
        T("Actions", "Hold the running work, or let it continue"),
        Needs.JOB,
        "pause",
        ("Shift+Esc",),
        True,
    ),
    ActionSpec(
        "cancel", T("Actions", "&Cancel"), T("Actions", "Stop; what is finished stays"), Needs.JOB, "cancel", ("Esc",)
    ),
)

MENU: Menu = (
    T("Actions", "&Propagate"),
    (
        "propagate_forward",
        "propagate_backward",
        "propagate_both",
        "propagate_one",
        "propagate_range",
        "propagate_to",
        "redo_everything",
        SEPARATOR,
        "fine_tune",
        SEPARATOR,
        "pause",
        "cancel",
    ),
)
