//! Events as tables: who covered what, the evidence for every pair, what each desk changed, and the split of every
//! difference.

use crate::compare::tables::{status_cell, status_column};
use framescope_core::text::Voice;
use rustc_hash::FxHashMap;

use super::changes::{Change, Changes, Wordings, changes};
use super::split::{PathSplit, splits};
use super::{Events, Origin, Pair, Wording};
use crate::compare::copies::CopyKind;
use crate::compare::result::{Comparison, InVoice};
use crate::compare::units::Units;
use crate::output::{Colour, Datum, Listing, ListingColumn};

/// Events that are listed for each path and pair of groups; the others are one row.
const LISTED: usize = 10;
const NO_DATE: &str = "The article has no date";
const NO_DATES: &str = "None of its articles has a date that can be read";
const NO_GENRE: &str = "The article has no genre";

/// The tables `events`, `pairs`, `changes` and `split`; without rows they are left out. `groups` are the groups of the
/// articles as they were read, before copies were taken out.
pub fn event_tables(
    units: &Units,
    groups: &[u32],
    wording: &Wording,
    events: &Events,
    comparison: &Comparison,
) -> Vec<Listing> {
    let articles = Articles { units, groups };
    let changes: Vec<Changes> = changes(wording, &events.pairs).collect();
    let mut tables = vec![
        coverage(&articles, events),
        changed(&articles, events, &changes, comparison),
        split(units, events, comparison),
    ];
    // A table that a person gave is not written over.
    if matches!(events.origin, Origin::Matched { .. }) {
        tables.insert(1, pairs(&articles, wording, events, &changes));
    }
    tables.retain(|table| !table.rows.is_empty());
    tables
}

/// What tables say of articles.
struct Articles<'a> {
    units: &'a Units,
    groups: &'a [u32],
}

impl Articles<'_> {
    fn group(&self, article: u32) -> &str {
        let names = self.units.groups().values();
        self.groups.get(article as usize).and_then(|&group| names.get(group as usize)).map_or("", String::as_str)
    }

    fn column(&self, name: &str, article: u32) -> Option<&str> {
        self.units.column(name)?.of(article)
    }

    /// The cells of [`Self::columns`].
    fn cells(&self, article: u32) -> [Datum; 4] {
        [
            self.units.id(article).into(),
            self.group(article).into(),
            self.column("date", article).into(),
            self.column("genre", article).into(),
        ]
    }

    fn columns(which: &str, end: &str) -> [ListingColumn; 4] {
        [
            ListingColumn::new(format!("id_{end}"), format!("The {which} article")),
            ListingColumn::new(format!("group_{end}"), "Its group"),
            ListingColumn::new(format!("date_{end}"), "Its date, as the corpus has it").missing(NO_DATE),
            ListingColumn::new(format!("genre_{end}"), "Its genre").missing(NO_GENRE),
        ]
    }
}

/// Who covered which event: a row an event, a column a group.
fn coverage(articles: &Articles<'_>, events: &Events) -> Listing {
    let names = articles.units.groups().values();
    let mut columns = vec![
        ListingColumn::new("event", "The event; an article that nothing was matched with is one of its own"),
        ListingColumn::new("date_first", "The date of its first article").missing(NO_DATES),
        ListingColumn::new("date_last", "The date of its last article").missing(NO_DATES),
        ListingColumn::new("words", "Words that its articles share and others do not (no words of a lexicon)")
            .missing("The event was not matched by words"),
        ListingColumn::new("groups", "Groups that covered it"),
        ListingColumn::new("articles", "Its articles; copies inside a group are left out"),
    ];
    columns.extend(names.iter().map(|name| {
        ListingColumn::new(format!("articles_{name}"), format!("Articles of {name} on it; 0: not covered"))
    }));
    columns.push(ListingColumn::new(
        "ids",
        "Its articles, the earliest first, those without a date last, parted by | with a blank on each side",
    ));
    let mut table = Listing::new("events", columns);
    for (event, counts) in events.events.iter().zip(events.coverage(articles.groups, names.len())) {
        let dated = &event.articles[..event.dated];
        let date = |article: Option<&u32>| Datum::from(article.and_then(|&article| articles.column("date", article)));
        let ids: Vec<&str> = event.articles.iter().map(|&article| articles.units.id(article)).collect();
        let mut row = vec![
            event.name.as_str().into(),
            date(dated.first()),
            date(dated.last()),
            words(&event.words),
            counts.iter().filter(|count| **count > 0).count().into(),
            event.articles.len().into(),
        ];
        row.extend(counts.into_iter().map(Datum::from));
        row.push(ids.join(" | ").into());
        table.push(row);
    }
    table
}

