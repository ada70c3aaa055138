"""Where things are. Commands run in the repository and name files from there, so that a record
made on one machine can be read, and repeated, on another."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent

BENCHES = Path("benches")
RUNS = BENCHES / "runs"
RESULTS = BENCHES / "RESULTS.md"
PEERS = BENCHES / "peers"
VENV = BENCHES / ".venv"
PYTHON = VENV / "bin" / "python"

WORK = Path("target") / "bench"
WORDS = WORK / "words"
OUT = WORK / "out"
RELEASE = Path("target") / "release"
FRAMESCOPE = RELEASE / "framescope"
