"""`explain tags`: what the objects of a frame may be called."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from core.engines.text.finding import checked_texts
from core.engines.text.models import DEFAULT_TEXT_MODEL, load_text_model
from core.errors import EngineError
from core.explain.features import FeatureExtractor
from core.explain.naming import by_text, examples_of
from core.explain.projections import object_embedding
from core.explain.views import Question
from core.jobs import CancelToken
from core.project import Project
from core.types import Image, ObjectTrack

_SHOWN = 3
"""Classes by their names that are listed of an object."""


def print_tags(
    project: Project,
    args: argparse.Namespace,
    extractor: FeatureExtractor,
    question: Question,
    read: Callable[[int], Image],
    cancel: CancelToken,
) -> None:
    """Prints a class for each object of the frame, or for the one that was named, and how sure it is.

    Raises EngineError if no object is masked there, if there is nothing to go by, or if SAM 3 is asked for and is not
    here; CancelledError.
    """
    tracks = project.objects.all
    labels = question.labels.get(question.frame_index)
    shown = [
        one
        for one in tracks
        if (args.object is None or one.object_id == args.object)
        and labels is not None
        and (labels == one.object_id).any()
    ]
    if not shown or labels is None:
        raise EngineError("There is no object with a mask on frame {frame}.", frame=question.frame_index)
    named = {one.object_id for one in tracks if one.class_label}
    if not args.text and not named:
        raise EngineError("There is nothing to go by: give an object its class, or name classes with --text.")
    image = read(question.frame_index)
    extracted = extractor.extract(image)
    model = None
    if args.text:
        classes = checked_texts([args.text])
        model = load_text_model(DEFAULT_TEXT_MODEL, args.weights)
    for track in shown:
        cancel.raise_if_cancelled()
        lines = []
        # an object is no example of itself
        others = [one for one in tracks if one.object_id != track.object_id]
        vector = object_embedding(extractor, extracted, labels, track.object_id)
        index = examples_of(extractor, others, question.anchors, read, cancel)
        suggestion = None if vector is None else index.suggest(vector)
        if suggestion is not None:
            lines.append(f"{suggestion.class_label} {suggestion.certainty:.0%} (like the objects of that class)")
        if model is not None:
            found = by_text(model, image, labels == track.object_id, classes)
            lines += [f"{one.class_label} {one.certainty:.0%} (by its name)" for one in found[:_SHOWN]]
        print(f"{_title(track)}: {', '.join(lines) or 'like nothing that has a class'}")


def _title(track: ObjectTrack) -> str:
    return f"{track.name} (object {track.object_id}{f', {track.class_label}' if track.class_label else ''})"
