"""A folder with a video model's checkpoint as an engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.engines.checks import check_size, merged_options
from core.engines.devices import choose_device, half_is_faster
from core.engines.models.store import verify_before_use
from core.engines.protocol import EngineInfo, EngineOptions
from core.engines.threads import use_threads
from core.engines.transformers_video.fallback import Setting
from core.engines.transformers_video.kinds import kind_of
from core.engines.transformers_video.loading import import_library
from core.errors import EngineError

if TYPE_CHECKING:
    from core.engines.transformers_video.selector import TransformersSelector
    from core.engines.transformers_video.session import TransformersSession

PRECISIONS = ("auto", "half", "full")
"""What a person can choose: `auto` is half precision where the device is faster with it."""
DESCRIPTION = "A video model that was downloaded or added: strong, and made for a GPU; slow on a CPU."
OPTIONS = {"precision": "auto", "input_side": 0, "threads": 0}
_LARGEST_SIDE = 4096


class TransformersEngine:
    """Follows objects with the model in a folder. Making one reads a small file and imports nothing heavy."""

    def __init__(self, name: str, title: str, folder: Path) -> None:
        """Raises EngineError if the folder holds no model of a known kind."""
        self._folder = folder
        self._kind = kind_of(folder)
        self._info = EngineInfo(
            name=name,
            title=title,
            description=DESCRIPTION,
            prompts=True,
            options=OPTIONS,
            choices={"precision": PRECISIONS},
            ranges={"input_side": (self._granule, _LARGEST_SIDE)},
        )

    @property
    def info(self) -> EngineInfo:
        return self._info

    def open(
        self, size: tuple[int, int], device: str = "auto", options: EngineOptions | None = None
    ) -> TransformersSession:
        """See `core.engines.protocol.Engine.open`. Raises EngineError, in one sentence, if the libraries are not
        installed, the folder's files are not those of one model, or there is too little memory.
        """
        check_size(size, device)
        chosen = merged_options(self._info, options)
        import_library(self._kind)
        verify_before_use(self._folder)
        chosen_device = choose_device(device)
        precision = str(chosen["precision"])
        half = chosen_device != "cpu" and half_is_faster(chosen_device) if precision == "auto" else precision == "half"
        setting = Setting(chosen_device, half, self._side(int(str(chosen["input_side"]))))
        from core.engines.transformers_video.model import VideoModel
        from core.engines.transformers_video.session import TransformersSession

        use_threads(int(str(chosen["threads"])))
        return TransformersSession(size, setting, lambda now: VideoModel(self._folder, now.device, now.half, now.side))

    def prepare(self, side: int = 0) -> Path:
        """Makes the picture encoder faster on a CPU, for an `input_side`, and returns its file. Raises EngineError."""
        import_library(self._kind)
        from core.engines.transformers_video.fast_encoder import prepare_encoder

        return prepare_encoder(self._folder, self._side(side))

    def open_selector(self, device: str = "auto", options: EngineOptions | None = None) -> TransformersSelector:
        """Answers clicks on pictures of any size. Raises EngineError as `open` does."""
        from core.engines.transformers_video.selector import TransformersSelector

        return TransformersSelector(self.open((1, 1), device, options))

    @property
    def _granule(self) -> int:
        """What the side of the input is a multiple of, and at least."""
        return self._kind.patch if 64 % self._kind.patch else 64

    def _side(self, wanted: int) -> int:
        """The side of the input that was requested, to the next multiple that the network can take; 0 is its own."""
        if wanted == 0:
            return 0
        granule = self._granule
        if not granule <= wanted <= _LARGEST_SIDE:
            raise EngineError(
                "Engine '{engine}', option 'input_side': {value} is not 0, the model's own, or from {least} to {most}.",
                engine=self._info.name,
                value=wanted,
                least=granule,
                most=_LARGEST_SIDE,
            )
        return round(wanted / granule) * granule
