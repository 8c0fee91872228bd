"""Damaged and malicious input: it is read, or gives a typed error; no crash, hang or other exception."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import PIL.Image

import resources
from benchmarks.trust.kills import FRAMES, SIZE, make_scene, run
from benchmarks.trust.spoiling import spoil, spoil_text
from benchmarks.trust.tally import Case, Generator, Tally, try_apart
from benchmarks.video_writer import VideoWriter
from core.batch.folders import read_batch
from core.datasets.formats import DATASET_FORMATS
from core.errors import RotoflowError
from core.masks import read_mask, write_mask
from core.media import open_video
from core.project import Project
from core.project.repair import is_sound, repair

_TEXTS = frozenset({".json", ".xml", ".txt", ".yaml", ".csv", ".toml"})


def numbered(rng: Generator) -> Callable[[int], Generator]:
    """A source of randomness for each number, so that one case can be run alone."""
    seed = int(rng.integers(1 << 30))
    return lambda number: np.random.default_rng([seed, number])


# -- projects


def project_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Opens and repairs `count` damaged projects."""
    make_scene(Path())
    data, source = Path("p.roto").read_bytes(), numbered(rng)

    def one(number: int) -> str:
        path, mended = Path("spoiled.roto"), Path("mended.roto")
        for left in (*Path().glob("spoiled.roto*"), *Path().glob("mended.roto*")):
            left.unlink()
        path.write_bytes(spoil(data, source(number)))
        with contextlib.suppress(RotoflowError), Project.open(path) as project:
            for index in range(min(FRAMES, project.frame_count)):
                with contextlib.suppress(RotoflowError):
                    project.labels(index)
            project.history.undo()
        with contextlib.suppress(RotoflowError):
            repair(path, mended)
            if not is_sound(mended):
                return "the repaired project is not sound"
        return ""

    try_apart(tally, count, one)


# -- clips

_CONTAINERS = {
    "h264.mp4": ("libx264", {"g": "6", "bf": "2", "preset": "ultrafast"}),
    "hevc.mov": ("libx265", {"preset": "ultrafast", "x265-params": "log-level=none"}),
    "h264.ts": ("libx264", {"g": "6", "preset": "ultrafast"}),
    "prores.mov": ("prores_ks", {}),
    "ffv1.mkv": ("ffv1", {}),
    "vp9.webm": ("libvpx-vp9", {"deadline": "realtime", "cpu-used": "8"}),
    "mpeg4.avi": ("mpeg4", {}),
}
_PICTURES = ("png", "jpg", "tif", "webp", "bmp", "exr", "dpx", "gif")


def clip_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Reads `count` damaged clips, of the sample and of each container and codec."""
    scene = _pictures(12)
    for name, (codec, options) in _CONTAINERS.items():
        with VideoWriter(Path(name), SIZE, Fraction(24), codec, options) as writer:
            for picture in scene:
                writer.write(picture)
    whole = [Path(name) for name in _CONTAINERS]
    whole.append(Path(resources.__file__).parent / "sample" / "clip.mp4")
    extra = os.environ.get("ROTOFLOW_CLIPS")
    whole += [path for path in sorted(Path(extra).iterdir()) if path.is_file()] if extra else []
    source = numbered(rng)

    def one(number: int) -> str:
        random = source(number)
        path = whole[number % len(whole)]
        spoiled = Path(f"spoiled{path.suffix}")
        spoiled.write_bytes(spoil(path.read_bytes(), random))
        return f"{path.name}: {fault}" if (fault := _clip_fault(spoiled, random)) else ""

    try_apart(tally, count, one, seconds=60)


def _clip_fault(path: Path, random: Generator) -> str:
    try:
        with open_video(path) as clip:
            wanted = {0, clip.frame_count // 2, clip.frame_count - 1, int(random.integers(clip.frame_count))}
            for index in sorted(wanted, key=lambda _: random.random()):
                with contextlib.suppress(RotoflowError):
                    shape = clip.read(index).shape
                    if shape != (*clip.size[::-1], 3):
                        return f"frame {index} is {shape}, said was {clip.size}"
    except RotoflowError:
        pass
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def picture_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Reads `count` damaged pictures, each in a sequence with whole ones."""
    for kind in _PICTURES:
        folder = Path(kind)
        folder.mkdir()
        for index, picture in enumerate(_pictures(3)):
            _write_picture(folder / f"{index:03}.{kind}", picture)
    source = numbered(rng)

    def one(number: int) -> str:
        random, kind = source(number), _PICTURES[number % len(_PICTURES)]
        folder = Path("spoiled")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(kind, folder)
        path = sorted(folder.iterdir())[int(random.integers(3))]
        path.write_bytes(spoil(path.read_bytes(), random))
        fault = _clip_fault(folder, random) or _clip_fault(path, random) or _mask_fault(path)
        return f"{kind}: {fault}" if fault else ""

    try_apart(tally, count, one)


def _pictures(count: int) -> list[np.ndarray]:
    pictures = []
    for index in range(count):
        picture = np.full((*SIZE[::-1], 3), 90, np.uint8)
        picture[20:44, 10 + 3 * index : 40 + 3 * index] = (200, 90, 40)
        pictures.append(picture)
    return pictures


def _write_picture(path: Path, picture: np.ndarray) -> None:
    if path.suffix in (".exr", ".dpx"):
        import OpenImageIO as oiio

        output = oiio.ImageOutput.create(str(path))
        assert output is not None
        height, width = picture.shape[:2]
        output.open(str(path), oiio.ImageSpec(width, height, 3, "half" if path.suffix == ".exr" else "uint16"))
        output.write_image(picture.astype(np.float32) / 255)
        output.close()
    else:
        PIL.Image.fromarray(picture).save(path)


