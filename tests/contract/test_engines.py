"""The contract of `core.engines.protocol`, for every engine."""

from __future__ import annotations

import numpy as np
import pytest

from core.engines import Engine, Session, load
from core.errors import EngineError
from core.jobs import CancelToken
from core.types import Anchor, FrameResult, Image, LabelMap
from tests.contract.conftest import Follow, OpenEngine
from tests.contract.scenes import Scene, iou

ONE = Scene()
TWO = Scene(object_ids=(3, 200), size=(120, 90))
LARGE = Scene(object_ids=(3, 200), size=(150, 110), radius=16, speed=1)


def ids(labels: LabelMap) -> set[int]:
    return {int(value) for value in np.unique(labels) if value}


def check(results: list[FrameResult], size: tuple[int, int], known: set[int]) -> None:
    """What is true of every result of every engine."""
    for result in results:
        assert result.labels.shape == size[::-1]
        assert result.labels.dtype == np.uint8
        assert ids(result.labels) <= known
        assert set(result.confidence) <= known
        assert all(0 <= value <= 1 for value in result.confidence.values())


def test_is_what_it_says(name: str) -> None:
    engine = load(name)
    assert isinstance(engine, Engine)
    assert engine.info.name == name
    assert engine.info.title
    assert engine.info.description
    with_defaults = engine.open((64, 48), "cpu", dict(engine.info.options))
    assert isinstance(with_defaults, Session)
    with_defaults.close()


