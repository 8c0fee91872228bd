"""Objects by what they are called: a text, or an example, finds every object of its kind."""

from core.engines.text.finding import TextRequest, find_by_text, split_text
from core.engines.text.following import FollowedText, follow_text

__all__ = ["FollowedText", "TextRequest", "find_by_text", "follow_text", "split_text"]
