"""What a person chooses once for the whole program."""

from __future__ import annotations

import os
from dataclasses import dataclass

from core.types import DEVICES
from desktop.settings.languages import LANGUAGES, SYSTEM_LANGUAGE
from desktop.settings.store import settings
from desktop.theme import theme
from desktop.theme.fonts import TEXT_SIZES

CACHE_MEGABYTES = (64, 65_536)
"""The smallest and the largest cache: a few frames of 4K, and more than most machines have."""


@dataclass(frozen=True)
class Preferences:
    """The program's settings. What cannot be used is replaced when it is read: a person may edit the file."""

    device: str = "auto"
    """Where engines run: one of `DEVICES`."""
    threads: int = 0
    """Threads of the engines' arithmetic; 0 is one less than the machine has."""
    cache_megabytes: int = 768
    """What decoded frames may take."""
    theme: str = "dark"
    """One of `theme.NAMES`."""
    text_size: int = 100
    """Per cent of the system's text size, one of `TEXT_SIZES`."""
    language: str = SYSTEM_LANGUAGE
    """One of `LANGUAGES`, or `SYSTEM_LANGUAGE`."""

    project_folder: str = ""
    """Where the projects of clips go; "" is next to each clip."""

    @property
    def cache_bytes(self) -> int:
        return self.cache_megabytes * 2**20

    def needs_new_window(self, other: Preferences) -> bool:
        """Whether a window made with these shows another theme, text size or language than one made with the others."""
        return (self.theme, self.text_size, self.language) != (other.theme, other.text_size, other.language)

    def save(self) -> None:
        store = settings()
        store.setValue("engine/device", self.device)
        store.setValue("threads", self.threads)
        store.setValue("cache_megabytes", self.cache_megabytes)
        store.setValue("theme", self.theme)
        store.setValue("text_size", self.text_size)
        store.setValue("language", self.language)
        store.setValue("project_folder", self.project_folder)


def load_preferences() -> Preferences:
    """The preferences as they were saved last."""
    store, usual = settings(), Preferences()

    def number(name: str, default: int, low: int, high: int) -> int:
        try:
            return min(max(int(str(store.value(name, default))), low), high)
        except ValueError:
            return default

    def choice(name: str, default: str, choices: tuple[str, ...]) -> str:
        value = str(store.value(name, default))
        return value if value in choices else default

    return Preferences(
        device=choice("engine/device", usual.device, DEVICES),
        threads=number("threads", usual.threads, 0, max_threads()),
        cache_megabytes=number("cache_megabytes", usual.cache_megabytes, *CACHE_MEGABYTES),
        theme=choice("theme", usual.theme, theme.NAMES),
        text_size=int(choice("text_size", str(usual.text_size), tuple(str(size) for size in TEXT_SIZES))),
        language=choice("language", usual.language, (SYSTEM_LANGUAGE, *LANGUAGES)),
        project_folder=str(store.value("project_folder", usual.project_folder)),
    )


def max_threads() -> int:
    """The most threads that are useful on this machine."""
    return os.cpu_count() or 1
