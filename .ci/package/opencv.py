"""`python .ci/package/opencv.py FOLDER`: the OpenCV of the folder that people download for Linux.

The one that pip brings weighs 155 MB there: linear algebra that nothing calls, networks, cameras,
and every codec of FFmpeg's. Into FOLDER comes the same version, made of pip's own sources, with the
modules that the game calls and FFmpeg's writer of MP4 alone, a tenth of that; `build.py --opencv`
takes it from there. FFmpeg's sources are the system's (Debian's family), built under its LGPL.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "opencv-python-headless"
LIBRARIES = "opencv_python_headless.libs"  # as in the package: beside cv2, what it is linked to
TOOLS = ("cmake>=3.26", "ninja", "numpy>=2")
# What the replay's MP4 takes: `CODECS` in game/persistence/films.py.
FFMPEG = (
    "--disable-everything", "--disable-programs", "--disable-doc", "--disable-autodetect",
    "--disable-x86asm", "--disable-avdevice", "--disable-avfilter", "--disable-swresample",
    "--disable-postproc", "--disable-network", "--disable-static", "--enable-shared",
    "--enable-encoder=mpeg4", "--enable-muxer=mp4", "--enable-protocol=file",
)  # fmt: skip
MODULES = "core,imgproc,imgcodecs,videoio,python3"
WITHOUT = (
    "1394", "ADE", "AVIF", "EIGEN", "FLATBUFFERS", "GSTREAMER", "GTK", "IPP", "ITT", "JASPER",
    "KLEIDICV", "LAPACK", "OBSENSOR", "OPENCL", "OPENEXR", "OPENJPEG", "PROTOBUF", "TIFF",
    "UNIFONT", "V4L", "VA", "WEBP",
)  # fmt: skip
OPENCV = (
    "-DCMAKE_BUILD_TYPE=Release", f"-DBUILD_LIST={MODULES}", "-DBUILD_SHARED_LIBS=OFF",
    "-DPYTHON3_LIMITED_API=ON", "-DOPENCV_PYTHON3_INSTALL_PATH=python", "-DWITH_FFMPEG=ON",
    *(f"-DWITH_{name}=OFF" for name in WITHOUT),
    *(f"-DBUILD_{name}=ON" for name in ("opencv_python3", "ZLIB", "PNG", "JPEG")),
    *(f"-DBUILD_{name}=OFF" for name in ("TESTS", "PERF_TESTS", "DOCS", "JAVA", "opencv_apps")),
    # For every processor of the last fifteen years: what is read here is small, and would hardly
    # be read faster by code for newer ones, which takes as long again to build.
    "-DCPU_BASELINE=SSE4_2", "-DCPU_DISPATCH=",
    # What cv2 is linked to is beside it, also what its libraries are linked to.
    f"-DCMAKE_INSTALL_RPATH=$ORIGIN/../../{LIBRARIES}",
    "-DCMAKE_MODULE_LINKER_FLAGS=-Wl,--disable-new-dtags",
)  # fmt: skip
TRY = """
import cv2, numpy, pathlib, sys
page = cv2.imencode(".png", numpy.zeros((8, 8), numpy.uint8))[1]
assert cv2.imdecode(page, cv2.IMREAD_UNCHANGED).shape == (8, 8)
lacking = [name for name in sys.argv[2:] if not hasattr(cv2, name)]
assert not lacking, lacking
film = pathlib.Path(sys.argv[1])
writer = cv2.VideoWriter(str(film), cv2.VideoWriter.fourcc(*"mp4v"), 25.0, (64, 64))
for grey in range(25):
    writer.write(numpy.full((64, 64, 3), 10 * grey, numpy.uint8))
writer.release()
assert film.stat().st_size > 500, "no film"
print("OpenCV", cv2.__version__, cv2.__file__)
"""


def run(*words: str | Path, inside: Path, extra: Mapping[str, str] | None = None) -> None:
    """Run a command in a folder, with some more environment."""
    print("+", *words, flush=True)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env = clean | dict(extra or {})
    subprocess.run([str(word) for word in words], cwd=inside, env=env, check=True)


def called() -> list[str]:
    """The names in OpenCV that playing and reading know."""
    files = (path for folder in ("game", "recognizer") for path in (ROOT / folder).rglob("*.py"))
    texts = (path.read_text(encoding="utf-8") for path in files)
    return sorted({name for text in texts for name in re.findall(r"\bcv2\.([A-Za-z]\w*)", text)})


def of_sources(listed: str) -> str:
    """A list of apt's that asks for sources where it asked for packages, in either of its forms."""
    lines = []
    for line in listed.splitlines():
        first, _, rest = line.partition(" ")
        if first == "deb":
            lines.append(f"deb-src {rest}")
        elif first == "Types:":
            lines.append("Types: deb-src")
        elif first != "deb-src":
            lines.append(line)
    return "\n".join(lines) + "\n"


