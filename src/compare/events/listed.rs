//! Events from a table of pairs that a person has edited: the table that matching writes, given back.
//!
//! Three columns are read, `id_a`, `id_b` and `status`; the others are evidence for people. A row whose status is
//! `matched` or `copy` holds, one that is `proposed` does not, and a row that was deleted is as if it had never been. A
//! `copy` inside a group collapses to its earlier article. What is not listed is not matched: no event is guessed.

use rustc_hash::FxHashMap;

use super::wording::Wording;
use super::{Articles, Collapsed, Event, Events, Origin, Pair, Status};
use crate::compare::copies::CopyKind;
use crate::corpus::unguard;

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedPair {
    /// One article.
    pub one: u32,
    /// The other.
    pub other: u32,
    /// What the row says of them.
    pub status: Status,
}

/// Why a table of pairs cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventsError {
    /// It is no table.
    #[error("{file}: {reason}")]
    Unreadable {
        /// The table.
        file: String,
        /// What is wrong, with its place.
        reason: String,
    },
    /// A column is missing.
    #[error(
        "{file}: there is no column `{column}` in line 1; a table of pairs has at least id_a, id_b and status, as \
         `framescope compare --events auto -o FILE` writes it"
    )]
    NoColumn {
        /// The table.
        file: String,
        /// The column.
        column: &'static str,
    },
    /// A status that there is not.
    #[error("{file}, line {line}: status {status:?} is none of matched, copy, proposed")]
    Status {
        /// The table.
        file: String,
        /// The line.
        line: u64,
        /// What stands there.
        status: String,
    },
    /// A pair of one article.
    #[error("{file}, line {line}: {id:?} is paired with itself")]
    WithItself {
        /// The table.
        file: String,
        /// The line.
        line: u64,
        /// The article.
        id: String,
    },
    /// Articles that the corpus does not have.
    #[error(
        "{file}: {count} of its ids {} no article of this corpus: {listed}; are these the inputs (--id, --where, \
         --limit) that the table was made from?", if *.count == 1 { "is" } else { "are" }
    )]
    UnknownIds {
        /// The table.
        file: String,
        /// How many.
        count: usize,
        /// The first of them, with their lines.
        listed: String,
    },
}

/// Unknown ids that a message lists.
const LISTED: usize = 10;

/// Reads a table of pairs; `article_of` an id. Commas, semicolons or tabs separate, as the first line has them.
///
/// # Errors
/// If it is no such table, or names articles that are not there.
pub fn read_pairs(
    bytes: &[u8],
    file: &str,
    article_of: impl Fn(&str) -> Option<u32>,
) -> Result<Vec<ListedPair>, EventsError> {
    let file = || file.to_owned();
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let times = |separator: u8| header.iter().filter(|byte| **byte == separator).count();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|&s| (times(s), s == b',')).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(bytes);
    let unreadable = |error: csv::Error| EventsError::Unreadable { file: file(), reason: error.to_string() };
    let headers = reader.headers().map_err(unreadable)?.clone();
    let column = |column: &'static str| {
        let place = headers.iter().position(|name| name.trim() == column);
        place.ok_or_else(|| EventsError::NoColumn { file: file(), column })
    };
    let columns = [column("id_a")?, column("id_b")?, column("status")?];
    let mut pairs = Vec::new();
    let mut unknown: Vec<(u64, String)> = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(unreadable)? {
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let [a, b, status] = columns.map(|place| record.get(place).unwrap_or_default());
        let [a, b] = [a, b].map(unguard);
        let known = Status::from_name(status.trim());
        let status = known.ok_or_else(|| EventsError::Status { file: file(), line, status: status.to_owned() })?;
        let articles = [a, b].map(|id| (id, article_of(id)));
        unknown
            .extend(articles.iter().filter(|(_, article)| article.is_none()).map(|(id, _)| (line, (*id).to_owned())));
        if let [(id, Some(one)), (_, Some(other))] = articles {
            if one == other {
                return Err(EventsError::WithItself { file: file(), line, id: id.to_owned() });
            }
            pairs.push(ListedPair { one, other, status });
        }
    }
    if unknown.is_empty() {
        return Ok(pairs);
    }
    let mut listed: Vec<String> =
        unknown.iter().take(LISTED).map(|(line, id)| format!("{id:?} (line {line})")).collect();
    if unknown.len() > LISTED {
        listed.push(format!("and {} more", unknown.len() - LISTED));
    }
    Err(EventsError::UnknownIds { file: file(), count: unknown.len(), listed: listed.join(", ") })
}

