"""Texts of the core that the window shows, in the user's language. The core itself knows no languages."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from core.messages import Message
from core.types import ObjectTrack
from desktop.actions.spec import T

ENGINES = (
    T("Core", "Built-in"),
    T("Core", "The program's own trained network: runs everywhere, downloads nothing."),
    T("Core", "Classical"),
    T("Core", "Optical flow corrected by a colour and texture model of the masked frames. Needs no network."),
    T("Core", "Plain warping"),
    T("Core", "Carries the mask from frame to frame by optical flow alone. Drifts; it is here to be compared with."),
    T("Core", "A video model that was downloaded or added: strong, and made for a GPU; slow on a CPU."),
    T("Core", "FCN-32s (target network)"),
    T("Core", "FCN-16s (target network)"),
    T("Core", "FCN-8s (target network)"),
    T("Core", "U-Net (target network)"),
    T("Core", "SegNet (target network)"),
    T("Core", "DeconvNet (target network)"),
    T("Core", "FC-DenseNet (target network)"),
    T("Core", "DilatedNet (target network)"),
    T("Core", "PSPNet (target network)"),
    T("Core", "DeepLab v1 (target network)"),
    T("Core", "DeepLab v2 (target network)"),
    T("Core", "DeepLab v3 (target network)"),
    T("Core", "DeepLab v3+ (target network)"),
    T(
        "Core",
        "A network trained for this clip's objects on its masked frames, as a cue beside the built-in engine or alone.",
    ),
)
"""Titles and descriptions of the engines. `tests/desktop/settings/test_translations.py` holds them to the core."""

DETECTORS = (
    T("Core", "Faster R-CNN, MobileNetV3 at 320 pixels"),
    T("Core", "Keypoint R-CNN, ResNet-50: people by their joints"),
    T("Core", "SSDlite 320, MobileNetV3: the smallest"),
    T("Core", "YOLOS, tiny"),
    T("Core", "RF-DETR, base"),
    T("Core", "Mask2Former, Swin-T: panoptic"),
    T("Core", "EoMT, large: panoptic"),
)
"""Titles of detectors that say more than names."""

MODELS = (
    T("Core", "small and fast"),
    T("Core", "the smallest of its kind"),
    T("Core", "a little larger"),
    T("Core", "exact, on a GPU"),
    T("Core", "the most exact of its kind, on a GPU"),
    T("Core", "the strongest; also finds objects by text"),
    T("Core", "optical flow on a GPU"),
    T("Core", "optical flow on a GPU, faster and less exact"),
    T("Core", "ViTMatte: the finest soft edge"),
    T("Core", "GoogLeNet: a backbone of target networks"),
    T("Core", "ResNet-18: a backbone of target networks, as it is or deformable"),
    T("Core", "DenseNet-121: a backbone of target networks"),
    T("Core", "MobileNetV2: a backbone of target networks"),
    T("Core", "BSD 3-Clause (torchvision); trained on COCO"),
    T("Core", "BSD 3-Clause (torchvision); trained on ImageNet, whose pictures are for research"),
    T("Core", "BSD 3-Clause (torchvision); trained on FlyingChairs and FlyingThings3D"),
    T("Core", "BSD 3-Clause (torchvision); trained on FlyingChairs, FlyingThings3D, Sintel, KITTI and HD1K"),
    T("Core", "Apache 2.0; trained on COCO"),
    T("Core", "MIT; trained on COCO"),
)
"""What the models of the catalogue are about; held to it as the engines' texts are."""

OPTIONS = {
    "quality": T("Core", "Quality"),
    "short_side": T("Core", "Short side"),
    "network": T("Core", "Network"),
    "network_side": T("Core", "Network side"),
    "flow": T("Core", "Optical flow"),
    "flow_side": T("Core", "Flow side"),
    "refine": T("Core", "Refine"),
    "threads": T("Core", "Threads"),
    "precision": T("Core", "Precision"),
    "input_side": T("Core", "Input side"),
    "combine": T("Core", "Combine with"),
    "cue_weight": T("Core", "Weight of the cue"),
    "backbone": T("Core", "Backbone"),
    "weights": T("Core", "Weights"),
    "layers": T("Core", "Backbone layers"),
    "upsampling": T("Core", "Upsampling"),
    "steps": T("Core", "Training steps"),
    "batch": T("Core", "Pictures a step"),
    "target_side": T("Core", "Target network side"),
    "affine": T("Core", "Affine changes"),
    "crop": T("Core", "Crops"),
    "colour": T("Core", "Colour changes"),
    "copy_paste": T("Core", "Copy-paste"),
    "cutmix": T("Core", "CutMix"),
    "rand_augment": T("Core", "RandAugment"),
    "pseudo_labels": T("Core", "Pseudo-labels"),
    "teacher": T("Core", "Teacher"),
    "seed": T("Core", "Seed"),
}
"""Names of the engines' options."""

