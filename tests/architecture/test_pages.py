"""The pages for people: what they name and link is there, and every picture is on one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.test_rules import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
RECORDS = ("CHANGELOG.md", "experiments.md")
"""They name files as they were called then."""
_FOLDERS = "core|desktop|tests|tools|benchmarks|resources|docs"


def missing(text: str, folder: Path) -> set[str]:
    """Links of a page in `folder`, and files and modules that it names, that are not there."""
    links = {link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith("http")}
    found = {link for link in links if not _leads_somewhere(link, text, folder)}
    files = set(re.findall(rf"`((?:{_FOLDERS})/[\w./-]+)`", text))
    found |= {name for name in files if not (ROOT / name).exists() and not (ROOT / f"{name}.py").exists()}
    return found | {name for name in re.findall(r"`((?:core|desktop)\.[\w.]+)`", text) if not _is_module(name)}


def _leads_somewhere(link: str, text: str, folder: Path) -> bool:
    path, _, anchor = link.partition("#")
    target = folder / path if path else None
    if target is not None and not target.exists():
        return False
    if not anchor:
        return True
    headings = re.findall(r"^#+ (.+)$", text if target is None else target.read_text("utf-8"), re.MULTILINE)
    return anchor in map(_anchor, headings)


def _anchor(heading: str) -> str:
    """What a link to a heading ends with."""
    return re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")


def _is_module(name: str) -> bool:
    """Whether it is a module, or what one holds."""
    paths = [ROOT / name.replace(".", "/"), ROOT / name.rpartition(".")[0].replace(".", "/")]
    return any(path.is_dir() or path.with_suffix(".py").is_file() for path in paths)


@pytest.mark.parametrize(
    "text",
    [
        "[page](docs/nowhere.md)",
        "![picture](docs/nowhere.png)",
        "[part](docs/glossary.md#nowhere)",
        "[here](#nowhere)",
        "`core/nowhere.py`",
        "`core.nowhere.thing`",
    ],
)
def test_what_leads_nowhere_is_found(text: str) -> None:
    assert len(missing(text, ROOT)) == 1
    assert not missing("# A part\n[a](#a-part) [b](docs/glossary.md#glossary) `core/masks` `core.types.Box`", ROOT)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in RECORDS], ids=lambda page: page.name)
def test_what_a_page_names_is_there(page: Path) -> None:
    # results of benchmarks are made by running them, and the translation into a new language by a person
    made = {"benchmarks/results/", "resources/translations/rotoflow_CODE.ts"}
    assert not missing(page.read_text("utf-8"), page.parent) - made


def test_every_picture_is_on_a_page() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES)
    assert not [path.name for path in (ROOT / "docs").glob("*.png") if path.name not in text]


def test_the_readme_is_short() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 130
    assert len(re.findall(r"^!\[", text, re.MULTILINE)) == 1


def test_every_benchmark_begins_with_its_table() -> None:
    """What was measured, by which command, when, on which commit and machine, the figure and the goal."""
    text = (ROOT / "docs/benchmarks.md").read_text("utf-8")
    listed = set(re.findall(r"^\| \[[^\]]+\]\(#([\w-]+)\)", text, re.MULTILINE))
    assert len(listed) > 15, "the list of benchmarks is found"
    columns = re.compile(r"what \| command[^|]*\| date \| commit \| machine \| figure \| goal \|\n")
    found = set()
    for section in re.split(r"^#+ ", text, flags=re.MULTILINE)[1:]:
        heading, _, rest = section.partition("\n")
        if columns.match(rest.lstrip("\n| ")):
            found.add(_anchor(heading))
    assert not listed - found
