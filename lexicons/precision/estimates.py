"""Share of hits that are right, weighted to the corpus, with an interval that pays for the weights."""

from math import sqrt

Z95 = 1.959963984540054


def wilson(share, n, z=Z95):
    """Wilson's interval for a share from n judgments (n may be an effective, broken number)."""
    if n <= 0:
        return None, None
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def effective_n(weights):
    """Kish: how many equally weighted judgments these weighted ones are worth."""
    squares = sum(w * w for w in weights)
    return sum(weights) ** 2 / squares if squares else 0.0


def weighted_share(values, weights):
    """The ratio estimate of the share: sum of weight x value over sum of weights."""
    total = sum(weights)
    return sum(v * w for v, w in zip(values, weights, strict=True)) / total if total else None


def estimate(values, weights):
    """n, precision weighted and plain, each with Wilson's interval, and the effective n of the weighted one."""
    n = len(values)
    if not n:
        return None
    share, worth = weighted_share(values, weights), effective_n(weights)
    plain = sum(values) / n
    low, high = wilson(share, worth)
    plain_low, plain_high = wilson(plain, n)
    return {
        "n": n,
        "precision": share,
        "low": low,
        "high": high,
        "n_effective": worth,
        "plain": plain,
        "plain_low": plain_low,
        "plain_high": plain_high,
    }
