"""Every error that a person may see, as one tree.

    RotoflowError
    ├── MediaError              a clip cannot be read or written
    │   ├── MediaNotFoundError
    │   └── MediaFormatError
    ├── MaskError               a mask file or label map does not fit
    ├── ProjectError            a project file cannot be used
    │   ├── ProjectFormatError
    │   ├── VideoMovedError     the clip is not where it was
    │   └── WrongVideoError     the clip is another one
    ├── EngineError             an engine cannot be found, loaded or run
    ├── DatasetError            an annotated dataset cannot be read or written
    ├── DeliveryError           an export failed
    ├── OutputError             a path must not, or cannot, be written to
    ├── BatchError              a batch's manifest or folder cannot be used
    └── CancelledError          a person stopped the work

The message names the file or the value, says what was expected, and what to do.
"""

from __future__ import annotations

import errno
import struct
import sys

from core.messages import Message

DAMAGE_ERRORS = (
    OSError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    MemoryError,
    AssertionError,
    RuntimeError,
    struct.error,
)
"""What libraries raise for damaged files, such as Pillow, depending on where the damage is; besides ValueError."""
MEMORY_IS_SHORT = Message(
    "There is not enough memory for this: close other programs or clips, or choose smaller pictures, fewer objects or "
    "another engine. What is finished is kept."
)
"""What a person is told where no sentence of its own says what was too large."""
_FULL = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "not enough memory",
    "failed to allocate",
    "failed to map segment",
    "cudaerrormemoryallocation",
)
"""What libraries say that have no error of their own for it; a library itself may find no room to be loaded."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that a device, or the computer, has no memory left; torch has a type for some of them."""
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return True
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(error, getattr(torch, "OutOfMemoryError", MemoryError)):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError | ImportError) and any(words in text for words in _FULL)


class RotoflowError(Exception):
    """Base of all errors meant for a person: the message alone is shown, never a traceback.

    `raise MediaError("{path}: the clip was closed.", path=path)`: a template and its fields, as of a `Message`, or a
    whole Message. `str(error)` is the English text.
    """

    def __init__(self, template: str, /, **fields: object) -> None:
        self.message = template if isinstance(template, Message) else Message(template, **fields)
        super().__init__(self.message)


class MediaError(RotoflowError):
    """A clip or picture cannot be read or written."""


class MediaNotFoundError(MediaError):
    """There is no such file or folder."""


class MediaFormatError(MediaError):
    """The file exists but is no clip that can be read."""


class MaskError(RotoflowError):
    """A mask file or label map does not fit the clip or the format."""


class ProjectError(RotoflowError):
    """A project file cannot be used."""


class ProjectFormatError(ProjectError):
    """The file is no Rotoflow project, is damaged, or was written by a newer version."""


class NewerProjectError(ProjectFormatError):
    """The file was written by a newer version: nothing is wrong with it."""


class VideoMovedError(ProjectError):
    """The project's clip is not where it was; it can be located again."""


class WrongVideoError(ProjectError):
    """The clip offered for a project is not the one it was made from."""


class EngineError(RotoflowError):
    """An engine cannot be found, loaded or run."""


class DatasetError(RotoflowError):
    """An annotated dataset cannot be read or written."""


class DeliveryError(RotoflowError):
    """An export failed; nothing half-done was left behind."""


class OutputError(RotoflowError):
    """A path must not be written to, since something is read there, or cannot have such a name."""


class BatchError(RotoflowError):
    """A batch's manifest or folder cannot be used, or none of its clips can be worked on."""


class CancelledError(RotoflowError):
    """A person stopped the work. What was finished stays."""
