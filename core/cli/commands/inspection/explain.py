"""`explain`: what the built-in network sees of a frame and remembers, and masks seeded from it."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image as Pictures

from core.cli.arguments import Subparsers, add_command, frame_argument
from core.cli.commands.inspection.tags import print_tags
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import Number, Whole
from core.cli.progress import ProgressPrinter
from core.cli.projects import clip_of, open_project
from core.cli.targets import check_file
from core.errors import DeliveryError, EngineError
from core.explain.features import STAGES, FeatureExtractor
from core.explain.naming import examples_of
from core.explain.pictures import scatter_svg
from core.explain.projections import WAYS
from core.explain.references import Reading, remembered_frames
from core.explain.views import SEEDS, VIEWS, Answer, Question, answer
from core.files import atomic_file
from core.jobs import watched
from core.masks import write_mask
from core.media import open_video, stored_options
from core.project import Project, with_clips
from core.types import MAX_OBJECT_ID, LabelMap
from core.vos.targets.reference_weights import REFERENCE_WEIGHTS, read_reference_weights

_MOST_FRAMES = 60
_TAGS = "tags"
_EXAMPLES = """\
  rotoflow explain clip.roto references --frame 40 --pixel 320,180      which frames made this pixel
  rotoflow explain clip.roto references --frame 40 --pixel 320,180 --out cells.png
  rotoflow explain clip.roto --reference 25=0                           frame 25 is not to be read any more
  rotoflow explain clip.roto --reference 25=1                           and again it is
  rotoflow explain clip.roto embedding --frame 40 --out colours.png     also: features, cam, acol, gradcam, similarity
  rotoflow explain clip.roto objects --way umap --out objects.svg       also: cells; pca, tsne, umap
  rotoflow explain clip.roto --seed point --frame 40 --pixel 320,180 --out mask.png
  rotoflow explain clip.roto --seed tag --frame 40 --object 2 --out mask.png      what is like the object's class
  rotoflow explain clip.roto tags --frame 40                            classes for objects, by those that have one
  rotoflow explain clip.roto tags --frame 40 --text "dog; cat"          and by their names, where SAM 3 is here

what to show:
  embedding     the network's embedding of the frame as colours: alike places have alike colours
  features      the feature maps that vary most, at the stride of --stage
  cam           class activation (CAM): where the network sees the object
  acol          complementary activation (ACoL): the same, with what one map leaves out
  gradcam       gradients (Grad-CAM): the features that the object's mask depends on
  similarity    what is like the pixel of --pixel
  references    which reference made the pixel of --pixel: the frames of the memory that it reads, each with its share,
                and how much of that speaks for each object
  objects       a scatter: a point for each object on each masked frame, by its embedding
  cells         a scatter: a point for each cell of the frame, 16 pixels of the network's picture wide
  tags          suggested classes for the frame's objects

A reference that is given a weight counts that much less in the next propagation of the project in the window, from 0
(not read) to 1. t-SNE and UMAP need `pip install 'rotoflow[explain]'`.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "explain",
        "show what the network sees and remembers",
        "Shows what the built-in network sees of a project's frame, what it remembers, and seeds masks of it.",
        _EXAMPLES,
    )
    parser.add_argument("project", metavar="PROJECT", type=Path, help="a project with at least one masked frame")
    parser.add_argument(
        "view", nargs="?", type=_view, choices=(*VIEWS, _TAGS), metavar="VIEW", help="what to show: see below"
    )
    parser.add_argument("--frame", metavar="N", type=frame_argument, default=0, help="frame to look at (default: 0)")
    parser.add_argument("--object", metavar="ID", type=Whole(1, MAX_OBJECT_ID), help="the object (default: the first)")
    parser.add_argument(
        "--pixel",
        metavar="X,Y",
        type=_pixel,
        help="a pixel of the frame, for `references`, `similarity` and --seed point",
    )
    parser.add_argument(
        "--stage", type=int, choices=STAGES, default=16, help="stride of `features` in pixels (default: 16)"
    )
    parser.add_argument(
        "--way",
        choices=WAYS,
        default="pca",
        help="how the points of `objects` and `cells` are laid out (default: %(default)s)",
    )
    parser.add_argument(
        "--seed",
        choices=SEEDS,
        help="make a mask (--out) of what is like the pixel of --pixel, of the object's CAM, or of what is like the "
        "objects of its class",
    )
    parser.add_argument("--text", metavar="CLASSES", help="classes for `tags` to choose of by their names, with SAM 3")
    parser.add_argument("--weights", metavar="FOLDER", type=Path, help="SAM 3's folder (default: the folder of models)")
    parser.add_argument(
        "--reference",
        metavar="N=WEIGHT",
        action="append",
        default=[],
        help="how much frame N counts in the memory of the next propagation, 0 to 1; may be repeated",
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="a picture (.png), or for scatters an .svg")
    parser.add_argument("--overwrite", action="store_true", help="replace the file, if there is one")


def _view(text: str) -> str:
    # its name in earlier versions
    return "similarity" if text == "likeness" else text


