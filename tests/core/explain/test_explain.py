"""What is seen inside the network, on a small scene of two discs, with the network that ships."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from core.errors import CancelledError, EngineError
from core.explain.activation import Head, activation, train_heads
from core.explain.features import STAGES, FeatureExtractor
from core.explain.pictures import scatter_svg
from core.explain.projections import project_to_plane
from core.explain.references import Reading, read_pixel, remembered_frames
from core.explain.seeds import mask_from_map, similarity_to_point
from core.explain.views import VIEWS, Answer, Question, answer
from core.jobs import CancelToken, Progress, watched
from core.masks.hints import whole
from core.types import Anchor, Floats, LabelMap

SIZE = (160, 96)


def disc(x: float, y: float, radius: float) -> np.ndarray:
    rows, columns = np.mgrid[: SIZE[1], : SIZE[0]]
    inside: np.ndarray = (columns - x) ** 2 + (rows - y) ** 2 < radius**2
    return inside


def labels_of(index: int) -> LabelMap:
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[disc(40 + 2 * index, 48, 20)] = 1
    labels[disc(120, 48, 16)] = 2
    return labels


def read(index: int) -> np.ndarray:
    image = np.random.default_rng(1).normal(100, 12, (*SIZE[::-1], 3))
    labels = labels_of(index)
    image[labels == 1] = (200, 60, 40)
    image[labels == 2] = (40, 70, 200)
    return image.clip(0, 255).astype(np.uint8)


def anchor(index: int, ids: frozenset[int] = frozenset({1, 2})) -> Anchor:
    return Anchor(index, labels_of(index), ids)


@pytest.fixture(scope="module")
def extractor() -> FeatureExtractor:
    return FeatureExtractor(SIZE, side=160)


def read_at(extractor: FeatureExtractor, x: float, y: float, weights: dict[int, float] | None = None) -> Reading:
    labels = {index: labels_of(index) for index in range(9)}
    return read_pixel(extractor, 8, (x, y), [anchor(0), anchor(2)], labels, read, weights)


def ask(extractor: FeatureExtractor, question: Question) -> Answer:
    return watched(answer(extractor, question, read, CancelToken()), str)


def heads_of(extractor: FeatureExtractor, anchors: list[Anchor], count: int = 1) -> list[Head]:
    return watched(train_heads(extractor, anchors, 1, read, count), str)


def test_a_pixel_reads_the_objects_own_cells(extractor: FeatureExtractor) -> None:
    reading = read_at(extractor, 56, 48)
    assert sum(one.share for one in reading.references) == pytest.approx(1, abs=1e-4)
    assert reading.votes[1] > 0.6 > reading.votes[2]
    assert read_at(extractor, 120, 48).votes[2] > 0.6
    top = reading.references[0]
    assert top.is_anchor == (top.frame_index in (0, 2))
    best = max(top.cells, key=lambda cell: cell.share)
    assert labels_of(top.frame_index)[best.box.slices].any(), "the cell lies on the object"


def test_a_reference_that_is_dropped_is_not_read_and_one_that_counts_less_is_read_less(
    extractor: FeatureExtractor,
) -> None:
    coverage = {one.frame_index: one.share for one in read_at(extractor, 56, 48).references}
    frame = max(coverage, key=lambda one: coverage[one])
    less = {one.frame_index: one.share for one in read_at(extractor, 56, 48, {frame: 0.1}).references}
    assert less.get(frame, 0.0) < coverage[frame]
    gone = {one.frame_index for one in read_at(extractor, 56, 48, {frame: 0.0}).references}
    assert frame not in gone and gone


def test_what_is_remembered_on_the_way_to_a_frame() -> None:
    assert remembered_frames(23, [0]) == ([0], [10, 15, 20])
    assert remembered_frames(2, [20]) == ([20], [15, 10, 5])
    assert remembered_frames(7, [0, 30, 50, 90]) == ([0, 30, 50], [5])
    assert remembered_frames(0, [0]) == ([], [])


@pytest.mark.parametrize("make", [lambda extractor, heads: activation(heads, extractor.extract(read(3)))])
def test_activation_maps_point_at_the_object(extractor: FeatureExtractor, make: Callable[..., Floats]) -> None:
    extracted = extractor.extract(read(3))
    coverage = extractor.coverage(labels_of(3), 1, extracted)
    single = make(extractor, heads_of(extractor, [anchor(0)]))
    both = make(extractor, heads_of(extractor, [anchor(0)], 2))
    assert single.shape == coverage.shape and single.max() == pytest.approx(1)
    assert single[coverage > 0.5].mean() > 3 * single[coverage == 0].mean()
    assert both[coverage > 0.5].mean() >= single[coverage > 0.5].mean(), "the second head adds to the first"


@pytest.mark.parametrize("view", [one for one in VIEWS if one != "gradcam"])
def test_every_view_is_answered(extractor: FeatureExtractor, view: str) -> None:
    labels = {index: labels_of(index) for index in (0, 3, 5)}
    question = Question(view, 3, 1, (46.0, 48.0), anchors=[anchor(0)], labels=labels)
    found = ask(extractor, question)
    if view in ("objects", "cells"):
        assert found.scatter is not None and ((found.scatter.points >= 0) & (found.scatter.points <= 1)).all()
        assert scatter_svg(found.scatter, {1: (255, 0, 0)}, {1: "a <b>"}).count("<circle") == len(found.scatter.points)
    elif view == "references":
        assert found.reading is not None and found.frames[0].shape == (*SIZE[::-1], 3)
    else:
        assert found.picture is not None and found.picture.dtype == np.uint8


@pytest.mark.parametrize("stride", STAGES)
def test_features_by_stage(extractor: FeatureExtractor, stride: int) -> None:
    assert ask(extractor, Question("features", 0, stride=stride)).picture is not None


@pytest.mark.parametrize("seed", ["point", "cam", "tag"])
def test_masks_are_seeded(extractor: FeatureExtractor, seed: str) -> None:
    from core.explain.projections import object_embedding

    tag = object_embedding(extractor, extractor.extract(read(0)), labels_of(0), 1)
    question = Question("", 3, 1, (46.0, 48.0), anchors=[anchor(0)], seed=seed, tag=tag)
    patch = ask(extractor, question).patch
    assert patch is not None
    made = np.zeros(SIZE[::-1], bool)
    made[patch.box.slices] = patch.mask
    wanted = labels_of(3) == 1
    assert (made & wanted).sum() / (made | wanted).sum() > 0.7


def test_a_map_with_one_sharp_peak_is_a_mask_of_all_that_it_covers(extractor: FeatureExtractor) -> None:
    labels, image = labels_of(3), read(3)
    covered = extractor.coverage(labels, 1, extractor.extract(image))
    peaked = 0.4 * covered
    peaked.flat[int(peaked.argmax())] = 1.0
    patch = mask_from_map(extractor, image, peaked, CancelToken())
    made, wanted = whole(patch, SIZE[::-1]), labels == 1
    assert (made & wanted).sum() / (made | wanted).sum() > 0.7


def test_similarity_leaves_out_what_all_of_the_frame_has_in_common(extractor: FeatureExtractor) -> None:
    extracted = extractor.extract(read(3))
    common = np.zeros_like(extracted.key)
    common[0] = 3.0
    key = extracted.key + common
    alike = replace(extracted, key=key / np.linalg.norm(key, axis=0))
    found = similarity_to_point(alike, (46.0, 48.0))
    assert found.max() == pytest.approx(1, abs=1e-5) and np.median(found) < 0.5


@pytest.mark.parametrize("way", ["pca", "tsne"])
def test_groups_stay_apart_in_the_plane(way: str) -> None:
    generator = np.random.default_rng(2)
    vectors = np.concatenate([generator.normal(0, 0.1, (12, 8)), generator.normal(3, 0.1, (12, 8))]).astype(np.float32)
    points = project_to_plane(vectors, way)
    assert points.shape == (24, 2)
    assert np.linalg.norm(points[:12].mean(0) - points[12:].mean(0)) > points[:12].std()


def test_umap_is_asked_with_no_more_neighbours_than_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling the real one takes a minute: what stands in for it takes the same arguments in the same order."""

    class Stand:
        def __init__(self, n_neighbors: int = 15, n_components: int = 2, *, random_state: int, **_: object) -> None:
            assert (n_components, n_neighbors, random_state) == (2, 5, 0)

        def fit_transform(self, vectors: np.ndarray) -> np.ndarray:
            return vectors[:, :2]

    vectors = np.random.default_rng(2).normal(0, 1, (6, 4)).astype(np.float32)
    module = types.ModuleType("umap")
    module.UMAP = Stand  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "umap", module)
    assert project_to_plane(vectors, "umap").shape == (6, 2)
    monkeypatch.setitem(sys.modules, "umap", None)
    with pytest.raises(EngineError, match=r"UMAP needs the package umap-learn, .* or choose PCA"):
        project_to_plane(vectors, "umap")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question("snake", 0), "There is no view 'snake'"),
        (Question("references", 0, point=(10, 10), anchors=[anchor(0)]), "no anchor on another frame"),
        (Question("references", 3, point=(999, 10), anchors=[anchor(0)]), "no pixel at 999, 10"),
        (Question("references", 3, anchors=[anchor(0)]), "takes a point"),
        (Question("cam", 3, 9, anchors=[anchor(0)]), "No anchor shows the object"),
        (Question("gradcam", 3, 9), "No anchor shows the object"),
        (Question("objects", 3, labels={0: np.zeros(SIZE[::-1], np.uint8)}), "no object to show"),
        (Question("features", 3, stride=5), "no features at stride 5"),
        (Question("cells", 3, way="circle"), "no projection 'circle'"),
        (Question("", 3, seed="tag"), "Nothing is known of this class"),
        (Question("", 3, seed="dream"), "cannot be seeded from 'dream'"),
    ],
)
def test_bad_questions_are_reported_in_a_sentence(
    extractor: FeatureExtractor, question: Question, expected: str
) -> None:
    with pytest.raises(EngineError, match=expected):
        ask(extractor, question)


