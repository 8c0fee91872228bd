"""The target networks by name, and their options. Does not import torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.engines.protocol import EngineInfo

PREFIX = "target:"
TITLES = {
    "fcn-32s": "FCN-32s",
    "fcn-16s": "FCN-16s",
    "fcn-8s": "FCN-8s",
    "unet": "U-Net",
    "segnet": "SegNet",
    "deconvnet": "DeconvNet",
    "fc-densenet": "FC-DenseNet",
    "dilatednet": "DilatedNet",
    "pspnet": "PSPNet",
    "deeplab-v1": "DeepLab v1",
    "deeplab-v2": "DeepLab v2",
    "deeplab-v3": "DeepLab v3",
    "deeplab-v3-plus": "DeepLab v3+",
}
"""Title of every target network, by name."""

NONE, WARPING, PROPAGATION = "none", "warping", "propagation"
BUILTIN, OWN = "built-in", "own"
PRETRAINED, RANDOM = "pretrained", "random"
FROZEN, TRAINED = "frozen", "trained"

_DESCRIPTION = (
    "A network trained for this clip's objects on its masked frames, as a cue beside the built-in engine or alone."
)
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "combine": (PROPAGATION, WARPING, NONE),
    "backbone": (BUILTIN, OWN, "googlenet", "resnet", "densenet", "mobilenet", "deformable"),
    "weights": (PRETRAINED, RANDOM),
    "layers": (FROZEN, TRAINED),
    "upsampling": ("auto", "bilinear", "bilinear-corners", "nearest", "bed-of-nails", "transposed", "max-unpooling"),
    "teacher": (NONE, BUILTIN, "base", "classical"),
}
_OPTIONS: Mapping[str, object] = {
    "combine": PROPAGATION,
    "cue_weight": 0.5,
    "backbone": BUILTIN,
    "weights": PRETRAINED,
    "layers": FROZEN,
    "upsampling": "auto",
    "steps": 60,
    "batch": 2,
    "target_side": 192,
    "affine": True,
    "crop": True,
    "colour": True,
    "copy_paste": False,
    "cutmix": False,
    "rand_augment": False,
    "pseudo_labels": False,
    "teacher": NONE,
    "seed": 0,
    "short_side": 480,
    "refine": True,
    "threads": 0,
}
LEARNED_UPSAMPLING = {
    "segnet": "max-unpooling",
    "deconvnet": "max-unpooling",
    "fcn-32s": "transposed",
    "fcn-16s": "transposed",
    "fcn-8s": "transposed",
}
"""What `upsampling` "auto" means for networks where it is not bilinear interpolation: the way of the network's paper.
U-Net and FC-DenseNet are not listed: their transposed convolutions learn too little in so few steps
(docs/benchmarks.md)."""


def info_of(network: str) -> EngineInfo:
    """Name, title, description and options of a target network, one of `TITLES`."""
    return EngineInfo(
        name=f"{PREFIX}{network}",
        title=f"{TITLES[network]} (target network)",
        description=_DESCRIPTION,
        options=_OPTIONS,
        choices=_CHOICES,
        adaptable=True,
    )


@dataclass(frozen=True)
class Chosen:
    """The options chosen for a target network, read as the type each of them has."""

    network: str
    values: Mapping[str, object]

    def text(self, name: str) -> str:
        """The value of a text option."""
        return str(self.values[name])

    def number(self, name: str) -> int:
        """The value of an integer option."""
        return int(str(self.values[name]))

    def share(self, name: str) -> float:
        """The value of an option in [0, 1]."""
        return float(str(self.values[name]))

    def on(self, name: str) -> bool:
        """Whether a boolean option is on."""
        return bool(self.values[name])

    @property
    def upsampling(self) -> str:
        """How features are upsampled: one of the choices of the option, with "auto" resolved for the network."""
        chosen = self.text("upsampling")
        return LEARNED_UPSAMPLING.get(self.network, "bilinear") if chosen == "auto" else chosen

    @property
    def pretrained(self) -> bool:
        """Whether the backbone starts with pretrained weights."""
        return self.text("backbone") != OWN and self.text("weights") == PRETRAINED

    @property
    def frozen(self) -> bool:
        """Whether the backbone is frozen; one without pretrained weights never is."""
        return self.pretrained and self.text("layers") == FROZEN