# -- masks


def mask_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Reads `count` damaged masks."""
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[20:44, 10:40] = 1
    labels[30:50, 50:70] = 7
    write_mask(Path("palette.png"), labels)
    PIL.Image.fromarray(labels * 30).save("grey.png")
    PIL.Image.fromarray(labels.astype(np.uint16) * 1000).save("deep.png")
    PIL.Image.fromarray(np.stack([labels * 30, labels, 255 - labels], 2)).save("colours.png")
    PIL.Image.fromarray(labels * 30).save("mask.tif")
    PIL.Image.fromarray(labels).save("mask.gif")
    whole = sorted(Path().iterdir())
    source = numbered(rng)

    def one(number: int) -> str:
        path = whole[number % len(whole)]
        spoiled = Path(f"spoiled{path.suffix}")
        spoiled.write_bytes(spoil(path.read_bytes(), source(number)))
        return f"{path.name}: {fault}" if (fault := _mask_fault(spoiled)) else ""

    try_apart(tally, count, one)


def _mask_fault(path: Path) -> str:
    try:
        found = read_mask(path, SIZE)
        if found.shape != SIZE[::-1] or found.dtype != np.uint8:
            return f"gives {found.shape} {found.dtype}"
    except RotoflowError:
        pass
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


# -- datasets


def dataset_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Reads `count` datasets of every layout in which one file is damaged or hostile."""
    make_scene(Path())
    Path("whole").mkdir()
    layouts = [name for name, layout in DATASET_FORMATS.items() if layout.writer is not None]
    for name in layouts:
        run("dataset", "write", "p.roto", "--format", name, "--every", "8", "--out", f"whole/{name}")
    there, source = set(Path().iterdir()), numbered(rng)

    def one(number: int) -> str:
        random, name = source(number), layouts[number % len(layouts)]
        folder, out = Path("spoiled"), Path("spoiled-out")
        for left in (folder, out):
            shutil.rmtree(left, ignore_errors=True)
        shutil.copytree(f"whole/{name}", folder)
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
        texts = [path for path in files if path.suffix in _TEXTS]
        chosen = texts if texts and random.random() < 0.8 else files
        path = chosen[int(random.integers(len(chosen)))]
        spoiler = spoil_text if path.suffix in _TEXTS else spoil
        path.write_bytes(spoiler(path.read_bytes(), random))
        code = run("dataset", "read", str(folder), "--format", name, "--out", str(out))
        if code not in (0, 1):
            return f"{name}, {path.name}: exit code {code}"
        strange = [path for path in Path().iterdir() if path not in there | {folder, out}]
        return f"{name}: wrote {strange[0]}" if strange or Path("../escaped").exists() else ""

    try_apart(tally, count, one, seconds=60)


# -- lists of clips


def manifest_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Reads `count` damaged or hostile manifests."""
    make_scene(Path())
    clip = {"clip": "clip.mp4", "mask": "clip.png", "engine": "fake", "export": ["masks", "h264"], "name": "one"}
    more = {"clip": "clip.mp4", "anchors": {"0": "clip.png", "5": "clip.png"}, "first": 2, "last": 9, "name": "two"}
    Path("m.json").write_text(json.dumps({"defaults": {"quality": "fast"}, "clip": [clip, more]}), encoding="utf-8")
    Path("m.toml").write_text(
        '[defaults]\nengine = "fake"\n[[clip]]\nclip = "clip.mp4"\nmask = "clip.png"\nfirst = 0\nlast = 20\n'
        '[[clip]]\nname = "b"\nclip = "clip.mp4"\nmask = "clip.png"\nexport = ["masks"]\n',
        encoding="utf-8",
    )
    Path("m.csv").write_text(
        "clip,mask,name,engine,export,last\nclip.mp4,clip.png,a,fake,masks,9\nclip.mp4,clip.png,b,,matte,\n",
        encoding="utf-8",
    )
    whole, source = [Path(f"m.{kind}") for kind in ("json", "toml", "csv")], numbered(rng)

    def one(number: int) -> str:
        path = whole[number % len(whole)]
        spoiled = Path(f"spoiled{path.suffix}")
        spoiled.write_bytes(spoil_text(path.read_bytes(), source(number)))
        with contextlib.suppress(RotoflowError):
            read_batch(spoiled)
        return ""

    try_apart(tally, count, one)


# -- weights


def weights_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Opens `count` damaged networks."""
    from core.vos.network.onnx_runtime import GRAPHS, OnnxRuntime

    folder = Path(resources.__file__).parent / "models"
    graphs = {part: (folder / f"compact-{part}.onnx").read_bytes() for part in GRAPHS}
    source = numbered(rng)

    def one(number: int) -> str:
        part = list(GRAPHS)[number % len(GRAPHS)]
        with contextlib.suppress(RotoflowError):
            OnnxRuntime({**graphs, part: spoil(graphs[part], source(number))}, 1)
        return ""

    try_apart(tally, count, one, seconds=30)


CASES = {
    "damaged: project": Case(project_cases, 2000, 40),
    "damaged: clip": Case(clip_cases, 2000, 32),
    "damaged: pictures": Case(picture_cases, 2000, 50),
    "damaged: mask": Case(mask_cases, 2000, 60),
    "damaged: dataset": Case(dataset_cases, 1000, 12),
    "damaged: manifest": Case(manifest_cases, 3000, 100),
    "damaged: network": Case(weights_cases, 200, 6),
}
"""The cases by name."""
