#!/usr/bin/env python3
"""Draws random data sets and writes beside this file what scipy, statsmodels and numpy say of them: few clusters,
signed ranks, and trends.

usage: python3 -m venv V; V/bin/pip install -r requirements.txt; V/bin/python clusters_ranks_trends.py

As reference.py, whose functions it uses. No library has CR2 for Poisson models or the linearised wild bootstrap, so
they are written out here with matrices of one row an article, as their papers have them; CR2 with each article a
cluster of its own is statsmodels' HC2.
"""

import itertools
import warnings

import numpy as np
import statsmodels.api as sm
from scipy import linalg, stats

import reference
from reference import counts, lengths, write

rng = reference.rng = np.random.default_rng(20261127)


def working(x, y, words, alpha, coefficients):
    """Columns and residuals of the linear model that a fit ends in."""
    mu = words * np.exp(x @ coefficients)
    weight = mu / (1 + alpha * mu)
    return x * np.sqrt(weight)[:, None], (y - mu) / np.sqrt(mu * (1 + alpha * mu))


def fit(x, y, words, alpha):
    family = sm.families.NegativeBinomial(alpha=alpha) if alpha else sm.families.Poisson()
    return sm.GLM(y, x, family=family, offset=np.log(words))


def cr2(x, e, clusters):
    """Bell and McCaffrey's variance and Satterthwaite's degrees of freedom, by n x n matrices."""
    n, p = x.shape
    m = np.linalg.inv(x.T @ x)
    left = np.eye(n) - x @ m @ x.T
    meat, adjusted = np.zeros((p, p)), []
    for c in np.unique(clusters):
        own = clusters == c
        values, vectors = linalg.eigh(left[np.ix_(own, own)])
        root = vectors @ np.diag([1 / np.sqrt(v) if v > 1e-10 else 0 for v in values]) @ vectors.T
        a = np.zeros((n, n))
        a[np.ix_(own, own)] = root
        score = x.T @ a @ e
        meat += np.outer(score, score)
        adjusted.append(a)
    df = []
    for k in range(p):
        g = np.column_stack([left @ a @ x @ m[:, k] for a in adjusted])
        b = g.T @ g
        df.append(np.trace(b) ** 2 / (b * b).sum())
    return m @ meat @ m, df


def wild(x, e, clusters, column, weights):
    """|t| of a column for each row of weights by cluster: residuals are weighted, the model is fitted anew."""
    m = np.linalg.inv(x.T @ x)
    ids = np.unique(clusters)
    found = []
    for w in weights:
        outcome = e * w[np.searchsorted(ids, clusters)]
        b = m @ x.T @ outcome
        rest = outcome - x @ b
        scores = np.array([x[clusters == c].T @ rest[clusters == c] for c in ids])
        found.append(abs(b[column]) / np.sqrt((m @ scores.T @ scores @ m)[column, column]))
    return np.round(found, 9)


def clusters():
    cases = []
    while len(cases) < 40:
        g = int(rng.integers(6, 13))
        sizes = rng.integers(1, 5, (g, 2))
        event = np.concatenate([np.repeat(np.arange(g), sizes[:, s]) for s in (0, 1)])
        outlet = np.repeat([0, 1], sizes.sum(0))
        n = len(event)
        p = 2 + len(cases) % 2
        x = np.column_stack([np.ones(n), outlet, np.round(rng.normal(size=n), 3)])[:, :p]
        words = lengths(n)
        y = counts(n, np.exp(-5.5 + 0.4 * outlet) * rng.gamma(2, 0.5, g)[event], [0, 1][len(cases) % 2], words)
        alpha = [0, 0, 0.4][len(cases) % 3]
        if min(y[outlet == s].sum() for s in (0, 1)) < 5:
            continue
        model = fit(x, y, words, alpha)
        found = model.fit(tol=1e-14)
        xw, e = working(x, y, words, alpha, found.params)
        variance, df = cr2(xw, e, event)
        se = np.sqrt(np.diag(variance))
        # For NB2 statsmodels takes the observed information, and here it is the expected one, that of the linear model.
        same = sm.OLS(e + xw @ found.params, xw)
        robust = [(same.fit if alpha else lambda **how: model.fit(tol=1e-14, **how))(
            cov_type="cluster", cov_kwds={"groups": event, "use_correction": c}).bse for c in (False, True)]
        without = np.delete(x, 1, axis=1)
        restricted = np.insert(fit(without, y, words, alpha).fit(tol=1e-14).params, 1, 0)
        xr, er = working(x, y, words, alpha, restricted)
        signs = np.array(list(itertools.product([1, -1], repeat=g)))
        t = wild(xr, er, event, 1, signs)
        cases.append({"hits": y, "words": words, "design": x.ravel(), "columns": p, "clusters": event, "alpha": alpha,
                      "coefficients": found.params, "cr0": robust[0], "cr1": robust[1], "cr2": se, "df": df,
                      "p": 2 * stats.t.sf(abs(found.params[1] / se[1]), df[1]), "hc2": same.fit().HC2_se,
                      "wild": (t >= t[0]).mean()})
    return write("clusters", cases)


