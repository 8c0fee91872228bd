"""Where results go: names from templates, and temporary paths next to the real ones until everything is right."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from core.delivery.clip import describe
from core.errors import DeliveryError
from core.files import is_vacant, make_folders, move_into, partial_path, remove_empty
from core.outputs import check_name


def filled(template: str, **fields: object) -> str:
    """The template with its {fields} filled in. Raises DeliveryError, listing the fields, for one that there is not."""
    try:
        name = template.format(**fields)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        known = ", ".join(f"{{{field}}}" for field in fields)
        raise DeliveryError(
            "{template}: this name cannot be filled in; its fields may be {known}.", template=template, known=known
        ) from error
    if not name or name in (".", ".."):
        raise DeliveryError("{template}: gives an empty name.", template=template)
    return name


def for_object(path: Path, object_id: int, clip: str) -> Path:
    """The path of one object's result: {object} and {clip} filled in, or "_ID" added to the name."""
    if "{object" in str(path):
        return Path(filled(str(path), object=object_id, clip=clip))
    return path.with_name(f"{path.stem}_{object_id}{path.suffix}")


class Staging:
    """Temporary paths next to the real ones; leaving it removes what was not delivered, and folders it made."""

    def __init__(self) -> None:
        self._reserved: list[tuple[Path, Path]] = []
        self._made: list[Path] = []
        self._stack = ExitStack()

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        remove_empty(self._made)

    def reserve(self, target: Path, folder: bool, overwrite: bool) -> Path:
        """A temporary path for `target`, a new empty folder if `folder`. Raises DeliveryError if the path is taken,
        OutputError if it cannot have that name.
        """
        check_name(target)
        _check(target, folder, overwrite)
        if any(reserved == target for _, reserved in self._reserved):
            raise DeliveryError("{target}: two results would have this name; put {{object}} into it.", target=target)
        try:
            self._made = [*make_folders(target.parent), *self._made]
            # inside a folder that is there: its parent may be another disk, or not be writable
            beside = target if folder and target.is_dir() else target.parent
            staged = self._stack.enter_context(partial_path(beside, "" if folder else target.suffix))
            if folder:
                staged.mkdir()
        except OSError as error:
            raise DeliveryError(
                "{target}: cannot be written there ({reason}); choose another path.",
                target=target,
                reason=describe(error),
            ) from error
        self._reserved.append((staged, target))
        return staged

    def deliver(self, overwrite: bool) -> None:
        """Moves everything in place. Raises DeliveryError if a path was taken meanwhile."""
        for staged, target in self._reserved:
            _check(target, staged.is_dir(), overwrite)
        for staged, target in self._reserved:
            try:
                move_into(staged, target, overwrite)
            except OSError as error:
                where = error.filename2 or target
                raise DeliveryError(
                    "{where}: cannot be moved in place ({reason}).", where=where, reason=describe(error)
                ) from error
        self._reserved.clear()


def _check(target: Path, folder: bool, overwrite: bool) -> None:
    if folder and target.exists() and not target.is_dir():
        raise DeliveryError("{target}: a file; pictures go to a folder. Choose another name.", target=target)
    if not folder and target.is_dir():
        raise DeliveryError("{target}: a folder; this format is one file. Choose another name.", target=target)
    if not folder and target.exists() and not target.is_file():
        raise DeliveryError("{target}: a device or a pipe, which is no file. Choose another name.", target=target)
    if overwrite or not target.exists():
        return
    if not folder:
        raise DeliveryError(
            "{target}: this file exists. Choose another name, or allow it to be replaced.", target=target
        )
    if not is_vacant(target):
        raise DeliveryError(
            "{target}: this folder is not empty. Choose another one, or allow replacing files in it.", target=target
        )