fn words(words: &[String]) -> Datum {
    if words.is_empty() { Datum::Empty } else { words.join(" · ").into() }
}

/// The evidence for every pair, and every copy inside a group.
fn pairs(articles: &Articles<'_>, wording: &Wording, events: &Events, changes: &[Changes]) -> Listing {
    let only_copies = "The pair is no copy of one text";
    let mut columns = vec![ListingColumn::new(
        "status",
        "matched: one event; copy: one text (inside a group only the earlier article is kept); proposed: left to you. To \
         change it, write another of the three, delete a row or add one, and give the table back with --events FILE",
    )];
    columns.extend(Articles::columns("earlier", "a"));
    columns.extend(Articles::columns("later", "b"));
    columns.extend([
        ListingColumn::new("event", "The event of both").missing("They are not of one event"),
        ListingColumn::new("days_apart", "Days between them").unit("days").missing("A date is missing"),
        ListingColumn::new(
            "cosine",
            "How alike their words are: names, numbers and rare words weigh most, words of the \
             lexicons are left out",
        )
        .formula("cosine of (1 + ln tf)(ln((1 + N)/(1 + df)) + 1), times 1.5 for names and numbers")
        .missing("It was not taken: a copy inside a group"),
        ListingColumn::new("jaccard", "What their texts have in common")
            .formula("shared runs of 5 words over all such runs"),
        ListingColumn::new("copy", "exact, duplicate (jaccard from 0.8) or shared (from 0.4)").missing(only_copies),
        ListingColumn::new("words_kept", "Words that both texts have, titles aside").unit("words").missing(only_copies),
        ListingColumn::new("words_dropped", "Words of the earlier that the later has not")
            .unit("words")
            .missing(only_copies),
        ListingColumn::new("words_added", "Words of the later that the earlier has not")
            .unit("words")
            .missing(only_copies),
        ListingColumn::new("shared_words", "The shared words that decided, those that weigh most first")
            .missing("It was decided by the text alone"),
        ListingColumn::new("why", "Why it is only proposed").missing("It is not"),
    ]);
    let mut table = Listing::new("pairs", columns);
    let signatures = wording.signatures();
    let changes: FxHashMap<[u32; 2], &Changes> = changes.iter().map(|c| ([c.one, c.other], c)).collect();
    for pair in &events.pairs {
        let event = event_of(events, pair);
        let kind = CopyKind::of(&signatures[pair.one as usize], &signatures[pair.other as usize]);
        let changed = changes.get(&[pair.one, pair.other]);
        let mut row = vec![pair.status.name().into()];
        row.extend(articles.cells(pair.one));
        row.extend(articles.cells(pair.other));
        row.extend([
            event.into(),
            pair.days_apart.into(),
            pair.cosine.into(),
            pair.jaccard.into(),
            kind.map(|(kind, _)| kind.name()).into(),
            changed.map(|changes| changes.kept).into(),
            changed.map(|changes| changes.dropped).into(),
            changed.map(|changes| changes.added).into(),
            words(&pair.words),
            pair.reason.map(|reason| reason.text()).into(),
        ]);
        table.push(row);
    }
    for collapsed in &events.collapsed {
        let mut row = vec!["copy".into()];
        row.extend(articles.cells(collapsed.kept));
        row.extend(articles.cells(collapsed.article));
        row.extend([Datum::Empty, Datum::Empty, Datum::Empty, collapsed.jaccard.into(), collapsed.kind.name().into()]);
        row.extend([const { Datum::Empty }; 5]);
        table.push(row);
    }
    table
}

