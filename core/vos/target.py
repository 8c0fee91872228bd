"""The interface between the tracking loop and the models that recognise objects: the classical one and the network."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from core.types import Floats, Image

if TYPE_CHECKING:
    from core.vos.flow.warping import Flow


class TargetModel(Protocol):
    """A model of the objects for one run through a clip: it stores their appearance and segments them on later frames.

    Everything is NumPy at the loop's working size (h, w): `image` (h, w, 3) uint8 RGB, probabilities (K, h, w) float32
    in [0, 1], plane k being the object `object_ids[k]`. A model may work at a size of its own inside. It never writes
    to an array it is given, and may keep a reference: the loop writes to none of them afterwards either.

    The loop calls `observe` after `predict` with the very same `image` object, so that a model encodes a frame once.
    """

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        """Stores the appearance of the objects on one frame.

        `confidence` is (K,) float32 in [0, 1]. `permanent` is True for an anchor: it is never removed, and
        `object_ids` has only the objects the anchor vouches for, some maybe new, some without a pixel. Otherwise it is
        the result of a frame just predicted, which a model keeps for a while, or not at all.
        """
        ...

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        """The probabilities of each object, independent of the others': (K, h, w) float32 in [0, 1].

        `warped` (K, h, w) float32 in [0, 1] are the previous frame's probabilities carried here by optical flow, and
        `flow` is that flow. Where there is no previous frame, or a cut lies between, `previous_image` and `flow` are
        None and `warped` is zero. Every id was observed before.
        """
        ...


@runtime_checkable
class LooksAhead(Protocol):
    """A target model that can begin with a frame before the one ahead of it is finished."""

    def look_ahead(self, image: Image, worker: Executor) -> None:
        """Says which image comes after the one that is observed or predicted next: what does not depend on masks can
        be found in `worker` meanwhile. That changes no result.
        """
        ...
