"""Clips of every kind, made with the `ffmpeg` program: whole ones, ones with odd time stamps, joined and damaged ones.

Each frame shows its number as black and white blocks, so that a reader can be asked which frame it gave.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from core.types import Image

FRAMES = 40
SIZE = (176, 144)
_BITS = 8
_FLV_HEADER = 13
_FEW = 14
"""Frames of the family that tries every codec in every container: into the second group of pictures."""
_PATIENCE = 20
"""Timeout in seconds for ffmpeg to write a clip of one second."""


class NotWrittenError(Exception):
    """ffmpeg cannot put this codec into this container here."""


@dataclass(frozen=True)
class Kind:
    """One clip to be made: `make(path)` writes it and returns the frame numbers it holds, in the order shown."""

    name: str
    file_name: str
    make: Callable[[Path], list[int]]
    damaged: bool = False
    """What its frames hold is not certain; only that they are the same whichever way they are reached."""
    odd: bool = False
    """A note is required."""
    whole: bool = False
    """All frames have to be there, or a note says that some are not: what ffmpeg finds is no excuse."""


def numbered(number: int, size: tuple[int, int] = SIZE) -> Image:
    """A picture of (width, height) with `number` as a row of black (0) and white (1) blocks over moving stripes."""
    width, height = size
    x = np.arange(width)
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = (112 + 40 * np.sin((x + 3 * number) / 9)).astype(np.uint8)[:, None]
    block = width // _BITS
    for bit in range(_BITS):
        picture[: height // 2, bit * block : (bit + 1) * block] = 255 * (number >> bit & 1)
    return picture


def number_of(image: Image) -> int:
    """The number in a picture made by `numbered`, whatever compression did to it."""
    height, width = image.shape[:2]
    block = width // _BITS
    row = image[height // 8 : height // 2 - height // 8].mean(axis=(0, 2))
    return sum(int(row[bit * block + 3 : (bit + 1) * block - 3].mean() > 127) << bit for bit in range(_BITS))


def encode(path: Path, *options: str, first: int = 0, frames: int = FRAMES, size: tuple[int, int] = SIZE) -> list[int]:
    """Writes numbered frames with ffmpeg's options. Raises NotWrittenError."""
    raw = b"".join(numbered(first + number, size).tobytes() for number in range(frames))
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", "25", "-i", "-"]
    _ffmpeg(*source, *options, str(path), data=raw)
    return list(range(first, first + frames))


def reference(path: Path) -> list[int]:
    """The numbers that ffmpeg itself finds in a clip of numbered frames, in order; all are scaled to `SIZE`."""
    command = ["ffmpeg", "-v", "quiet", "-i", str(path), "-vf", f"scale={SIZE[0]}:{SIZE[1]}", "-vsync", "passthrough"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=900)
    frames = np.frombuffer(done.stdout, np.uint8).reshape(-1, SIZE[1], SIZE[0], 3)
    return [number_of(frame) for frame in frames]


