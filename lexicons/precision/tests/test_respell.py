import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import lexicon_paths
import publish
import respell

HEAD = '[lexicon]\nid = "small"\nversion = "1"\n'
ARMY = '[[category]]\nid = "army"\ndefinition = "Armies."\nterms = [{terms}]\n'
SPEAKS = '[[category]]\nid = "speaks"\nterms = [{ term = "said", near = { any = ["@army"], within = 3 } }]\n'
DEFENCE = '{ term = "defence force", not_after = ["sea"] }'
DEFENSE = '{ term = "defense force", not_after = ["sea"] }'


def lexicon(*terms):
    return HEAD + ARMY.replace("{terms}", ", ".join(terms)) + SPEAKS


class Respell(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.out = Path(scratch.name) / "precision"
        self.out.mkdir()

    def carry(self, old, new):
        """The rows of the measurements after the step from one text of a lexicon to another."""
        before, after = self.out.parent / "old.toml", self.out.parent / "small.toml"
        before.write_text(old, encoding="utf-8")
        after.write_text(new, encoding="utf-8")
        rows = [self.row(path, found.fingerprint) for path, found in lexicon_paths.read(before).paths.items()]
        (self.out / "small.toml").write_text(publish.toml(measured(rows)), encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()) as said:
            respell.main([str(after), str(before), "-o", str(self.out)])
        self.said = said.getvalue()
        self.now = lexicon_paths.read(after).paths
        return {row["path"]: row for row in publish.read(self.out / "small.toml")["paths"]}

    @staticmethod
    def row(path, fingerprint):
        return {"path": path, "fingerprint": fingerprint, "hits": 0, "n": 0, "status": "unmeasured"}

    def test_a_spelling_keeps_what_was_measured_and_is_named(self):
        rows = self.carry(lexicon(DEFENCE), lexicon(DEFENCE, DEFENSE))
        self.assertEqual(rows["army"]["fingerprint"], self.now["army"].fingerprint)
        self.assertEqual(rows["army"]["respelled"], ["defense force"])
        self.assertIn("- `army`: defense force", (self.out.parent / "PRECISION.md").read_text(encoding="utf-8"))

    def test_so_does_a_path_whose_condition_names_it(self):
        rows = self.carry(lexicon(DEFENCE), lexicon(DEFENCE, DEFENSE))
        self.assertEqual(rows["speaks"]["fingerprint"], self.now["speaks"].fingerprint)
        self.assertNotIn("respelled", rows["speaks"])

    def test_a_spelling_under_other_conditions_is_a_change(self):
        rows = self.carry(lexicon(DEFENCE), lexicon(DEFENCE, '"defense force"'))
        self.assertNotEqual(rows["army"]["fingerprint"], self.now["army"].fingerprint)
        self.assertIn("changed otherwise: army", self.said)

    def test_a_new_entry_beside_a_spelling_is_a_change(self):
        rows = self.carry(lexicon(DEFENCE), lexicon(DEFENCE, DEFENSE, '"navy"'))
        self.assertNotEqual(rows["army"]["fingerprint"], self.now["army"].fingerprint)

    def test_what_had_changed_before_stays_changed(self):
        self.carry(lexicon(DEFENCE), lexicon(DEFENCE, DEFENSE))
        stale = measured([self.row("army", "00")])
        (self.out / "small.toml").write_text(publish.toml(stale), encoding="utf-8")
        after, before = self.out.parent / "small.toml", self.out.parent / "old.toml"
        with contextlib.redirect_stdout(io.StringIO()):
            respell.main([str(after), str(before), "-o", str(self.out)])
        self.assertEqual(publish.read(self.out / "small.toml")["paths"][0]["fingerprint"], "00")

    def test_spellings_begin_a_word(self):
        self.assertEqual(respell.spellings("collaborator"), set())
        self.assertEqual(respell.spellings("unauthorized to"), {"unauthorised to"})
        self.assertEqual(respell.spellings("Israel Defense Forces"), {"Israel Defence Forces"})


def measured(rows):
    judged = {"by": "a judge", "human": False, "on": "2026-01-01", "hits": 0, "self_agreement": 1.0, "disputes_settled": False}
    corpora = [{"name": "one", "articles": 1}]
    return {"lexicon": {"id": "small", "version": "1"}, "judged": judged, "corpora": corpora, "paths": rows, "groups": {}}
