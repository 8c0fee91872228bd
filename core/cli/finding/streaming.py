"""A target for results whose objects are met on the way."""

from __future__ import annotations

from pathlib import Path

from core.cli.targets import NO_VALUES, FolderTarget, ProjectTarget, Target
from core.engines.text import FollowedText
from core.media import VideoSource
from core.types import PROJECT_SUFFIX, FrameResult


def open_stream_target(path: Path, video: VideoSource, met: FollowedText) -> Target:
    """The target that `path` asks for; an existing project is replaced. `met` knows the objects by the time that a
    result shows them.
    """
    if path.suffix == PROJECT_SUFFIX:
        return _MeetingTarget(path, video, met)
    return FolderTarget(path, video, NO_VALUES)


class _MeetingTarget(ProjectTarget):
    """A project that gets each object when it is first met."""

    def __init__(self, path: Path, video: VideoSource, met: FollowedText) -> None:
        super().__init__(path, video, [], "Find by text", NO_VALUES)
        self._met = met
        self._known: set[int] = set()

    def put(self, result: FrameResult) -> None:
        for object_id in sorted(set(self._met.labels) - self._known):
            self._project.objects.add(self._met.labels[object_id], object_id=object_id)
            self._known.add(object_id)
        super().put(result)
