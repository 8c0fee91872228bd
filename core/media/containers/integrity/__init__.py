"""Whether what a file holds is whole, where decoders do not say: check sums, sizes, and frames that are left
uninitialised.
"""

from core.media.containers.integrity.buffers import FrameCopier, leaves_memory, unwritten
from core.media.containers.integrity.check_sums import broken_stretches
from core.media.containers.integrity.packet_checks import Check, packet_check

__all__ = ["Check", "FrameCopier", "broken_stretches", "leaves_memory", "packet_check", "unwritten"]
