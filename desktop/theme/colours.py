"""The colours of the themes: neutral greys (a coloured surround misleads the eye) and one accent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """The colours of a theme, as #rrggbb. A test holds them to the contrasts of WCAG 2.1 AA."""

    ACCENT: str
    BACKGROUND: str
    SURFACE: str
    RAISED: str
    LINE: str
    TEXT: str
    TEXT_DIM: str
    WARNING: str
    ERROR: str
    CANVAS: str
    SELECTION: str
    """Behind what is chosen; the text on it is TEXT."""
    PRIMARY: str
    """The button that continues; its text is white."""
    PROGRESS: str
    """How far long work is; the text on it is TEXT."""
    ICON: str

    replaced: dict[str, str]
    """qdarkstyle's bluish greys and blues, each with the one that takes its place."""


DARK = Colours(
    ACCENT="#3f9bff",
    BACKGROUND="#1b1d20",
    SURFACE="#24272b",
    RAISED="#32363b",
    LINE="#3c4147",
    TEXT="#e2e4e7",
    TEXT_DIM="#9ba1a8",
    WARNING="#e8b14a",
    ERROR="#f0706a",
    CANVAS="#141517",
    SELECTION="#1f4670",
    PRIMARY="#2a6cb3",
    PROGRESS="#2563a6",
    ICON="#d4d6d9",
    replaced={
        "#19232D": "#1b1d20",
        "#293544": "#24272b",
        "#37414F": "#32363b",
        "#455364": "#3c4147",
        "#54687A": "#4a5057",
        "#60798B": "#5a6168",
        "#DFE1E2": "#e2e4e7",
        "#C0C4C8": "#c9cdd1",
        "#ACB1B6": "#b3b8bd",
        "#9DA9B5": "#9ba1a8",
        "#26486B": "#1f4670",
        "#346792": "#2a6cb3",
        "#1A72BB": "#2f81d6",
        "#259AE9": "#3f9bff",
        "#37AEFE": "#62afff",
        "#788D9C": "#6d747b",
    },
)

LIGHT = Colours(
    ACCENT="#1a6fd0",
    BACKGROUND="#f4f5f6",
    SURFACE="#e7e9eb",
    RAISED="#d8dbdf",
    LINE="#c0c4c9",
    TEXT="#1b1d20",
    TEXT_DIM="#565c63",
    WARNING="#855700",
    ERROR="#b92c25",
    CANVAS="#c4c7cb",
    SELECTION="#b7d8fb",
    PRIMARY="#1f66b5",
    PROGRESS="#8fc3fa",
    ICON="#33373c",
    replaced={
        "#FAFAFA": "#f4f5f6",
        "#DFE1E2": "#e7e9eb",
        "#D2D5D8": "#d8dbdf",
        "#C0C4C8": "#cfd3d7",
        "#B4B8BC": "#bfc4c9",
        "#ACB1B6": "#adb2b8",
        "#19232D": "#1b1d20",
        "#293544": "#2b2e33",
        "#54687A": "#565c63",
        "#788D9C": "#6d747b",
        "#DAEDFF": "#dcebfc",
        "#9FCBFF": "#b7d8fb",
        "#73C7FF": "#8fc3fa",
        "#37AEFE": "#4a97ea",
        "#259AE9": "#1a6fd0",
        "#9DA9B5": "#959ba2",
    },
)

CONTRAST = Colours(
    ACCENT="#ffd400",
    BACKGROUND="#000000",
    SURFACE="#0a0a0a",
    RAISED="#1c1c1c",
    LINE="#b0b0b0",
    TEXT="#ffffff",
    TEXT_DIM="#e4e4e4",
    WARNING="#ffd400",
    ERROR="#ff9c94",
    CANVAS="#000000",
    SELECTION="#00489c",
    PRIMARY="#00489c",
    PROGRESS="#00489c",
    ICON="#ffffff",
    replaced={
        "#19232D": "#000000",
        "#293544": "#0a0a0a",
        "#37414F": "#1c1c1c",
        "#455364": "#262626",
        "#54687A": "#3a3a3a",
        "#60798B": "#4a4a4a",
        "#DFE1E2": "#ffffff",
        "#C0C4C8": "#f4f4f4",
        "#ACB1B6": "#ececec",
        "#9DA9B5": "#e4e4e4",
        "#26486B": "#00489c",
        "#346792": "#0055b8",
        "#1A72BB": "#ffd400",
        "#259AE9": "#ffd401",
        "#37AEFE": "#ffe766",
        "#788D9C": "#a8a8a8",
    },
)
"""Texts and signs at 7:1 and more, lines that are seen: WCAG 2.1 AAA."""

THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