def _ffmpeg(*arguments: str, data: bytes | None = None) -> None:
    command = ["ffmpeg", "-v", "error", "-y", *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        # some encoders hang on some containers
        raise NotWrittenError(f"{arguments[-1]}: ffmpeg hangs") from None
    if done.returncode or not Path(arguments[-1]).exists() or not Path(arguments[-1]).stat().st_size:
        raise NotWrittenError(done.stderr.decode(errors="replace")[-200:])


X264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "12", "-g", "12", "-pix_fmt", "yuv420p")
CODECS: dict[str, tuple[str, ...]] = {
    "h264": X264,
    "h264 no B": (*X264, "-bf", "0"),
    "h264 open GOP": (*X264, "-bf", "3", "-x264-params", "open-gop=1:scenecut=0:b-adapt=0:b-pyramid=normal"),
    "h264 intra refresh": (*X264, "-x264-params", "intra-refresh=1:scenecut=0"),
    "h264 interlaced": (*X264, "-flags", "+ilme+ildct"),
    "h264 10 bit": (*X264, "-pix_fmt", "yuv420p10le"),
    "h264 rgb": ("-c:v", "libx264rgb", "-preset", "veryfast", "-crf", "8", "-g", "12"),
    "hevc": ("-c:v", "libx265", "-preset", "ultrafast", "-bf", "3", "-x265-params", "keyint=12:log-level=none"),
    "hevc open GOP": ("-c:v", "libx265", "-x265-params", "keyint=12:open-gop=1:bframes=4:log-level=none"),
    "mpeg2": ("-c:v", "mpeg2video", "-bf", "2", "-q:v", "2"),
    "mpeg2 interlaced": ("-c:v", "mpeg2video", "-bf", "2", "-q:v", "2", "-flags", "+ilme+ildct"),
    "mpeg1": ("-c:v", "mpeg1video", "-bf", "2", "-q:v", "2"),
    "mpeg4": ("-c:v", "mpeg4", "-bf", "2", "-q:v", "2"),
    "xvid": ("-c:v", "libxvid", "-bf", "2", "-q:v", "2"),
    "vp8": ("-c:v", "libvpx", "-g", "12", "-auto-alt-ref", "1", "-b:v", "2M", "-deadline", "realtime"),
    "vp8 alt-ref": ("-c:v", "libvpx", "-g", "40", "-auto-alt-ref", "1", "-lag-in-frames", "16", "-b:v", "1M"),
    "vp9": ("-c:v", "libvpx-vp9", "-g", "12", "-cpu-used", "8", "-deadline", "realtime", "-b:v", "1M"),
    "vp9 alt-ref": ("-c:v", "libvpx-vp9", "-g", "12", "-cpu-used", "5", "-lag-in-frames", "16", "-b:v", "1M"),
    "av1": ("-c:v", "libsvtav1", "-preset", "12", "-g", "12"),
    "aom av1": ("-c:v", "libaom-av1", "-cpu-used", "8", "-g", "12", "-lag-in-frames", "12"),
    "rav1e": ("-c:v", "librav1e", "-speed", "10", "-g", "12"),
    "theora": ("-c:v", "libtheora", "-g", "12", "-q:v", "9"),
    "dirac": ("-c:v", "vc2", "-pix_fmt", "yuv420p"),
    "prores": ("-c:v", "prores_ks", "-profile:v", "1"),
    "prores interlaced": ("-c:v", "prores_ks", "-flags", "+ildct"),
    "prores 4444": ("-c:v", "prores_ks", "-pix_fmt", "yuva444p10le"),
    "dnxhr": ("-c:v", "dnxhd", "-profile:v", "dnxhr_sq", "-pix_fmt", "yuv422p", "-s", "256x144"),
    "cineform": ("-c:v", "cfhd"),
    "dv": ("-c:v", "dvvideo", "-pix_fmt", "yuv420p", "-s", "720x576"),
    "h261": ("-c:v", "h261", "-q:v", "3"),
    "h263": ("-c:v", "h263", "-q:v", "3"),
    "h263+": ("-c:v", "h263p", "-q:v", "3"),
    "flv1": ("-c:v", "flv", "-q:v", "3"),
    "wmv1": ("-c:v", "wmv1", "-q:v", "3"),
    "wmv2": ("-c:v", "wmv2", "-q:v", "3"),
    "msmpeg4v2": ("-c:v", "msmpeg4v2", "-q:v", "3"),
    "msmpeg4v3": ("-c:v", "msmpeg4", "-q:v", "3"),
    "rv10": ("-c:v", "rv10", "-q:v", "3"),
    "rv20": ("-c:v", "rv20", "-q:v", "3"),
    "svq1": ("-c:v", "svq1", "-g", "12", "-q:v", "3"),
    "cinepak": ("-c:v", "cinepak"),
    "msvideo1": ("-c:v", "msvideo1"),
    "roq": ("-c:v", "roqvideo", "-s", "128x128", "-r", "30"),
    "snow": ("-c:v", "snow", "-q:v", "3", "-strict", "-2"),
}
CODECS["ffv1 check sums"] = ("-c:v", "ffv1", "-level", "3", "-slices", "4")
_PLAIN = """
mjpeg ffv1 ffvhuff huffyuv utvideo magicyuv png apng gif qtrle rawvideo v210 v308 v408 v410 r10k r210 jpeg2000 ljpeg
jpegls flashsv flashsv2 zlib zmbv asv1 asv2 cljr amv speedhq hap rpza smc avrp y41p qoi targa bmp tiff sgi dpx exr pcx
ppm webp libwebp_anim vbn yuv4 avui ayuv libjxl bitpacked
"""
CODECS |= {name: ("-c:v", name) for name in _PLAIN.split()}
CODECS["planes"] = ("-pix_fmt", "yuv420p")
_CONTAINERS = """
mp4 mov mkv webm avi ts m2ts mpg vob flv ogv wmv asf mxf nut gif apng webp rm 3gp dv ivf h264 hevc m2v m4v obu mjpeg
h261 h263 swf roq y4m f4v wtv amv drc ismv
"""
CONTAINERS = _CONTAINERS.split()


