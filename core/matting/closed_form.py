"""Closed-form matting: alpha that is, in every small window, a linear function of the colours.

Levin, Lischinski and Weiss, "A Closed-Form Solution to Natural Image Matting", TPAMI 2008. The matting Laplacian
is never built: as He, Sun and Tang, "Fast Matting Using Large Kernel Matting Laplacian Matrices", CVPR 2010, show, box
sums apply it to a plane, at a cost that does not depend on the window. Conjugate gradients do the rest.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.matting.trimap import INSIDE, UNKNOWN
from core.types import Image

Plane = NDArray[np.float32]

_EPSILON = 1e-5
"""Variance of colours, in [0, 1] squared, that counts as flat; smaller than the guided filter's: hair is signal."""
_FIDELITY = 100.0
"""Weight of what the trimap is sure of against the smoothness of the rest."""
_TOLERANCE = 1e-2
_MOST_STEPS = 200


def closed_form_alpha(image: Image, tri: NDArray[np.uint8], guess: Plane | None = None, radius: int = 1) -> Plane:
    """Alpha, (H, W) float32 in [0, 1], of a picture (H, W, 3) uint8 RGB under a trimap (H, W) uint8.

    What the trimap is sure of stays as it is. `guess`, (H, W) float32 in [0, 1], is where the search sets out: a good
    one saves half the steps, and decides where colours say nothing. `radius` is that of the windows in pixels: 1
    follows fine hair, larger ones are smoother.
    """
    sure: Plane = (tri == INSIDE).astype(np.float32)
    unknown = tri == UNKNOWN
    if not unknown.any():
        return sure
    laplacian = MattingLaplacian(image, radius)
    weight = np.where(unknown, np.float32(0), np.float32(_FIDELITY) * laplacian.count)
    start = np.where(unknown, np.float32(0.5) if guess is None else guess, sure).astype(np.float32)
    found = _solve(laplacian, weight, weight * sure, start)
    return np.asarray(np.where(unknown, np.clip(found, 0, 1), sure), np.float32)


class MattingLaplacian:
    """The matting Laplacian of a picture (H, W, 3) uint8 RGB, symmetric and positive semidefinite, as an operator."""

    def __init__(self, image: Image, radius: int) -> None:
        guide = image.astype(np.float32) / np.float32(255)
        self._size = (2 * radius + 1, 2 * radius + 1)
        self._guide = guide
        self.count = self._sum(np.ones(guide.shape[:2], np.float32))
        """How many windows a pixel is in, (H, W)."""
        self._mean = self._sum(guide) / self.count[..., None]
        covariance = np.empty((*guide.shape[:2], 3, 3), np.float32)
        for row in range(3):
            for column in range(row, 3):
                product = self._sum(guide[..., row] * guide[..., column]) / self.count
                part = product - self._mean[..., row] * self._mean[..., column]
                covariance[..., row, column] = covariance[..., column, row] = part
        covariance += np.eye(3, dtype=np.float32) * np.float32(_EPSILON)
        self._inverse = np.linalg.inv(covariance)

    def __call__(self, plane: Plane) -> Plane:
        """Applies it to a plane (H, W) float32."""
        average = self._sum(plane) / self.count
        product = self._sum(self._guide * plane[..., None]) / self.count[..., None]
        slope = np.einsum("ijkl,ijl->ijk", self._inverse, product - self._mean * average[..., None])
        offset = average - np.einsum("ijk,ijk->ij", slope, self._mean)
        fitted = np.einsum("ijk,ijk->ij", self._sum(slope), self._guide) + self._sum(offset)
        return np.asarray(self.count * plane - fitted, np.float32)

    def _sum(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        # windows end at the border: only so is the operator symmetric, which conjugate gradients need
        sums = cv2.boxFilter(values, cv2.CV_32F, self._size, normalize=False, borderType=cv2.BORDER_CONSTANT)
        return np.asarray(sums, np.float32)


def _solve(laplacian: MattingLaplacian, weight: Plane, wanted: Plane, start: Plane) -> Plane:
    """(L + diag(weight)) x = wanted by conjugate gradients with the diagonal as preconditioner."""
    diagonal = laplacian.count + weight
    found = start.copy()
    residual = wanted - (laplacian(found) + weight * found)
    turned = residual / diagonal
    direction = turned.copy()
    energy = float(np.vdot(residual, turned))
    goal = _TOLERANCE**2 * energy
    for _ in range(_MOST_STEPS):
        if energy <= goal:
            break
        image = laplacian(direction) + weight * direction
        step = np.float32(energy / float(np.vdot(direction, image)))
        found += step * direction
        residual -= step * image
        turned = residual / diagonal
        before, energy = energy, float(np.vdot(residual, turned))
        direction = turned + np.float32(energy / before) * direction
    return found
