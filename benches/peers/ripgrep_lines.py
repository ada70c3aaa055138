"""ripgrep: `rg -c -w -i -F -f literals corpus`, the whole process.

It counts lines with a match, and a line is an article here: it may stop at the first match of a
line and never says which entry it was, so it does far less than counting by category. No wildcards:
the literal pieces of the entries, as whole words.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import peer

corpus, lexicon, out = sys.argv[1:]
rg = Path(sys.executable).parent / "rg"
literals = Path(out).with_suffix(".literals")
literals.write_text("".join(f"{peer.stem(term)}\n" for _, term in peer.entries(lexicon)), "utf-8")
version = subprocess.run([rg, "--version"], check=True, capture_output=True, text=True).stdout
command = [rg, "--no-config", "-c", "-w", "-i", "-F", "-f", literals, corpus]
started = time.monotonic()
with open(out, "w") as file:
    status = subprocess.run(command, stdout=file).returncode
seconds = time.monotonic() - started
if status not in (0, 1):
    sys.exit(f"rg ended with status {status}")
number = re.search(r"\d+(\.\d+)+", version)
hits = int(Path(out).read_text().strip() or 0)
peer.report("ripgrep -c -w -i -F", number[0] if number else "?", seconds, os.path.getsize(corpus), hits)