fn event_of<'e>(events: &'e Events, pair: &Pair) -> Option<&'e str> {
    let [one, other] = [pair.one, pair.other].map(|article| events.event_of.get(article as usize).copied().flatten());
    let event = one.filter(|_| one == other)?;
    events.events.get(event as usize).map(|event| event.name.as_str())
}

/// What each desk changed in one text.
fn changed(articles: &Articles<'_>, events: &Events, changes: &[Changes], comparison: &Comparison) -> Listing {
    let mut columns = vec![
        ListingColumn::new("event", "The event of both").missing("They are of none"),
        ListingColumn::new("id_a", "The earlier article"),
        ListingColumn::new("group_a", "Its group"),
        ListingColumn::new("id_b", "The later article"),
        ListingColumn::new("group_b", "Its group"),
        ListingColumn::new("zone", "title or text; titles are written by the desk and compared with titles"),
        ListingColumn::new(
            "change",
            "changed: other words in their place; added: only the later has them; dropped: only the earlier has; kept: both \
             have them, and a lexicon has a hit in them (what is kept without a hit is not listed)",
        ),
        ListingColumn::new("before", "The words before, in the article that has it")
            .missing("It begins the title or text"),
        ListingColumn::new("words_a", "What the earlier article has, as spelled, without marks")
            .missing("It has nothing here"),
        ListingColumn::new("words_b", "What the later article has").missing("It has nothing here"),
        ListingColumn::new("after", "The words behind").missing("It ends the title or text"),
    ];
    for (end, which) in [("a", "earlier"), ("b", "later")] {
        columns.push(
            ListingColumn::new(
                format!("hits_{end}"),
                format!("Hits in the words of the {which} article, as path: words"),
            )
            .missing("There is none"),
        );
        columns.push(
            ListingColumn::new(format!("voice_{end}"), "In whose voice its words stand: that of the first of them")
                .missing("It has no words here"),
        );
        columns.push(ListingColumn::new(
            format!("first_{end}"),
            "Its first word here, counted from 0 through title and text",
        ));
    }
    let mut table = Listing::new("changes", columns);
    for (pair, changes) in events.copies().zip(changes) {
        for change in &changes.changes {
            let mut row = vec![
                event_of(events, pair).into(),
                articles.units.id(changes.one).into(),
                articles.group(changes.one).into(),
                articles.units.id(changes.other).into(),
                articles.group(changes.other).into(),
                if change.is_in_title { "title" } else { "text" }.into(),
            ];
            row.extend(change_cells(change, comparison));
            table.push(row);
        }
    }
    table
}

fn change_cells(change: &Change, comparison: &Comparison) -> Vec<Datum> {
    let text = |text: &str| if text.is_empty() { Datum::Empty } else { text.into() };
    let hits = |side: &Wordings| {
        let name = |path: u32| comparison.paths.get(path as usize).map_or("", |path| path.id.as_str());
        let hits: Vec<String> = side.hits.iter().map(|(path, words)| format!("{}: {words}", name(*path))).collect();
        text(&hits.join(" | "))
    };
    let mut cells = vec![
        change.kind.name().into(),
        text(&change.before),
        text(&change.one.words),
        text(&change.other.words),
        text(&change.after),
    ];
    for side in [&change.one, &change.other] {
        cells.extend([hits(side), side.voice.map(Voice::name).into(), side.first.into()]);
    }
    cells
}

