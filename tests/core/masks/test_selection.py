"""Smart select on made pictures: finds what is boxed, learns from strokes, at any size, and can be stopped."""

from __future__ import annotations

import numpy as np
import pytest

from core.boxes import bounding_box
from core.jobs import CancelToken
from core.masks import Patch, SelectHints, Stroke, select_by_clicks, smart_select
from core.masks.hints import as_marked, patch_of, whole
from core.types import Box, Image


def scene(scale: int = 1) -> tuple[Image, np.ndarray]:
    """A red disc and a blue one on grey-green noise; which pixels are the red disc's."""
    height, width = 120 * scale, 160 * scale
    generator = np.random.default_rng(8)
    picture = generator.normal((110, 125, 105), 12, (height, width, 3))
    y, x = np.mgrid[:height, :width] / scale
    red = (x - 60) ** 2 + (y - 60) ** 2 < 28**2
    blue = (x - 110) ** 2 + (y - 60) ** 2 < 15**2
    picture[red] = generator.normal((190, 50, 45), 14, (int(red.sum()), 3))
    picture[blue] = generator.normal((50, 60, 180), 14, (int(blue.sum()), 3))
    return picture.clip(0, 255).astype(np.uint8), red


def iou(patch: Patch, truth: np.ndarray) -> float:
    found = np.zeros_like(truth)
    found[patch.box.slices] = patch.mask
    return float((found & truth).sum() / (found | truth).sum())


def last(picture: Image, hints: SelectHints) -> Patch:
    return list(smart_select(picture, hints, CancelToken()))[-1]


@pytest.mark.parametrize("scale", [1, 5])
def test_the_object_in_the_box_is_found_to_the_pixel(scale: int) -> None:
    picture, truth = scene(scale)
    box = Box(26 * scale, 26 * scale, 94 * scale, 94 * scale)
    assert iou(last(picture, SelectHints(box)), truth) > 0.97


def test_every_round_is_shown_and_the_picture_is_only_read() -> None:
    picture, truth = scene(5)
    picture.setflags(write=False)
    patches = list(smart_select(picture, SelectHints(Box(130, 130, 470, 470)), CancelToken()))
    assert len(patches) > 2
    assert iou(patches[-1], truth) >= iou(patches[0], truth)


def test_strokes_state_what_belongs_to_it() -> None:
    picture, red = scene()
    box = Box(26, 26, 130, 94)
    way = ((105.0, 55.0), (115.0, 65.0))
    assert iou(last(picture, SelectHints(box, (Stroke(way, 4, False),))), red) > 0.93
    both = last(picture, SelectHints(box, (Stroke(way, 4, True),)))
    assert both.mask.sum() > red.sum() + 500


@pytest.mark.parametrize("scale", [1, 5])
def test_a_stroke_corrects_what_was_found_before(scale: int) -> None:
    picture, red = scene(scale)
    box = Box(26 * scale, 26 * scale, 130 * scale, 94 * scale)
    way = tuple((x * scale, y * scale) for x, y in ((105.0, 55.0), (115.0, 65.0)))
    both = last(picture, SelectHints(box, (Stroke(way, 4 * scale, True),)))
    without = last(picture, SelectHints(box, (Stroke(way, 4 * scale, False),), both))
    assert iou(without, red) > 0.93
    again = last(picture, SelectHints(box, (Stroke(way, 4 * scale, False), Stroke(way, 4 * scale, True)), without))
    assert again.mask.sum() > 0.97 * both.mask.sum()


def test_a_slip_of_the_brush_does_not_lose_the_object() -> None:
    picture, red = scene()
    box = Box(26, 26, 94, 94)
    found = last(picture, SelectHints(box))
    slip = Stroke(((84.0, 50.0), (92.0, 50.0)), 3, False)  # on the rim of the disc, and next to it
    assert iou(last(picture, SelectHints(box, (slip,), found)), red) > 0.6


def test_a_stroke_outside_the_box_belongs_to_it() -> None:
    picture, _ = scene()
    patch = last(picture, SelectHints(Box(26, 26, 94, 94), strokes=(Stroke(((110.0, 60.0),), 5, True),)))
    found = np.zeros(picture.shape[:2], np.bool_)
    found[patch.box.slices] = patch.mask
    assert found[60, 110]


