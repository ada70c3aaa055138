"""Builds what is measured, installs the peers, and says what machine and versions these are."""

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from . import place
from .measure import Failed, output


def cargo() -> str:
    return os.environ.get("CARGO", "cargo")


def build() -> None:
    """The release build, as anyone would make it, and then the tools: in one build the reference
    engine, which a tool asks for, would be in the measured program too."""
    # What is measured is what lies in `target`, wherever this shell builds by custom.
    env = os.environ | {"CARGO_TARGET_DIR": str(place.REPOSITORY / "target")}
    build = [cargo(), "build", "--release", "--locked"]
    subprocess.run([*build, "--bin", "framescope"], check=True, env=env)
    subprocess.run([*build, "-p", "framescope-bench", "--features", "reference"], check=True, env=env)


def install() -> None:
    """The peers and the word lists, in an environment of their own."""
    if not place.PYTHON.exists():
        subprocess.run(["python3", "-m", "venv", place.VENV], check=True)
    requirements = place.PEERS / "requirements.txt"
    pip = [place.PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", requirements], check=True)
    if not (place.WORDS / "foreign.tsv").exists():
        subprocess.run([place.PYTHON, Path("benches/harness/export_words.py"), place.WORDS], check=True)


def why_no_quanteda() -> str | None:
    """None where the R of this machine has quanteda; else what was looked for and not found.

    R and CRAN's packages are never installed from here: CRAN is not everywhere, and Debian, which
    has R, has no quanteda.
    """
    if not shutil.which("Rscript"):
        rscript = "Rscript is not installed"
    elif subprocess.run(["Rscript", "-e", "library(quanteda)"], capture_output=True).returncode == 0:
        return None
    else:
        rscript = "R is here, without quanteda"
    if not shutil.which("apt-cache"):
        return f"{rscript}; install.packages(\"quanteda\") in R brings it where CRAN can be reached"
    found = subprocess.run(["apt-cache", "search", "--names-only", "r-cran-quanteda"], capture_output=True, text=True)
    if found.stdout.strip():
        return f"{rscript}; `apt-get install r-cran-quanteda` brings it"
    return (
        f"{rscript}, and this Debian has no r-cran-quanteda (`apt-cache search r-cran-quanteda` finds nothing); "
        "install.packages(\"quanteda\") in R brings it where CRAN can be reached"
    )


def machine() -> dict:
    """The machine, without its name."""
    about = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*: (.+)$", about, re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cpu": model[1].strip() if model else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory / 2**30, 1),
        "kernel": f"{platform.system()} {platform.release()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 2),
    }


def versions() -> dict[str, str]:
    """What was measured and with what; the peers say their own."""
    first = {"framescope": [place.FRAMESCOPE, "--version"], "rustc": ["rustc", "--version"]}
    said = {name: output(command).strip() for name, command in first.items()}
    said["commit"] = commit()
    said["aho-corasick"] = locked("aho-corasick")
    said["Python"] = platform.python_version()
    lists = "import importlib.metadata as m; print(m.version('wordfreq'))"
    said["wordfreq (word lists)"] = output([place.PYTHON, "-c", lists]).strip()
    return said


def commit() -> str:
    """The commit, and whether the work tree has more than that."""
    try:
        named = output(["git", "rev-parse", "--short=12", "HEAD"], stderr=subprocess.DEVNULL).strip()
        changed = output(["git", "status", "--porcelain", "--untracked-files=no"]).strip()
    except (Failed, FileNotFoundError):
        return "unknown"
    return f"{named} with changes" if changed else named


def locked(crate: str) -> str:
    """The version of a crate in Cargo.lock."""
    lock = (place.REPOSITORY / "Cargo.lock").read_text()
    found = re.search(rf'name = "{crate}"\nversion = "([^"]+)"', lock)
    return found[1] if found else "?"
