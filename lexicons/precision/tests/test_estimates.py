import unittest

import estimates


class Wilson(unittest.TestCase):
    def test_reference_values(self):
        # Newcombe 1998, table I: 81 of 263, and 0 of 20; 48 of 50 as scipy.stats.binomtest(...).proportion_ci("wilson").
        for right, n, low, high in ((81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611), (48, 50, 0.8654, 0.9890)):
            got = estimates.wilson(right / n, n)
            self.assertAlmostEqual(got[0], low, 4)
            self.assertAlmostEqual(got[1], high, 4)

    def test_no_judgment_no_interval(self):
        self.assertEqual(estimates.wilson(0.0, 0), (None, None))
        self.assertIsNone(estimates.estimate([], []))


class Weights(unittest.TestCase):
    def test_equal_weights_change_nothing(self):
        got = estimates.estimate([1, 1, 0, 1], [7.0] * 4)
        self.assertAlmostEqual(got["precision"], got["plain"])
        self.assertAlmostEqual(got["n_effective"], 4)
        self.assertAlmostEqual(got["low"], got["plain_low"])

    def test_a_heavy_hit_decides_and_widens(self):
        got = estimates.estimate([1, 0, 0, 0], [97.0, 1.0, 1.0, 1.0])
        self.assertAlmostEqual(got["precision"], 0.97)
        self.assertLess(got["n_effective"], 1.07)
        self.assertLess(got["low"], 0.3)

    def test_half_right_counts_half(self):
        self.assertAlmostEqual(estimates.estimate([0.5, 1], [1, 1])["precision"], 0.75)
