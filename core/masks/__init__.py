"""Label maps: their bytes, their files, their colours, and changing them in a way that can be taken back."""

from core.masks.codec import check_labels, decode_labels, encode_labels, label_box, present_ids
from core.masks.colours import davis_palette, object_colour, palette
from core.masks.edit import LabelEdit
from core.masks.files import read_mask, write_binary_mask, write_mask
from core.masks.measure import Measure, areas, measure
from core.masks.patch import Patch, rasterise_box, rasterise_polygon, rasterise_stroke

__all__ = [
    "LabelEdit",
    "Measure",
    "Patch",
    "areas",
    "check_labels",
    "davis_palette",
    "decode_labels",
    "encode_labels",
    "label_box",
    "measure",
    "object_colour",
    "palette",
    "present_ids",
    "rasterise_box",
    "rasterise_polygon",
    "rasterise_stroke",
    "read_mask",
    "write_binary_mask",
    "write_mask",
]
