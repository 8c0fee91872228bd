"""`export`: takes the results out of a project: masks, mattes, cut-out objects and composites."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.cli.arguments import RangeArgument, Subparsers, add_command, range_argument
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import MOST_FRAMES, Number, Whole, counted
from core.cli.progress import ProgressPrinter
from core.cli.projects import clip_of, open_project
from core.delivery.formats import FORMATS
from core.delivery.isolated import export_isolated
from core.delivery.settings import Background, ExportSettings
from core.delivery.shape_files.scene import ShapeSource
from core.errors import DeliveryError, ProjectError
from core.jobs import watched
from core.matting import MatteSettings
from core.media import open_video, stored_options
from core.project import spare_sources
from core.types import MAX_OBJECT_ID

_FLAGS = {
    "edge": {
        "band": "--band",
        "choke": "--choke",
        "feather": "--feather",
        "refine": "--refine",
        "smooth": "--smooth",
    },
    "invert": {"invert": "--invert"},
    "bits": {"bits": "--bits"},
    "premultiplied": {"premultiplied": "--premultiplied"},
    "background": {"background": "--background"},
    "sound": {"silent": "--silent"},
    "quality": {"quality": "--quality"},
    "odd": {"odd": "--odd"},
    "only-masked": {"only_masked": "--only-masked"},
    "tolerance": {"tolerance": "--tolerance"},
    "keys": {"keys": "--keys"},
}
"""What is typed here for each of the formats' options, by the name in the arguments."""
_EXAMPLES = """\
  rotoflow export clip.roto --format masks --out masks/            palette PNG, the index is the object id
  rotoflow export clip.roto --format binary --objects 2 --out two/
  rotoflow export clip.roto --format prores4444 --out cut.mov      soft edges, alpha, the clip's sound
  rotoflow export clip.roto --format h264 --background blur:30 --range 10:99 --out shown.mp4
  rotoflow export clip.roto --format rgba --each --out objects/    a folder for each object: objects_1, objects_2
  rotoflow export clip.roto --format nuke-roto --out roto.nk       splines with keyframes, fitted or drawn
  rotoflow export clip.roto --format masks --out masks/ --video moved/clip.mp4

Every frame of the clip or range is written; pictures are named after the clip's or by five-digit frame index, and
--only-masked leaves out those without an object. Videos have the clip's time stamps, colour tags, time code and sound.
Everything is read back before it gets its name.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "export",
        "take the masks, mattes or cut-out objects out of a project",
        "Writes a project's results as pictures or video.",
        _EXAMPLES,
    )
    listed = "; ".join(f"{name}: {kind.title}" for name, kind in FORMATS.items())
    parser.add_argument("project", metavar="PROJECT", type=Path, help="project file (.roto)")
    parser.add_argument("--format", choices=tuple(FORMATS), default="masks", help=f"{listed} (default: %(default)s)")
    parser.add_argument("--out", metavar="PATH", type=Path, required=True, help="folder for pictures, or video file")
    parser.add_argument(
        "--objects",
        "--object",
        metavar="ID",
        type=Whole(1, MAX_OBJECT_ID),
        nargs="+",
        help="only these objects (default: all)",
    )
    parser.add_argument("--video", metavar="PATH", type=Path, help="where the project's clip is now, if it was moved")
    parser.add_argument(
        "--range", dest="frames", metavar="A:B", type=range_argument, help="only these frames, both ends included"
    )
    parser.add_argument(
        "--step", metavar="N", type=Whole(1, MOST_FRAMES), default=1, help="every n-th frame; they keep their times"
    )
    parser.add_argument("--each", action="store_true", help="each object in a result of its own")
    parser.add_argument(
        "--scale", metavar="FACTOR", type=Number(0, 4, above=True), default=1.0, help="0.5 is half the size"
    )
    parser.add_argument(
        "--only-masked", action="store_true", help="leave out frames without an object; pictures only (default: all)"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace a file, or files of the same name in a folder"
    )
    _add_shape_options(parser)
    _add_matte_options(parser)


def _add_shape_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "splines", "Drawn shapes go out as they are; masks without shapes are fitted within the tolerance."
    )
    group.add_argument(
        "--tolerance",
        metavar="PIXELS",
        type=Number(0, 1000, above=True),
        default=1.0,
        help="of fitted shapes (default: %(default)s)",
    )
    group.add_argument(
        "--keys",
        metavar="N",
        type=Whole(1, MOST_FRAMES),
        help="keyframes of fitted shapes on every n-th frame (default: where needed)",
    )


def _add_matte_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "mattes and clips", "What a format has no use for is refused by name, as --band is for masks."
    )
    group.add_argument(
        "--background", metavar="WHAT", default="black", help="colour, blur, blur:PIXELS, cutout, or a picture or clip"
    )
    group.add_argument(
        "--band", metavar="PIXELS", type=Whole(0, 1000), help="half width of the soft edge; 0 is a hard one"
    )
    group.add_argument("--choke", metavar="PIXELS", type=Number(-1000, 1000), default=0.0, help="move the edge inwards")
    group.add_argument("--feather", metavar="PIXELS", type=Number(0, 1000), default=0.0, help="blur the edge")
    group.add_argument(
        "--refine",
        choices=("fast", "fine", "finest"),
        default="fast",
        help="fine finds hair and takes far longer; finest asks ViTMatte, if its weights are here (default: fast)",
    )
    group.add_argument(
        "--smooth", metavar="FRAMES", type=Whole(0, 1000), default=0, help="frames to either side that steady the edge"
    )
    group.add_argument("--bits", type=int, choices=(8, 16), default=8, help="bits of matte and RGBA pictures")
    group.add_argument("--premultiplied", action="store_true", help="multiply colours by alpha (default: straight)")
    group.add_argument("--invert", action="store_true", help="everything but the objects")
    group.add_argument("--quality", metavar="CRF", type=Whole(0, 63), help="of VP9, H.264 and HEVC; lower is better")
    group.add_argument(
        "--odd",
        choices=("pad", "crop", "refuse"),
        default="pad",
        help="what to do where H.264 and HEVC want an even size and it is not (default: pad)",
    )
    group.add_argument("--silent", action="store_true", help="leave the clip's sound out")


def run(args: argparse.Namespace) -> int:
    """Exports in a process of its own. Raises ProjectError if there is nothing to export, CancelledError after Ctrl-C,
    with nothing written.
    """
    settings = _settings(args)
    _refuse_unsupported(args, settings)
    with open_project(args.project) as project, cancelled_by_interrupt() as token:
        known = {track.object_id for track in project.objects.all}
        unknown = sorted(set(args.objects or ()) - known)
        if unknown:
            listed = ", ".join(map(str, sorted(known))) or "none"
            raise ProjectError(
                "{project}: there is no object {unknown}; there are: {listed}.",
                project=args.project,
                unknown=unknown[0],
                listed=listed,
            )
        clip = clip_of(project, args.video)
        # the export sees to every file; what is wrong with the path itself needs no process to be found
        spare_sources([args.out], [clip, args.project])
        settings.check(project.frame_count)
        values = tuple(project.settings.mask_values.items())
        names = tuple((track.object_id, track.name) for track in project.objects.all)
        settings = replace(settings, mask_values=values, names=names)
        frames = [index for index in _frames(settings, project.frame_count) if project.has_labels(index)]
        if not frames:
            raise ProjectError(
                "{project}: no frame has a mask yet; propagate first, or choose another range.", project=args.project
            )
        with ProgressPrinter("Exporting") as printer:
            steps = export_isolated(
                partial(open_video, clip, stored_options(project.settings)),
                project.labels,
                settings,
                args.out,
                token,
                project.confidence,
                project=args.project,
                shapes=ShapeSource(project.shapes.all, project.objects.all, project.edges.painted()),
            )
            outcome = watched(steps, printer.show)
    for path in outcome.paths:
        print(f"{counted(outcome.frames, 'frame')} in {path}")
    for note in outcome.notes:
        print(f"note: {note}")
    return 0


def _refuse_unsupported(args: argparse.Namespace, settings: ExportSettings) -> None:
    """Raises DeliveryError for an option that the format does not have, by the name it has here."""
    kind = FORMATS[args.format]
    unsupported = kind.unsupported(settings, kind.suffix_of(args.out))
    if not unsupported:
        return
    typed = {name: flags for option in unsupported for name, flags in _FLAGS[option].items()}
    plain = {"tolerance": 1.0, "choke": 0.0, "feather": 0.0, "refine": "fast", "smooth": 0}
    shown = [flag for name, flag in typed.items() if getattr(args, name) not in (plain.get(name), None, False)]
    ending = args.out.suffix
    where = f"{args.format} in {ending}" if ending and ending in kind.suffixes else args.format
    raise DeliveryError(
        "{shown}: {where} has no such option; leave it out, or choose another format.",
        shown=", ".join(shown),
        where=where,
    )


def _settings(args: argparse.Namespace) -> ExportSettings:
    chosen = args.frames or RangeArgument(None, None)
    return ExportSettings(
        format=args.format,
        object_ids=tuple(args.objects or ()),
        combined=not args.each,
        first=chosen.first or 0,
        last=chosen.last,
        step=args.step,
        scale=args.scale,
        bits=args.bits,
        premultiplied=args.premultiplied,
        invert=args.invert,
        matte=MatteSettings(args.band, args.choke, args.feather, args.smooth, args.refine),
        background=Background.parse(args.background),
        audio=not args.silent,
        quality=args.quality,
        only_masked=args.only_masked,
        odd=args.odd,
        tolerance=args.tolerance,
        keys_every=args.keys,
        overwrite=args.overwrite,
    )


def _frames(settings: ExportSettings, frame_count: int) -> range:
    return range(settings.first, frame_count if settings.last is None else settings.last + 1, settings.step)