@pytest.mark.parametrize(
    "question",
    [
        Question("objects", 3, labels={index: labels_of(index) for index in range(4)}),
        Question("cam", 3, anchors=[anchor(index) for index in range(4)]),
        Question("", 3, seed="cam", anchors=[anchor(index) for index in range(4)]),
    ],
)
def test_many_frames_are_looked_at_one_by_one_and_none_after_cancelling(
    extractor: FeatureExtractor, question: Question
) -> None:
    cancel, frames, met = CancelToken(), list[int](), list[Progress]()

    def counted(index: int) -> np.ndarray:
        frames.append(index)
        return read(index)

    watched(answer(extractor, question, counted, cancel), met.append)
    assert [(one.done, one.total) for one in met] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    work = answer(extractor, question, counted, cancel)
    next(work)
    cancel.cancel()
    frames.clear()
    with pytest.raises(CancelledError):
        next(work)
    assert not frames


def test_an_object_that_fills_its_frame_or_has_one_pixel(extractor: FeatureExtractor) -> None:
    whole = Anchor(0, np.ones(SIZE[::-1], np.uint8), frozenset({1}))
    with pytest.raises(EngineError, match="nothing around it"):
        heads_of(extractor, [whole])
    dot = np.zeros(SIZE[::-1], np.uint8)
    dot[48, 40] = 1
    found: Answer = ask(extractor, Question("cam", 3, anchors=[Anchor(0, dot, frozenset({1}))]))
    assert found.picture is not None
    with pytest.raises(EngineError, match="the clip is 160 x 96"):
        extractor.extract(np.zeros((10, 10, 3), np.uint8))
