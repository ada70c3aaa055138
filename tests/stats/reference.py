#!/usr/bin/env python3
"""Draws random data sets and writes beside this file what scipy and statsmodels say of them.

usage: python3 -m venv V; V/bin/pip install -r requirements.txt; V/bin/python reference.py

crates/framescope-core/tests/stats_reference.rs reads the output, so that cargo test needs no Python. Where no
library has a statistic (the studentised log rate, DP, Kitagawa's split), it is written out here a second time,
in numpy and by another way than in Rust: units are left out one by one, arrangements come from scipy.
"""

import collections
import collections.abc
import itertools
import json
import warnings
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.discrete.discrete_model import NegativeBinomial
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

collections.Mapping = collections.abc.Mapping  # shifterator 0.3.0 is older than Python 3.10
from shifterator import WeightedAvgShift  # noqa: E402

HERE = Path(__file__).resolve().parent
rng = np.random.default_rng(20261126)


def write(name, cases):
    """One case a line, so that a change shows in a diff."""
    text = ",\n".join(json.dumps(case, default=plain, separators=(",", ":")) for case in cases)
    (HERE / f"{name}.json").write_text(f"[\n{text}\n]\n", "utf-8")
    print(f"{name}: {len(cases)}")
    return len(cases)


def plain(value):
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(type(value))


# Rates -----------------------------------------------------------------------------------------

def one_rate(y, n):
    """ln r and how leaving out each unit moves it, to first order with its leverage."""
    total = y.sum(axis=-1, keepdims=True) + 0.5
    words = n.sum(axis=-1, keepdims=True)
    moves = (y - total / words * n) / (1 - n / words) / total
    return np.log(total / words)[..., 0], moves


def welch_t(y1, n1, y2, n2):
    (l1, m1), (l2, m2) = one_rate(y1, n1), one_rate(y2, n2)
    v1, v2 = (m1**2).sum(-1), (m2**2).sum(-1)
    df = (v1 + v2) ** 2 / (v1**2 / (n1.shape[-1] - 1) + v2**2 / (n2.shape[-1] - 1))
    return l2 - l1, np.sqrt(v1 + v2), df


def counts(size, rate, alpha, words):
    mean = rate * words
    return rng.poisson(mean if alpha == 0 else rng.gamma(1 / alpha, alpha * mean, size))


def lengths(size):
    return np.maximum(80, rng.lognormal(6.3, 0.5, size)).astype(int)


def rates():
    cases = []
    for k in range(40):
        a, b = rng.integers(3, 8, 2)
        n = lengths(a + b)
        y = counts(a + b, rng.uniform(0.5, 6) / 1000, [0, 1, 2][k % 3], n)
        if y.sum() == 0:
            y[0] = 1
        estimate, se, df = welch_t(y[:a].astype(float), n[:a].astype(float), y[a:].astype(float), n[a:].astype(float))

        def statistic(i, j, axis):
            d, s, _ = welch_t(*(x[i].astype(float) if g == 0 else x[j].astype(float) for g in (0, 1) for x in (y, n)))
            return np.round(np.abs(d / s), 9)

        test = stats.permutation_test(
            (np.arange(a), np.arange(a, a + b)), statistic, vectorized=True, n_resamples=np.inf, alternative="greater")
        half = stats.t.ppf(0.975, df) * se
        cases.append({"first": a, "hits": y, "words": n, "estimate": estimate, "se": se, "df": df,
                      "low": estimate - half, "high": estimate + half, "p_t": 2 * stats.t.sf(abs(estimate / se), df),
                      "p": test.pvalue})
    return write("rates", cases)


def events():
    """One article of either outlet in most events, of one outlet in some; swaps inside shared events."""
    cases = []
    for k in range(25):
        shared, alone = int(rng.integers(4, 9)), int(rng.integers(0, 4))
        words = np.zeros((shared + alone, 2), int)
        words[:shared] = lengths((shared, 2))
        for e in range(shared, shared + alone):
            words[e, rng.integers(2)] = lengths(1)[0]
        heat = rng.gamma(1, 1, (shared + alone, 1))
        hits = rng.poisson(rng.uniform(2, 8) / 1000 * words * heat)
        hits[0] += 1

        def t(y, n):
            (l1, m1), (l2, m2) = (one_rate(y[:, g].astype(float), n[:, g].astype(float)) for g in (0, 1))
            return l2 - l1, np.sqrt(((m2 - m1) ** 2).sum()), (m1**2).sum(), (m2**2).sum()

        estimate, se, v1, v2 = t(hits, words)
        u1, u2 = (words > 0).sum(0)
        df = min((v1 + v2) ** 2 / (v1**2 / (u1 - 1) + v2**2 / (u2 - 1)), shared + alone - 1)
        observed = round(abs(estimate / se), 8)
        extreme = 0
        for swap in itertools.product([False, True], repeat=shared):
            y, n = hits.copy(), words.copy()
            for e, flip in enumerate(swap):
                if flip:
                    y[e], n[e] = y[e, ::-1], n[e, ::-1]
            d, s, _, _ = t(y, n)
            extreme += round(abs(d / s), 8) >= observed
        cases.append({"hits": hits, "words": words, "estimate": estimate, "se": se, "df": df,
                      "p": extreme / 2**shared})
    return write("events", cases)


