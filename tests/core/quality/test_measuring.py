"""All measures in one pass, and the report that is made of them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from core.batch.reports.measures import FILES, MeasuredClip, precision_by_recall, write_measures
from core.errors import CancelledError, DatasetError, MaskError
from core.jobs import CancelToken, watched
from core.quality.measuring import Measured, measure_masks, summary

FRAMES = 3


def true_labels(index: int) -> np.ndarray:
    labels = np.zeros((40, 60), np.uint8)
    labels[10:30, 5 + index : 25 + index] = 1
    labels[10:30, 40:55] = 2
    return labels


def found_labels(index: int) -> np.ndarray:
    labels = true_labels(index)
    if index == 2:
        # object 2 is taken for object 1
        labels[labels == 2] = 1
    return labels


def measured(right: float = 0.5, known: bool = True) -> Measured:
    sure = (lambda index: {1: 0.9, 2: 0.3 if index == 2 else 0.8}) if known else None
    work = measure_masks(found_labels, true_labels, range(FRAMES), [1, 2], CancelToken(), sure, right)
    found: Measured = watched(work, lambda _progress: None)
    return found


def test_objects_frames_confusion_and_confidence_are_measured_together() -> None:
    found = measured()
    assert found.lanes["j"][2] == {0: 1.0, 1: 1.0, 2: 0.0}
    assert found.lanes["boundary_iou"][1][0] == 1.0
    assert found.confusion.counts((1, 2)).tolist() == [[3 * 400, 0], [300, 2 * 300]]
    assert found.curve is not None
    # five of six results are right, the wrong one is the least sure
    assert found.curve.average == pytest.approx(5 / 6)
    totals = found.totals()
    assert totals["class_accuracy"] == pytest.approx((1 + 1 + 2 / 3) / 3)
    assert 0.8 < totals["mean_iou"] < 1 and totals["j"] == pytest.approx((found.object_mean("j", 1) + 2 / 3) / 2)
    assert measured(known=False).curve is None


def test_bad_input_is_reported_and_work_can_be_stopped() -> None:
    with pytest.raises(MaskError, match="between 0 and 1"):
        measured(right=0.0)
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        next(measure_masks(found_labels, true_labels, range(FRAMES), [1], token))


def test_the_report_has_a_page_json_and_tables(tmp_path: Path) -> None:
    clip = MeasuredClip("clip <1>", measured(), {1: "dog", 2: "cat"}, ["00000", "00001", "00002"])
    paths = write_measures(tmp_path / "out", "a & b", [clip])
    assert tuple(path.name for path in paths) == FILES
    page = paths[0].read_text()
    assert "clip &lt;1&gt;" in page and page.count("<svg") == 4 and "33.3 %" in page
    kept = json.loads(paths[1].read_text())["clips"]["clip <1>"]
    assert kept == json.loads(json.dumps(summary(clip.measured, clip.names, clip.frame_names)))
    assert kept["objects"][1]["frames"]["00002"]["j"] == 0.0
    assert kept["confusion"]["labels"] == ["background", "dog", "cat"]
    rows = list(csv.reader(paths[2].open()))
    assert rows[0] == ["clip", "frame", "object_id", "object", "j", "f", "boundary_iou"] and len(rows) == 1 + 6
    assert list(csv.reader(paths[3].open()))[3][-2:] == ["300", "600"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    clip = MeasuredClip("clip", measured(), {}, ["0", "1", "2"])
    with pytest.raises(DatasetError, match="the metrics cannot be written"):
        write_measures(tmp_path / "file" / "out", "clip", [clip])


def test_precision_by_recall_is_the_highest_with_at_least_that_recall() -> None:
    curve = measured().curve
    assert curve is not None
    values = precision_by_recall(curve, 10)
    assert values[0] == 1.0 and values[8] == 1.0 and values[9] is None
