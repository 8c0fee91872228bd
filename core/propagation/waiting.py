"""Results that wait on disk until the run from the other side arrives."""

from __future__ import annotations

import struct
import tempfile

from core.closeable import Closeable
from core.errors import EngineError
from core.masks import decode_labels, encode_labels
from core.types import Box, FrameResult, ProbabilityPatch

_COUNTS = struct.Struct("<III")
_CONFIDENCE = struct.Struct("<Bd")
_PATCH = struct.Struct("<BIII")


class WaitingResults(Closeable):
    """A temporary file of compressed masks (a few dozen KiB a frame); in memory are only the offsets in it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="rotoflow-")  # noqa: SIM115  closed by __exit__
        self._offsets: dict[int, int] = {}

    def close(self) -> None:
        """Releases the file; closing twice does nothing."""
        self._file.close()

    def put(self, result: FrameResult) -> None:
        """Stores a result. Raises EngineError if the disk is full."""
        labels = encode_labels(result.labels)
        patches = [(key, one.box, encode_labels(one.values)) for key, one in result.probabilities.items()]
        try:
            offset = self._file.seek(0, 2)
            self._file.write(_COUNTS.pack(len(result.confidence), len(labels), len(patches)))
            for object_id, value in result.confidence.items():
                self._file.write(_CONFIDENCE.pack(object_id, value))
            self._file.write(labels)
            for object_id, box, values in patches:
                self._file.write(_PATCH.pack(object_id, box.x0, box.y0, len(values)))
                self._file.write(values)
        except OSError as error:
            folder = tempfile.gettempdir()
            raise EngineError(
                "{folder}: cannot hold the results of one direction: {reason}.", folder=folder, reason=error.strerror
            ) from error
        self._offsets[result.frame_index] = offset

    def clear(self) -> None:
        """Forgets all results."""
        self._offsets.clear()
        self._file.seek(0)
        self._file.truncate()

    def get(self, frame_index: int) -> FrameResult | None:
        """The result of a frame, None if there is none."""
        offset = self._offsets.get(frame_index)
        if offset is None:
            return None
        self._file.seek(offset)
        objects, length, patches = _COUNTS.unpack(self._file.read(_COUNTS.size))
        confidence = dict(_CONFIDENCE.unpack(self._file.read(_CONFIDENCE.size)) for _ in range(objects))
        labels = decode_labels(self._file.read(length))
        probabilities = dict(self._patch() for _ in range(patches))
        return FrameResult(frame_index, labels, confidence, probabilities=probabilities)

    def _patch(self) -> tuple[int, ProbabilityPatch]:
        object_id, x0, y0, length = _PATCH.unpack(self._file.read(_PATCH.size))
        values = decode_labels(self._file.read(length))
        return object_id, ProbabilityPatch(Box(x0, y0, x0 + values.shape[1], y0 + values.shape[0]), values)
