"""From hard masks to soft mattes: alpha at the edge, and the object's own colour under it. Pure NumPy on arrays."""

from core.matting.alpha import FrameBefore, MatteSettings, soft_alpha
from core.matting.closed_form import closed_form_alpha
from core.matting.foreground import estimate_foreground
from core.matting.guided import guided_filter
from core.matting.painted import EdgeReader, PaintedEdges, mask_mark, pack_plane, unpack_plane
from core.matting.temporal import smooth_alphas
from core.matting.trimap import band_factor, trimap

__all__ = [
    "EdgeReader",
    "FrameBefore",
    "MatteSettings",
    "PaintedEdges",
    "band_factor",
    "closed_form_alpha",
    "estimate_foreground",
    "guided_filter",
    "mask_mark",
    "pack_plane",
    "smooth_alphas",
    "soft_alpha",
    "trimap",
    "unpack_plane",
]
