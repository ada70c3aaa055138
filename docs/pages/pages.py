"""The pages: one of a lexicon, one of all of them."""

from html_text import Html, el, joined, text

STYLE = """
:root { color-scheme: light dark; --line: #8885; --soft: #8882; --good: #2a7d46; --bad: #b3541e; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 0; }
table { border-collapse: collapse; width: 100%; } th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
section.path { border-top: 1px solid var(--line); padding: .8rem 0; }
section.path:target { background: var(--soft); }
.d1 { margin-left: 1.2rem; } .d2 { margin-left: 2.4rem; } .d3 { margin-left: 3.6rem; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .1rem .8rem; margin: .4rem 0; } dt { opacity: .75; } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin: 0 0 .4rem .8rem; } .d1, .d2, .d3 { margin-left: .4rem; } }
ul.entries { columns: 16rem; margin: .4rem 0; padding-left: 1.1rem; } ul.entries li { break-inside: avoid; overflow-wrap: anywhere; }
code { background: var(--soft); padding: 0 .2rem; } .kind, .cond { opacity: .75; font-size: .9em; }
.badge { border: 1px solid currentColor; border-radius: .6rem; font-size: .8em; padding: 0 .5rem; white-space: nowrap; }
.holds { color: var(--good); } .below { color: var(--bad); }
summary { cursor: pointer; } .cond details { display: inline-block; } input { font: inherit; padding: .3rem; width: 100%; box-sizing: border-box; }
"""

# A filter over the paths. Without JavaScript the page is the same and the field does nothing.
SCRIPT = """
const field = document.getElementById("filter");
field.hidden = false;
field.addEventListener("input", () => {
  const sought = field.value.toLowerCase();
  for (const path of document.querySelectorAll("section.path")) {
    path.hidden = sought !== "" && !path.textContent.toLowerCase().includes(sought);
  }
});
"""

KINDS_OF_CONDITION = ("near", "not_near", "before", "after", "not_before", "not_after")
FOLDED_FROM = 8
PLAIN_CONDITIONS = ("weight", "case", "voice", "zone", "negation")


def _page(title, *content, script=None):
    head = [
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", Html(STYLE)),
    ]
    scripts = [el("script", Html(script))] if script else []
    return "<!doctype html>\n" + el("html", el("head", head), el("body", content, scripts), lang="en") + "\n"


def index(lexicons):
    """The page of all lexicons."""
    rows = [
        el(
            "tr",
            el("td", el("a", lexicon.id, href=f"{lexicon.id}.html")),
            el("td", lexicon.head.get("name")),
            el("td", lexicon.language),
            el("td", len(lexicon.paths), class_="n"),
            el("td", lexicon.entries(), class_="n"),
            el("td", len(lexicon.tests), class_="n"),
            el("td", _summary(lexicon)),
        )
        for lexicon in lexicons
    ]
    head = [el("th", "lexicon"), el("th", "name"), el("th", "language")]
    head += [el("th", name, class_="n") for name in ("paths", "entries", "tests")] + [el("th", "measured")]
    return _page(
        "framescope lexicons",
        el("h1", "The lexicons of framescope"),
        el("p", "Each page shows what a lexicon counts: definitions, examples, every entry with its conditions, masks, tests, and how "
           "often its hits were right where that was measured. A hit is a word, not a frame: read the hits on your own texts."),
        el("div", el("table", el("tr", head), rows), class_="scroll"),
    )


def _summary(lexicon):
    measured = [path.measured for path in lexicon.paths if path.measured]
    if not measured:
        return "not yet"
    held = sum(row["status"] == "holds" for row in measured)
    return f"{held} of {len(measured)} paths hold"


def lexicon(shown):
    """The page of one lexicon."""
    return _page(
        f"{shown.id}: {shown.head.get('name', '')}",
        el("p", el("a", "all lexicons", href="index.html")),
        el("h1", el("code", shown.id), " ", shown.head.get("name")),
        _head(shown),
        el("h2", "Paths"),
        el("input", id="filter", type="search", hidden="", placeholder="Filter: a word, a path, an entry", aria_label="Filter the paths"),
        [_path(shown, path) for path in shown.paths],
        _masks(shown),
        _abouts(shown),
        _axes(shown),
        script=SCRIPT,
    )


def _terms(rows):
    return el("dl", [(el("dt", key), el("dd", value)) for key, value in rows if value not in (None, "", [])])


def _head(shown):
    head = shown.head
    written = head.get("developed_on")
    match = joined(f"{key} = {_value(value)}" for key, value in shown.match.items())
    return [
        el("p", head.get("description")),
        _terms(
            [
                ("file", el("code", f"lexicons/{shown.file}")),
                ("version", head.get("version")),
                ("language", shown.language),
                ("extends", head.get("extends")),
                ("source", head.get("source")),
                ("license", head.get("license")),
                ("validated", head.get("validated") or "no"),
                ("written from", f"{len(written)} texts or collections: its scores of these say nothing of its quality" if written else None),
                ("matching", match),
                ("holds", f"{len(shown.paths)} paths, {shown.entries()} entries, {len(shown.masks)} masks, {len(shown.tests)} tests"),
                ("precision", _judged(shown)),
            ]
        ),
    ]


def _judged(shown):
    judged = shown.judged
    if judged is None:
        return "not measured yet"
    human = "" if judged.get("human") else " No human coder judged."
    return f"{judged.get('hits', '?')} hits judged by {judged.get('by', '?')} ({judged.get('on', '?')}), twice each.{human}"