def fetched_ffmpeg(work: Path) -> Path:
    """The folder with FFmpeg's sources, from where the system has its packages; needs no root."""
    apt = work / "apt"
    for folder in ("state/lists/partial", "cache/archives/partial", "parts"):
        (apt / folder).mkdir(parents=True)
    system = Path("/etc/apt")
    for file in (system / "sources.list", *sorted((system / "sources.list.d").glob("*"))):
        if file.suffix in {".list", ".sources"} and file.is_file():
            asked = of_sources(file.read_text(encoding="utf-8"))
            (apt / "parts" / file.name).write_text(asked, encoding="utf-8")
    options = [
        f"Dir::Etc::SourceParts={apt / 'parts'}", "Dir::Etc::SourceList=/dev/null",
        f"Dir::State::Lists={apt / 'state/lists'}", f"Dir::Cache={apt / 'cache'}",
        "APT::Sandbox::User=",
    ]  # fmt: skip
    words = ["apt-get", "-qq", *(word for option in options for word in ("-o", option))]
    run(*words, "update", inside=work)
    run(*words, "source", "--download-only", "ffmpeg", inside=work)
    (archive,) = work.glob("ffmpeg_*.orig.tar.*z")  # Debian's own changes are for its packages
    shutil.unpack_archive(archive, work / "sources", filter="data")
    (folder,) = (work / "sources").glob("[Ff][Ff]mpeg*")
    return folder


def ffmpeg(work: Path) -> Path:
    """Build FFmpeg's libraries; the folder they are installed in."""
    folder, installed = fetched_ffmpeg(work), work / "ffmpeg"
    run("./configure", f"--prefix={installed}", *FFMPEG, inside=folder)
    run("make", f"-j{os.cpu_count()}", "--silent", "install", inside=folder)
    return installed


def fetched_opencv(python: Path, work: Path) -> Path:
    """The folder with OpenCV's sources, as its package brings them."""
    words = ("--no-deps", "--no-binary", PACKAGE, "--dest", work / "package", PACKAGE)
    run(python, "-m", "pip", "download", "--quiet", *words, inside=work)
    (archive,) = (work / "package").glob("*.tar.gz")
    shutil.unpack_archive(archive, work / "package", filter="data")
    (folder,) = (work / "package").glob("*/opencv")
    return folder


def opencv(python: Path, codecs: Path, work: Path) -> Path:
    """Build OpenCV with these codecs; the folder with Python's package of it, licences and all."""
    sources = fetched_opencv(python, work)
    tools = python.parent
    headers = sysconfig.get_path("include")
    library = Path(str(sysconfig.get_config_var("LIBDIR")), sysconfig.get_config_var("LDLIBRARY"))
    extra = {
        "LD_LIBRARY_PATH": str(codecs / "lib"),
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PKG_CONFIG_PATH": str(codecs / "lib/pkgconfig"),
    }
    run(
        tools / "cmake", "-G", "Ninja", "-S", sources, "-B", work / "build",
        f"-DCMAKE_INSTALL_PREFIX={work / 'opencv'}", f"-DPYTHON3_EXECUTABLE={python}",
        f"-DPYTHON3_INCLUDE_DIR={headers}", f"-DPYTHON3_LIBRARY={library}", *OPENCV,
        inside=work, extra=extra,
    )  # fmt: skip
    run(tools / "ninja", "-C", work / "build", "--quiet", "install", inside=work, extra=extra)
    made = work / "opencv/python/cv2"
    for text in sources.parent.glob("LICENSE*"):
        shutil.copy(text, made)
    return made


def main() -> int:
    """Build it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="made anew")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="made anew, too")
    given = parser.parse_args()
    if sys.platform != "linux" or shutil.which("apt-get") is None:
        print("This takes FFmpeg's sources from apt-get; elsewhere pip's OpenCV has to do.")
        return 1
    out, work = given.folder.resolve(), given.work.resolve()
    for folder in (out, work):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    run(sys.executable, "-m", "venv", work / "tools", inside=work)
    python = work / "tools/bin/python"
    run(python, "-m", "pip", "install", "--quiet", *TOOLS, inside=work)
    codecs = ffmpeg(work)
    shutil.copytree(opencv(python, codecs, work), out / "cv2")
    (out / LIBRARIES).mkdir()
    for library in sorted((codecs / "lib").glob("lib*.so.*")):
        if library.name.count(".") == 2:  # libavcodec.so.59, the name that is asked for
            shutil.copy(library, out / LIBRARIES)
    for library in out.rglob("*.so*"):
        run("strip", "--strip-unneeded", library, inside=work)
    known = {"PYTHONPATH": str(out), "PYTHONDONTWRITEBYTECODE": "1"}
    run(python, "-c", TRY, work / "film.mp4", *called(), inside=work, extra=known)
    weight = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    print(f"{out}: {weight / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
