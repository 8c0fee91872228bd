"""`train` on the command line."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from core.cli import main
from core.engines.weights import model_file
from core.learning.checkpoint import load_weights
from core.learning.trainer import Trainer
from core.vos.network.model import CONFIGS, Network, config_of
from core.vos.network.onnx_runtime import GRAPHS

SMALL = ("--batch", "1", "--side", "96", "--workers", "0", "--device", "cpu")


def train(*arguments: object) -> int:
    return main(["train", *map(str, arguments)])


def logged(folder: Path) -> list[int]:
    return [json.loads(line)["step"] for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_training_is_begun_resumed_and_exported(
    data_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn: list[Path] = []

    def draw_graphs(network: Network, folder: Path, name: str) -> None:
        drawn.extend(folder / f"{name}-{part}.onnx" for part in GRAPHS)

    # making the graphs takes a minute; the test of the runtimes compares those that ship
    monkeypatch.setattr("core.learning.shipping.export.save_graphs", draw_graphs)
    run, shipped = tmp_path / "run", str(model_file("compact.safetensors"))
    config = config_of(load_file(shipped))
    common = ("--data", data_root, "--out", run, "--config", config, *SMALL)
    assert train(*common, "--steps", 1, "--init", shipped) == 0
    assert train(*common, "--steps", 2) == 1
    assert "--resume" in capsys.readouterr().err
    assert train(*common, "--steps", 2, "--resume") == 0
    assert logged(run) == [1, 2]
    assert train("--out", run, "--config", config, "--export", tmp_path / "models") == 0
    network = Network(CONFIGS[config])
    load_weights(network, tmp_path / "models" / "compact.safetensors")
    start = Network(CONFIGS[config])
    load_weights(start, Path(shipped))
    # two steps from the shipped weights are close to them, but not the same
    distance = (network.encoder.key.weight - start.encoder.key.weight).abs().max()
    assert 0 < distance < 0.05
    assert train("--out", run, "--config", config, "--export", tmp_path / "half", "--blend", 0.5) == 0
    assert train("--out", run, "--config", config, "--export", tmp_path / "half") == 1
    assert "replace it with --overwrite" in capsys.readouterr().err
    half = Network(CONFIGS[config])
    load_weights(half, tmp_path / "half" / "compact.safetensors")
    middle = (network.encoder.key.weight + start.encoder.key.weight) / 2
    assert torch.allclose(half.encoder.key.weight, middle, atol=1e-3 * float(middle.detach().abs().max()))
    (run / "start.safetensors").unlink()
    assert train("--out", run, "--config", config, "--export", tmp_path / "none", "--blend", 0.5) == 1
    assert "only a training that was started with --init" in capsys.readouterr().err
    assert [path.name for path in drawn] == 2 * [f"compact-{part}.onnx" for part in GRAPHS]


def test_a_training_goes_on_in_slices(data_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = tmp_path / "run"
    common = ("--data", data_root, "--out", run, *SMALL, "--steps", 3, "--slice", 1e-4)
    for resume, steps, words in (
        ((), [1], "step 1, "),
        (("--resume",), [1, 2], "67 % of it; go on with --resume"),
        (("--resume",), [1, 2, 3], "100 % of it"),
    ):
        assert train(*common, *resume) == 0
        assert logged(run) == steps
        assert words in capsys.readouterr().out
    assert (run / "curves.svg").read_text(encoding="utf-8").startswith("<svg")


def test_ctrl_c_leaves_a_checkpoint(
    data_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    learn = Trainer._learn

    def interrupted(self: Trainer, batch: object) -> tuple[float, float, float]:
        os.kill(os.getpid(), signal.SIGINT)
        return learn(self, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(Trainer, "_learn", interrupted)
    assert train("--data", data_root, "--out", tmp_path / "run", *SMALL, "--minutes", 5) == 130
    assert "Cancelled at step 1" in capsys.readouterr().err
    assert torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)["step"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--out", "RUN"), 2, "--data"),
        (("--data", "DATA", "--out", "RUN"), 2, "how long"),
        (("--data", "DATA", "--out", "RUN", "--steps", "0"), 2, "from 1 to"),
        (("--data", "DATA", "--out", "RUN", "--steps", "5", "--side", "100"), 2, "multiple of 16"),
        (("--data", "DATA", "--out", "RUN", "--steps", "5", "--skip-ahead", "2"), 2, "from 0 to 1"),
        (("--data", "DATA", "--out", "RUN", "--steps", "5", "--hold-out", "gaot"), 1, "'gaot'"),
        (("--data", "MISSING", "--out", "RUN", "--steps", "5"), 1, "no such folder"),
        (("--data", "DATA", "--out", "RUN", "--steps", "5", "--resume"), 1, "no checkpoint"),
        (("--out", "RUN", "--export", "MODELS"), 1, "no checkpoint"),
    ],
)
def test_what_cannot_be_done_is_reported_in_one_line(
    arguments: tuple[str, ...],
    code: int,
    words: str,
    data_root: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = {
        "DATA": data_root,
        "RUN": tmp_path / "run",
        "MISSING": tmp_path / "missing",
        "MODELS": tmp_path / "models",
    }
    assert train(*(paths.get(argument, argument) for argument in arguments)) == code
    output = capsys.readouterr().err
    assert words in output.splitlines()[-1]
    assert "Traceback" not in output
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("option", ["--out", "--export"])
def test_nothing_is_written_into_what_is_learned_from(
    option: str, data_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(data_root.rglob("*"))
    others = () if option == "--out" else ("--out", tmp_path / "run")
    assert train("--data", data_root, option, data_root / "davis-train", *others, "--steps", 2) == 1
    assert str(data_root) in capsys.readouterr().err
    assert sorted(data_root.rglob("*")) == before and not (tmp_path / "run").exists()


def test_the_validation_data_is_refused(data_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    davis = (data_root / "davis-train").rename(data_root / "davis-dev")
    assert train("--data", davis, "--out", tmp_path / "run", "--steps", 5) == 1
    assert "never to be trained on" in capsys.readouterr().err
