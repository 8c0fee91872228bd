"""One clip's settings, as people write them in a manifest, made into a job."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.batch.job import EXPORT_NAMES, ClipJob
from core.delivery.formats import FORMATS, OPTION_FIELDS
from core.delivery.settings import Background, ExportSettings
from core.engines import DEFAULT_ENGINE, load
from core.engines.checks import merged_options
from core.engines.text import split_text
from core.errors import BatchError, DeliveryError, EngineError
from core.masks import MaskKind
from core.matting import MatteSettings
from core.messages import Message
from core.types import DEVICES, QUALITIES

_LARGEST = 2**31 - 1
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def _text(value: object) -> str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError(Message("a text"))
    try:
        # JSON can hold lone surrogates, which no file name can contain
        os.fsencode(value)
    except UnicodeEncodeError as error:
        raise ValueError(Message("a text")) from error
    return value


def _whole(value: object) -> int:
    if isinstance(value, str):
        value = int(value) if value.isdecimal() and len(value) <= len(str(_LARGEST)) else None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise ValueError(Message("a whole number"))
    return value


def _number(value: object) -> float:
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError
        # where tables are separated by semicolons, numbers have a comma
        return float(value.replace(",", ".") if isinstance(value, str) and value.count(",") == 1 else value)
    except (ValueError, OverflowError):
        raise ValueError(Message("a number")) from None


def _flag(value: object) -> bool:
    found = value if isinstance(value, bool) else _YES_NO.get(str(value).casefold())
    if found is None:
        raise ValueError(Message("true or false"))
    return found


def _words(value: object) -> tuple[str, ...]:
    words = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not words:
        raise ValueError(Message("a text or a list"))
    return tuple(_text(word) for word in words)


def _texts(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list | tuple) else (value,)
    found = tuple(text for one in given for text in split_text(_text(one)))
    if not found:
        raise ValueError(Message("a text"))
    return tuple(dict.fromkeys(found))


def _ids(value: object) -> tuple[int, ...]:
    if isinstance(value, list | tuple):
        return tuple(_whole(one) for one in value)
    return tuple(_whole(one) for one in (_words(value) if isinstance(value, str) else (value,)))


def _range(value: object) -> tuple[int, int | None]:
    first, colon, last = _text(value).partition(":")
    if not colon:
        raise ValueError(Message("a range such as 10:99, 10: or :99"))
    return (_whole(first) if first else 0), (_whole(last) if last else None)


def _refinement(value: object) -> str:
    if value not in ("fast", "fine", "finest"):
        raise ValueError(Message("fast, fine or finest"))
    return str(value)


def _odd(value: object) -> str:
    if value not in ("pad", "crop", "refuse"):
        raise ValueError(Message("pad, crop or refuse"))
    return str(value)


def _mask_kind(value: object) -> str:
    if value not in MASK_KINDS:
        raise ValueError(Message("one of {mask_kinds}", mask_kinds=", ".join(MASK_KINDS)))
    return str(value)


def _preset(value: object) -> str:
    if value not in QUALITIES:
        raise ValueError(Message("one of {presets}", presets=", ".join(QUALITIES)))
    return str(value)


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError(Message("a table of options"))
    return value


Converter = Callable[[object], object]
JOB_SETTINGS: Mapping[str, Converter] = MappingProxyType(
    {
        "name": _text,
        "clip": _text,
        "mask_kind": _mask_kind,
        "mask": lambda value: (value,) if isinstance(value, str) else _words(value),
        "frame": _whole,
        "text": _texts,
        "project": _text,
        "engine": _text,
        "device": _text,
        "preset": _preset,
        "export": _words,
        "truth": _text,
        "options": _table,
    }
)
"""What an entry may set of the work. `mask` is FILE or N=FILE, or several; `frame` is for masks that name none.
Several masks of one frame add up; `mask_kind` says what they are. `preset` is how accurate, and how slow, the engine
is: one of `QUALITIES` (`quality` is that of an export). `text` is what to find and follow, in place of masks."""
EXPORT_SETTINGS: Mapping[str, tuple[str, Converter]] = MappingProxyType(
    {
        "objects": ("object_ids", _ids),
        "each": ("combined", lambda value: not _flag(value)),
        "range": ("range", _range),
        "step": ("step", _whole),
        "scale": ("scale", _number),
        "bits": ("bits", _whole),
        "premultiplied": ("premultiplied", _flag),
        "invert": ("invert", _flag),
        "background": ("background", _text),
        "quality": ("quality", _whole),
        "audio": ("audio", _flag),
        "only-masked": ("only_masked", _flag),
        "odd": ("odd", _odd),
        "tolerance": ("tolerance", _number),
        "keys": ("keys_every", _whole),
        "band": ("matte.band", _whole),
        "choke": ("matte.choke", _number),
        "feather": ("matte.feather", _number),
        "smooth": ("matte.smoothing", _whole),
        "refine": ("matte.refinement", _refinement),
    }
)
"""What an entry may set of its exports, as on the command line of `export`."""
_OPTION = "option."
MASK_KINDS = tuple(kind.value for kind in MaskKind)


def job_of_entry(entry: Mapping[str, object], where: str, folder: Path) -> ClipJob:
    """The job of an entry; relative paths start at `folder`. `where` begins the messages of errors.

    Files are not looked for. Raises BatchError for unknown settings, engines and formats, and for invalid values.
    """
    values, options = _converted(entry, where)

    def path(name: str) -> Path | None:
        return _file(folder, str(values[name])) if name in values else None

    clip, project = path("clip"), path("project")
    masks = _masks(values, where, folder)
    texts = values.get("text", ())
    assert isinstance(texts, tuple)
    if project is None and (clip is None or not (masks or texts)):
        raise BatchError("{where}: needs 'clip' and 'mask' or 'text', or 'project'.", where=where)
    if texts and (masks or project is not None):
        raise BatchError(
            "{where}: has 'text' and masks or a project; what a text finds is followed by itself: drop one.",
            where=where,
        )
    if project is not None and masks:
        raise BatchError(
            "{where}: has 'project' and 'mask'; the project's own masked frames are followed: drop one.", where=where
        )
    named = project or clip
    assert named is not None
    engine = str(values.get("engine", DEFAULT_ENGINE))
    device = str(values.get("device", "auto"))
    try:
        merged_options(load(engine).info, options)
        exports = _exports(values, folder)
    except (EngineError, DeliveryError) as error:
        raise BatchError("{where}: {error}", where=where, error=error) from error
    if device not in DEVICES:
        raise BatchError(
            "{where}: device '{device}'; choose one of {devices}.",
            where=where,
            device=device,
            devices=", ".join(DEVICES),
        )
    return ClipJob(
        name=str(values.get("name", named.name if named.is_dir() else named.stem)),
        clip=clip,
        masks=masks,
        project=project,
        engine=engine,
        device=device,
        options=tuple(sorted(options.items())),
        exports=exports,
        truth=path("truth"),
        mask_kind=str(values.get("mask_kind", MASK_KINDS[0])),
        texts=texts,
    )


def _converted(entry: Mapping[str, object], where: str) -> tuple[dict[str, object], dict[str, object]]:
    values: dict[str, object] = {}
    options: dict[str, object] = {}
    for name, value in entry.items():
        if name.startswith(_OPTION):
            options[name.removeprefix(_OPTION)] = _literal(value)
            continue
        converter = JOB_SETTINGS.get(name) or EXPORT_SETTINGS.get(name, ("", None))[1]
        if converter is None:
            known = ", ".join([*JOB_SETTINGS, *EXPORT_SETTINGS])
            raise BatchError(
                "{where}: there is no setting '{name}'; there are {known}, {prefix}NAME.",
                where=where,
                name=name,
                known=known,
                prefix=_OPTION,
            )
        try:
            values[name] = converter(value)
        except (TypeError, ValueError) as error:
            raise BatchError(
                "{where}: {name} = {value} is not {error}.", where=where, name=name, value=repr(value), error=error
            ) from error
    given = values.pop("options", {})
    assert isinstance(given, dict)
    preset = {"quality": values.pop("preset")} if "preset" in values else {}
    # a clip's preset goes before the command line's, which comes among the options
    return values, {**given, **preset, **options}


def _literal(value: object) -> object:
    """A cell's text as the flag or number that it looks like."""
    if not isinstance(value, str):
        return value
    if value.casefold() in ("true", "false"):
        return value.casefold() == "true"
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            continue
    return value


