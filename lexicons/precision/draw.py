"""Which hits of a path are judged: one an article, no entry too often, each with its chance of being drawn.

The draw in words. (1) Of every article that has hits of the path one hit is picked at random; it stands for all of
them (`stands_for`). (2) Entries share the sample by how often they hit, but none gets more than the cap; what the cap
takes from a frequent entry goes to the others, and only where they are used up is the cap raised. (3) Inside an entry
corpora share by the square root of their hits (`spread` = 0.5; 1 = in proportion, 0 = alike), so that a large corpus
does not drown the small ones. (4) These chances add up to n, and one systematic draw over all articles, in the
order entry, corpus, outlet, takes exactly n with exactly these chances: the order spreads the sample over outlets. (5) The
weight of a hit is `stands_for` / chance: weighted, the sample speaks for every hit of the path in the corpora (Horvitz
and Thompson 1952), whatever cap and spread did.
"""

import hashlib
import random
from collections import defaultdict
from dataclasses import dataclass
from math import ceil


@dataclass
class Candidate:
    """The hit that was picked from one article, with the number of hits there that it stands for."""

    path: str
    entry: str
    id: str
    field: str
    start: int
    end: int
    corpus: str
    outlet: str
    zone: str
    voice: str
    stands_for: int = 1
    chance: float = 0.0

    @property
    def weight(self):
        return self.stands_for / self.chance

    @property
    def place(self):
        return self.path, self.id, self.field, self.start


def dice(*parts):
    """A number that looks random and depends on nothing but these parts."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def one_an_article(hits, seed):
    """Step 1: from hits in any order, one Candidate per path and article, picked by dice."""
    best = {}
    for hit in hits:
        key = hit.path, hit.id
        throw = dice(seed, "hit", *hit.place)
        held = best.get(key)
        count = held[1].stands_for + 1 if held else 1
        if held is None or throw < held[0]:
            best[key] = throw, hit
        best[key][1].stands_for = count
    by_path = defaultdict(list)
    for _, hit in best.values():
        by_path[hit.path].append(hit)
    return dict(by_path)


def shares_of_entries(sizes, room, n, cap):
    """Step 2: how many of n each entry gets in expectation: {entry: share}, and the cap that it took.

    `sizes`: hits of each entry; `room`: articles that each can give. Shares follow the sizes under min(cap, room).
    """
    n = min(n, sum(room.values()))
    while sum(min(cap, room[e]) for e in sizes) < n:
        cap += 1
    shares, open_entries, left = {}, set(sizes), float(n)
    while open_entries:
        total = sum(sizes[e] for e in open_entries)
        full = {e for e in open_entries if left * sizes[e] / total >= min(cap, room[e])}
        if not full:
            shares |= {e: left * sizes[e] / total for e in open_entries}
            break
        for entry in full:
            shares[entry] = float(min(cap, room[entry]))
            left -= shares[entry]
        open_entries -= full
    return shares, cap


def chances(measures, expected):
    """Chances in proportion to the measures that add up to `expected`, none over 1."""
    result = [0.0] * len(measures)
    open_units, left = set(range(len(measures))), expected
    while open_units and left > 1e-9:
        total = sum(measures[i] for i in open_units)
        sure = {i for i in open_units if left * measures[i] / total >= 1 - 1e-12}
        if not sure:
            for i in open_units:
                result[i] = left * measures[i] / total
            break
        for i in sure:
            result[i] = 1.0
        left -= len(sure)
        open_units -= sure
    return result


def systematic(units, start):
    """Step 4: those units in whose stretch of the cumulated chances start, start + 1, ... fall."""
    drawn, reached, mark = [], 0.0, start
    for unit in units:
        reached += unit.chance
        if reached > mark + 1e-9:
            drawn.append(unit)
            mark += 1
    return drawn


def draw_path(candidates, n, seed, cap=None, spread=0.5):
    """Steps 2 to 5 for the candidates of one path: (drawn candidates, the cap that held)."""
    cap = cap if cap is not None else max(ceil(n / 10), 3)
    of_entry, of_corpus = defaultdict(list), defaultdict(int)
    for candidate in candidates:
        of_entry[candidate.entry].append(candidate)
        of_corpus[candidate.corpus] += candidate.stands_for
    sizes = {entry: sum(c.stands_for for c in group) for entry, group in of_entry.items()}
    room = {entry: len(group) for entry, group in of_entry.items()}
    shares, cap = shares_of_entries(sizes, room, n, cap)
    for entry, group in of_entry.items():
        measures = [c.stands_for * of_corpus[c.corpus] ** (spread - 1) for c in group]
        for candidate, chance in zip(group, chances(measures, shares[entry]), strict=True):
            candidate.chance = chance
    path = candidates[0].path if candidates else ""
    order = sorted(candidates, key=lambda c: (c.entry, c.corpus, c.outlet, dice(seed, "order", *c.place)))
    return systematic(order, random.Random(f"{seed}|{path}").random()), cap
