import unittest
from collections import Counter, defaultdict

import draw


def hit(id, entry="e", start=0, path="p", corpus="c", outlet="o"):
    return draw.Candidate(path, entry, id, "text", start, start + 1, corpus, outlet, "body", "narrator")


class OneAnArticle(unittest.TestCase):
    def test_one_hit_stands_for_all_of_its_article(self):
        hits = [hit("a", start=s) for s in range(5)] + [hit("b")]
        got = draw.one_an_article(hits, "1")["p"]
        self.assertEqual(sorted((c.id, c.stands_for) for c in got), [("a", 5), ("b", 1)])

    def test_the_order_of_the_hits_does_not_matter(self):
        def picked(starts):
            return draw.one_an_article((hit("a", start=s) for s in starts), "1")["p"][0]

        forth, back = picked(range(9)), picked(reversed(range(9)))
        self.assertEqual((forth.start, forth.stands_for), (back.start, back.stands_for))

    def test_every_hit_of_an_article_is_picked_equally_often(self):
        picked = Counter()
        for seed in range(2000):
            picked[draw.one_an_article((hit("a", start=s) for s in range(3)), seed)["p"][0].start] += 1
        for start in range(3):
            self.assertAlmostEqual(picked[start] / 2000, 1 / 3, delta=0.04)

    def test_paths_are_drawn_apart(self):
        got = draw.one_an_article([hit("a"), hit("a", path="q")], "1")
        self.assertEqual({path: len(group) for path, group in got.items()}, {"p": 1, "q": 1})


class Shares(unittest.TestCase):
    def test_in_proportion_where_the_cap_is_not_met(self):
        sizes = {"a": 50, "b": 30, "c": 20}
        shares, cap = draw.shares_of_entries(sizes, sizes, 10, 5)
        self.assertEqual((shares, cap), ({"a": 5.0, "b": 3.0, "c": 2.0}, 5))

    def test_the_cap_gives_to_the_others(self):
        sizes = {"a": 900, "b": 50, "c": 50}
        shares, cap = draw.shares_of_entries(sizes, sizes, 12, 6)
        self.assertEqual((shares, cap), ({"a": 6.0, "b": 3.0, "c": 3.0}, 6))

    def test_the_cap_rises_where_the_sample_could_not_be_filled(self):
        shares, cap = draw.shares_of_entries({"a": 100, "b": 2}, {"a": 80, "b": 2}, 60, 6)
        self.assertEqual(cap, 58)
        self.assertAlmostEqual(sum(shares.values()), 60)

    def test_a_small_corpus_is_taken_whole(self):
        shares, _ = draw.shares_of_entries({"a": 9, "b": 2}, {"a": 4, "b": 1}, 60, 6)
        self.assertEqual(shares, {"a": 4.0, "b": 1.0})


class Chances(unittest.TestCase):
    def test_proportional_and_never_over_one(self):
        got = draw.chances([100, 1, 1, 2], 2.0)
        self.assertEqual(got[0], 1.0)
        self.assertAlmostEqual(sum(got), 2.0)
        self.assertAlmostEqual(got[3], 2 * got[1])

    def test_everyone_where_there_is_room_for_all(self):
        self.assertEqual(draw.chances([5, 1], 2.0), [1.0, 1.0])


class DrawPath(unittest.TestCase):
    def articles(self):
        """200 articles, two corpora of unequal size, a frequent entry and nine rare ones, 1 to 3 hits each."""
        hits = []
        for i in range(200):
            entry = "often" if i % 4 else f"rare{i // 4 % 9}"
            corpus = "large" if i % 10 else "small"
            hits += [hit(f"a{i}", entry, s, corpus=corpus, outlet=f"o{i % 3}") for s in range(1 + i % 3)]
        return hits

    def drawn(self, seed, **settings):
        candidates = draw.one_an_article(self.articles(), seed)["p"]
        return draw.draw_path(candidates, 40, seed, **settings)

    def test_exactly_n_one_an_article_and_none_over_the_cap(self):
        for seed in range(50):
            drawn, cap = self.drawn(seed)
            self.assertEqual(len(drawn), 40)
            self.assertEqual(len({c.id for c in drawn}), 40)
            self.assertLessEqual(max(Counter(c.entry for c in drawn).values()), cap)

    def test_the_same_seed_draws_the_same_and_another_seed_another(self):
        def places(seed):
            return [c.place for c in self.drawn(seed)[0]]

        self.assertEqual(places("7"), places("7"))
        self.assertNotEqual(places("7"), places("8"))

    def test_a_small_corpus_gets_more_than_its_proportion(self):
        small = [sum(c.corpus == "small" for c in self.drawn(seed)[0]) for seed in range(60)]
        alike = [sum(c.corpus == "small" for c in self.drawn(seed, spread=1)[0]) for seed in range(60)]
        self.assertGreater(sum(small), 1.5 * sum(alike))

    def test_an_article_with_more_hits_is_likelier_drawn_and_weighs_the_same(self):
        hits = [hit(f"a{i}", start=s) for i in range(40) for s in range(1 + i % 2)]
        candidates = draw.one_an_article(hits, "1")["p"]
        draw.draw_path(candidates, 10, "1")
        self.assertEqual(len({round(c.weight, 9) for c in candidates}), 1)
        self.assertEqual(len({round(c.chance, 9) for c in candidates}), 2)

    def test_a_path_without_hits_draws_nothing(self):
        self.assertEqual(draw.draw_path([], 60, "1")[0], [])

    def test_weighted_totals_are_those_of_the_corpus_on_average(self):
        """The point of the weights: over many draws, totals by entry and corpus come out as they are."""
        truth, totals = defaultdict(float), defaultdict(float)
        for h in self.articles():
            truth[h.entry] += 1
            truth[h.corpus] += 1
        rounds = 500
        for seed in range(rounds):
            for c in self.drawn(seed)[0]:
                totals[c.entry] += c.weight / rounds
                totals[c.corpus] += c.weight / rounds
        for name, count in truth.items():
            self.assertAlmostEqual(totals[name] / count, 1, delta=0.08, msg=name)