# Tables ----------------------------------------------------------------------------------------

def prevalence():
    cases = []
    for k in range(40):
        n1, n2 = (int(n) for n in rng.integers(1, 80, 2))
        a, b = int(rng.integers(0, n1 + 1)), int(rng.integers(0, n2 + 1))
        level = [0.95, 0.9, 0.99][k % 3]
        low, high = confint_proportions_2indep(b, n2, a, n1, method="newcomb", compare="diff", alpha=1 - level)
        wilson = proportion_confint(a, n1, alpha=1 - level, method="wilson")
        jeffreys = proportion_confint(a, n1, alpha=1 - level, method="jeffreys")
        fisher = stats.fisher_exact([[a, n1 - a], [b, n2 - b]]).pvalue
        cases.append({"counts": [a, n1, b, n2], "level": level, "difference": [low, high], "wilson": wilson,
                      "jeffreys": jeffreys, "fisher": fisher})
    return write("prevalence", cases)


def keyness():
    cases = []
    for k in range(40):
        n1, n2 = (int(10**e) for e in rng.uniform(2.5, 7, 2))
        rate = 10 ** rng.uniform(-4, -2)
        a, b = int(rng.poisson(rate * n1)), int(rng.poisson(rate * n2 * rng.uniform(0.3, 3)))
        a += int(a + b == 0)
        table = [[a, b], [n1 - a, n2 - b]]
        low, high = stats.binomtest(a, a + b).proportion_ci(0.95, method="exact")
        odds = lambda p: np.log2(p / (1 - p) * n2 / n1) if 0 < p < 1 else None
        cases.append({
            "hits": [a, b], "words": [n1, n2],
            "g2": stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic,
            "chi2": stats.chi2_contingency(table, correction=False).statistic,
            "exact": stats.binomtest(a, a + b, n1 / (n1 + n2)).pvalue if a + b < 5000 else None,
            "low": odds(low), "high": odds(high),
            "ratio": np.log2((a or 0.5) / n1 / ((b or 0.5) / n2))})
    return write("keyness", cases)


def stratified():
    cases = []
    while len(cases) < 20:
        tables = rng.poisson(rng.uniform(0.5, 8, 4), (rng.integers(2, 9), 4)).reshape(-1, 2, 2)
        ad = (tables[:, 0, 0] * tables[:, 1, 1]).sum()
        bc = (tables[:, 0, 1] * tables[:, 1, 0]).sum()
        if ad == 0 or bc == 0 or (tables.sum((1, 2)) < 2).any():
            continue
        pooled = StratifiedTable([t.astype(float) for t in tables])
        cases.append({"tables": tables.reshape(-1, 4), "odds": pooled.oddsratio_pooled, "se": pooled.logodds_pooled_se,
                      "interval": pooled.oddsratio_pooled_confint(), "chi2": pooled.test_null_odds().statistic,
                      "p": pooled.test_null_odds().pvalue})
    return write("stratified", cases)


# Models ----------------------------------------------------------------------------------------