def _path(shown, path):
    said = path.texts
    status = el("span", said["status"], class_="badge below") if "status" in said else ""
    return el(
        "section",
        el("h3", el("code", path.id), " ", said.get("label"), " ", el("span", path.kind, class_="kind"), " ", status, " ", _badge(path)),
        _terms(
            [
                ("definition", said.get("definition")),
                ("counts", said.get("include")),
                ("does not count", said.get("exclude")),
                ("connotation", said.get("connotation")),
                ("according to", said.get("according_to")),
                ("source", said.get("source")),
                ("about", el("a", said["about"], href=f"#about-{said['about']}") if "about" in said else None),
                ("precision", _precision(path)),
                ("errors left", _errors(path)),
            ]
        ),
        _folded("entry", "entries", _entries(shown, path.entries), path.entries),
        _folded("mask of this path", "masks of this path", el("ul", [_mask(shown, mask) for mask in path.masks]), path.masks),
        _folded("test", "tests", el("ul", [_test(shown, test, path.id) for test in path.tests]), path.tests),
        class_=f"path d{min(path.depth, 3)}",
        id=path.id,
    )


def _folded(one, many, content, rows):
    return el("details", el("summary", f"{len(rows)} {one if len(rows) == 1 else many}"), content) if rows else ""


def _badge(path):
    row = path.measured
    if row is None:
        return ""
    if not row.get("n"):
        return el("span", "no hits to judge", class_="badge")
    name = "holds" if row["status"] == "holds" else "experimental"
    return el("span", f"{row['precision']:.2f} {name}", class_="badge holds" if name == "holds" else "badge below")


def _precision(path):
    row = path.measured
    if row is None or not row.get("n"):
        return None
    changed = "; the path changed since it was judged" if path.changed else ""
    few = " (few)" if row["n"] < 20 else ""
    return f"{row['precision']:.2f}, 95 % {row['low']:.2f} to {row['high']:.2f}, of {row['n']} hits judged{few}{changed}"


def _errors(path):
    errors = (path.measured or {}).get("errors", [])[:3]
    return joined((f"“{error['entry']}” {error['wrong']:g} of {error['n']}" + (f": {error['why']}" if error.get("why") else "") for error in errors), "; ")


def _entries(shown, entries):
    return el("ul", [el("li", _entry(shown, entry)) for entry in entries], class_="entries")


def _entry(shown, entry):
    """An entry with its conditions, as in the file but in words."""
    if isinstance(entry, str):
        return _term(shown, entry)
    conditions = [f"{key} {_value(entry[key])}" for key in PLAIN_CONDITIONS if key in entry]
    conditions += [_condition(shown, key, entry[key]) for key in KINDS_OF_CONDITION if key in entry]
    conditions += [Html(f"({text(entry['note'])})")] if "note" in entry else []
    said = el("span", joined(conditions, "; "), class_="cond") if conditions else ""
    return [_term(shown, entry["term"]), " ", said]


def _condition(shown, kind, value):
    name = kind.replace("_", " ")
    if isinstance(value, list):
        return _list(shown, f"{name} ", value)
    mode = "all" if "all" in value else "any"
    within = value.get("within", "")
    within = f" within {within} words" if isinstance(within, int) else f" in the same {within}" if within else ""
    side = f", {value['side']}" if value.get("side", "both") != "both" else ""
    return _list(shown, f"{name}{within}{side} {mode} of ", value.get(mode, []))


def _list(shown, name, terms):
    """The terms of a condition; a long list is folded up."""
    written = [term if isinstance(term, str) else term.get("term", "") for term in terms]
    named = el("span", joined(_reference(term) or term for term in written), lang=shown.language or None)
    return el("details", el("summary", f"{name}{len(terms)} terms"), named) if len(terms) > FOLDED_FROM else [name, named]


def _reference(term):
    return el("a", term, href=f"#{term[1:]}") if term.startswith("@") else None


def _term(shown, term):
    return _reference(term) or el("code", term, lang=shown.language or None, dir="auto")


def _value(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value).lower() if isinstance(value, bool) else str(value)


def _mask(shown, mask):
    limited = mask.get("paths")
    where = ["only for ", joined(el("a", path, href=f"#{path}") for path in limited), ": "] if limited else ""
    return el("li", mask.get("why"), " (", where, joined(_entry(shown, term) for term in mask.get("terms", [])), ")")


def _test(shown, test, path):
    expected = test["expect"][path]
    if isinstance(expected, dict):
        expected = ", ".join(f"{key} {value}" for key, value in expected.items())
    return el("li", el("span", test["text"], lang=shown.language or None, dir="auto"), " ", el("span", f"→ {expected}", class_="kind"))


def _masks(shown):
    return [el("h2", "Masks: what looks like a hit and is none"), el("ul", [_mask(shown, mask) for mask in shown.masks])] if shown.masks else []


def _abouts(shown):
    parts = []
    for about in shown.abouts:
        sides = [(name, joined(_entry(shown, term) for term in terms)) for name, terms in about.get("sides", {}).items()]
        parts.append(el("section", el("h3", el("code", about["id"]), f" within {about.get('within', 'sentence')}"), _terms(sides), id=f"about-{about['id']}"))
    return [el("h2", "About: word and whom"), parts] if parts else []


def _axes(shown):
    def side(paths):
        return joined(el("a", path, href=f"#{path}") for path in paths)

    rows = [el("tr", el("td", el("code", axis["id"])), el("td", side(axis.get("positive", []))), el("td", side(axis.get("negative", [])))) for axis in shown.axes]
    head = el("tr", el("th", "axis"), el("th", "positive"), el("th", "negative"))
    return [el("h2", "Axes"), el("div", el("table", head, rows), class_="scroll")] if rows else []
