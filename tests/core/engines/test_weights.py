"""Which network is run, and from which file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load as load_tensors
from safetensors.torch import save

from core.engines import load
from core.engines.downloads import MODELS_VARIABLE
from core.engines.weights import choose_network, load_network, model_file, open_runtime, read_click_graphs
from core.errors import EngineError
from core.learning.shipping.export import save_weights
from core.vos.network.adapted_runtime import adapted_network, apply_adaptation, pack_adaptation
from core.vos.network.model import CONFIGS, Network
from core.vos.network.windows import WindowedRuntime


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    return tmp_path


@pytest.fixture
def base(folder: Path) -> Network:
    """A network of the larger size, whose weights are in the folder."""
    torch.manual_seed(0)
    network = Network(CONFIGS["base"]).eval()
    save_weights(network, folder / "base.safetensors")
    return network


def hide_shipped(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Makes `resources` an empty package, whatever ships."""
    monkeypatch.setattr("core.engines.weights.resources.files", lambda _package: folder / "nothing")


def test_the_large_one_is_for_a_gpu_and_for_who_asks_for_it(base: Network) -> None:
    assert choose_network("auto", on_gpu=True) == "base"
    assert choose_network("auto", on_gpu=False) == "compact"
    assert choose_network("base", on_gpu=False) == "base"
    assert choose_network("compact", on_gpu=True) == "compact"


def test_without_its_weights_it_is_the_small_one_or_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_shipped(monkeypatch, folder)
    assert choose_network("auto", on_gpu=True) == "compact"
    with pytest.raises(EngineError, match=rf"put base\.safetensors into {folder}"):
        choose_network("base", on_gpu=True)


def test_asked_for_on_a_cpu_it_runs_without_graphs(base: Network) -> None:
    runtime = open_runtime("cpu", 1, network="base")
    assert isinstance(runtime, WindowedRuntime)
    picture = np.random.default_rng(0).integers(0, 256, (32, 48, 3)).astype(np.uint8)
    with torch.inference_mode():
        expected = base.encoder(torch.from_numpy(picture).permute(2, 0, 1)[None].float())[3]
    np.testing.assert_allclose(runtime.key(runtime.encode(picture)), expected[0], atol=0.02)
    load("builtin").open((64, 48), "cpu", {"network": "base"}).close()
    with pytest.raises(EngineError, match="'network': 'huge' is none of auto, compact, base"):
        load("builtin").open((64, 48), "cpu", {"network": "huge"})


def test_weights_of_a_clip_go_with_the_network_they_are_of(base: Network) -> None:
    packed = pack_adaptation(base)
    assert adapted_network(packed) == "base"
    assert adapted_network(pack_adaptation(load_network())) == "compact"
    assert adapted_network(b"of another program") == "compact"
    assert choose_network("auto", on_gpu=False, adaptation=packed) == "base"
    with pytest.raises(EngineError, match="of another network"):
        open_runtime("cpu", 1, packed, "compact")


def test_weights_of_a_clip_do_not_go_with_an_earlier_version_of_the_network() -> None:
    earlier = load_network()
    packed = pack_adaptation(earlier)
    apply_adaptation(load_network(), packed)
    with torch.no_grad():
        earlier.encoder.key.weight.mul_(1.1)
    unsaid = save(load_tensors(packed), metadata={"format": "rotoflow-adaptation", "network": "compact"})
    for other in (pack_adaptation(earlier), unsaid):
        with pytest.raises(EngineError, match="fine-tune again, or continue without them"):
            open_runtime("cpu", 1, other, "compact")


def test_a_persons_own_file_comes_before_the_one_that_ships(folder: Path) -> None:
    assert "resources" in str(model_file("compact.safetensors"))
    (folder / "compact.safetensors").write_bytes(b"mine")
    assert str(model_file("compact.safetensors")) == str(folder / "compact.safetensors")
    with pytest.raises(EngineError, match="no weights of the network 'compact'"):
        load_network()
    with pytest.raises(EngineError, match="install the program again"):
        model_file("middling.safetensors")


def test_clicks_keep_the_encoder_that_they_were_trained_on(folder: Path) -> None:
    shipped = read_click_graphs()
    (folder / "compact-encoder.onnx").write_bytes(b"a person's own, to follow objects with")
    assert read_click_graphs() == shipped
    (folder / "compact-clicks.onnx").write_bytes(b"decoder")
    with pytest.raises(EngineError, match=r"compact-clicks-encoder\.onnx: the click network's encoder is missing"):
        read_click_graphs()
    (folder / "compact-clicks-encoder.onnx").write_bytes(b"encoder")
    assert read_click_graphs() == (b"encoder", b"decoder")
