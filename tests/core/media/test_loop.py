"""What is played round and round: the frames that come next at its end are those of its beginning."""

from __future__ import annotations

import pytest

from core.media import FrameCache
from core.media.cache import frames_ahead
from tests.core.media.test_cache import COUNT, FRAME_BYTES, Clip, until

LOOP = (20, 79)


@pytest.mark.parametrize(
    ("start", "step", "loop", "expected"),
    [
        (10, 1, None, [11, 12, 13, 14]),
        (98, 1, None, [99]),
        (1, -1, None, [0]),
        (77, 1, LOOP, [78, 79, 20, 21]),
        (21, -1, LOOP, [20, 79, 78, 77]),
        (98, 1, (0, 99), [99, 0, 1, 2]),
        (6, 1, (5, 7), [7, 5]),
        (5, 1, (5, 5), []),
    ],
)
def test_after_the_end_of_a_loop_comes_its_beginning(
    start: int, step: int, loop: tuple[int, int] | None, expected: list[int]
) -> None:
    assert frames_ahead(start, step, 4, COUNT, loop) == expected


@pytest.mark.parametrize("direction", [1, -1])
def test_a_loop_that_does_not_fit_begins_anew_without_going_back_for_it(direction: int) -> None:
    """A decoder goes back to a keyframe, which may take seconds: it does so while other frames are shown."""
    clip = Clip()
    played = list(range(LOOP[0], LOOP[1] + 1))[::direction]
    with FrameCache(clip, byte_limit=30 * FRAME_BYTES, read_ahead=4) as cache:
        for turn in range(2):
            for frame_index in played:
                assert turn == 0 or cache.get(frame_index) is not None, "it is there before it is due"
                cache.read(frame_index)
                cache.prefetch(frame_index, direction, loop=LOOP)
                coming = set(frames_ahead(frame_index, direction, 14, COUNT, LOOP))
                until(lambda coming=coming: cache.cached >= coming)
                if turn == 1 and frame_index == played[0]:
                    clip.reads.clear()
        # the first tenth of the second turn was kept from the first, and is again for the third
        assert not set(clip.reads) & set(played[:10])
        assert cache.cached >= set(played[10:14]), "what follows on them is decoded before they are shown"
