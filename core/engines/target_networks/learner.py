"""Trains a target network for a session, and caches the last ones: two runs from the same anchors train once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import cv2
import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from core.engines.target_networks.backbones import open_backbone
from core.engines.target_networks.options import TITLES, Chosen
from core.engines.target_networks.packed import Packed, metadata
from core.errors import EngineError
from core.jobs import CancelToken
from core.learning.target_networks.examples import examples_of, learned_ids
from core.learning.target_networks.settings import Augmentation, Training
from core.learning.target_networks.training import train
from core.types import Floats, Image
from core.vos.targets.nets.catalogue import build
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.trained import Learned, MaskedFrame, Segment, canvas_of

_REMEMBERED = 3
"""Trained networks that are cached."""
_TRIED = 4
"""Training frames on which the IoU for the trust is measured."""
_USELESS, _GOOD = 0.4, 0.85
"""IoU with the training masks at which a network's trust is 0, and 1; linear in between."""
OnStep = Callable[[int], None]


class Learner:
    """`learn` is a `core.vos.targets.trained.Learn`. Used from one thread."""

    def __init__(self, chosen: Chosen, device: str, size: tuple[int, int], extra: Sequence[MaskedFrame] = ()) -> None:
        """`device` is "cpu" or "cuda"; `size` is the clip's (width, height); `extra` frames, such as a teacher's, are
        added to the training data.
        """
        self._chosen, self._device = chosen, device
        self._canvas = canvas_of(size, chosen.number("target_side"))
        self._remembered: dict[bytes, Learned] = {}
        self._restored: Learned | None = None
        self.extra = list(extra)
        self.cancel = CancelToken()
        """Cancels the training, which then raises CancelledError. Set by the session for each run."""
        self.on_step: OnStep | None = None

    def learn(self, frames: Sequence[MaskedFrame]) -> Learned:
        """A network trained on these frames, or a cached one trained on the same; after `restore` always the restored
        one.

        Raises EngineError if memory is short, CancelledError once cancelled.
        """
        if self._restored is not None:
            return self._restored
        known = sorted([*frames, *self.extra], key=lambda frame: (not frame.given, frame.frame_index))
        key = _digest(known)
        if key not in self._remembered:
            self._remembered[key] = self._train(known)
            while len(self._remembered) > _REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
        return self._remembered[key]

    def training(self) -> Training:
        """The training settings from the chosen options."""
        chosen = self._chosen
        augmentation = Augmentation(
            **{name: chosen.on(name) for name in ("affine", "crop", "colour", "cutmix", "copy_paste", "rand_augment")}
        )
        return Training(
            steps=chosen.number("steps"),
            batch=chosen.number("batch"),
            seed=chosen.number("seed"),
            augmentation=augmentation,
        )

    def restore(self, packed: Packed) -> None:
        """From now on `learn` returns a network with these weights and does not train. Raises EngineError if they do
        not fit the network.
        """
        network = self.build(len(packed.object_ids))
        own = network.state_dict()
        try:
            state = {name: value.to(own[name].dtype) for name, value in load(packed.data).items()}
            network.load_state_dict({**own, **state})
        except (SafetensorError, KeyError, RuntimeError) as error:
            raise EngineError(
                "The weights fine-tuned on this clip do not fit {network}: fine-tune again, or continue without them.",
                network=TITLES[self._chosen.network],
            ) from error
        self._restored = Learned(packed.object_ids, self.segmenter(network), packed.trust)

    def train_and_pack(self, frames: Sequence[MaskedFrame]) -> bytes:
        """Trains on the frames and returns the weights as an fp16 safetensors file for `restore`, without those of a
        frozen backbone. Empty if no frame shows an object.

        Raises EngineError if memory is short, CancelledError once cancelled.
        """
        object_ids = learned_ids(frames)
        if not object_ids:
            return b""
        network = self._trained(frames, object_ids)
        trust = self._trust(self.segmenter(network), frames, object_ids)
        state = {
            name: (value.half() if value.is_floating_point() else value).cpu().contiguous()
            for name, value in network.state_dict().items()
            if not (self._chosen.frozen and name.startswith("encoder."))
        }
        packed: bytes = save(state, metadata=metadata(self._chosen, object_ids, trust))
        return packed

    def _train(self, frames: Sequence[MaskedFrame]) -> Learned:
        object_ids = learned_ids(frames)
        if not object_ids:
            return Learned((), _nothing)
        segment = self.segmenter(self._trained(frames, object_ids))
        return Learned(object_ids, segment, self._trust(segment, frames, object_ids))

    def _trust(self, segment: Segment, frames: Sequence[MaskedFrame], object_ids: tuple[int, ...]) -> tuple[float, ...]:
        """Trust in each object's output, in [0, 1]: from its IoU with the masks of the first frames that a person
        masked.
        """
        examples = [one for one in examples_of(frames, object_ids) if one.given][:_TRIED]
        both, either = np.zeros(len(object_ids)), np.zeros(len(object_ids))
        for example in examples:
            found = segment(cv2.resize(example.image, self._canvas, interpolation=cv2.INTER_AREA)) > 0.5
            for index in np.flatnonzero(example.known):
                truth = cv2.resize(example.masks[index], self._canvas, interpolation=cv2.INTER_AREA) > 0.5
                both[index] += (found[index] & truth).sum()
                either[index] += (found[index] | truth).sum()
        overlap = both / np.maximum(1, either)
        return tuple(float(value) for value in np.clip((overlap - _USELESS) / (_GOOD - _USELESS), 0, 1).round(3))

    def _trained(self, frames: Sequence[MaskedFrame], object_ids: tuple[int, ...]) -> TargetNetwork:
        try:
            network = self.build(len(object_ids))
            examples = [one for one in examples_of(frames, object_ids) if one.known.any()]
            train(network, examples, self._canvas, self.training(), self._chosen.pretrained, self.cancel, self.on_step)
        except (MemoryError, RuntimeError) as error:
            raise self._out_of_memory(error) from error
        return network

    def build(self, objects: int) -> TargetNetwork:
        """An untrained network with an output plane for the background and for each of `objects`, on the device. The
        seed makes its random weights the same each time. Raises EngineError if the backbone's weights are not
        installed.
        """
        chosen = self._chosen
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(chosen.number("seed"))
            network = build(chosen.network, open_backbone(chosen), 1 + objects, chosen.upsampling)
        if chosen.frozen:
            network.freeze_encoder()
        return network.to(self._device)

    def segmenter(self, network: TargetNetwork) -> Segment:
        """See `core.vos.targets.trained.Segment`."""
        network.eval()

        def segment(image: Image) -> Floats:
            picture = torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)[None].to(self._device).float()
            try:
                probabilities: Floats = network.predict(picture)[0, 1:].cpu().numpy()
            except (MemoryError, RuntimeError) as error:
                raise self._out_of_memory(error) from error
            return probabilities

        return segment

    def _out_of_memory(self, error: Exception) -> Exception:
        """An EngineError if the error means that memory ran out; any other error unchanged."""
        if not isinstance(error, MemoryError | torch.OutOfMemoryError) and "memory" not in str(error):
            return error
        return EngineError(
            "There is not enough memory to run {network} at {side} pixels: set target_side or batch lower.",
            network=TITLES[self._chosen.network],
            side=self._chosen.number("target_side"),
        )


def _nothing(image: Image) -> Floats:
    return np.zeros((0, *image.shape[:2]), np.float32)


def _digest(frames: Sequence[MaskedFrame]) -> bytes:
    digest = hashlib.sha256()
    for frame in frames:
        digest.update(repr((frame.frame_index, frame.object_ids, frame.given, frame.image.shape)).encode())
        digest.update(np.ascontiguousarray(frame.image).data)
        digest.update(np.ascontiguousarray(frame.masks).data)
    return digest.digest()
