"""What the program is made of: pinned, under licences that let it be given away, and written down."""

from __future__ import annotations

import json
import re

import pytest
from packaging.utils import canonicalize_name

from tools.audit import CONSTRAINTS, read_answer
from tools.dependencies import EXTRAS, NAME, bill_of_materials, dependencies

PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU"),
    *("Zlib", "CNRI-Python", "ISC License", "PSF-2.0"),
}
PARTICULAR = {
    # used as it is, as a library that anybody can replace
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    # a progress bar of the optional engines, used as it is
    "tqdm": "MPL-2.0",
    # for working on the program; nothing of it is given away
    "hypothesis": "MPL-2.0",
    "pathspec": "MPL-2.0",
}
"""Licences that are allowed to one package."""


def allowed(expression: str, name: str) -> bool:
    """Whether what an SPDX expression asks for can be met. Parentheses do not occur."""
    accepted = PERMISSIVE | {PARTICULAR.get(name, "MIT")}
    return all(
        any(one.partition(" WITH ")[0].strip() in accepted for one in term.split(" OR "))
        for term in expression.split(" AND ")
    )


def of_graphics_cards(name: str) -> bool:
    """Parts of torch's own wheel for GPUs, which NVIDIA lets anybody install; none is needed, and none is in ours."""
    return name.startswith(("nvidia-", "cuda-"))


def pinned() -> dict[str, str]:
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


def test_every_licence_lets_the_program_be_given_away() -> None:
    found = {one.name: one.licence for one in dependencies(EXTRAS) if not of_graphics_cards(one.name)}
    assert len(found) > 40
    assert {name: licence for name, licence in found.items() if not allowed(licence, name)} == {}


@pytest.mark.parametrize(
    ("expression", "good"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND MIT", True),
        ("GPL-2.0-only OR MIT", True),
        ("Apache-2.0 WITH LLVM-exception AND MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("LGPL-3.0-only", False),
        ("", False),
    ],
)
def test_what_is_allowed(expression: str, good: bool) -> None:
    assert allowed(expression, "some") == good


def test_all_that_is_needed_is_pinned() -> None:
    versions = pinned()
    # of torch's own parts there are others for each kind of machine
    free = {NAME, "triton"}
    needed = [one for one in dependencies() if one.name not in free and not of_graphics_cards(one.name)]
    assert [one.name for one in needed if one.name not in versions] == []


def test_the_bill_of_materials_names_everything_once() -> None:
    bill = json.loads(json.dumps(bill_of_materials()))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    assert bill["metadata"]["component"]["name"] == NAME
    names = [one["name"] for one in bill["components"]]
    assert len(set(names)) == len(names)
    assert {"torch", "pyside6-essentials", "compact.safetensors"} <= set(names)
    assert not {"pytest", "ruff", NAME} & set(names)
    refs = {one["bom-ref"] for one in [*bill["components"], bill["metadata"]["component"]]}
    for link in bill["dependencies"]:
        assert {link["ref"], *link["dependsOn"]} <= refs
    assert bill_of_materials() == bill_of_materials()


def test_an_audit_states_what_it_found_and_what_it_could_not_look_up() -> None:
    answer = {
        "dependencies": [
            {"name": "one", "version": "1", "vulns": []},
            {"name": "two", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]},
            {"name": "three", "skip_reason": "not found"},
        ],
        "fixes": [],
    }
    found = read_answer("WARNING: slow\n" + json.dumps(answer))
    assert found.faults == ("two 2: PYSEC-1, mended in 2.1",)
    assert found.text.splitlines() == [
        "2 of 3 packages were looked up.",
        "SKIPPED, for the index does not answer for them: 1 packages (three)",
        "FAULT two 2: PYSEC-1, mended in 2.1",
    ]
    with pytest.raises(ValueError):
        read_answer("Connection refused")
