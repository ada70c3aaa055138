import contextlib
import csv
import io
import json
import tempfile
import unittest
from pathlib import Path

import publish
import tally


def hit(key, path="fight", entry="war", corpus="one", stands_for=1, chance=0.5):
    place = {"id": f"id-{key}", "field": "text", "start": 3, "end": 6, "zone": "body", "voice": "narrator"}
    return {"key": key, "path": path, "entry": entry, "corpus": corpus, "outlet": "Voice"} | place | {
        "stands_for": stands_for, "chance": chance,
    }  # fmt: skip


def sample_of(hits, paths=("fight",)):
    settings = {"n": 60, "cap": None, "spread": 0.5, "seed": "1", "only": None, "unseen_of": 0}
    return {
        "lexicon": {"id": "small", "version": "1", "language": "en", "sha256": "00"},
        "settings": settings,
        "corpora": [{"name": "one", "articles": 30, "sha256": "11"}],
        "paths": [{"path": p, "fingerprint": "ab", "hits": 90, "articles": 40, "drawn": 9, "cap": 6} for p in paths],
        "hits": hits,
    }


class Whole(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "precision").mkdir()

    def sheet(self, name, verdicts):
        with open(self.folder / name, "w", newline="", encoding="utf-8") as out:
            rows = csv.writer(out)
            rows.writerow(["key", "path", "criterion", "context", "verdict", "why"])
            for key, verdict in verdicts.items():
                why = "a figure" if verdict == "wrong" else ""
                rows.writerow([key, "fight", "Fighting.", "… a secret [[war]] …", verdict, why])
        return self.folder / name

    def tally(self, sample, first, second, *options):
        file = self.folder / "sample.json"
        file.write_text(json.dumps(sample), encoding="utf-8")
        sheets = self.sheet("first.csv", first), self.sheet("second.csv", second)
        command = [file, *sheets, "--judge", "a test", "--date", "2026-01-02", "-o", self.folder / "precision"]
        with contextlib.redirect_stdout(io.StringIO()):
            tally.main([str(part) for part in [*command, *options]])
        return publish.read(self.folder / "precision" / "small.toml")

    def judged(self, right, wrong, **settings):
        keys = [f"k{i:03}" for i in range(right + wrong)]
        verdicts = {key: "right" if i < right else "wrong" for i, key in enumerate(keys)}
        return sample_of([hit(key, **settings) for key in keys]), verdicts

    def test_figures_of_a_path(self):
        sample, verdicts = self.judged(48, 2)
        got = self.tally(sample, verdicts, verdicts)["paths"][0]
        self.assertEqual((got["n"], got["hits"], got["status"], got["on"]), (50, 90, "holds", "2026-01-02"))
        self.assertAlmostEqual(got["precision"], 0.96)
        self.assertAlmostEqual(got["low"], 0.8654, 3)
        self.assertEqual(got["errors"], [{"entry": "war", "wrong": 2.0, "n": 2 + 48, "why": "a figure"}])

    def test_the_weight_decides(self):
        hits = [hit("a", stands_for=9, chance=1.0), hit("b", stands_for=1, chance=1.0)]
        verdicts = {"a": "right", "b": "wrong"}
        got = self.tally(sample_of(hits), verdicts, verdicts)["paths"][0]
        self.assertAlmostEqual(got["precision"], 0.9)
        self.assertAlmostEqual(got["plain"], 0.5)

    def test_below_the_thresholds(self):
        for right, wrong, status in ((39, 11, "below"), (44, 6, "holds"), (8, 0, "below"), (9, 0, "holds"), (790, 210, "below")):
            sample, verdicts = self.judged(right, wrong)
            got = self.tally(sample, verdicts, verdicts)["paths"][0]
            self.assertEqual(got["status"], status, f"{right} of {right + wrong}: {got['low']}")

    def test_a_dispute_is_half_right_and_unsure_is_not_right(self):
        hits = [hit(key) for key in "abcd"]
        first = dict(zip("abcd", ("right", "right", "unsure", "unsure"), strict=True))
        second = dict(zip("abcd", ("right", "wrong", "unsure", "right"), strict=True))
        got = self.tally(sample_of(hits), first, second)
        path = got["paths"][0]
        self.assertAlmostEqual(path["precision"], (1 + 0.5 + 0 + 0.5) / 4)
        self.assertAlmostEqual(path["self_agreement"], 0.5)
        self.assertEqual((path["right_in_both"], path["unsure"]), (1, 2))
        self.assertFalse(got["judged"]["disputes_settled"])

    def test_disputes_go_out_without_verdicts_and_come_back_settled(self):
        hits = [hit("a"), hit("b")]
        first, second = {"a": "right", "b": "right"}, {"a": "right", "b": "wrong"}
        self.tally(sample_of(hits), first, second, "--disputes", str(self.folder / "disputes.csv"))
        with open(self.folder / "disputes.csv", encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        self.assertEqual([(r["key"], r["criterion"], r["verdict"], r["why"]) for r in rows], [("b", "Fighting.", "", "")])
        settled = self.sheet("settled.csv", {"b": "right"})
        got = self.tally(sample_of(hits), first, second, "--settled", str(settled))
        self.assertAlmostEqual(got["paths"][0]["precision"], 1.0)
        self.assertTrue(got["judged"]["disputes_settled"])

    def test_groups_with_enough_hits_only(self):
        sample, verdicts = self.judged(12, 0)
        sample["hits"][0]["corpus"] = "two"
        got = self.tally(sample, verdicts, verdicts)
        self.assertEqual([row["name"] for row in got["groups"]["by_corpus"]], ["one"])
        self.assertEqual(got["paths"][0]["by_outlet"][0]["n"], 12)

    def test_all_paths_together_are_unweighted(self):
        sample, verdicts = self.judged(5, 5)
        sample["hits"][0]["stands_for"] = 100
        got = self.tally(sample, verdicts, verdicts)
        self.assertAlmostEqual(got["groups"]["by_corpus"][0]["precision"], 0.5)
        self.assertGreater(got["paths"][0]["by_corpus"][0]["precision"], 0.9)

    def test_nothing_of_the_news_is_written(self):
        sample, verdicts = self.judged(3, 2)
        self.tally(sample, verdicts, verdicts)
        for file in (self.folder / "precision").iterdir():
            self.assertNotIn("secret", file.read_text(encoding="utf-8"), file)

    def test_update_keeps_the_other_paths(self):
        one, verdicts = self.judged(10, 0)
        self.tally(one, verdicts, verdicts)
        other = sample_of([hit("x", path="peace")], paths=("peace",))
        got = self.tally(other, {"x": "wrong"}, {"x": "wrong"}, "--update")
        self.assertEqual({row["path"]: row["n"] for row in got["paths"]}, {"fight": 10, "peace": 1})
        self.assertEqual((got["judged"]["hits"], got["groups"]["by_corpus"][0]["n"]), (11, 11))
        again = self.tally(other, {"x": "right"}, {"x": "right"}, "--update")
        self.assertEqual({row["path"]: row["precision"] for row in again["paths"]}, {"fight": 1.0, "peace": 1.0})

    def test_pool_adds_to_what_was_judged_of_an_unchanged_path(self):
        sample, verdicts = self.judged(8, 0)
        self.tally(sample, verdicts, verdicts)
        more = sample_of([hit("later", corpus="two", stands_for=2)])
        got = self.tally(more, {"later": "wrong"}, {"later": "wrong"}, "--update", "--pool")["paths"][0]
        self.assertEqual((got["n"], got["hits"], got["articles"]), (9, 180, 80))
        self.assertAlmostEqual(got["precision"], 8 / 10)  # the later hit stands for two
        places = (self.folder / "precision" / "small.hits.csv").read_text(encoding="utf-8")
        self.assertEqual(len(places.splitlines()), 10)

    def test_pool_adds_no_round_twice(self):
        sample, verdicts = self.judged(8, 0)
        self.tally(sample, verdicts, verdicts)
        with self.assertRaises(SystemExit) as stopped:
            self.tally(sample, verdicts, verdicts, "--update", "--pool")
        self.assertIn("was added before", str(stopped.exception))

    def test_pool_forgets_what_was_judged_of_a_path_that_changed(self):
        sample, verdicts = self.judged(8, 0)
        self.tally(sample, verdicts, verdicts)
        more = sample_of([hit("later")])
        more["paths"][0]["fingerprint"] = "cd"
        got = self.tally(more, {"later": "wrong"}, {"later": "wrong"}, "--update", "--pool")["paths"][0]
        self.assertEqual((got["n"], got["hits"], got["precision"]), (1, 90, 0.0))

    def test_a_path_without_hits_is_unmeasured(self):
        got = self.tally(sample_of([hit("a")], paths=("fight", "peace")), {"a": "right"}, {"a": "right"})
        self.assertEqual((got["paths"][1]["n"], got["paths"][1]["status"]), (0, "unmeasured"))

    def test_the_table_for_people(self):
        sample, verdicts = self.judged(48, 2)
        self.tally(sample, verdicts, verdicts)
        said = (self.folder / "PRECISION.md").read_text(encoding="utf-8")
        self.assertIn("| `fight` | 90 | 50 | 0.96 | 0.87 to 0.99 | 0.96 | 1.00 | holds |", said)
        self.assertIn("No human coder judged", said)
        self.assertIn('"war" 2 of 50: a figure', said)
        self.assertNotIn("alpha", said)

    def test_a_path_that_changed_since_is_marked(self):
        text = '[lexicon]\nid = "small"\n[[category]]\nid = "fight"\nterms = ["war", "wars"]\n'
        (self.folder / "small.toml").write_text(text, encoding="utf-8")
        sample, verdicts = self.judged(48, 2)
        self.tally(sample, verdicts, verdicts)
        self.assertIn("holds, changed since", (self.folder / "PRECISION.md").read_text(encoding="utf-8"))

    def test_an_unfilled_sheet_stops(self):
        with self.assertRaises(SystemExit) as caught:
            self.tally(sample_of([hit("a")]), {"a": "right"}, {"a": ""})
        self.assertIn("second.csv", str(caught.exception))


class Toml(unittest.TestCase):
    def test_what_is_written_is_read_back(self):
        odd = {"text": 'a "b" \\ c\td é', "list": [{"x": 1.5, "y": "["}], "empty": [], "yes": True, "none": None}
        measured = {"lexicon": odd, "judged": {}, "corpora": [], "paths": [odd], "groups": {"g": []}}
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "a.toml")
            file.write_text(publish.toml(measured), encoding="utf-8")
            got = publish.read(file)
        del odd["none"]
        self.assertEqual((got["lexicon"], got["paths"]), (odd, [odd]))
