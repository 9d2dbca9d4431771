"""Whose words a text is made of: who is quoted or paraphrased, and what is asserted or denied."""

from framescope.text.voice.accounts import author_of
from framescope.text.voice.assertion import assertion_of
from framescope.text.voice.finding import find_voices

__all__ = ["assertion_of", "author_of", "find_voices"]
