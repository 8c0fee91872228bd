"""Propagation: carries what a person masked through a clip, over the frames and in the directions asked for."""

from core.propagation.planning import Pass, PropagationPlan, plan
from core.propagation.request import Direction, PropagationRequest
from core.propagation.running import propagate
from core.propagation.updating import updates

__all__ = ["Direction", "Pass", "PropagationPlan", "PropagationRequest", "plan", "propagate", "updates"]
