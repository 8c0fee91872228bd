"""Label maps: their bytes, their files, their colours, and edits of them that can be undone."""

from core.masks.clicks import ClickSelector, select_by_clicks
from core.masks.codec import check_labels, decode_labels, encode_labels, present_ids
from core.masks.colours import davis_palette, object_colour, palette
from core.masks.combining import combine
from core.masks.contrast import contrasting_colour, is_light
from core.masks.edit import LabelEdit
from core.masks.flood_fill import similar_area
from core.masks.hints import SelectHints, Stroke
from core.masks.measure import Measure, areas, measure
from core.masks.patch import Patch, object_patch, rasterise_box, rasterise_polygon, rasterise_stroke
from core.masks.pictures.adding import AddedMasks, MaskFile, add_masks
from core.masks.pictures.id_table import IdTable
from core.masks.pictures.reading import MaskKind, MaskReader, ReadMask, read_mask
from core.masks.pictures.writing import mask_suffix, write_binary_mask, write_mask
from core.masks.placement import Placement, apply_placement
from core.masks.repair import fill_holes, fill_small_holes, grow, remove_specks, repair_object, shrink, smooth
from core.masks.selection import smart_select
from core.masks.shapes import rasterise_ellipse, rasterise_rectangle
from core.masks.soft_stroke import SoftStroke

__all__ = [
    "AddedMasks",
    "ClickSelector",
    "IdTable",
    "LabelEdit",
    "MaskFile",
    "MaskKind",
    "MaskReader",
    "Measure",
    "Patch",
    "Placement",
    "ReadMask",
    "SelectHints",
    "SoftStroke",
    "Stroke",
    "add_masks",
    "apply_placement",
    "areas",
    "check_labels",
    "combine",
    "contrasting_colour",
    "davis_palette",
    "decode_labels",
    "encode_labels",
    "fill_holes",
    "fill_small_holes",
    "grow",
    "is_light",
    "mask_suffix",
    "measure",
    "object_colour",
    "object_patch",
    "palette",
    "present_ids",
    "rasterise_box",
    "rasterise_ellipse",
    "rasterise_polygon",
    "rasterise_rectangle",
    "rasterise_stroke",
    "read_mask",
    "remove_specks",
    "repair_object",
    "select_by_clicks",
    "shrink",
    "similar_area",
    "smart_select",
    "smooth",
    "write_binary_mask",
    "write_mask",
]
