"""Every target network by name, and how one is built."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.nets.deconvnet import DeconvNet
from core.vos.targets.nets.deeplab_v1 import DeepLabV1
from core.vos.targets.nets.deeplab_v2 import DeepLabV2
from core.vos.targets.nets.deeplab_v3 import DeepLabV3
from core.vos.targets.nets.deeplab_v3_plus import DeepLabV3Plus
from core.vos.targets.nets.dilatednet import DilatedNet
from core.vos.targets.nets.fc_densenet import FCDenseNet
from core.vos.targets.nets.fcn import FCN
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.pspnet import PSPNet
from core.vos.targets.nets.segnet import SegNet
from core.vos.targets.nets.unet import UNet

_MAKERS: dict[str, Callable[[Encoder, int, str], TargetNetwork]] = {
    "fcn-32s": partial(FCN, stride=32),
    "fcn-16s": partial(FCN, stride=16),
    "fcn-8s": partial(FCN, stride=8),
    "unet": UNet,
    "segnet": SegNet,
    "deconvnet": DeconvNet,
    "fc-densenet": FCDenseNet,
    "dilatednet": DilatedNet,
    "pspnet": PSPNet,
    "deeplab-v1": DeepLabV1,
    "deeplab-v2": DeepLabV2,
    "deeplab-v3": DeepLabV3,
    "deeplab-v3-plus": DeepLabV3Plus,
}

NETWORKS = tuple(_MAKERS)


def build(name: str, encoder: Encoder, classes: int, upsampling: str) -> TargetNetwork:
    """A network of `NETWORKS` with weights as they were drawn. `classes` counts the background; `upsampling` is one of
    `core.vos.targets.nets.upsampling.UPSAMPLINGS`.
    """
    return _MAKERS[name](encoder, classes, upsampling)
