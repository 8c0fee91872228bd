"""Video models of Hugging Face transformers as engines: SAM 2.1, EdgeTAM and SAM 3's tracker.

`kinds` says which there are, `loading` reads a checkpoint's folder, `model` runs the network on one picture, `memory`
is what is kept of one object, `following` is one run over frames, `session` survives full memory as `fallback` says,
and `selector` answers clicks.
torch and transformers are imported in `TransformersEngine.open` and not before.
"""

from core.engines.transformers_video.engine import TransformersEngine

__all__ = ["TransformersEngine"]
