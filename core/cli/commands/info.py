"""`info`: what is in a clip or a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from core.cli.arguments import Subparsers, add_clip_options, add_command, clip_options
from core.cli.projects import open_project
from core.errors import VideoMovedError
from core.media import ClipOptions, VideoInfo, fingerprint, open_video
from core.types import PROJECT_SUFFIX, Origin

_EXAMPLES = """\
  rotoflow info clip.mp4
  rotoflow info pictures/          a folder of JPEG or PNG pictures is a clip too
  rotoflow info clip.roto
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "info",
        "say what is in a clip or a project",
        "Says size, rate, length and format of a clip, and what to know before working on it; of a project, its clip, "
        "objects, anchors and how far it is.",
        _EXAMPLES,
    )
    parser.add_argument("clip", metavar="CLIP", type=Path, help="video file, folder of pictures, or project (.roto)")
    add_clip_options(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the properties, one per line."""
    properties = (
        describe_project(args.clip)
        if args.clip.suffix == PROJECT_SUFFIX
        else describe_clip(args.clip, clip_options(args))
    )
    print(args.clip)
    for name, value in properties:
        print(f"  {name:<12} {value}")
    return 0


def describe_clip(path: Path, options: ClipOptions | None = None) -> Iterable[tuple[str, str]]:
    """Names and values that describe a clip."""
    with closing(open_video(path, options)) as video:
        info: VideoInfo = video.info
    yield "kind", "video" if info.kind == "video" else "folder of pictures"
    yield "size", f"{info.width} x {info.height}" + (f" (turned by {info.rotation} degrees)" if info.rotation else "")
    yield "frames", str(info.frame_count)
    if info.rate is not None:
        variable = ", variable" if info.variable_rate else ""
        yield "rate", f"{float(info.rate):.3f}".rstrip("0").rstrip(".") + f" frames a second{variable}"
    if info.seconds is not None:
        yield "length", f"{info.seconds:.2f} s"
    yield "codec", str(info.codec)
    yield "pixels", f"{info.pixel_format}, {info.bit_depth} bit"
    yield "colour", f"{info.colour_matrix}, {info.colour_range} range"
    yield "audio", "yes" if info.has_audio else "no"
    for note in info.notes:
        yield "note", note


def describe_project(path: Path) -> Iterable[tuple[str, str]]:
    """Names and values that describe a project; a clip that has moved is reported and is no error."""
    with open_project(path) as project:
        try:
            clip = str(project.locate_video(fingerprint))
        except VideoMovedError as moved:
            clip = str(moved)
        yield "clip", clip
        width, height = project.size
        yield "size", f"{width} x {height}"
        yield "frames", str(project.frame_count)
        for track in project.objects.all:
            origins = project.origin_lane(track.object_id)
            counts = ", ".join(
                f"{int((origins == origin).sum())} {origin.name.lower()}"
                for origin in Origin
                if (origins == origin).any()
            )
            yield f"object {track.object_id}", f"{track.name or 'unnamed'}: {counts}"
        yield "anchors", ", ".join(map(str, project.anchor_frames())) or "none"
