"""Embeddings in two dimensions or as colours: principal components, t-SNE and UMAP.

t-SNE: van der Maaten and Hinton, JMLR 2008. UMAP: McInnes, Healy and Melville, arXiv:1802.03426.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from core.errors import EngineError
from core.explain.features import FeatureExtractor, FrameFeatures
from core.jobs import Progress, ProgressClock
from core.types import Floats, Image, LabelMap

WAYS = ("pca", "tsne", "umap")
_LEAST = 4
_FEW_POINTS = 300
_FEW = 0.3
"""Share of an object from which a cell is of it; the fullest cell counts in any case."""


@dataclass(frozen=True, eq=False)
class Scatter:
    """Points in the plane (N, 2), each in [0, 1], with the frame and the object, or the cell, that each is of."""

    points: Floats
    frames: tuple[int, ...]
    object_ids: tuple[int, ...]
    cells: tuple[int, ...] = ()
    grid: tuple[int, int] = (0, 0)
    """(rows, columns) of the cells, where points are cells."""


def components(vectors: Floats, count: int) -> Floats:
    """Vectors (N, C) along their `count` principal axes, (N, count); axes that are not there are zero."""
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    found = centred @ axes[:count].T
    padded = np.zeros((len(vectors), count), np.float32)
    padded[:, : found.shape[1]] = found
    return padded


def embedding_colours(extracted: FrameFeatures, size: tuple[int, int]) -> Image:
    """The frame's embedding as colours (H, W, 3): three principal components as red, green and blue."""
    rows, columns = extracted.grid
    found = components(extracted.key.reshape(len(extracted.key), -1).T, 3)
    low, high = np.percentile(found, [2, 98], axis=0)
    scaled = np.clip((found - low) / np.maximum(high - low, 1e-6), 0, 1).reshape(rows, columns, 3)
    small = np.rint(255 * scaled).astype(np.uint8)
    large: Image = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    return large


def project_to_plane(vectors: Floats, way: str = "pca", seed: int = 0) -> Floats:
    """Vectors (N, C) as points (N, 2) in [0, 1]. Few points are always placed by their principal components.

    Raises EngineError for a way that is none of `WAYS`, and for one whose package is not installed.
    """
    if way not in WAYS:
        raise EngineError("There is no projection '{way}'; expected one of {ways}.", way=way, ways=", ".join(WAYS))
    if way == "pca" or len(vectors) <= _LEAST:
        found = components(vectors, 2)
    else:
        found = (_tsne if way == "tsne" else _umap)(vectors, seed)
    low, high = found.min(axis=0), found.max(axis=0)
    scaled: Floats = ((found - low) / np.maximum(high - low, 1e-6)).astype(np.float32)
    return scaled


def _tsne(vectors: Floats, seed: int) -> Floats:
    try:
        from sklearn.manifold import TSNE
    except ImportError as error:
        raise _missing("t-SNE", "scikit-learn") from error
    # of few points the exact one is as fast, and takes one core
    method = "exact" if len(vectors) < _FEW_POINTS else "barnes_hut"
    perplexity = min(30.0, (len(vectors) - 1) / 3)
    found: Floats = TSNE(2, perplexity=perplexity, random_state=seed, init="pca", method=method).fit_transform(vectors)
    return found


def _umap(vectors: Floats, seed: int) -> Floats:
    try:
        from umap import UMAP
    except ImportError as error:
        raise _missing("UMAP", "umap-learn") from error
    neighbours = min(15, len(vectors) - 1)
    # of few points there is no spectral start
    made = UMAP(n_components=2, n_neighbors=neighbours, random_state=seed, init="random", n_jobs=1)
    found: Floats = made.fit_transform(vectors)
    return found


def _missing(way: str, package: str) -> EngineError:
    return EngineError(
        "{way} needs the package {package}, which is not installed: pip install 'rotoflow[explain]', or choose PCA.",
        way=way,
        package=package,
    )


def object_embedding(
    extractor: FeatureExtractor, extracted: FrameFeatures, labels: LabelMap, object_id: int
) -> Floats | None:
    """The mean embedding (C,) of an object's cells, of unit length; None where it is not to be seen."""
    coverage = extractor.coverage(labels, object_id, extracted).ravel()
    if coverage.max(initial=0.0) <= 0:
        return None
    weights = np.where(coverage >= min(_FEW, float(coverage.max())), coverage, 0)
    mean = extracted.key.reshape(len(extracted.key), -1) @ weights
    unit: Floats = (mean / max(float(np.linalg.norm(mean)), 1e-6)).astype(np.float32)
    return unit


def objects_over_frames(
    extractor: FeatureExtractor, labels: Mapping[int, LabelMap], read: Callable[[int], Image], way: str = "pca"
) -> Generator[Progress, None, Scatter]:
    """A point for each object on each frame of `labels`. Yields after each frame. Raises EngineError without an object,
    and what `project_to_plane` raises.
    """
    vectors, frames, ids = [], [], []
    clock = ProgressClock(len(labels))
    for done, (frame_index, own) in enumerate(sorted(labels.items()), 1):
        present = [int(one) for one in np.unique(own) if one]
        extracted = extractor.extract(read(frame_index)) if present else None
        for object_id in present:
            vector = None if extracted is None else object_embedding(extractor, extracted, own, object_id)
            if vector is not None:
                vectors.append(vector)
                frames.append(frame_index)
                ids.append(object_id)
        yield clock.step(done)
    if not vectors:
        raise EngineError("There is no object to show: mask one first.")
    return Scatter(project_to_plane(np.stack(vectors), way), tuple(frames), tuple(ids))


def cells_of_frame(
    extractor: FeatureExtractor, extracted: FrameFeatures, labels: LabelMap | None, frame_index: int, way: str = "pca"
) -> Scatter:
    """A point for each cell of a frame, with the object that most of it is of, 0 for none. Raises what
    `project_to_plane` raises.
    """
    vectors = extracted.key.reshape(len(extracted.key), -1).T
    ids = np.zeros(len(vectors), np.int64)
    if labels is not None:
        for object_id in _present(labels):
            ids[extractor.coverage(labels, object_id, extracted).ravel() > 0.5] = object_id
    return Scatter(
        project_to_plane(np.ascontiguousarray(vectors), way),
        (frame_index,) * len(vectors),
        tuple(ids.tolist()),
        tuple(range(len(vectors))),
        extracted.grid,
    )


def _present(labels: LabelMap) -> Iterable[int]:
    return (int(one) for one in np.unique(labels) if one)