def test_a_box_around_the_whole_picture_works() -> None:
    picture, red = scene()
    patch = last(picture, SelectHints(Box(0, 0, 160, 120)))
    assert not patch.empty
    assert (np.zeros_like(red)[patch.box.slices].shape) == patch.mask.shape


def test_nothing_left_to_find_is_what_was_pointed_at() -> None:
    picture, _ = scene()
    everything = Stroke(((0.0, 60.0), (160.0, 60.0)), 90, False)
    assert last(picture, SelectHints(Box(30, 30, 60, 60), strokes=(everything,))).empty
    assert last(picture, SelectHints(Box(300, 300, 400, 400))).empty


def test_it_ends_when_it_is_cancelled() -> None:
    picture, _ = scene(5)
    token = CancelToken()
    rounds = smart_select(picture, SelectHints(Box(130, 130, 470, 470)), token)
    next(rounds)
    token.cancel()
    assert list(rounds) == []


@pytest.mark.parametrize("scale", [1, 5])
def test_a_click_is_enough(scale: int) -> None:
    picture, red = scene(scale)
    click = Stroke(((55.0 * scale, 62.0 * scale),), 2, True)
    assert iou(last(picture, SelectHints(strokes=(click,))), red) > 0.95


def test_a_click_on_even_ground_selects_something_and_ends() -> None:
    grey = np.full((90, 120, 3), 128, np.uint8)
    assert not last(grey, SelectHints(strokes=(Stroke(((60.0, 45.0),), 2, True),))).empty


def test_no_hint_selects_nothing() -> None:
    picture, _ = scene()
    assert last(picture, SelectHints()).empty
    assert last(picture, SelectHints(strokes=(Stroke(((60.0, 60.0),), 2, False),))).empty


def test_a_click_corrects_a_mask_that_it_did_not_make_and_leaves_the_rest() -> None:
    """The mask of a propagation, for example: it holds a corner that nobody pointed at, and lacks the blue disc."""
    picture, red = scene(3)
    mask = red.copy()
    mask[:20, :20] = True
    box = bounding_box(mask.view(np.uint8))
    start = Patch(box, mask[box.slices])
    more = whole(last(picture, SelectHints(strokes=(Stroke(((330.0, 180.0),), 3, True),), start=start)), mask.shape)
    assert (more | mask).sum() == more.sum(), "a click on the object only adds"
    y, x = np.mgrid[:360, :480]
    blue = (x - 330) ** 2 + (y - 180) ** 2 < 45**2
    assert ((more & ~mask) & blue).sum() > 0.9 * blue.sum()
    assert not (more & ~mask & ~blue).sum() > 0.2 * blue.sum()
    less = whole(last(picture, SelectHints(strokes=(Stroke(((5.0, 5.0),), 3, False),), start=start)), mask.shape)
    assert (less & mask).sum() == less.sum(), "a click beside it only takes away"
    assert (less[100:] == mask[100:]).all()
    assert not less[2:8, 2:8].any()


def test_a_selector_by_clicks_gets_points_box_and_mask() -> None:
    picture, red = scene()
    reported: list[object] = []

    class Selector:
        def prepare(self, image: Image) -> None:
            reported.append(image.shape)

        def select(
            self, points: np.ndarray, labels: np.ndarray, box: Box | None, previous: np.ndarray | None
        ) -> list[np.ndarray]:
            reported.extend([points.tolist(), labels.tolist(), box, None if previous is None else int(previous.sum())])
            return [red]

        def preview(self, points: np.ndarray, labels: np.ndarray, previous: np.ndarray | None) -> list[np.ndarray]:
            return [red]

    selector = Selector()
    selector.prepare(picture)
    strokes = (Stroke(((1.0, 2.0), (3.0, 4.0)), 3, True), Stroke(((5.0, 6.0),), 3, False))
    hints = SelectHints(Box(1, 1, 9, 9), strokes, None, Patch(Box(2, 2, 4, 4), np.ones((2, 2), np.bool_)))
    (answer,) = select_by_clicks(selector, picture, hints)
    assert (whole(answer, red.shape) == red).all()
    assert reported == [(120, 160, 3), [[1, 2], [3, 4], [5, 6]], [True, True, False], Box(1, 1, 9, 9), 4]


