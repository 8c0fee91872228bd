"""Tags: what a new object is, by the classes that a person gave to others before, in this or other projects.

A nearest-neighbour classifier on embeddings of the built-in encoder. The examples are kept in one file of the user's;
they are lists of numbers and hold no picture.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.errors import DAMAGE_ERRORS, OutputError
from core.files import atomic_file
from core.pretrained import read_json
from core.types import Floats

_NEIGHBOURS = 5
_MIN_SIMILARITY = 0.75
"""Cosine from which an example is like an object."""
_OFFSET, _BY_SIMILARITY, _BY_VOTES = -30.7, 31.1, 1.54
"""Logistic regression of whether the suggested class is right, on the largest similarity to one of its examples and its
share of the votes: fitted on 98 objects of 26 classes, with libraries of one to five classes drawn from them."""
_LEAST_CERTAINTY = 0.5
"""Below it the class is wrong more often than right."""
_MOST_OF_CLASS = 40
_SAME = 0.995
"""Cosine from which an example says nothing new."""


@dataclass(frozen=True)
class Suggestion:
    """A class, and how likely it is to be right, in [0, 1]."""

    class_label: str
    certainty: float


class TagIndex:
    """Examples by class: embeddings (C,) of unit length, the latest `_MOST_OF_CLASS` of each."""

    def __init__(self, examples: Mapping[str, list[Floats]] | None = None) -> None:
        self._examples = {name: list(vectors) for name, vectors in (examples or {}).items()}

    @property
    def classes(self) -> list[str]:
        """The classes that there are examples of, in order."""
        return sorted(name for name, vectors in self._examples.items() if vectors)

    def examples(self, class_label: str) -> list[Floats]:
        """The embeddings of a class."""
        return list(self._examples.get(class_label, ()))

    def learn(self, class_label: str, embedding: Floats) -> bool:
        """Remembers an example; returns whether it says anything new. An example of another class that is the same
        object goes: the person has changed their mind.
        """
        name = class_label.strip()
        if not name:
            return False
        for other, vectors in self._examples.items():
            if other != name:
                self._examples[other] = [one for one in vectors if not _is_same(one, embedding)]
        own = self._examples.setdefault(name, [])
        if any(_is_same(one, embedding) for one in own):
            return False
        own.append(embedding.astype(np.float32))
        del own[:-_MOST_OF_CLASS]
        return True

    def forget(self, embedding: Floats) -> None:
        """Removes the examples that are this object: the person has taken its class away."""
        for name, vectors in self._examples.items():
            self._examples[name] = [one for one in vectors if not _is_same(one, embedding)]

    def suggest(self, embedding: Floats) -> Suggestion | None:
        """The class of the nearest examples; None where it is more likely wrong than right, as where few classes are
        known and the object is of none of them.
        """
        near = sorted(
            (
                (float(vector @ embedding), name)
                for name, vectors in self._examples.items()
                for vector in vectors
                if vector.shape == embedding.shape
            ),
            reverse=True,
        )[:_NEIGHBOURS]
        votes: Counter[str] = Counter()
        for similarity, name in near:
            if similarity >= _MIN_SIMILARITY:
                # sharper than the similarity itself, which is high between all things
                votes[name] += ((similarity - _MIN_SIMILARITY) / (1 - _MIN_SIMILARITY)) ** 2 + 1e-6  # type: ignore[assignment]
        if not votes:
            return None
        (name, most), total = votes.most_common(1)[0], sum(votes.values())
        nearest = next(similarity for similarity, other in near if other == name)
        certainty = 1 / (1 + math.exp(-(_OFFSET + _BY_SIMILARITY * nearest + _BY_VOTES * most / total)))
        return Suggestion(name, certainty) if certainty >= _LEAST_CERTAINTY else None

    def prototype(self, class_label: str) -> Floats | None:
        """The mean embedding of a class, of unit length; None if there is no example."""
        vectors = self._examples.get(class_label.strip())
        if not vectors:
            return None
        mean = np.mean(vectors, axis=0)
        unit: Floats = (mean / max(float(np.linalg.norm(mean)), 1e-6)).astype(np.float32)
        return unit


def _is_same(one: Floats, other: Floats) -> bool:
    return one.shape == other.shape and float(one @ other) >= _SAME


def load_tags(path: Path) -> TagIndex:
    """The examples in a file. Without one, and if it is damaged, there are none: they are a help and no more."""
    try:
        kept = read_json(path)
        examples = {str(name): [np.asarray(one, np.float32) for one in vectors] for name, vectors in kept.items()}
    except (*DAMAGE_ERRORS, ValueError):
        return TagIndex()
    sound = {name: [one for one in vectors if one.ndim == 1 and one.size] for name, vectors in examples.items()}
    return TagIndex(sound)


def save_tags(path: Path, index: TagIndex) -> None:
    """Writes the examples to the file, which is replaced atomically. Raises OutputError."""
    kept = {name: [[round(float(value), 5) for value in one] for one in index.examples(name)] for name in index.classes}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(path) as part:
            part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise OutputError(
            "{path}: the examples of classes cannot be written ({reason}).", path=path, reason=error.strerror or error
        ) from error