def encoded(codec: str, path: Path) -> list[int]:
    """Writes a clip in the codec of that name; see `Kind.make`."""
    return encode(path, *CODECS[codec], frames=_FEW)


_ONLY = {
    # elementary streams and the like, into which ffmpeg writes anything without complaint
    "h264": "h264",
    "hevc": "hevc",
    "m2v": "mpeg2",
    "m4v": "mpeg4 xvid",
    "mjpeg": "mjpeg",
    "h261": "h261",
    "h263": "h263",
    "obu": "av1 aom rav1e",
    "dv": "dv",
    "roq": "roq",
    "gif": "gif",
    "apng": "apng",
    "amv": "amv",
    "drc": "dirac",
    "rm": "rv10 rv20",
    "webp": "webp libwebp_anim",
    "y4m": "planes",
}


_UNNAMED = {("smc", "avi")}
"""Pairs that ffmpeg writes without a codec name; it reads them back as noise itself."""


def whole(codecs: list[str] | None = None, containers: list[str] | None = None) -> Iterator[Kind]:
    """Every codec in every container; most pairs are refused when they are made."""
    for codec in codecs or CODECS:
        for container in containers or CONTAINERS:
            if container in _ONLY and not codec.startswith(tuple(_ONLY[container].split())):
                continue
            if codec == "planes" and container != "y4m":
                continue
            unnamed = (codec, container) in _UNNAMED
            yield Kind(f"{codec} in {container}", f"a.{container}", partial(encoded, codec), damaged=unnamed)


_UNORDERED = ("h264 no B", "vp9", "mjpeg", "ffv1")
"""Codecs that store frames as they are shown, so both times of a packet are the same."""
STAMPS: dict[str, str] = {
    # of packets as they are stored; P is the stamp a packet has
    "repeated late": "if(eq(N,16)+eq(N,20),PREV_OUTPTS,PTS)",
    "repeated early": "if(eq(N,3)+eq(N,5),PREV_OUTPTS,PTS)",
    "all the same": "0",
    "missing": "if(eq(mod(N,7),4),NOPTS,PTS)",
    "all missing": "NOPTS",
    "two changed over": "if(eq(N,18),PTS+2*DURATION,if(eq(N,20),PTS-2*DURATION,PTS))",
    "begin again": "if(gte(N,22),PTS-20*DURATION,PTS)",
    "falling": "PTS-2*N*DURATION",
    "a leap ahead": "if(gte(N,22),PTS+5000*DURATION,PTS)",
}


def stamped(codecs: list[str], containers: list[str], stamps: list[str] | None = None) -> Iterator[Kind]:
    """Clips whose time stamps are not what they should be."""
    for codec in codecs:
        for container in containers:
            for name in stamps or STAMPS:

                def make(path: Path, codec: str = codec, name: str = name) -> list[int]:
                    plain = path.with_name(f"plain{path.suffix}")
                    numbers = encode(plain, *CODECS[codec])
                    order = f"setts=pts='{STAMPS[name]}'" + (f":dts='{STAMPS[name]}'" if codec in _UNORDERED else "")
                    _ffmpeg("-i", str(plain), "-c", "copy", "-bsf:v", order, str(path))
                    return numbers

                yield Kind(f"{codec} in {container}, stamps {name}", f"a.{container}", make)


def _put_together(
    path: Path, codec: str, sizes: tuple[tuple[int, int], ...], header: int = 0, seconds: int = 0, frames: int = 20
) -> list[int]:
    """One recording of each size after the other, byte by byte, the later ones without so many bytes of their header;
    each begins `seconds` after the one before, or all at zero. Returns the frames' numbers.
    """
    numbers: list[int] = []
    data = b""
    for part, size in enumerate(sizes):
        piece = path.with_name(f"part{part}{path.suffix}")
        later = ("-output_ts_offset", str(seconds * part)) if seconds else ()
        numbers += encode(piece, *CODECS[codec], *later, first=40 * part, frames=frames, size=size)
        data += piece.read_bytes()[header if part else 0 :]
    path.write_bytes(data)
    return numbers