/// How much of each difference is which events were covered, and how much how the same events were told.
fn split(units: &Units, events: &Events, comparison: &Comparison) -> Listing {
    let per_1k = "hits per 1,000 words";
    let one_event = "The row is not of one event";
    let columns = vec![
        ListingColumn::new("lexicon", "The lexicon"),
        ListingColumn::new("path", "The path"),
        ListingColumn::new("group", "The group; differences are its rate less the other's"),
        ListingColumn::new("against", "What it is held against"),
        ListingColumn::new("voice", "outside quotation marks or quoted"),
        status_column(),
        ListingColumn::new(
            "part",
            "all: the whole difference; event: what one event adds; rest: what the events that are \
             not listed add. Events and rest sum to all",
        ),
        ListingColumn::new("event", "The event").missing(one_event),
        ListingColumn::new("rate_group", "Pooled rate of the group's articles of known events; of one event, in it")
            .unit(per_1k)
            .over("words of the voice")
            .missing("It has no words there"),
        ListingColumn::new("rate_against", "The same of what it is held against")
            .unit(per_1k)
            .over("words of the voice")
            .missing("It has no words there"),
        ListingColumn::new("difference", "The group's rate less the other's; of an event or the rest, what it adds")
            .unit(per_1k)
            .formula("coverage + treatment")
            .coloured(Colour::Difference),
        ListingColumn::new("coverage", "What comes from which events were covered, and how much was written on each")
            .unit(per_1k)
            .formula(
                "sum of (s1 - s2)((r1 + r2)/2 - mean rate), s: an event's share of its group's words (Kitagawa 1955)",
            ),
        ListingColumn::new("treatment", "What comes from telling the events that both covered differently")
            .unit(per_1k)
            .formula("sum of (s1 + s2)/2 (r1 - r2)"),
        ListingColumn::new("events_group", "Events that the group covered")
            .missing("The row is of one event, or the rest"),
        ListingColumn::new("events_against", "Events that the other covered")
            .missing("The row is of one event, or the rest"),
        ListingColumn::new("events_both", "Events that both covered; treatment speaks of these alone")
            .missing("The row is of one event, or the rest"),
        ListingColumn::new("hits_group", "Hits of the group in the event").missing(one_event),
        ListingColumn::new("hits_against", "Hits of the other in the event").missing(one_event),
    ];
    let mut table = Listing::new("split", columns);
    let groups = |side: u32| comparison.sides[side as usize].groups.as_slice();
    let pairs: Vec<[&[u32]; 2]> =
        comparison.pairs.iter().map(|pair| [groups(pair.group), groups(pair.against)]).collect();
    for voice in InVoice::ALL {
        for found in splits(units, events, voice.headline(), &pairs, LISTED) {
            add_split(&mut table, &found, voice, events, comparison);
        }
    }
    table
}

fn add_split(table: &mut Listing, found: &PathSplit, voice: InVoice, events: &Events, comparison: &Comparison) {
    let path = &comparison.paths[found.path as usize];
    let pair = comparison.pairs[found.pair as usize];
    let side = |side: u32| Datum::from(comparison.sides[side as usize].name.as_str());
    let lead = |part: &str| {
        let lexicon = comparison.lexicons.get(path.lexicon as usize).map(|lexicon| lexicon.id.as_str());
        vec![
            lexicon.into(),
            path.id.as_str().into(),
            side(pair.group),
            side(pair.against),
            voice.name().into(),
            status_cell(path.is_experimental),
            part.into(),
        ]
    };
    let per_1k = |rate: f64| Datum::from(1000.0 * rate);
    let parts = |coverage: f64, treatment: f64| [per_1k(coverage + treatment), per_1k(coverage), per_1k(treatment)];
    let empty = [const { Datum::Empty }; 3];
    let mut row = lead("all");
    row.push(Datum::Empty);
    row.extend(found.rates.map(per_1k));
    row.extend(parts(found.coverage, found.treatment));
    row.extend([found.covered[0].into(), found.covered[1].into(), found.both.into(), Datum::Empty, Datum::Empty]);
    table.push(row);
    for share in &found.events {
        let mut row = lead("event");
        row.push(events.events.get(share.event as usize).map(|event| event.name.as_str()).into());
        row.extend(share.counts.map(|count| count.rate().map(|rate| 1000.0 * rate).into()));
        row.extend(parts(share.coverage, share.treatment));
        row.extend(empty.clone());
        row.extend(share.counts.map(|count| Datum::from(count.hits)));
        table.push(row);
    }
    if found.rest != [0.0; 2] {
        let mut row = lead("rest");
        row.extend(empty.clone());
        row.extend(parts(found.rest[0], found.rest[1]));
        row.extend(empty);
        row.extend([Datum::Empty, Datum::Empty]);
        table.push(row);
    }
}
