"""The file menu's actions: open, import, export, close."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T

SPECS = (
    ActionSpec(
        "open",
        T("Actions", "&Open clip or project…"),
        T("Actions", "Open a clip or a project"),
        icon="open",
        keys=("Ctrl+O",),
    ),
    ActionSpec(
        "open_folder",
        T("Actions", "Open folder of &pictures…"),
        T("Actions", "Open a folder of pictures as a clip"),
        keys=("Ctrl+Shift+O",),
    ),
    ActionSpec(
        "import_mask",
        T("Actions", "&Import mask…"),
        T("Actions", "Import a mask picture for this frame"),
        Needs.IDLE,
        "import_mask",
        ("Ctrl+I",),
    ),
    ActionSpec(
        "save",
        T("Actions", "&Save"),
        T("Actions", "Say where everything is saved; every change is saved at once"),
        Needs.CLIP,
        keys=("Ctrl+S",),
    ),
    ActionSpec(
        "save_as",
        T("Actions", "Save &as…"),
        T("Actions", "Go on in another project file; this one stays as it is"),
        Needs.CLIP,
        keys=("Ctrl+Shift+S",),
    ),
    ActionSpec(
        "save_copy",
        T("Actions", "Save a cop&y…"),
        T("Actions", "Write a copy of the project, and continue in this one"),
        Needs.CLIP,
        keys=("Ctrl+Alt+S",),
    ),
    ActionSpec(
        "restore",
        T("Actions", "Restore a bac&kup…"),
        T("Actions", "Put the project back as it was when it was opened before"),
        Needs.CLIP,
    ),
    ActionSpec(
        "close",
        T("Actions", "&Close"),
        T("Actions", "Close the clip; everything is already saved"),
        Needs.CLIP,
        keys=("Ctrl+W",),
    ),
    ActionSpec(
        "reading",
        T("Actions", "Readin&g the clip…"),
        T("Actions", "Choose the rate of a folder of pictures, or make whole pictures of an interlaced clip"),
        Needs.IDLE,
    ),
    ActionSpec(
        "preferences",
        T("Actions", "P&references…"),
        T("Actions", "Device, threads, cache, theme and language"),
        keys=("Ctrl+,",),
    ),
    ActionSpec("quit", T("Actions", "&Quit"), T("Actions", "Quit; everything is already saved"), keys=("Ctrl+Q",)),
    ActionSpec(
        "export",
        T("Actions", "&Export…"),
        T("Actions", "Export masks, mattes, cut-outs or composites"),
        Needs.READY,
        "export",
        ("Ctrl+E",),
    ),
    ActionSpec(
        "export_dataset",
        T("Actions", "Export &dataset…"),
        T("Actions", "Write pictures and masks as a dataset: COCO, YOLO, DAVIS and others"),
        Needs.MASK,
        keys=("Ctrl+Shift+E",),
    ),
    ActionSpec(
        "import_dataset",
        T("Actions", "I&mport dataset…"),
        T("Actions", "Make projects of a dataset's clips: COCO, YOLO, DAVIS, CVAT and others"),
    ),
    ActionSpec(
        "batch",
        T("Actions", "&Batch…"),
        T("Actions", "Segment and export many clips"),
        keys=("Ctrl+Shift+B",),
    ),
)

MENU: Menu = (
    T("Actions", "&File"),
    (
        "open",
        "open_folder",
        "recent",
        SEPARATOR,
        "save",
        "save_as",
        "save_copy",
        "restore",
        SEPARATOR,
        "reading",
        "import_mask",
        "export",
        "import_dataset",
        "export_dataset",
        "batch",
        SEPARATOR,
        "preferences",
        SEPARATOR,
        "close",
        "quit",
    ),
)