def run(args: argparse.Namespace) -> int:
    """Shows it. Raises EngineError for a question that makes no sense, DeliveryError for a file that cannot be written,
    CancelledError after Ctrl-C.
    """
    scatter = args.view in ("objects", "cells")
    if args.out:
        check_file(args.out, with_clips([args.project]), args.overwrite, (".svg",) if scatter else (".png",))
    if not args.view and not args.seed and not args.reference:
        raise EngineError("Nothing is asked for: name a view, --seed or --reference.")
    if args.view == _TAGS and args.out:
        raise EngineError("`tags` is a list and no picture: leave out --out.")
    if (args.seed or (args.view and args.view not in ("references", _TAGS))) and not args.out:
        raise DeliveryError("There is no path for the picture: name one with --out FILE.")
    with closing(open_project(args.project)) as project:
        if args.reference:
            _weigh(project, args.reference)
        if not args.view and not args.seed:
            return 0
        with (
            closing(open_video(clip_of(project, None), stored_options(project.settings))) as video,
            cancelled_by_interrupt() as token,
        ):
            question = _question(project, args)
            extractor = FeatureExtractor(video.size, question.adaptation)
            if args.view == _TAGS:
                print_tags(project, args, extractor, question, video.read, token)
                return 0
            if args.seed == "tag":
                index = examples_of(extractor, project.objects.all, question.anchors, video.read, token)
                label = next(
                    (one.class_label for one in project.objects.all if one.object_id == question.object_id), ""
                )
                question = replace(question, tag=index.prototype(label))
            with ProgressPrinter("Looking") as printer:
                found = watched(answer(extractor, question, video.read, token), printer.show)
        if found.reading is not None:
            _print(found.reading, {track.object_id: track.name for track in project.objects.all})
        if args.out:
            _write(args.out, found, project, args)
    return 0


def _question(project: Project, args: argparse.Namespace) -> Question:
    if args.frame >= project.frame_count:
        raise EngineError(
            "There is no frame {frame}; the clip has {count} (0 to {last}).",
            frame=args.frame,
            count=project.frame_count,
            last=project.frame_count - 1,
        )
    ids = [track.object_id for track in project.objects.all]
    if args.object is not None and args.object not in ids:
        raise EngineError("There is no object {object_id} in the project.", object_id=args.object)
    anchors = project.anchors()
    kept, recent = remembered_frames(args.frame, [one.frame_index for one in anchors])
    frames = [*kept, *recent, args.frame]
    if args.view == "objects":
        masked = [index for index in range(project.frame_count) if project.has_labels(index)]
        frames = masked[:: max(1, -(-len(masked) // _MOST_FRAMES))]
    labels: dict[int, LabelMap] = {one: project.labels(one) for one in frames if project.has_labels(one)}
    return Question(
        args.view or "",
        args.frame,
        args.object if args.object is not None else (ids[0] if ids else 1),
        args.pixel,
        args.stage,
        args.way,
        anchors,
        labels,
        read_reference_weights(project.settings.get(REFERENCE_WEIGHTS)),
        project.tuned_weights.weights,
        args.seed or "",
    )


def _weigh(project: Project, given: list[str]) -> None:
    weights = read_reference_weights(project.settings.get(REFERENCE_WEIGHTS))
    asked = dict(one.partition("=")[::2] for one in given)
    lower = read_reference_weights(asked)
    for frame in map(int, asked):
        if frame >= project.frame_count:
            raise EngineError(
                "There is no frame {frame}; the clip has {count} (0 to {last}).",
                frame=frame,
                count=project.frame_count,
                last=project.frame_count - 1,
            )
        weights.pop(frame, None)
    weights.update(lower)
    project.settings.change(REFERENCE_WEIGHTS, {str(key): value for key, value in weights.items()}, "Weigh references")
    weights_text = ", ".join(f"frame {key} counts {value:g}" for key, value in sorted(weights.items()))
    print(weights_text or "all references count in full")


def _print(reading: Reading, names: dict[int, str]) -> None:
    for one in reading.references:
        kind = "anchor" if one.is_anchor else "result"
        votes = ", ".join(f"{names.get(key, key)} {share:.2f}" for key, share in one.votes.items())
        print(f"frame {one.frame_index:<6} {kind}  {one.share:>6.1%}  of it for: {votes}")
    total = ", ".join(f"{names.get(key, key)} {share:.2f}" for key, share in reading.votes.items())
    print(f"in all: {total}; best similarity {reading.similarity:.2f}")


def _write(path: Path, found: Answer, project: Project, args: argparse.Namespace) -> None:
    tracks = project.objects.all
    if found.patch is not None:
        width, height = project.size
        labels = np.zeros((height, width), np.uint8)
        labels[found.patch.box.slices][found.patch.mask] = args.object or (tracks[0].object_id if tracks else 1)
        write_mask(path, labels)
        print(f"mask: {path}, {int(found.patch.mask.sum())} pixels")
        return
    with atomic_file(path) as part:
        if found.scatter is not None:
            colours = {track.object_id: track.colour for track in tracks}
            names = {track.object_id: track.name for track in tracks}
            part.write_text(scatter_svg(found.scatter, colours, names), encoding="utf-8")
        else:
            picture = found.picture if found.picture is not None else np.concatenate([*found.frames.values()], axis=0)
            Pictures.fromarray(picture).save(part, format="PNG")
    print(f"picture: {path}")


def _pixel(text: str) -> tuple[float, float]:
    x, comma, y = text.partition(",")
    try:
        if not comma:
            raise argparse.ArgumentTypeError
        return Number(0, 10**6)(x) + 0.5, Number(0, 10**6)(y) + 0.5
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"'{text}' is no pixel; expected X,Y such as 320,180") from None
