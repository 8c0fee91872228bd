"""The training loop: it ends where it should, it can be stopped, and resuming changes nothing."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path

import pytest
import torch

from core.errors import DatasetError, EngineError
from core.jobs import CancelToken
from core.learning.checkpoint import load_weights
from core.learning.run_folder import RunFolder
from core.learning.samples.data import find_training_data
from core.learning.samples.examples import TrainingData
from core.learning.schedule import Schedule
from core.learning.shipping.export import rounded, save_weights
from core.learning.trainer import StepReport, Trainer, TrainingSettings, fold_names
from core.learning.validation import read_scores
from core.vos.network.model import CONFIGS, Network, NetworkConfig
from tests.core.learning.conftest import TINY

STEPS = 6
SETTINGS = TrainingSettings(batch=2, side=96, workers=0, seed=3)


@pytest.fixture
def data(data_root: Path) -> TrainingData:
    return find_training_data(data_root)


def make_trainer(config: NetworkConfig = TINY, steps: int = STEPS) -> Trainer:
    return Trainer(config, Schedule(steps=steps, warm_up=2), SETTINGS)


def train(trainer: Trainer, data: TrainingData, stop_after: int | None = None) -> list[StepReport]:
    token, reports = CancelToken(), []
    for report in trainer.train(data, token):
        reports.append(report)
        if report.step == stop_after:
            token.cancel()
    return reports


def test_training_takes_its_steps_and_the_loss_stays_a_number(data: TrainingData) -> None:
    trainer = make_trainer()
    before = {name: value.clone() for name, value in trainer.average.state_dict().items()}
    reports = train(trainer, data)
    assert [report.step for report in reports] == list(range(1, STEPS + 1))
    assert all(math.isfinite(report.loss) for report in reports)
    assert [report.frames for report in reports] == [3, 3, 4, 5, 5, 6]
    assert reports[-1].progress == 1
    assert any(not torch.equal(value, before[name]) for name, value in trainer.average.state_dict().items())
    assert train(trainer, data) == []


def test_training_lowers_the_loss(data: TrainingData) -> None:
    trainer = Trainer(TINY, Schedule(steps=16, learning_rate=1e-2, warm_up=2), SETTINGS)
    losses = [report.loss for report in train(trainer, data)]
    assert sum(losses[-4:]) < sum(losses[:4])


def test_resuming_ends_where_an_uninterrupted_training_does(data: TrainingData, tmp_path: Path) -> None:
    whole = make_trainer()
    expected = train(whole, data)
    first = make_trainer()
    assert len(train(first, data, stop_after=3)) == 3
    first.save(tmp_path / "checkpoint.pt")
    second = make_trainer()
    second.resume(tmp_path / "checkpoint.pt")
    reports = train(second, data)
    assert [report.step for report in reports] == [4, 5, 6]
    assert [report.loss for report in reports] == pytest.approx([report.loss for report in expected[3:]], rel=1e-5)
    for name, value in whole.average.state_dict().items():
        assert torch.allclose(second.average.state_dict()[name], value, atol=1e-6), name


def test_a_folder_keeps_log_and_checkpoint_of_a_cancelled_training(data: TrainingData, tmp_path: Path) -> None:
    folder, token = RunFolder(tmp_path / "run"), CancelToken()
    for report in folder.train(make_trainer(), data, token):
        if report.step == 2:
            token.cancel()
    # as after a crash: one step more was logged than is in the checkpoint, and one line is torn
    lines = folder.log.read_text(encoding="utf-8")
    folder.log.write_text(lines + lines.splitlines()[0].replace('"step": 1', '"step": 3') + '\n{"st', encoding="utf-8")
    trainer = make_trainer()
    trainer.resume(folder.checkpoint)
    assert trainer.step == 2
    list(folder.train(trainer, data, CancelToken()))
    steps = [json.loads(line)["step"] for line in folder.log.read_text(encoding="utf-8").splitlines()]
    assert steps == [1, 2, 3, 4, 5, 6]


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    make_trainer().save(tmp_path / "checkpoint.pt")
    with pytest.raises(EngineError, match="another size"):
        make_trainer(CONFIGS["compact"]).resume(tmp_path / "checkpoint.pt")
    (tmp_path / "broken.pt").write_bytes(b"nothing of the kind")
    for name, words in (("broken.pt", "no checkpoint that can be read"), ("missing.pt", "there is no checkpoint")):
        with pytest.raises(EngineError, match=words):
            make_trainer().resume(tmp_path / name)


@pytest.mark.parametrize("value", [None, 5, "x", [1], {"a": 1}, float("nan")])
def test_a_checkpoint_with_something_else_in_it_is_refused(tmp_path: Path, value: object) -> None:
    """A file that torch can read may hold anything."""
    path = tmp_path / "checkpoint.pt"
    make_trainer().save(path)
    whole = torch.load(path, weights_only=True)
    trainer = make_trainer()
    for key in ("config", "network", "average", "optimiser", "step", "seed"):
        for damaged in ({**whole, key: value}, {name: one for name, one in whole.items() if name != key}):
            if value == 5 and key in ("step", "seed") and key in damaged:
                continue
            torch.save(damaged, path)
            for open_it in (trainer.resume, trainer.read):
                if open_it == trainer.read and key in ("optimiser", "step", "seed"):
                    continue
                with pytest.raises(EngineError, match=r"no checkpoint that can be read|of another size"):
                    open_it(path)
    torch.save(value, path)
    with pytest.raises(EngineError, match="no checkpoint that can be read"):
        trainer.resume(path)


@pytest.mark.parametrize("line", ["nothing", "[1]", '{"other": 1}', '{"step": "x"}', "[" * 100_000])
def test_a_damaged_log_is_reported_before_anything_is_done(data: TrainingData, tmp_path: Path, line: str) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    for path in (folder.log, folder.scores):
        path.write_text(f"{line}\n", encoding="utf-8")
        with pytest.raises(DatasetError, match="damaged; move it away"):
            list(folder.train(make_trainer(steps=1), data, CancelToken()))
        assert path.read_text(encoding="utf-8") == f"{line}\n"
        path.unlink()
    with pytest.raises(DatasetError, match="damaged"):
        folder.scores.write_text('{"step": 1, "j": "high", "f": 1, "sequences": {}}\n', encoding="utf-8")
        read_scores(folder.scores)


def test_links_in_the_folder_are_replaced_and_not_followed(data: TrainingData, tmp_path: Path) -> None:
    folder, mine = RunFolder(tmp_path / "run"), tmp_path / "mine"
    mine.write_text("mine")
    folder.path.mkdir()
    for path in (folder.checkpoint, folder.curves):
        path.symlink_to(mine)
    list(folder.train(make_trainer(steps=1), data, CancelToken()))
    assert mine.read_text() == "mine"
    assert folder.curves.read_text(encoding="utf-8").startswith("<svg")


def test_weights_that_ship_can_be_started_from(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = rounded(Network(CONFIGS["compact"]))
    save_weights(network, tmp_path / "compact.safetensors")
    trainer = make_trainer(CONFIGS["compact"])
    trainer.start_from(tmp_path / "compact.safetensors")
    for name, value in network.state_dict().items():
        assert torch.equal(trainer.network.state_dict()[name], value), name
    with pytest.raises(EngineError, match="another network"):
        load_weights(Network(TINY), tmp_path / "compact.safetensors")
    with pytest.raises(EngineError, match="no weights"):
        load_weights(Network(TINY), tmp_path / "missing.safetensors")


def test_a_loss_that_is_no_number_stops_the_training(data: TrainingData) -> None:
    trainer = make_trainer()
    with torch.no_grad():
        trainer.network.decoder.logits.bias.fill_(math.nan)  # type: ignore[union-attr]
    with pytest.raises(EngineError, match="loss is nan"):
        train(trainer, data)


def test_the_schedule_warms_up_decays_and_grows_harder() -> None:
    schedule = Schedule(steps=1000, minutes=10, learning_rate=1e-3, warm_up=10)
    assert schedule.rate(0, 0.0) == pytest.approx(1e-4, rel=0.05)
    assert schedule.rate(10, 0.01) > schedule.rate(500, 0.5) > schedule.rate(999, 0.999) > 0
    assert schedule.progress(100, 300) == 0.5
    assert schedule.progress(2000, 0) == 1
    assert Schedule(minutes=1).progress(10**6, 30) == 0.5
    stages = [schedule.difficulty(share / 10) for share in range(11)]
    for name in ("frames", "longest_gap", "pace"):
        values = [getattr(stage, name) for stage in stages]
        assert values == sorted(values)
        assert values[-1] > values[0]
    ahead = Schedule(steps=1000, skip_ahead=0.5)
    assert ahead.difficulty(0) == schedule.difficulty(0.5)
    assert ahead.difficulty(1) == schedule.difficulty(1)
    with pytest.raises(ValueError, match="end"):
        Schedule()


@pytest.mark.parametrize(("rate", "moved"), [(0.0, False), (0.1, True), (1.0, True)])
def test_the_encoder_learns_as_much_as_it_is_set_to(
    rate: float, moved: bool, data: TrainingData, tmp_path: Path
) -> None:
    settings = dataclasses.replace(SETTINGS, encoder_rate=rate)
    trainer = Trainer(TINY, Schedule(steps=2, warm_up=1), settings)
    before = {name: value.clone() for name, value in trainer.network.state_dict().items()}
    train(trainer, data)
    after = trainer.network.state_dict()
    assert not torch.equal(after["encoder.key.weight"], before["encoder.key.weight"])
    assert not torch.equal(after["decoder.logits.weight"], before["decoder.logits.weight"])
    change = (after["encoder.stage8.0.first.0.weight"] - before["encoder.stage8.0.first.0.weight"]).abs().max()
    assert (change > 0) == moved
    if 0 < rate < 1:
        other = (after["decoder.at8.0.0.weight"] - before["decoder.at8.0.0.weight"]).abs().max()
        assert change < other / 2
    statistics = "encoder.stem.1.running_mean"
    assert torch.equal(after[statistics], before[statistics]) == (rate < 1)
    trainer.save(tmp_path / "checkpoint.pt")
    again = Trainer(TINY, Schedule(steps=4, warm_up=1), settings)
    again.resume(tmp_path / "checkpoint.pt")
    assert len(train(again, data)) == 2
    if rate == 0:
        with pytest.raises(EngineError, match="--encoder-rate"):
            make_trainer().resume(tmp_path / "checkpoint.pt")
    # to look at its weights, or to export them, it does not matter
    make_trainer().read(tmp_path / "checkpoint.pt")


def test_without_weights_to_start_from_the_backbone_still_knows_imagenet(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    monkeypatch.setattr("core.learning.learner.find_backbone_weights", lambda: Path("imagenet.pth"))
    monkeypatch.setattr("core.learning.learner.load_backbone", lambda backbone, path: loaded.append((backbone, path)))
    make_trainer().start_backbone()
    assert loaded == []
    trainer = make_trainer(dataclasses.replace(TINY, pretrained=16))
    trainer.start_backbone()
    assert loaded == [(trainer.network.encoder.backbone, Path("imagenet.pth"))]


def test_folds_learn_from_the_same_batches_without_their_sequences(data: TrainingData, tmp_path: Path) -> None:
    settings = dataclasses.replace(SETTINGS, batch=4, folds=2)

    def trained(steps: int) -> Trainer:
        trainer = Trainer(TINY, Schedule(steps=steps, warm_up=2), settings)
        train(trainer, data)
        return trainer

    alone, together = make_trainer(), trained(2)
    together.save(tmp_path / "checkpoint.pt")
    alone.read(tmp_path / "checkpoint.pt", fold=1)
    fold = {name: value.clone() for name, value in alone.network.state_dict().items()}
    alone.read(tmp_path / "checkpoint.pt")
    assert any(not torch.equal(value, fold[name]) for name, value in alone.network.state_dict().items())
    with pytest.raises(EngineError, match="2 folds"):
        alone.read(tmp_path / "checkpoint.pt", fold=2)
    with pytest.raises(EngineError, match="--folds"):
        alone.resume(tmp_path / "checkpoint.pt")
    again = Trainer(TINY, Schedule(steps=4, warm_up=2), settings)
    again.resume(tmp_path / "checkpoint.pt")
    assert len(train(again, data)) == 2


def test_each_sequence_is_in_one_fold() -> None:
    folds = fold_names(["c", "a", "b", "d"], 3)
    assert folds == [{"a", "d"}, {"b"}, {"c"}]
    assert fold_names(["a"], 0) == []


def test_the_teacher_is_there_again_after_resuming(data: TrainingData, tmp_path: Path) -> None:
    lite, hybrid = (dataclasses.replace(TINY, pretrained=16, lateral=lateral) for lateral in (True, False))
    first = make_trainer(lite)
    learner = first._learner
    learner.teacher = learner._teacher(Network(hybrid).encoder)
    first.save(tmp_path / "checkpoint.pt")
    second = make_trainer(lite)
    second.resume(tmp_path / "checkpoint.pt")
    restored = second._learner.teacher
    assert restored is not None
    for name, value in learner.teacher.encoder.state_dict().items():
        assert torch.equal(restored.encoder.state_dict()[name], value), name
    assert all(math.isfinite(report.loss) for report in train(second, data, stop_after=2))


def test_steps_that_replay_draw_from_the_newest_samples(data: TrainingData) -> None:
    settings = dataclasses.replace(SETTINGS, replay=3)
    trainer = Trainer(TINY, Schedule(steps=7, warm_up=2), settings)
    drawn = [report.frames for report in train(trainer, data)]
    assert drawn == [3, 3, 3, 4, 4, 4, 6], "three steps for each batch, as hard as its first"


@pytest.mark.parametrize("fixed", [False, True])
def test_norms_keep_their_statistics_where_they_are_to(fixed: bool, data: TrainingData) -> None:
    trainer = Trainer(TINY, Schedule(steps=2, warm_up=1), dataclasses.replace(SETTINGS, fixed_norms=fixed))
    before = {name: value.clone() for name, value in trainer.network.state_dict().items()}
    train(trainer, data)
    after = trainer.network.state_dict()
    statistics = [name for name in after if name.endswith("running_mean")]
    assert statistics
    assert all(torch.equal(after[name], before[name]) == fixed for name in statistics)
    assert not torch.equal(after["decoder.at8.0.1.weight"], before["decoder.at8.0.1.weight"]), "their scales learn"
