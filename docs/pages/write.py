#!/usr/bin/env python3
"""Writes pages of the shipped lexicons that a person can browse.

    python3 docs/pages/write.py                      lexicons/*.toml into docs/browse/
    python3 docs/pages/write.py my.toml -o pages     a lexicon of your own

Open index.html in a browser: the pages need no server, load nothing from elsewhere, and can be sent as they are.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import lexicon_files  # noqa: E402
import pages  # noqa: E402


def write(files, folder):
    """Writes a page a lexicon and an index; gives the names of the files written."""
    lexicons = [lexicon_files.read(file) for file in files]
    ids = [lexicon.id for lexicon in lexicons]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise lexicon_files.PageError(f"two lexicons have the id {', '.join(twice)}")
    written = {"index.html": pages.index(lexicons)} | {f"{lexicon.id}.html": pages.lexicon(lexicon) for lexicon in lexicons}
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in written.items():
        (folder / name).write_text(page, encoding="utf-8")
    return list(written)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lexicons", nargs="*", type=Path, help="lexicons; the shipped ones if none is named")
    parser.add_argument("-o", "--output", type=Path, default=HERE.parent / "browse", help="the folder of the pages (docs/browse)")
    arguments = parser.parse_args()
    files = arguments.lexicons or sorted(lexicon_files.LEXICONS.glob("*.toml"))
    try:
        names = write(files, arguments.output)
    except lexicon_files.PageError as error:
        sys.exit(f"error: {error}")
    print(f"{len(names)} pages in {arguments.output}")


if __name__ == "__main__":
    main()