def models():
    cases = []
    while len(cases) < 30:
        n, p = int(rng.integers(14, 40)), int(rng.integers(2, 5))
        x = np.column_stack([np.ones(n), np.arange(n) % 2, rng.normal(size=(n, 2))])[:, :p]
        words = lengths(n)
        alpha = [0, 0.5, 1][len(cases) % 3]
        y = counts(n, np.exp(-5.5 + 0.5 * x[:, 1]), alpha, words)
        clusters = rng.integers(0, 8, n)
        if min(y[x[:, 1] == g].sum() for g in (0, 1)) < 3 or len(set(clusters)) < 7:
            continue
        glm = sm.GLM(y, x, family=sm.families.Poisson(), offset=np.log(words))
        fit = glm.fit(tol=1e-14)
        robust = [glm.fit(tol=1e-14, cov_type="cluster", cov_kwds={"groups": clusters, "use_correction": c}).bse
                  for c in (False, True)]
        phi = fit.pearson_chi2 / fit.df_resid
        quasi = fit.bse * max(1, phi) ** 0.5
        case = {"hits": y, "words": words, "design": np.round(x, 12).ravel(), "columns": p, "clusters": clusters,
                "coefficients": fit.params, "se": fit.bse, "dispersion": phi, "llf": fit.llf, "quasi": quasi,
                "p": 2 * stats.t.sf(abs(fit.params[1] / quasi[1]), n - p), "cr0": robust[0], "cr1": robust[1],
                "nb": None}
        if ((y - fit.mu) ** 2 - y).sum() > 0:
            nb = NegativeBinomial(y, x, loglike_method="nb2", offset=np.log(words))
            profile = lambda a: sm.GLM(y, x, family=sm.families.NegativeBinomial(alpha=np.exp(a)),
                                       offset=np.log(words)).fit(tol=1e-12)
            best = optimize.minimize_scalar(lambda a: -profile(a).llf, bounds=(-7, 3), method="bounded").x
            # Until it is fitted by its own methods, this model's last parameter is ln alpha.
            found = optimize.root(nb.score, [*profile(best).params, best], tol=1e-13).x
            if best < -6 or not np.abs(nb.score(found)).max() < 1e-6:
                continue
            case["nb"] = {"coefficients": found[:-1], "alpha": np.exp(found[-1]), "llf": nb.loglike(found),
                          "se": profile(found[-1]).bse}
        cases.append(case)
    return write("models", cases)


# Values ----------------------------------------------------------------------------------------

def effects():
    cases = []
    for k in range(25):
        x, y = (np.round(rng.gamma(1, 3, rng.integers(3, 12)), [0, 2][k % 2]) for _ in range(2))
        y[0] += 1
        n1, n2 = len(x), len(y)
        d = (y.mean() - x.mean()) / np.sqrt(((n1 - 1) * x.var(ddof=1) + (n2 - 1) * y.var(ddof=1)) / (n1 + n2 - 2))
        m = min(n1, n2)
        rho = stats.spearmanr(x[:m], y[:m])
        means = stats.permutation_test(
            (x, y), lambda a, b, axis: np.round(np.abs(b.mean(axis) - a.mean(axis)), 9), vectorized=True,
            n_resamples=np.inf, alternative="greater") if n1 + n2 <= 15 else None
        flips = stats.permutation_test(
            (x[:m] - y[:m],), lambda a, axis: np.round(np.abs(a.sum(axis)), 9), vectorized=True,
            permutation_type="samples", n_resamples=np.inf, alternative="greater")
        cases.append({"x": x, "y": y, "u": stats.mannwhitneyu(y, x).statistic, "d": d,
                      "rho": None if np.isnan(rho.statistic) else [rho.statistic, rho.pvalue],
                      "means": means and means.pvalue, "flips": flips.pvalue})
    return write("effects", cases)


def families():
    cases = []
    for k in range(20):
        p = np.round(rng.beta(0.6, 2, rng.integers(1, 15)), 4)
        cases.append({"p": p} | {name: multipletests(p, method=method)[1]
                                 for name, method in (("holm", "holm"), ("bh", "fdr_bh"), ("by", "fdr_by"))})
    return write("families", cases)


def bootstraps():
    """scipy's own replicates, so that the intervals made of them can be compared."""
    cases = []
    for k in range(12):
        x = np.round(rng.gamma(1, 3, rng.integers(8, 25)), 3)
        statistic = [np.mean, np.std, lambda v, axis: v.mean(axis) ** 2][k % 3]
        found = {method: stats.bootstrap((x,), statistic, n_resamples=199, method=method, rng=k)
                 for method in ("percentile", "BCa")}
        replicates = found["BCa"].bootstrap_distribution
        cases.append({"estimate": statistic(x, axis=0), "replicates": replicates,
                      "jackknife": [statistic(np.delete(x, i), axis=0) for i in range(len(x))]}
                     | {name.lower(): list(f.confidence_interval) for name, f in found.items()})
    return write("bootstraps", cases)


def distributions():
    cases = []
    for k in range(40):
        df, t, level = 10 ** rng.uniform(0, 6), rng.uniform(0, 6), rng.choice([0.8, 0.9, 0.95, 0.99, 0.999])
        a, b, x = 10 ** rng.uniform(-0.5, 5), 10 ** rng.uniform(-0.5, 5), rng.uniform(0.01, 0.99)
        q = stats.beta.ppf(x, a, b)
        cases.append({"df": df, "t": t, "level": level, "t_p": 2 * stats.t.sf(t, df),
                      "t_quantile": stats.t.ppf(0.5 + level / 2, df), "a": a, "b": b, "x": x, "quantile": q,
                      "chi2": stats.chi2.sf(t * t, 1 + k % 5), "chi2_df": 1 + k % 5, "normal": stats.norm.ppf(x)})
    return write("distributions", cases)


