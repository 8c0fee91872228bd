"""Scores of a clip: which frames count, and how they are averaged."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import MaskError
from core.metrics import mean_score, score_sequence, statistics

SHAPE = (40, 60)


def labels(x: int, *ids: int) -> np.ndarray:
    result = np.zeros(SHAPE, np.uint8)
    for position, object_id in enumerate(ids):
        result[5 + 15 * position : 15 + 15 * position, x : x + 10] = object_id
    return result


def test_statistics_of_known_values() -> None:
    found = statistics([1.0, 0.9, 0.8, 0.5, 0.4, 0.2, 0.1, 0.0])
    assert found.mean == pytest.approx(3.9 / 8)
    assert found.recall == 3 / 8, "0.5 itself is not above"
    # quarters by the benchmark: frames 1 to 3 and 6 to 8, ends shared (round(1 + 7/4) = 3, round(1 + 21/4) = 6)
    assert found.decay == pytest.approx(0.9 - 0.1)


def test_a_perfect_clip_scores_one_and_gaps_are_agreement() -> None:
    truth = [labels(10, 1, 200), labels(12, 1), labels(14, 1, 200), labels(16, 1)]
    score = score_sequence(truth, truth)
    assert set(score.objects) == {1, 200}
    assert (score.j.mean, score.f.mean, score.j_and_f, score.j.recall, score.j.decay) == (1, 1, 1, 1, 0)


def test_first_and_last_frame_do_not_count() -> None:
    truth = [labels(10, 1) for _ in range(5)]
    results = [labels(40), labels(10, 1), labels(10, 1), labels(40, 1), labels(40)]
    score = score_sequence(iter(results), iter(truth))
    assert list(score.objects[1].j_frames) == [1, 2, 3]
    assert score.j.mean == pytest.approx(2 / 3)
    assert score.objects[1].f_frames[3] == 0


def test_objects_weigh_the_same_whatever_the_clip() -> None:
    truth_two, truth_one = [labels(10, 1, 2)] * 4, [labels(10, 1)] * 4
    right, wrong = score_sequence(truth_two, truth_two), score_sequence([labels(40)] * 4, truth_one)
    region, boundary = mean_score([right, wrong])
    assert region.mean == pytest.approx(2 / 3)
    assert boundary.mean == pytest.approx(2 / 3)


def test_an_object_made_up_does_not_count_but_takes_pixels() -> None:
    truth = [labels(10, 1)] * 4
    results = [labels(10, 1) for _ in range(4)]
    results[1][30:38, 30:38] = 9
    results[2][5:10, 10:20] = 9
    score = score_sequence(results, truth)
    assert set(score.objects) == {1}
    assert score.objects[1].j_frames == {1: 1.0, 2: 0.5}


def test_what_cannot_be_scored() -> None:
    frames = [labels(10, 1)] * 4
    with pytest.raises(MaskError, match="three"):
        score_sequence(frames[:2], frames[:2])
    with pytest.raises(MaskError, match="one result for each"):
        score_sequence(frames[:3], frames)
    with pytest.raises(MaskError, match="shape"):
        score_sequence([frame[:9] for frame in frames], frames)
