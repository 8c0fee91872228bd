"""The program's dependencies with their licences, and a software bill of materials (SBOM).

python -m tools.dependencies            prints packages, versions and licences
python -m tools.dependencies --sbom F   writes a CycloneDX 1.6 file, as `make wheel` does
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
NAME = "rotoflow"
EXTRAS = ("cluster", "engines", "explain", "train", "bench", "dev")
_NVIDIA = "LicenseRef-NVIDIA-Proprietary"
_SPDX = {
    "Apache 2.0 License": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "FreeBSD": "BSD-2-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "NVIDIA Proprietary Software": _NVIDIA,
    "Python Software Foundation License": "PSF-2.0",
}
"""What packages call their licences, by its SPDX name."""
_IN_A_FILE = {"openexr": "BSD-3-Clause", "scikit-image": "BSD-3-Clause", "cuda-toolkit": _NVIDIA}
"""Licences of packages that state it only in a file of theirs."""


@dataclass(frozen=True)
class Dependency:
    """An installed package. `licence` is an SPDX expression, "" if it says none; `needs` are names."""

    name: str
    version: str
    licence: str
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        """The package's address in the index."""
        return f"pkg:pypi/{self.name}@{self.version}"


def dependencies(extras: Iterable[str] = ()) -> list[Dependency]:
    """The program itself and all that it needs here, by name. What is needed on other systems only is left out."""
    found: dict[str, Dependency] = {}
    waiting = [(NAME, frozenset(extras))]
    asked: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in asked:
            continue
        asked.add((name, wanted))
        try:
            package = distribution(name)
        except PackageNotFoundError:
            # an extra that is not installed
            continue
        needed = _needed(package, wanted)
        before = found[name].needs if name in found else ()
        needs = tuple(sorted({*before, *(one for one, _ in needed)}))
        found[name] = Dependency(name, package.version, _licence(package, name), needs)
        waiting += needed
    return [found[name] for name in sorted(found)]


def _needed(package: Distribution, extras: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    needed: list[tuple[str, frozenset[str]]] = []
    for line in package.requires or []:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            needed.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))
    return needed


def _licence(package: Distribution, name: str) -> str:
    metadata = package.metadata
    for expression in metadata.get_all("License-Expression") or []:
        return str(expression)
    if name in _IN_A_FILE:
        return _IN_A_FILE[name]
    # whole texts stand there, too
    field = str((metadata.get_all("License") or [""])[0]).strip().partition("\n")[0].strip()
    if field and len(field) < 60 and "(c)" not in field:
        return _SPDX.get(field, field)
    for line in metadata.get_all("Classifier") or []:
        if line.startswith("License ::"):
            own = line.rpartition(" :: ")[2]
            return _SPDX.get(own, own)
    return _SPDX.get(field, "")


def bill_of_materials() -> dict[str, object]:
    """All that the wheel holds and needs, as CycloneDX 1.6; the same each time for the same versions."""
    found = dependencies()
    own = next(one for one in found if one.name == NAME)
    others = [one for one in found if one is not own]
    named = {one.name: one for one in found}
    components = [_component(one, "library") for one in others] + list(_weights())
    links = [
        {"ref": one.purl, "dependsOn": sorted(named[need].purl for need in one.needs if need in named)} for one in found
    ]
    mark = hashlib.sha256(json.dumps([components, links]).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(mark[:32])}",
        "version": 1,
        "metadata": {"component": _component(own, "application")},
        "components": components,
        "dependencies": links,
    }


def _component(one: Dependency, kind: str) -> dict[str, object]:
    component: dict[str, object] = {
        "type": kind,
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "purl": one.purl,
    }
    if one.licence:
        component["licenses"] = [{"expression": one.licence}]
    return component


def _weights() -> Iterable[dict[str, object]]:
    for path in sorted((ROOT / "resources" / "models").iterdir()):
        if path.suffix in (".safetensors", ".onnx"):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            hashes = [{"alg": "SHA-256", "content": digest}]
            yield {"type": "machine-learning-model", "bom-ref": path.name, "name": path.name, "hashes": hashes}


def main() -> int:
    """Prints the list, or writes the bill."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sbom", type=Path, help="the file to write")
    args = parser.parse_args()
    if args.sbom:
        args.sbom.parent.mkdir(parents=True, exist_ok=True)
        args.sbom.write_text(json.dumps(bill_of_materials(), indent=1) + "\n", encoding="utf-8")
        print(args.sbom)
        return 0
    for one in dependencies(EXTRAS):
        print(f"{one.name:32} {one.version:14} {one.licence}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