class TestFollowing:
    def test_shapes_order_and_ids(self, follow: Follow) -> None:
        results = follow(TWO, [TWO.anchor(0)])
        assert [result.frame_index for result in results] == list(range(TWO.frame_count))
        check(results, TWO.size, {3, 200})
        assert all(ids(result.labels) == {3, 200} for result in results)
        assert all(set(result.confidence) == {3, 200} for result in results)

    @pytest.mark.parametrize("frames", [range(8), range(7, -1, -1)])
    def test_objects_are_followed(self, follow: Follow, frames: range, taught: bool) -> None:
        results = follow(LARGE, [LARGE.anchor(frames[0])], frames)
        assert [result.frame_index for result in results] == list(frames)
        check(results, LARGE.size, {3, 200})
        for result in results[:6]:
            truth = LARGE.labels(result.frame_index)
            assert not taught or min(iou(result.labels, truth, object_id) for object_id in (3, 200)) > 0.6

    def test_the_same_again(self, follow: Follow) -> None:
        for one, two in zip(follow(TWO, [TWO.anchor(0)]), follow(TWO, [TWO.anchor(0)]), strict=True):
            np.testing.assert_array_equal(one.labels, two.labels)
            assert one.confidence == two.confidence

    def test_one_session_runs_several_times(self, open_engine: OpenEngine) -> None:
        session = open_engine(ONE.size)
        runs = [list(session.track([ONE.anchor(0)], range(4), ONE.read, CancelToken())) for _ in range(2)]
        for one, two in zip(*runs, strict=True):
            np.testing.assert_array_equal(one.labels, two.labels)

    def test_one_frame_clip(self, follow: Follow) -> None:
        (result,) = follow(ONE, [ONE.anchor(0)], [0])
        np.testing.assert_array_equal(result.labels, ONE.labels(0))

    def test_no_frames(self, follow: Follow) -> None:
        assert follow(ONE, [ONE.anchor(0)], []) == []

    @pytest.mark.parametrize("size", [(53, 37), (37, 53), (129, 65), (5, 7), (1, 1), (300, 2)])
    def test_odd_sizes(self, follow: Follow, size: tuple[int, int]) -> None:
        scene = Scene(size=size, radius=min(size) // 4, frame_count=4)
        results = follow(scene, [scene.anchor(0)])
        assert len(results) == 4
        check(results, size, {3})
        np.testing.assert_array_equal(results[0].labels, scene.labels(0))


class TestAnchors:
    @pytest.mark.parametrize("frames", [range(8), range(7, -1, -1)])
    def test_come_back_bit_identical(self, follow: Follow, frames: range) -> None:
        noise = np.random.default_rng(0).random(TWO.size[::-1])
        speckled = np.where(noise > 0.8, 200, np.where(noise < 0.2, 3, 0)).astype(np.uint8)
        anchors = [TWO.anchor(0), Anchor(4, speckled, frozenset({3, 200})), TWO.anchor(7)]
        by_frame = {result.frame_index: result for result in follow(TWO, anchors, frames)}
        for anchor in anchors:
            np.testing.assert_array_equal(by_frame[anchor.frame_index].labels, anchor.labels)

    def test_of_some_objects_leave_the_others_to_the_engine(self, follow: Follow) -> None:
        only_blue = TWO.anchor(4, [200])
        results = follow(TWO, [TWO.anchor(0), only_blue])
        np.testing.assert_array_equal(results[4].labels == 200, TWO.labels(4) == 200)
        assert 3 in ids(results[4].labels), "not in object_ids: unknown there, not absent"
        assert all(ids(result.labels) == {3, 200} for result in results)

    def test_pixels_of_objects_not_vouched_for_do_not_count(self, follow: Follow) -> None:
        labels = TWO.labels(3).copy()
        labels[:5] = 7
        results = follow(TWO, [TWO.anchor(0), Anchor(3, labels, frozenset({3, 200}))])
        assert all(7 not in ids(result.labels) for result in results)

    def test_object_added_half_way(self, follow: Follow) -> None:
        results = follow(TWO, [TWO.anchor(0, [3]), TWO.anchor(4, [200])])
        assert [200 in ids(result.labels) for result in results] == [False] * 4 + [True] * 4
        assert all(3 in ids(result.labels) for result in results)
        assert all(200 not in result.confidence for result in results[:4])

    def test_object_absent_on_its_anchor(self, follow: Follow) -> None:
        gone = Anchor(4, np.where(TWO.labels(4) == 200, 0, TWO.labels(4)).astype(np.uint8), frozenset({3, 200}))
        results = follow(TWO, [TWO.anchor(0), gone])
        assert 200 not in ids(results[4].labels)
        assert 200 in ids(results[1].labels)
        assert 3 in ids(results[7].labels)

    def test_anchor_off_the_way(self, follow: Follow) -> None:
        """The run begins next to the anchor: the object may be found by memory, and must not break anything."""
        results = follow(ONE, [ONE.anchor(0)], range(2, 6))
        assert [result.frame_index for result in results] == [2, 3, 4, 5]
        check(results, ONE.size, {3})

    def test_more_anchors_than_are_shown_at_the_start(self, follow: Follow) -> None:
        scene = Scene(frame_count=20, speed=1)
        results = follow(scene, [scene.anchor(frame) for frame in range(0, 20, 1)])
        assert len(results) == 20
        np.testing.assert_array_equal(results[13].labels, scene.labels(13))

    def test_neither_anchors_nor_pictures_are_written_to(self, follow: Follow) -> None:
        labels = ONE.labels(0)
        pictures = {frame: ONE.read(frame).copy() for frame in range(ONE.frame_count)}
        follow(ONE, [Anchor(0, labels, frozenset({3}))], read=pictures.__getitem__)
        np.testing.assert_array_equal(labels, ONE.labels(0))
        for frame, picture in pictures.items():
            np.testing.assert_array_equal(picture, ONE.read(frame))


class TestRefusing:
    def test_no_anchors(self, follow: Follow) -> None:
        with pytest.raises(EngineError, match="mask"):
            follow(ONE, [])
        with pytest.raises(EngineError, match="mask"):
            follow(ONE, [Anchor(0, ONE.labels(0), frozenset())])

    def test_mask_of_another_size(self, follow: Follow) -> None:
        with pytest.raises(EngineError, match=r"frame 2.*\(10, 12\)"):
            follow(ONE, [Anchor(2, np.ones((10, 12), np.uint8), frozenset({1}))])

    def test_picture_of_another_size(self, follow: Follow) -> None:
        def read(frame_index: int) -> Image:
            return ONE.read(frame_index) if frame_index < 2 else np.zeros((10, 12, 3), np.uint8)

        with pytest.raises(EngineError, match="Frame 2"):
            follow(ONE, [ONE.anchor(0)], read=read)

    def test_frames_out_of_order(self, follow: Follow) -> None:
        with pytest.raises(EngineError, match="by ones"):
            follow(ONE, [ONE.anchor(0)], [0, 2, 4])

    def test_unknown_option(self, name: str) -> None:
        with pytest.raises(EngineError, match=f"'{name}'.*'colour of the sky'"):
            load(name).open((64, 48), "cpu", {"colour of the sky": 1})

    def test_option_of_another_type(self, name: str) -> None:
        for option, default in load(name).info.options.items():
            if isinstance(default, bool | int | float):
                with pytest.raises(EngineError, match=option):
                    load(name).open((64, 48), "cpu", {option: "a lot"})

    def test_unknown_device_and_no_pixels(self, name: str) -> None:
        with pytest.raises(EngineError, match="abacus"):
            load(name).open((64, 48), "abacus")
        with pytest.raises(EngineError, match="0 x 48"):
            load(name).open((0, 48))

    def test_closing_twice_and_working_afterwards(self, open_engine: OpenEngine) -> None:
        session = open_engine(ONE.size)
        session.close()
        session.close()
        with pytest.raises(EngineError, match="closed"):
            list(session.track([ONE.anchor(0)], range(3), ONE.read, CancelToken()))


class TestCancelling:
    def test_in_mid_run(self, open_engine: OpenEngine) -> None:
        token, seen = CancelToken(), []
        for result in open_engine(ONE.size).track([ONE.anchor(0)], range(8), ONE.read, token):
            seen.append(result.frame_index)
            if result.frame_index == 3:
                token.cancel()
        assert seen == [0, 1, 2, 3]

    def test_before_the_start(self, open_engine: OpenEngine) -> None:
        token = CancelToken()
        token.cancel()
        assert list(open_engine(ONE.size).track([ONE.anchor(0)], range(8), ONE.read, token)) == []

    def test_the_session_can_go_on(self, open_engine: OpenEngine) -> None:
        session, token = open_engine(ONE.size), CancelToken()
        run = session.track([ONE.anchor(0)], range(8), ONE.read, token)
        next(run)
        token.cancel()
        assert list(run) == []
        assert len(list(session.track([ONE.anchor(0)], range(8), ONE.read, CancelToken()))) == 8
