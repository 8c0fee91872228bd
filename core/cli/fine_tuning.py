"""Fine-tuning before a propagation, with its scores printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from core.cli.progress import ProgressPrinter
from core.engines import DEFAULT_ENGINE, load
from core.engines.target_networks.options import PREFIX
from core.errors import EngineError
from core.jobs import CancelToken
from core.media import TwoWayReader, VideoSource
from core.types import Anchor

_ENGINE = "builtin"


def fine_tuned(
    args: argparse.Namespace, video: VideoSource, anchors: Sequence[Anchor], token: CancelToken
) -> list[tuple[str, object]]:
    """Adapts the network to the anchors; what to add to the engine's options, nothing if it did not help.

    Raises EngineError for an engine that is neither the built-in one nor a target network.
    """
    engine = args.engine or DEFAULT_ENGINE
    if not load(engine).info.adaptable:
        raise EngineError(
            "Engine '{engine}' cannot be fine-tuned; '{adaptable}' and target networks can.",
            engine=engine,
            adaptable=_ENGINE,
        )
    # torch is loaded by those who fine-tune only
    from core.finetuning import fine_tune

    with ProgressPrinter("Fine-tuning") as printer, TwoWayReader(video) as reader:
        outcome = fine_tune(
            anchors,
            reader.read,
            video.frame_count,
            video.size,
            token,
            options=dict(args.options),
            device=args.device,
            on_progress=printer.show,
            engine=engine,
        )
    verdict = "kept" if outcome.accepted else "not kept: the clip is followed better without it"
    print(
        f"Fine-tuning: J&F {outcome.before.j_and_f:.3f} before, {outcome.after.j_and_f:.3f} after; {verdict}",
        file=sys.stderr,
    )
    if outcome.accepted:
        return [("adaptation", outcome.weights)]
    # a target network that does not help would otherwise be trained again and used
    return [("cue_weight", 0.0)] if engine.startswith(PREFIX) else []
