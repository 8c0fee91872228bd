"""The classical target model (placeholder until the ridge model lands): the flow, sharpened."""

from core.vos.warping import WarpingOnly as AppearanceModel

__all__ = ["AppearanceModel"]