def _file(folder: Path, text: str) -> Path:
    """A path of a manifest, from its folder on; one that was written on Windows is read with its backslashes."""
    path = (folder / Path(text).expanduser()).absolute()
    if "\\" in text and not path.exists():
        return (folder / Path(text.replace("\\", "/")).expanduser()).absolute()
    return path


def _masks(values: Mapping[str, object], where: str, folder: Path) -> tuple[tuple[int, Path], ...]:
    given = values.get("mask", ())
    assert isinstance(given, tuple)
    masks: list[tuple[int, Path]] = []
    for text in given:
        number, equals, file = text.partition("=")
        numbered = bool(equals) and number.isdecimal()
        try:
            frame_index = _whole(number if numbered else values.get("frame", 0))
        except ValueError as error:
            raise BatchError(
                "{where}: mask = {text}: '{number}' is not {error}.",
                where=where,
                text=repr(text),
                number=number,
                error=error,
            ) from error
        masks.append((frame_index, _file(folder, file if numbered else text)))
    # files of one frame keep their order: the later one lies on top
    return tuple(sorted(masks, key=lambda one: one[0]))


def _exports(values: Mapping[str, object], folder: Path) -> tuple[ExportSettings, ...]:
    formats = values.get("export", ("masks",))
    assert isinstance(formats, tuple)
    for name in formats:
        if name not in EXPORT_NAMES:
            raise DeliveryError(
                "there is no export format '{name}'; there are {known}.",
                name=name,
                known=", ".join(EXPORT_NAMES),
            )
    fields: dict[str, Any] = {field: values[name] for name, (field, _) in EXPORT_SETTINGS.items() if name in values}
    if "range" in fields:
        fields["first"], fields["last"] = fields.pop("range")
    if "background" in fields:
        beside = folder / fields["background"]
        fields["background"] = Background.parse(str(beside) if beside.exists() else fields["background"])
    matte = {field: fields.pop(field) for field in list(fields) if field.startswith("matte.")}
    fields["matte"] = MatteSettings(**{field.removeprefix("matte."): value for field, value in matte.items()})
    asked = ExportSettings(**fields)
    exports = _for_each_format(asked, formats)
    for settings in (asked, *exports):
        settings.check_values()
    return exports


def _for_each_format(settings: ExportSettings, formats: tuple[str, ...]) -> tuple[ExportSettings, ...]:
    """The settings for each of the formats, without what that one does not use: a manifest's defaults are for all."""
    plain, found = ExportSettings(), []
    for name in dict.fromkeys(formats):
        kind = FORMATS.get(name)
        unsupported = kind.unsupported(settings, kind.usual_suffix) if kind else []
        defaults: dict[str, Any] = {OPTION_FIELDS[one]: getattr(plain, OPTION_FIELDS[one]) for one in unsupported}
        found.append(replace(settings, format=name, **defaults))
    return tuple(found)
