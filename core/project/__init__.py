"""The project: one SQLite file with the objects, masks, anchors and history of a clip."""

from core.project.changes import Change, ChangeKind, Listener
from core.project.markers import Marker
from core.project.project import Project
from core.project.reference import VideoReference, recorded_clips, spare_sources, with_clips
from core.project.storage.copying import copy_project
from core.project.storage.database import checkpoint_log, move_closed
from core.project.storage.earlier_masks import Step
from core.project.storage.replacing import replace_project, replacement
from core.project.tuned_weights import Tuned, TunedWeights

__all__ = [
    "Change",
    "ChangeKind",
    "Listener",
    "Marker",
    "Project",
    "Step",
    "Tuned",
    "TunedWeights",
    "VideoReference",
    "checkpoint_log",
    "copy_project",
    "move_closed",
    "recorded_clips",
    "replace_project",
    "replacement",
    "spare_sources",
    "with_clips",
]
