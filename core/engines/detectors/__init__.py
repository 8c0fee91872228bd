"""Detectors: networks that find the objects of one picture, by name behind one interface."""

from core.engines.detectors.detection import Detection, Detector, DetectorInfo, DetectorOutput
from core.engines.detectors.registry import DEFAULT_DETECTOR, available_detectors, detector_info, load_detector

__all__ = [
    "DEFAULT_DETECTOR",
    "Detection",
    "Detector",
    "DetectorInfo",
    "DetectorOutput",
    "available_detectors",
    "detector_info",
    "load_detector",
]
