"""How good masks are: pixel accuracy, IoU, and the DAVIS measures J (region) and F (boundary)."""

from core.metrics.boundary import boundary_f, boundary_iou, boundary_map, boundary_radius
from core.metrics.confusion import ConfusionMatrix
from core.metrics.precision_recall import PrecisionRecall, precision_recall
from core.metrics.region import mask_iou, mean_iou, pixel_accuracy, region_j
from core.metrics.sequence import (
    ObjectScore,
    SequenceScore,
    Statistics,
    mean_score,
    score_sequence,
    statistics,
)

__all__ = [
    "ConfusionMatrix",
    "ObjectScore",
    "PrecisionRecall",
    "SequenceScore",
    "Statistics",
    "boundary_f",
    "boundary_iou",
    "boundary_map",
    "boundary_radius",
    "mask_iou",
    "mean_iou",
    "mean_score",
    "pixel_accuracy",
    "precision_recall",
    "region_j",
    "score_sequence",
    "statistics",
]