def test_what_is_clicked_holds_whatever_a_selector_answers() -> None:
    mask = np.zeros((40, 60), np.bool_)
    mask[10:30, 10:50] = True
    before = mask.copy()

    def clicked(*clicks: tuple[float, float, bool]) -> np.ndarray:
        return as_marked(mask, [Stroke(((x, y),), 3, inside) for x, y, inside in clicks])

    assert (clicked((20, 20, True), (55, 5, False)) == mask).all(), "what agrees stays to the pixel"
    held = clicked((20, 20, True), (32, 20, False))
    assert not held[20, 32] and not held[20, 30] and held[20, 20] and held[20, 36]
    assert not clicked((20, 20, True), (21, 20, False))[20, 21] and clicked((20, 20, True), (21, 20, False))[20, 20]
    assert clicked((20, 20, False), (20, 20, True))[20, 20], "of two on one pixel the later one holds"
    assert clicked((55, 5, True))[5, 55] and clicked((55, 5, True)).sum() < mask.sum() + 40
    assert (clicked((-5, 20, False), (70, 90, True)) == mask).all(), "outside of the picture nothing is clicked"
    strokes = [Stroke(((12.0, 12.0), (48.0, 12.0)), 1, False), Stroke(((20.0, 12.0),), 1, True)]
    assert not as_marked(mask, strokes[:1])[12, 12:48].any()
    assert as_marked(mask, strokes)[12, 12:48].all(), "a stroke before the last one has had its answer"
    assert (mask == before).all()


def test_no_click_is_ignored_by_colours_or_by_a_network() -> None:
    picture, red = scene()

    class Stubborn:
        def prepare(self, image: Image) -> None:
            pass

        def select(self, *_: object) -> list[np.ndarray]:
            return [red, np.ones_like(red)]

        def preview(self, *_: object) -> list[np.ndarray]:
            return [red]

    y, x = (int(value) for value in np.argwhere(red)[len(np.argwhere(red)) // 2])
    clicks = (Stroke(((x, y),), 3, True), Stroke(((x + 8, y),), 3, False))
    for hints in (SelectHints(strokes=clicks), SelectHints(strokes=clicks, start=patch_of(red), base=patch_of(red))):
        for quick in (False, True):
            for patch in select_by_clicks(Stubborn(), picture, hints, quick):
                assert whole(patch, red.shape)[y, x] and not whole(patch, red.shape)[y, x + 8]
        mask = whole(last(picture, hints), red.shape)
        assert mask[y, x] and not mask[y, x + 8]


def test_a_click_away_on_a_smaller_piece_takes_all_of_it_where_the_selector_takes_nearly_nothing() -> None:
    picture, _ = scene()
    before = np.zeros((120, 160), np.bool_)
    before[20:80, 20:80] = True
    blot = np.zeros_like(before)
    blot[30:60, 110:140] = True
    start = patch_of(before | blot)

    class Selector:
        """Answers with a mask, whatever is asked."""

        def __init__(self, mask: np.ndarray) -> None:
            self.mask = mask

        def prepare(self, image: Image) -> None:
            pass

        def select(self, *_: object) -> list[np.ndarray]:
            return [self.mask]

        def preview(self, *_: object) -> list[np.ndarray]:
            return [self.mask]

    def answers(mask: np.ndarray, x: float, y: float, quick: bool = False) -> list[np.ndarray]:
        hints = SelectHints(strokes=(Stroke(((x, y),), 2, False),), start=start, base=start)
        found = select_by_clicks(Selector(mask), picture, hints, quick)
        return [whole(patch, before.shape) for patch in found]

    for quick in (False, True):
        first, second = answers(before | blot, 125, 45, quick)
        assert (first == before).all(), "it lies apart, and is the smaller one"
        assert second[before | blot].sum() > (before | blot).sum() - 40, "Tab gives it back but for the click"
    half = blot.copy()
    half[:, :125] = False
    first, second = answers(before | half, 115, 45)
    assert (first == (before | half)).all() and (second == before).all(), "the selector knows what is meant"
    (only,) = answers(before | blot, 50, 50)
    assert only[before].sum() > before.sum() - 40, "the larger piece stays"
