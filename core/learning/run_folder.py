"""A training's folder: its checkpoints, its log, its scores and their curves, kept while it runs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import DatasetError
from core.files import atomic_file
from core.jobs import CancelToken
from core.learning.curves import draw_curves, read_run
from core.learning.samples.examples import TrainingData
from core.learning.trainer import StepReport, Trainer
from core.learning.validation import ValidationScore, ValidationSequence, is_best, read_scores, validate

_SAVE_EVERY_SECONDS = 120.0


@dataclass(frozen=True)
class Validation:
    """What the moving average is scored on, every few steps and at the end, and who is notified."""

    sequences: Sequence[ValidationSequence]
    every: int
    on_score: Callable[[ValidationScore], None]


class RunFolder:
    """`checkpoint.pt`, and `best.pt`, the one with the best scores; `start.safetensors`, what it began with, where it
    was given weights; `log.jsonl`, one line a step with the fields of `StepReport`; `scores.jsonl`, one line a
    validation; `curves.svg`, drawn of both at every checkpoint.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.checkpoint = path / "checkpoint.pt"
        self.best = path / "best.pt"
        self.start = path / "start.safetensors"
        self.log = path / "log.jsonl"
        self.scores = path / "scores.jsonl"
        self.curves = path / "curves.svg"

    def train(
        self, trainer: Trainer, data: TrainingData, token: CancelToken, validation: Validation | None = None
    ) -> Iterator[StepReport]:
        """`Trainer.train`, with every step logged and a checkpoint now and then and at the end, cancelled or not.

        Raises DatasetError, before anything is done, if the log or the scores that are there are damaged.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        for lines in (self.log, self.scores):
            _keep_until(lines, trainer.step)
        saved = time.monotonic()
        scored = trainer.step
        with self.log.open("a", encoding="utf-8") as log:
            for report in trainer.train(data, token):
                log.write(json.dumps(asdict(report)) + "\n")
                if time.monotonic() - saved > _SAVE_EVERY_SECONDS:
                    log.flush()
                    self._save(trainer)
                    saved = time.monotonic()
                if validation is not None and report.step % validation.every == 0:
                    self._score(trainer, validation, token)
                    scored = report.step
                yield report
        if validation is not None and scored != trainer.step:
            self._score(trainer, validation, token)
        self._save(trainer)

    def _save(self, trainer: Trainer) -> None:
        trainer.save(self.checkpoint)
        with atomic_file(self.curves) as part:
            part.write_text(draw_curves([read_run(self.path)]), encoding="utf-8")

    def _score(self, trainer: Trainer, validation: Validation, token: CancelToken) -> None:
        score = validate(trainer.average, validation.sequences, trainer.step, trainer.device, token)
        if score is None:
            return
        if is_best(score, read_scores(self.scores)):
            trainer.save(self.best)
        with self.scores.open("a", encoding="utf-8") as scores:
            scores.write(score.line() + "\n")
        validation.on_score(score)


def _keep_until(path: Path, step: int) -> None:
    """Drops the lines after the checkpoint that the training goes on from: those steps are done again."""
    if not path.exists():
        return
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        # the last line may be torn by a crash
        kept = [line for line in lines if line.endswith("\n") and json.loads(line)["step"] <= step]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DatasetError("{path}: damaged; move it away to go on without what it says.", path=path) from error
    with atomic_file(path) as part:
        part.write_text("".join(kept), encoding="utf-8")
