"""How well a few typed letters fit a name."""

from __future__ import annotations

_HANGUL_FIRST, _HANGUL_LAST, _HANGUL_BLOCK = 0xAC00, 0xD7A3, 588
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_LOOSENESS = 3
"""Letters strewn over more than `count` times their number mean another word."""


def score(wanted: str, text: str) -> float | None:
    """How well `text` answers `wanted`: higher is better, None if it does not. Every word of `wanted` must fit.

    Best are whole pieces of the text, then the first letters of its words ("pb" for "Propagate backward"), then letters
    that stand close together in the same order. Korean is found by its initial consonants, too.
    """
    text = text.casefold()
    total = 0.0
    for word in wanted.casefold().split():
        found = _score_word(word, text)
        if found is None:
            return None
        total += found
    return total


def _score_word(word: str, text: str) -> float | None:
    if set(word) <= set(_INITIALS):
        text = "".join(_initial(letter) for letter in text)
    index = text.find(word)
    if index >= 0:
        starts_word = index == 0 or not text[index - 1].isalnum()
        return (100.0 if starts_word else 70.0) - 0.1 * index - 0.01 * len(text)
    first_letters = "".join(part[0] for part in text.split())
    if word in first_letters:
        return 60.0 - first_letters.find(word)
    span = _shortest_span(word, text)
    if span is None or span > _LOOSENESS * len(word):
        return None
    return 40.0 * len(word) / span


def _shortest_span(word: str, text: str) -> int | None:
    """Length of the shortest piece of the text that has the word's letters in order."""
    best: int | None = None
    for start, letter in enumerate(text):
        if letter != word[0]:
            continue
        index = start
        for wanted in word[1:]:
            index = text.find(wanted, index + 1)
            if index < 0:
                return best
        length = index - start + 1
        best = length if best is None else min(best, length)
    return best


def _initial(letter: str) -> str:
    if _HANGUL_FIRST <= ord(letter) <= _HANGUL_LAST:
        return _INITIALS[(ord(letter) - _HANGUL_FIRST) // _HANGUL_BLOCK]
    return letter