HINTS = {
    "combine": T("Core", "A cue beside the built-in engine, averaged with the warped mask, or each frame by itself"),
    "cue_weight": T("Core", "How much the network counts beside the built-in engine, 0 to 1"),
    "backbone": T(
        "Core",
        "What extracts the features: the built-in network's backbone, a light one from scratch, or torchvision's",
    ),
    "weights": T("Core", "Trained weights at first (transfer learning), or random ones"),
    "layers": T("Core", "Whether a pretrained backbone learns, too"),
    "upsampling": T("Core", "How features are brought to the picture's size; automatic is what suits the network best"),
    "steps": T("Core", "More steps take longer and fit the masked frames more closely"),
    "batch": T("Core", "Pictures in each step of the training"),
    "target_side": T("Core", "The shorter side of what the network sees, in pixels"),
    "affine": T("Core", "Trains on turned, scaled and moved pictures, too"),
    "crop": T("Core", "Trains on parts of the pictures, too"),
    "colour": T("Core", "Trains on pictures in other colours, too"),
    "copy_paste": T("Core", "Trains on objects put elsewhere in the picture, too"),
    "cutmix": T("Core", "Trains on pictures with a rectangle of another masked frame"),
    "rand_augment": T("Core", "Trains on pictures with two changes drawn from a list"),
    "pseudo_labels": T("Core", "Learns from frames that were followed with confidence, too"),
    "teacher": T("Core", "Learns from the soft masks of a stronger engine near the masked frames, too"),
}
"""What options do whose names do not say it."""

CHOICES = {
    "fast": T("Core", "Fast"),
    "balanced": T("Core", "Balanced"),
    "best": T("Core", "Best"),
    "auto": T("Core", "Automatic"),
    "compact": T("Core", "Compact"),
    "base": T("Core", "Base"),
    "dis": T("Core", "DIS"),
    "raft": T("Core", "RAFT"),
    "half": T("Core", "Half"),
    "full": T("Core", "Full"),
    "propagation": T("Core", "Warping and built-in network"),
    "warping": T("Core", "Warping"),
    "none": T("Core", "None"),
    "built-in": T("Core", "Built-in"),
    "own": T("Core", "Own, from scratch"),
    "googlenet": T("Core", "GoogLeNet"),
    "resnet": T("Core", "ResNet"),
    "densenet": T("Core", "DenseNet"),
    "mobilenet": T("Core", "MobileNet"),
    "deformable": T("Core", "Deformable ResNet"),
    "pretrained": T("Core", "Pretrained"),
    "random": T("Core", "Random"),
    "frozen": T("Core", "Frozen"),
    "trained": T("Core", "Trained"),
    "bilinear": T("Core", "Bilinear"),
    "bilinear-corners": T("Core", "Bilinear, corners aligned"),
    "nearest": T("Core", "Nearest"),
    "bed-of-nails": T("Core", "Bed of nails"),
    "transposed": T("Core", "Transposed convolution"),
    "max-unpooling": T("Core", "Max-unpooling"),
    "classical": T("Core", "Classical"),
}
"""What options with a few values call those."""


def core_text(text: str) -> str:
    """A text of the core in the user's language; as it is where there is no translation."""
    return QCoreApplication.translate("Core", text)


def option_title(name: str) -> str:
    """What an engine's option is called in the window."""
    title = OPTIONS.get(name)
    return core_text(title) if title else name.replace("_", " ").capitalize()


def option_hint(name: str) -> str:
    """What an engine's option does, or else what it is called."""
    hint = HINTS.get(name)
    return core_text(hint) if hint else option_title(name)


def choice_title(value: str) -> str:
    """What one of an option's few values is called in the window."""
    title = CHOICES.get(value)
    return core_text(title) if title else value.capitalize()


def shown_name(track: ObjectTrack) -> str:
    """An object's name; the one it has until a person gives it another is in the user's language."""
    if track.name == f"Object {track.object_id}":
        return QCoreApplication.translate("Core", "Object {number}").format(number=track.object_id)
    return track.name


def core_message(message: str) -> str:
    """A `Message` of the core, an error's or a note, in the user's language; any other text as it is."""
    if not isinstance(message, Message):
        return message
    template = QCoreApplication.translate("CoreMessages", message.template)
    fields = {name: core_message(value) if isinstance(value, str) else value for name, value in message.fields.items()}
    return template.format(**fields) if fields else template


def core_notes(notes: Iterable[str]) -> str:
    """The notes of the core as a suffix of a notice: each translated and in brackets."""
    return "".join(f"  ({core_message(note)})" for note in notes)
