"""Tests of the scripts that measure precision; `python3 -m unittest discover -s lexicons/precision -t lexicons/precision`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
