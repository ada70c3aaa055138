import sys
import tempfile
import unittest
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import lexicon_files
import write
from html_text import EMPTY, el

HOSTILE = '<script>alert("x")</script> & \'done\''

LEXICON = """
[lexicon]
id = "small"
name = "A & B"
language = "ar"
description = '''HOSTILE'''
developed_on = ["sha256:00"]

[[mask]]
why = "names"
paths = ["fight"]
terms = ["HOSTILE"]

[[category]]
id = "fight"
label = "Fighting"
definition = '''HOSTILE'''
include = "`war`: it is one"
exclude = "`price war`: a figure"
terms = ["war", { term = "strike", near = { any = ["@fight.air", "<b>"], within = 5, side = "left" }, not_after = ["rail"], note = "<i>" }]

[[category]]
id = "fight.air"
status = "experimental"
terms = ["air strike"]
about = "side"

[[referent]]
id = "captives"
name = ["those held"]

  [[referent.variant]]
  id = "hostage"
  connotation = "victims"
  according_to = "a guide"
  terms = ["hostages"]

[[about]]
id = "side"
within = "sentence"
  [about.sides]
  ours = ["we"]

[[axis]]
id = "naming"
positive = ["captives.hostage"]
negative = ["captives.name"]

[[test]]
text = "A <b>price</b> war."
expect = { fight = 0, "captives.hostage" = { count = 0, quoted = 0 } }
""".replace("HOSTILE", HOSTILE.replace('"', "'"))

MEASURED = """
[judged]
hits = 7
by = "a <judge>"
on = "a day"
human = false

[[paths]]
path = "fight"
fingerprint = "0"
n = 7
precision = 0.5
low = 0.2
high = 0.8
status = "below"
errors = [{ entry = "war", wrong = 3, n = 7, why = "<trade>" }]

[[paths]]
path = "captives.hostage"
n = 0
status = "unmeasured"
"""


class Reader(HTMLParser):
    """Checks that elements close in order, and keeps ids, links and tags."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.tags, self.faults = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if "href" in attrs else []
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def pages_of(lexicon=LEXICON, measured=MEASURED):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "small.toml").write_text(lexicon, encoding="utf-8")
        if measured:
            (folder / "precision").mkdir()
            (folder / "precision" / "small.toml").write_text(measured, encoding="utf-8")
        names = write.write([folder / "small.toml"], folder / "browse")
        return {name: (folder / "browse" / name).read_text(encoding="utf-8") for name in names}


def parsed(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


class Pages(unittest.TestCase):
    def test_what_a_lexicon_says_is_escaped(self):
        page = pages_of()["small.html"]
        self.assertEqual(parsed(page).tags.count("script"), 1, "only the filter of the page itself")
        for raw in ("alert(", "<b>", "<i>", "<judge>", "<trade>"):
            self.assertNotIn(raw.replace("alert(", "<script>alert("), page)
        for escaped in ("&lt;script&gt;alert(", "&lt;b&gt;", "&lt;i&gt;", "&lt;judge&gt;", "&lt;trade&gt;", "A &amp; B"):
            self.assertIn(escaped, page)

    def test_attributes_are_escaped(self):
        self.assertEqual(el("a", "<", href='"x"', class_="k", title=None), '<a href="&quot;x&quot;" class="k">&lt;</a>')

    def test_elements_close_and_links_arrive(self):
        pages = pages_of()
        for name, page in pages.items():
            reader = parsed(page)
            self.assertEqual((reader.open, reader.faults), ([], []), name)
            self.assertEqual(len(reader.ids), len(set(reader.ids)), name)
            for link in reader.links:
                target, _, place = link.partition("#")
                found = parsed(pages[target or name])
                self.assertTrue(not place or place in found.ids, f"{name}: {link}")

    def test_a_path_has_its_texts_entries_masks_tests_and_precision(self):
        page = pages_of()["small.html"]
        fight = page.split('id="fight"')[1].split('id="fight.air"')[0]
        for part in ("`war`: it is one", "`price war`: a figure", "2 entries", "1 mask of this path", "1 test<", "→ 0"):
            self.assertIn(part, fight)
        for part in ("near within 5 words, left any of", 'href="#fight.air"', "not after", "rail"):
            self.assertIn(part, fight)
        self.assertIn("0.50, 95 % 0.20 to 0.80, of 7 hits judged (few); the path changed since it was judged", fight)
        self.assertIn("“war” 3 of 7: &lt;trade&gt;", fight)

    def test_a_mask_stands_below_the_path_it_is_limited_to_and_nowhere_else(self):
        page = pages_of()["small.html"]
        self.assertIn("1 mask of this path", page.split('id="fight.air"')[1].split("</section>")[0])
        self.assertNotIn("of this path", page.split('id="captives.hostage"')[1].split("</section>")[0])

    def test_status_is_shown(self):
        page = pages_of()["small.html"]
        self.assertIn("0.50 experimental", page)
        self.assertIn("no hits to judge", page)
        self.assertIn("No human coder judged.", page)
        self.assertIn('<span class="badge below">experimental</span>', page)

    def test_words_carry_the_language_and_their_own_direction(self):
        self.assertIn('<code lang="ar" dir="auto">hostages</code>', pages_of()["small.html"])

    def test_without_a_measurement_it_says_so(self):
        pages = pages_of(measured=None)
        self.assertIn("not measured yet", pages["small.html"])
        self.assertIn("not yet", pages["index.html"])

    def test_a_file_that_is_no_lexicon_is_named(self):
        with self.assertRaisesRegex(lexicon_files.PageError, r"small\.toml: no \[lexicon\] id"):
            pages_of("[match]\n")
        with self.assertRaisesRegex(lexicon_files.PageError, r"small\.toml: "):
            pages_of("[lexicon\n")

    def test_nothing_is_loaded_from_elsewhere(self):
        for page in pages_of().values():
            self.assertNotRegex(page, r"https?://")


class Shipped(unittest.TestCase):
    """Every path, entry and test of the shipped files is on a page."""

    def test_all_of_them_are_shown(self):
        files = sorted(lexicon_files.LEXICONS.glob("*.toml"))
        with tempfile.TemporaryDirectory() as folder:
            names = write.write(files, folder)
            self.assertEqual(len(names), len(files) + 1)
            for file in files:
                shown = lexicon_files.read(file)
                page = (Path(folder) / f"{shown.id}.html").read_text(encoding="utf-8")
                reader = parsed(page)
                self.assertEqual((reader.open, reader.faults), ([], []), file.name)
                self.assertEqual(len(reader.ids), len(set(reader.ids)), file.name)
                known = {path.id for path in shown.paths}
                self.assertLessEqual(known, set(reader.ids), file.name)
                inside = {link[1:] for link in reader.links if link.startswith("#")}
                self.assertLessEqual(inside, set(reader.ids), file.name)
                tested = {path for test in shown.tests for path in test["expect"]}
                self.assertLessEqual(tested, known | {axis["id"] for axis in shown.axes}, file.name)


if __name__ == "__main__":
    unittest.main()