impl Events {
    /// Events as a table of pairs says.
    pub fn of_pairs(articles: &Articles<'_>, listed: &[ListedPair]) -> Events {
        let all = articles.groups.len();
        // The order of time, as everywhere: undated articles stand last.
        let mut in_order: Vec<u32> = (0..all as u32).collect();
        in_order.sort_by_key(|&article| (articles.days[article as usize].is_none(), articles.days[article as usize]));
        let mut place_of = vec![0_u32; all];
        (0..).zip(&in_order).for_each(|(place, &article)| place_of[article as usize] = place);
        let mut parent: Vec<u32> = (0..all as u32).collect();
        let mut pairs = Vec::new();
        let mut collapsed: FxHashMap<u32, Collapsed> = FxHashMap::default();
        for listed in listed {
            let (mut one, mut other) = (listed.one, listed.other);
            if place_of[one as usize] > place_of[other as usize] {
                (one, other) = (other, one);
            }
            let is_inside = articles.groups[one as usize] == articles.groups[other as usize];
            let (jaccard, kind) = likeness(articles.wording, one, other);
            if is_inside && listed.status == Status::Copy {
                let kind = kind.unwrap_or(CopyKind::Shared);
                collapsed.entry(other).or_insert(Collapsed {
                    article: other,
                    kept: one,
                    jaccard: jaccard.unwrap_or(0.0),
                    kind,
                });
            } else {
                pairs.push(Pair {
                    one,
                    other,
                    days_apart: articles.days_apart(one, other),
                    cosine: None,
                    jaccard,
                    status: listed.status,
                    reason: None,
                    words: Vec::new(),
                });
            }
            if listed.status != Status::Proposed {
                let (one, other) =
                    (root(&mut parent, place_of[one as usize]), root(&mut parent, place_of[other as usize]));
                parent[one.max(other) as usize] = one.min(other);
            }
        }
        let mut event_of = vec![None; all];
        let mut events: Vec<Event> = Vec::new();
        let mut number_of: FxHashMap<u32, u32> = FxHashMap::default();
        for (place, &article) in (0..).zip(&in_order) {
            if collapsed.contains_key(&article) {
                continue;
            }
            let number = *number_of.entry(root(&mut parent, place)).or_insert_with(|| {
                events.push(Event::default());
                events.len() as u32 - 1
            });
            let event = &mut events[number as usize];
            event.articles.push(article);
            event.dated += usize::from(articles.days[article as usize].is_some());
            event_of[article as usize] = Some(number);
        }
        pairs.sort_by_key(|pair| (place_of[pair.one as usize], place_of[pair.other as usize]));
        let mut collapsed: Vec<Collapsed> = collapsed.into_values().collect();
        collapsed.sort_unstable_by_key(|collapsed| collapsed.article);
        Events { origin: Origin::Pairs, event_of, events, pairs, collapsed, crowded: 0 }.named()
    }
}

/// What two articles have in common, where their texts are known.
fn likeness(wording: &Wording, one: u32, other: u32) -> (Option<f64>, Option<CopyKind>) {
    let signatures = wording.signatures();
    match (signatures.get(one as usize), signatures.get(other as usize)) {
        (Some(one), Some(other)) => (Some(one.jaccard(other)), CopyKind::of(one, other).map(|(kind, _)| kind)),
        _ => (None, None),
    }
}

fn root(parent: &mut [u32], mut place: u32) -> u32 {
    while parent[place as usize] != place {
        parent[place as usize] = parent[parent[place as usize] as usize];
        place = parent[place as usize];
    }
    place
}
