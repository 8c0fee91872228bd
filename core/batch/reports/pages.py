"""Reports: HTML pages that need no other file, made of the templates in `resources/reports`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FunctionLoader

from core.files import atomic_file


def render(template: str, **values: object) -> str:
    """The page of a template, by its file's name; texts in `values` are escaped."""
    environment = Environment(loader=FunctionLoader(_source), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["measure"] = lambda value: "–" if value is None else f"{value:.3f}"
    return environment.get_template(template).render(**values)


def write_page(path: Path, page: str) -> None:
    """Writes a page; what is there is replaced once it is complete. Raises OSError."""
    with atomic_file(path) as part:
        # a name that is not valid text is shown as far as it is
        part.write_text(page, encoding="utf-8", errors="replace")


def _source(name: str) -> str:
    return (files("resources") / "reports" / name).read_text(encoding="utf-8")
