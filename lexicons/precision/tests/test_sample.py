import contextlib
import io
import json
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

import sample

LEXICON = '[lexicon]\nid = "small"\nversion = "1"\n[[category]]\nid = "fight"\ndefinition = "Fighting."\nterms = ["war"]\n'

# Stands in for the program: every "war" in a text is a hit.
STAND_IN = textwrap.dedent(
    """\
    #!{python}
    import json, sys
    articles, out = sys.argv[2], sys.argv[-1]
    with open(out, "w") as found:
        for line in open(articles):
            a = json.loads(line)
            at = a["text"].find("war")
            while at >= 0:
                hit = dict(path="fight", entry="war", field="title" if a["id"].startswith("title") else "text", start=at, end=at + 3, zone="body", voice="quoted" if "said" in a["text"] else "narrator",
                           id=a["id"], outlet=a["outlet"], corpus=a["corpus"],
                           left=a["text"][:at], keyword="war", right=a["text"][at + 3:])
                print(json.dumps(hit), file=found)
                at = a["text"].find("war", at + 1)
    """
)


class Whole(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.program = self.write("framescope", STAND_IN.format(python=sys.executable))
        self.program.chmod(0o755)
        self.lexicon = self.write("small.toml", LEXICON)
        self.corpus("one", [f"The war of {i} and the war after it" for i in range(20)], "Voice")
        self.corpus("two", [f"Voice of war {i}" for i in range(10)], None)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder / name

    def corpus(self, name, texts, outlet):
        rows = [{"id": f"{name}-{i}", "text": text, "outlet": outlet} for i, text in enumerate(texts)]
        (self.folder / "corpora").mkdir(exist_ok=True)
        self.write(f"corpora/{name}.jsonl", "".join(json.dumps(row) + "\n" for row in rows))

    def run_sample(self, out="out", *options):
        command = [self.lexicon, self.folder / "corpora", "--framescope", self.program, "-o", self.folder / out]
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            sample.main([str(part) for part in [*command, "--n", "12", *options]])
        return json.loads((self.folder / out / "sample.json").read_text())

    def test_sample_and_sheets(self):
        record = self.run_sample()
        self.assertEqual(record["paths"][0] | {"fingerprint": 0}, {
            "path": "fight", "fingerprint": 0, "hits": 50, "articles": 30, "drawn": 12, "cap": 12,
        })  # fmt: skip
        self.assertEqual([corpus["articles"] for corpus in record["corpora"]], [20, 10])
        weights = sum(hit["stands_for"] / hit["chance"] for hit in record["hits"])
        self.assertAlmostEqual(weights, 50, delta=5)
        first, second = ((self.folder / "out" / f"{turn}.csv").read_text() for turn in ("first", "second"))
        self.assertNotEqual(first, second)
        self.assertEqual(sorted(line[:10] for line in first.splitlines()), sorted(l[:10] for l in second.splitlines()))

    def test_no_text_in_the_record_and_no_place_on_the_sheets(self):
        record = self.run_sample()
        self.assertNotIn("the war after", json.dumps(record))
        sheet = (self.folder / "out" / "first.csv").read_text()
        for word in ("one-", "two-", "Voice,", ",Voice"):
            self.assertNotIn(word, sheet)

    def test_a_hit_in_a_title_comes_with_the_opening(self):
        self.corpus("title", ["No war yet, said all"], None)
        self.run_sample("out", "--only", "No war")
        self.assertIn("… No [[war]] yet, said all // No war yet, said all …", (self.folder / "out/first.csv").read_text())

    def test_the_same_seed_writes_the_same(self):
        self.assertEqual(self.run_sample("a"), self.run_sample("b"))
        self.assertNotEqual(self.run_sample("a")["hits"], self.run_sample("c", "--seed", "2")["hits"])

    def test_only_some_articles(self):
        record = self.run_sample("out", "--only", "Voice of")
        self.assertEqual([(c["name"], c["articles"]) for c in record["corpora"]], [("two", 10)])

    def test_a_second_sample_sees_no_article_of_the_first(self):
        before = self.run_sample("a")
        after = self.run_sample("b", "--unseen", str(self.folder / "a" / "sample.json"))
        ids = [{hit["id"] for hit in record["hits"]} for record in (before, after)]
        self.assertEqual(ids[0] & ids[1], set())
        self.assertEqual(sum(corpus["articles"] for corpus in after["corpora"]), 18)

    def test_a_hit_that_match_leaves_out_of_the_count_is_not_drawn(self):
        self.corpus("three", [f"It is war, she said {i}" for i in range(9)], None)
        self.assertEqual(self.run_sample("all")["paths"][0]["hits"], 59)
        for match in ('voices = "outside"', 'voices = ["narrator", "attributed"]', 'zones = "body"\nvoices = ["outside"]'):
            self.lexicon.write_text(f"[match]\n{match}\n{LEXICON}", encoding="utf-8")
            record = self.run_sample("outside")
            self.assertEqual(record["paths"][0]["hits"], 50, match)
            self.assertEqual({hit["voice"] for hit in record["hits"]}, {"narrator"}, match)
        self.lexicon.write_text(f'[match]\nzones = ["title"]\n{LEXICON}', encoding="utf-8")
        self.assertEqual(self.run_sample("titles")["hits"], [])

    def test_only_some_paths(self):
        self.assertEqual(self.run_sample("out", "--paths", "fight.air")["paths"], [])

    def test_what_is_wrong_is_said(self):
        self.write("corpora/bad.jsonl", '{"id": 1}\n')
        for command, said in (
            ([], "bad.jsonl, line 1: not an article"),
            (["--only", "no such thing"], "bad.jsonl"),
        ):
            with self.assertRaises(SystemExit) as caught:
                self.run_sample("out", *command)
            self.assertIn(said, str(caught.exception))
        (self.folder / "corpora" / "bad.jsonl").unlink()
        with self.assertRaises(SystemExit) as caught:
            self.run_sample("out", "--only", "no such thing")
        self.assertIn("no article is left", str(caught.exception))