def ranks():
    cases = []
    for k in range(40):
        kind = k % 4
        n = int([rng.integers(3, 30), rng.integers(3, 13), rng.integers(51, 90), rng.integers(51, 90)][kind])
        d = rng.normal(0.3, 1, n)
        if kind in (1, 3):
            d = np.round(2 * d) / 2  # ties and zeros
        d = np.round(d, 6)
        if not d.any():
            d[0] = 1.5
        if kind == 1:
            # All signs of the ranks at hand.
            own = d[d != 0]
            r = stats.rankdata(abs(own))
            sums = np.array([s @ r for s in itertools.product([0, 1], repeat=len(own))])
            w = r[own > 0].sum()
            p = min(1, 2 * min((sums <= w + 1e-9).mean(), (sums >= w - 1e-9).mean()))
        else:
            method = "exact" if kind == 0 else "asymptotic"
            p = stats.wilcoxon(d, method=method, correction=False).pvalue
        w = stats.rankdata(abs(d[d != 0]))[d[d != 0] > 0].sum()
        cases.append({"differences": d, "positive": w, "ranked": int((d != 0).sum()), "p": p})
    return write("ranks", cases)


def hac():
    """Newey and West's by statsmodels: of one series, and of two groups' sums by period (Driscoll and Kraay)."""
    cases = []
    while len(cases) < 30:
        t = int(rng.integers(26, 70))
        lags = int(rng.integers(0, 8))
        time = np.arange(t) + int(rng.integers(0, 400))
        mood = np.zeros(t)
        for i in range(1, t):
            mood[i] = 0.5 * mood[i - 1] + 0.3 * rng.normal()
        words = lengths((2, t)) * 8
        y = rng.poisson(words * 0.003 * np.exp(mood + np.array([[0], [0.01]]) * np.arange(t)))
        monthly = len(cases) % 2 == 1
        season = time // 4 % 5
        dummies = (season[:, None] == np.unique(season)[1:]).astype(float) if monthly else np.empty((t, 0))
        one = np.column_stack([np.ones(t), time - time.mean(), dummies])
        single = sm.GLM(y[0], one, family=sm.families.Poisson(), offset=np.log(words[0])).fit(
            tol=1e-14, cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
        group = np.repeat([0.0, 1.0], t)
        trend = np.tile(time - time.mean(), 2)
        both = np.column_stack([np.ones(2 * t), trend, group, group * trend, np.vstack([dummies, dummies])])
        # statsmodels' sums by period want the rows period by period.
        order = np.argsort(np.tile(time, 2), kind="stable")
        double = sm.GLM(y.ravel()[order], both[order], family=sm.families.Poisson(),
                        offset=np.log(words.ravel()[order])).fit(
            tol=1e-14, cov_type="hac-groupsum",
            cov_kwds={"time": np.tile(time, 2)[order] - time[0], "maxlags": lags, "use_correction": False})
        scale = [np.sqrt(t / (t - x.shape[1])) for x in (one, both)]
        cases.append({"periods": time, "seasons": season if monthly else None, "lags": lags, "hits": y, "words": words,
                      "slope": single.params[1], "slope_se": single.bse[1] * scale[0],
                      "difference": double.params[3], "difference_se": double.bse[3] * scale[1]})
    return write("trends", cases)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print("all:", sum(make() for make in (clusters, ranks, hac)))