def joined() -> Iterator[Kind]:
    """Recordings put one after another, byte by byte, as broadcast recorders and `cat` do."""
    small, large = SIZE, (SIZE[0] * 2, SIZE[1] * 2)
    containers = {"ts": ["h264", "h264 no B", "h264 open GOP", "hevc", "mpeg2", "mpeg4"], "mpg": ["mpeg2", "mpeg1"]}
    containers |= {"h264": ["h264"], "hevc": ["hevc"], "m2v": ["mpeg2"], "mjpeg": ["mjpeg"], "m2ts": ["h264"]}
    containers |= {"obu": ["av1"], "dv": ["dv"], "drc": ["dirac"]}
    # those that are not made for it
    containers |= {"mkv": ["h264", "hevc", "ffv1", "mpeg4"], "webm": ["vp8", "vp9", "av1"], "flv": ["h264", "flv1"]}
    containers |= {"mp4": ["h264", "hevc", "av1"], "mov": ["prores", "h264"], "3gp": ["h264"], "ismv": ["h264"]}
    containers |= {"avi": ["mpeg4", "h264"], "ivf": ["vp8", "vp9"], "asf": ["wmv2"], "nut": ["h264"], "mxf": ["mpeg2"]}
    containers |= {"ogv": ["theora"], "gif": ["gif"], "rm": ["rv10"], "swf": ["flv1"], "wtv": ["mpeg2"]}
    containers |= {"y4m": ["planes"], "apng": ["apng"], "webp": ["libwebp_anim"]}
    for container, codecs in containers.items():
        for codec in codecs:
            for sizes in ((small, small), (small, large), (large, small, small)):
                if "-s" in CODECS[codec] and len(set(sizes)) > 1:
                    continue

                make = partial(_put_together, codec=codec, sizes=sizes)
                change = "" if len(set(sizes)) == 1 else ", size changes"
                name = f"{len(sizes)} of {codec} in {container} joined{change}"
                yield Kind(name, f"a.{container}", make, whole=True)


def rejoined() -> Iterator[Kind]:
    """FLV as servers record it: the connection begins again, and the stream with it, without another file header."""
    for codec in ("h264", "h264 no B", "flv1"):
        for sizes in ((SIZE, SIZE), (SIZE, (SIZE[0] * 2, SIZE[1] * 2))):
            make = partial(_put_together, codec=codec, sizes=sizes, header=_FLV_HEADER)
            change = "" if len(set(sizes)) == 1 else ", size changes"
            yield Kind(f"{codec} in flv, begun again{change}", "a.flv", make, whole=True)


def changing() -> Iterator[Kind]:
    """Streams that are broadcast on with another size, larger than what is decoded whole when it is opened."""
    large, small = (1280, 720), (640, 360)
    for codec in ("h264", "mpeg2", "hevc"):
        for sizes in ((large, small), (small, large)):
            make = partial(_put_together, codec=codec, sizes=sizes, seconds=2, frames=30)
            yield Kind(f"{codec} in ts, goes on with {sizes[1][0]} pixels", "a.ts", make, odd=True, whole=True)


def cut_open() -> Iterator[Kind]:
    """Recordings that begin and end in the middle of a structure."""
    for codec in ("h264", "h264 open GOP", "hevc open GOP", "mpeg2"):
        for share in (0.2, 0.45):

            def make(path: Path, codec: str = codec, share: float = share) -> list[int]:
                numbers = encode(path, *CODECS[codec])
                data = path.read_bytes()
                at = int(len(data) * share) // 188 * 188
                path.write_bytes(data[at:])
                return numbers

            yield Kind(f"{codec} in ts, begins at {share:.0%}", "a.ts", make, damaged=True)


def damaged(codecs: list[str], containers: list[str], seeds: int) -> Iterator[Kind]:
    """Clips in which some bytes are wrong, zero or gone."""
    for codec in codecs:
        for container in containers:
            for seed in range(seeds):
                for how in ("changed", "zeroed", "gone"):

                    def make(path: Path, codec: str = codec, seed: int = seed, how: str = how) -> list[int]:
                        numbers = encode(path, *CODECS[codec])
                        path.write_bytes(damage_bytes(path.read_bytes(), seed, how))
                        return numbers

                    yield Kind(f"{codec} in {container}, bytes {how} {seed}", f"a.{container}", make, damaged=True)


def damage_bytes(data: bytes, seed: int, how: str) -> bytes:
    """The bytes of a file, damaged at a few positions between its header and its end."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(4):
        at = chance.randrange(len(data) // 5, len(data) * 4 // 5)
        if how == "changed":
            for offset in range(3):
                changed[at + 7 * offset] ^= 1 << chance.randrange(8)
        elif how == "zeroed":
            changed[at : at + 40] = bytes(40)
        else:
            # the rest moves up, as if a piece of a transmission was lost
            del changed[at : at + 60]
    return bytes(changed)
