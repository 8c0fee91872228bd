"""Scores of a network in training, and what they are kept for."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

from core.cli import main
from core.jobs import CancelToken
from core.learning.run_folder import RunFolder, Validation
from core.learning.samples.data import find_training_data
from core.learning.samples.examples import TrainingData
from core.learning.schedule import Schedule
from core.learning.trainer import Trainer, TrainingSettings
from core.learning.validation import ValidationScore, ValidationSequence, is_best, read_scores, validate
from core.vos.network.model import Network
from tests.core.learning.conftest import TINY

SETTINGS = TrainingSettings(batch=1, side=96, workers=0, precision=torch.float32)


@pytest.fixture
def data(data_root: Path) -> TrainingData:
    return find_training_data(data_root)


def still(frames: int = 4) -> ValidationSequence:
    """A rectangle on noise that does not move."""
    picture = np.random.default_rng(0).integers(0, 90, (64, 80, 3)).astype(np.uint8)
    labels = np.zeros((64, 80), np.uint8)
    labels[16:48, 20:52] = 2
    picture[labels > 0] = (200, 40, 90)
    return ValidationSequence("still", frames, lambda _frame: picture, lambda _frame: labels)


def scored(value: float, step: int = 1) -> ValidationScore:
    return ValidationScore(step, value, value, {"still": value})


def test_a_network_is_scored_and_left_as_it_is() -> None:
    torch.manual_seed(0)
    network = Network(TINY).train()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    state = torch.get_rng_state()
    score = validate(network, [still()], 7, "cpu", CancelToken())
    assert score is not None
    assert score.step == 7 and list(score.sequences) == ["still"]
    assert 0 <= score.j <= 1 and score.sequences["still"] == pytest.approx(score.j_and_f)
    assert network.training
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert torch.equal(torch.get_rng_state(), state)


def test_a_score_depends_on_the_weights() -> None:
    torch.manual_seed(0)
    network, found = Network(TINY), []
    for bias in (-30.0, 30.0):
        with torch.no_grad():
            network.decoder.logits.bias.fill_(bias)  # type: ignore[union-attr]
        score = validate(network, [still()], 0, "cpu", CancelToken())
        assert score is not None
        found.append(score.j)
    nothing, everything = found
    assert nothing == 0
    assert everything > 0.15, "the rectangle is a fifth of the picture"


def test_a_cancelled_validation_is_none() -> None:
    token = CancelToken()
    token.cancel()
    assert validate(Network(TINY), [still()], 0, "cpu", token) is None


def test_scores_survive_being_written(tmp_path: Path) -> None:
    path = tmp_path / "scores.jsonl"
    assert read_scores(path) == []
    path.write_text("".join(f"{scored(value).line()}\n" for value in (0.25, 0.5)) + '{"step": 3', encoding="utf-8")
    assert read_scores(path) == [scored(0.25), scored(0.5)]


def test_the_best_is_better_than_all_before() -> None:
    assert is_best(scored(0.1), [])
    assert is_best(scored(0.6), [scored(0.5), scored(0.2)])
    assert not is_best(scored(0.5), [scored(0.5)])
    assert not is_best(scored(math.nan), [])


def test_a_training_scores_now_and_then_and_at_the_end_and_keeps_the_best(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = iter([0.4, 0.7, 0.6])

    def found(_network: Network, _sequences: object, step: int, *_: object) -> ValidationScore:
        return scored(next(values), step)

    monkeypatch.setattr("core.learning.run_folder.validate", found)
    reported: list[ValidationScore] = []
    folder = RunFolder(tmp_path / "run")
    trainer = Trainer(TINY, Schedule(steps=5, warm_up=2), SETTINGS)
    list(folder.train(trainer, data, CancelToken(), Validation([still()], 2, reported.append)))
    assert [score.step for score in reported] == [2, 4, 5]
    assert read_scores(folder.scores) == reported
    assert torch.load(folder.best, weights_only=True)["step"] == 4
    assert torch.load(folder.checkpoint, weights_only=True)["step"] == 5
    assert "J&amp;F" in folder.curves.read_text(encoding="utf-8")
    # going on from a checkpoint before a score was made forgets it, and makes it again
    state = torch.load(folder.checkpoint, weights_only=True)
    torch.save({**state, "step": 3}, folder.checkpoint)
    resumed = Trainer(TINY, Schedule(steps=5, warm_up=2), SETTINGS)
    resumed.resume(folder.checkpoint)
    values = iter([0.5, 0.8])
    list(folder.train(resumed, data, CancelToken(), Validation([still()], 2, reported.append)))
    assert [(score.step, score.j) for score in read_scores(folder.scores)] == [(2, 0.4), (4, 0.5), (5, 0.8)]
    assert torch.load(folder.best, weights_only=True)["step"] == 5


def test_time_spent_by_others_is_no_training(data: TrainingData, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("core.learning.trainer.time.monotonic", lambda: now[0])
    seconds = []
    for report in Trainer(TINY, Schedule(steps=3, warm_up=2), SETTINGS).train(data, CancelToken()):
        seconds.append(report.seconds)
        now[0] += 1000
    assert seconds == [0, 0, 0]


def test_the_command_scores_what_is_held_out_and_exports_the_best(
    data_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("core.learning.shipping.export.save_graphs", lambda *_: None)
    run = tmp_path / "run"
    common = ["train", "--out", str(run), "--device", "cpu"]
    short = ["--batch", "1", "--side", "96", "--workers", "0", "--steps", "2"]
    assert main([*common, *short, "--data", str(data_root), "--hold-out", "goat", "--every", "1"]) == 0
    output = capsys.readouterr().out
    assert "step 1: J&F" in output and "goat 0." in output and "boat" not in output
    scores = [json.loads(line) for line in (run / "scores.jsonl").read_text(encoding="utf-8").splitlines()]
    best = max(scores, key=lambda score: score["j"] + score["f"])["step"]
    kept = torch.load(run / "best.pt", weights_only=True)
    assert kept["step"] == best
    assert main([*common, "--export", str(tmp_path / "models"), "--best"]) == 0
    from safetensors.torch import load_file

    exported = load_file(str(tmp_path / "models" / "compact.safetensors"))
    torch.testing.assert_close(exported["sharpness"].float(), kept["average"]["sharpness"].half().float())
    assert main([*common, *short, "--data", str(data_root), "--every", "1"]) == 2
    assert "--validate, or --hold-out" in capsys.readouterr().err