# Corpora ---------------------------------------------------------------------------------------

def dispersions():
    cases = []
    for k in range(15):
        n = int(rng.integers(2, 30))
        words = lengths(n)
        hits = rng.poisson(rng.gamma(0.7, 3, n))
        hits[0] += 1
        v, s, r = hits / hits.sum(), words / words.sum(), hits / words
        dp = np.abs(v - s).sum() / 2
        cases.append({"hits": hits, "words": words, "dp": dp, "norm": dp / (1 - s.min()),
                      "juilland": 1 - stats.variation(r) / np.sqrt(n - 1)})
    return write("dispersions", cases)


def shifts():
    cases = []
    for k in range(12):
        n = int(rng.integers(3, 20))
        words = [f"w{i:02}" for i in range(n)]
        c1, c2 = rng.poisson(6, n) + 1, rng.poisson(6, n) + 1
        s1 = np.round(rng.normal(size=n), 3)
        s2 = s1 if k % 2 else np.round(rng.normal(size=n), 3)
        reference = "average" if k % 3 else 0.25
        shift = WeightedAvgShift(dict(zip(words, c1.tolist())), dict(zip(words, c2.tolist())),
                                 dict(zip(words, s1.tolist())), dict(zip(words, s2.tolist())),
                                 reference_value=reference)
        scores = shift.get_shift_scores(details=False)
        total = np.abs([scores[w] for w in words]).sum()
        average = [(c1 * s1).sum() / c1.sum(), (c2 * s2).sum() / c2.sum()]
        # shifterator normalises to a sum of 1; undo that.
        raw = np.array([scores[w] for w in words])
        raw = raw / raw.sum() * (average[1] - average[0])
        cases.append({"counts": [c1, c2], "scores": [s1, s2],
                      "reference": None if reference == "average" else reference, "average": average,
                      "contributions": raw})
    return write("shifts", cases)


def splits():
    """Kitagawa as two re-weightings: the mean of either order of swapping shares and rates."""
    cases = []
    for k in range(12):
        n = int(rng.integers(2, 9))
        words = lengths((n, 2))
        hits = rng.poisson(words * rng.gamma(1, 4, (n, 2)) / 1000)
        s, r = words / words.sum(0), hits / words
        total = lambda share, rate: (s[:, share] * r[:, rate]).sum()
        coverage = ((total(1, 0) - total(0, 0)) + (total(1, 1) - total(0, 1))) / 2
        treatment = ((total(0, 1) - total(0, 0)) + (total(1, 1) - total(1, 0))) / 2
        cases.append({"hits": hits, "words": words, "coverage": coverage, "treatment": treatment})
    return write("splits", cases)


def omnibus():
    """Shares of variants in groups, with all arrangements of articles that mention anything."""
    cases = []
    while len(cases) < 12:
        sizes = [(5, 5), (5, 6), (5, 7)][len(cases) % 3]
        v = 2 + len(cases) % 2
        n = sum(sizes)
        liking = rng.dirichlet(np.full(v, 0.7), n)
        h = np.array([rng.multinomial(rng.integers(1, 6), p) for p in liking]).astype(float)
        if (h.sum(0) == 0).any():
            continue

        def statistic(i, j, axis):
            parts = []
            for x in (i, j):
                own = h[x]
                m = own.sum(-1, keepdims=True)
                total = m.sum(-2, keepdims=True)
                p = (own.sum(-2, keepdims=True) + 1 / v) / (total + 1)
                parts.append((p[..., 0, :], (((own - p * m) / (total + 1 - m)) ** 2).sum((-1, -2))))
            (p, a), (q, b) = parts
            return np.round(((p - q) ** 2).sum(-1) / (a + b), 9)

        index = np.arange(n)
        first = index[: sizes[0]], index[sizes[0]:]
        test = stats.permutation_test(first, statistic, vectorized=True, n_resamples=np.inf, alternative="greater")
        cases.append({"first": sizes[0], "variants": v, "counts": h.astype(int).ravel(),
                      "statistic": float(statistic(*first, axis=-1)), "p": test.pvalue})
    return write("omnibus", cases)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    makers = [rates, events, prevalence, keyness, stratified, models, effects, families, bootstraps, distributions,
              dispersions, shifts, splits, omnibus]
    print("all:", sum(make() for make in makers))
