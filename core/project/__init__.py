"""The project: one SQLite file with the objects, masks, anchors and history of a clip."""

from core.project.changes import Change, ChangeKind, Listener
from core.project.markers import Marker
from core.project.project import Project
from core.project.reference import VideoReference
from core.project.storage.copying import copy_project

__all__ = ["Change", "ChangeKind", "Listener", "Marker", "Project", "VideoReference", "copy_project"]
