import json
import tempfile
import unittest
from pathlib import Path

import lexicon_paths

LEXICON = """
[lexicon]
id = "small"
version = "1"

[[mask]]
terms = ["war room"]
paths = ["fight"]

[[category]]
id = "fight"
label = "Fighting"
definition = "Words for fighting."
include = "\\"war\\": it is fighting"
exclude = "\\"price war\\": a figure"
terms = ["war"]

[[category]]
id = "fight.air"
terms = ["airstrike"]

[[referent]]
id = "captives"
label = "Captives"
definition = "The people held."
name = ["those held"]

  [[referent.variant]]
  id = "hostage"
  definition = "Names them as victims."
  terms = ["hostages"]
"""


class Read(unittest.TestCase):
    def read(self, text, name="small.toml", **others):
        with tempfile.TemporaryDirectory() as folder:
            for other, content in others.items():
                Path(folder, f"{other}.toml").write_text(content, encoding="utf-8")
            Path(folder, name).write_text(text, encoding="utf-8")
            return lexicon_paths.read(Path(folder, name))

    def test_every_path_with_its_kind(self):
        kinds = {path.path: path.kind for path in self.read(LEXICON).paths.values()}
        expected = {"fight": "category", "fight.air": "category", "captives": "referent"}
        self.assertEqual(kinds, expected | {"captives.name": "name", "captives.hostage": "variant"})

    def test_a_referent_itself_has_no_entries(self):
        paths = self.read(LEXICON).paths
        self.assertFalse(paths["captives"].has_entries)
        self.assertTrue(all(path.has_entries for path in paths.values() if path.kind != "referent"))

    def test_a_path_without_definition_is_judged_by_the_one_above(self):
        said = self.read(LEXICON).paths["fight.air"].criterion()
        self.assertIn("Words for fighting.", said)
        self.assertIn('Does not count: "price war"', said)

    def test_a_variant_says_what_it_names(self):
        said = self.read(LEXICON).paths["captives.hostage"].criterion()
        self.assertEqual(said.split(" Names")[0], "A name for: Captives. The people held. Captives:")

    def test_the_fingerprint_follows_what_decides_the_hits_and_nothing_else(self):
        before = self.read(LEXICON).paths
        for old, new, path, changes in (
            ('terms = ["war"]', 'terms = ["wars"]', "fight", True),
            ('terms = ["war"]', 'terms = ["wars"]', "fight.air", False),
            ('"war room"', '"war chest"', "fight.air", True),
            ('"war room"', '"war chest"', "captives.hostage", False),
            ('version = "1"', 'version = "2"', "fight", False),
            ("Names them as victims.", "Names them.", "captives.hostage", True),
        ):
            after = self.read(LEXICON.replace(old, new)).paths
            self.assertEqual(after[path].fingerprint != before[path].fingerprint, changes, f"{new} and {path}")

    def test_the_fingerprint_follows_what_a_condition_names(self):
        near = '{ term = "raid", near = { any = ["@captives"], within = 4 } }'
        text = LEXICON.replace('terms = ["war"]', f"terms = [{near}]")
        before = self.read(text).paths
        self.assertNotEqual(before["fight"].fingerprint, self.read(LEXICON).paths["fight"].fingerprint)
        for old, new, changes in (
            ('terms = ["hostages"]', 'terms = ["hostages", "captive"]', True),
            ('name = ["those held"]', 'name = ["they who are held"]', True),
            # A candidate is one before its conditions, so these change nothing.
            ('terms = ["hostages"]', 'terms = [{ term = "hostages", not_after = ["x"], weight = 2, near = { any = ["@fight"] } }]', False),
            ('terms = ["hostages"]', 'terms = [{ term = "hostages", case = "exact" }]', True),
            ("Names them as victims.", "Names them.", False),
            ('terms = ["airstrike"]', 'terms = ["airstrike", "raid"]', False),
        ):
            after = self.read(text.replace(old, new)).paths
            self.assertEqual(after["fight"].fingerprint != before["fight"].fingerprint, changes, new)

    def test_a_mask_and_a_side_name_paths_too(self):
        mask = '[[mask]]\nterms = [{ term = "war", near = { all = ["@captives.hostage"] } }]\npaths = ["fight.air"]\n'
        about = '[[about]]\nid = "side"\n[about.sides]\na = [{ term = "x", not_near = { any = ["@captives.hostage"] } }]\nb = ["y"]\n'
        text = LEXICON.replace('id = "fight"\n', 'id = "fight"\nabout = "side"\n') + mask + about
        before, after = (self.read(t).paths for t in (text, text.replace('["hostages"]', '["hostage"]')))
        changed = {path for path in before if before[path].fingerprint != after[path].fingerprint}
        self.assertEqual(changed, {"fight", "fight.air", "captives.hostage"})

    def test_terms_removed_from_what_is_named_count_as_changed(self):
        text = LEXICON.replace('terms = ["war"]', 'terms = [{ term = "raid", near = { any = ["@captives"] } }]')
        above = '[lexicon]\nid = "more"\nextends = "small"\n'
        remove = '[[remove]]\npath = "captives.hostage"\nterms = ["hostages"]\n'
        before, after = (self.read(t, "more.toml", small=text).paths for t in (above, above + remove))
        self.assertNotEqual(before["fight"].fingerprint, after["fight"].fingerprint)
        self.assertEqual(before["captives.name"].fingerprint, after["captives.name"].fingerprint)

    def test_a_fingerprint_is_what_the_program_computes(self):
        shared = json.loads((Path(__file__).parent / "shared.json").read_text(encoding="utf-8"))
        *below, own = shared["files"]
        others = {file["name"]: file["text"] for file in below}
        paths = self.read(own["text"], f"{own['name']}.toml", **others).paths
        self.assertEqual({path.path: path.fingerprint for path in paths.values()}, shared["fingerprints"])

    def test_extends_adds_paths_and_keeps_those_below(self):
        above = '[lexicon]\nid = "more"\nextends = "small"\n[[category]]\nid = "peace"\nterms = ["truce"]\n'
        paths = self.read(above, "more.toml", small=LEXICON).paths
        self.assertIn("peace", paths)
        self.assertEqual(paths["fight"].texts["label"], "Fighting")

    def test_broken_ones_name_the_file(self):
        for text, word in (("[lexicon", "small.toml"), ("[lexicon]\n", "no [lexicon] id")):
            with self.assertRaises(lexicon_paths.LexiconError) as caught:
                self.read(text)
            self.assertIn(word, str(caught.exception))

    def test_a_circle_of_extends(self):
        with self.assertRaises(lexicon_paths.LexiconError):
            self.read('[lexicon]\nid = "a"\nextends = "b"\n', "a.toml", b='[lexicon]\nid = "b"\nextends = "a"\n')
