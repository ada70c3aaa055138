//! Rates over time, where articles have dates.

use super::figures::{NONE, count, counted, number};
use super::{View, section};
use crate::compare::result::InVoice;
use crate::compare::{PathTrends, Per, Point, Trends};
use crate::report::charts::{Chart, TrendLine, TrendLines, TrendPoint};
use crate::report::markup::isolated;
use crate::report::page::{Block, Caution, Figure, Head, Only, Section, Table, name, words};

/// So many paths have a figure.
const PATHS: usize = 6;
/// So many groups have a line.
const GROUPS: usize = 8;
/// A path with fewer hits has no course to draw.
const HITS: u64 = 20;
/// Rates are per so many words.
const PER: f64 = 1000.0;

/// The figures; nothing where there are no dates, where a group is one article, or where nothing has hits enough.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let trends = view.found.trends.as_ref().filter(|trends| trends.periods.len() > 1 && !view.is_single())?;
    let hits = |path: &PathTrends| path.points.iter().flatten().map(|point| point.hits).sum::<u64>();
    let primary = |path: &PathTrends| view.found.paths.get(path.path as usize).is_some_and(|note| note.is_primary);
    let mut chosen: Vec<&PathTrends> = trends.paths.iter().filter(|path| hits(path) >= HITS).collect();
    chosen.sort_by_key(|path| (!primary(path), std::cmp::Reverse(hits(path)), path.path));
    let more = chosen.len().saturating_sub(PATHS);
    chosen.truncate(PATHS);
    if chosen.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text(vec![words(format!(
        "Rates outside quotations by {}. A band is the 95 % interval of a rate; a hollow mark is a period with fewer than 5 \
         articles of that group, and says little. Periods in which a group has no article have no mark.",
        trends.per.name()
    ))])];
    blocks.extend(chosen.into_iter().map(|path| Block::figure(figure(view, trends, path))));
    if more > 0 {
        blocks.push(Block::Text(vec![
            words(format!("{} in the table of ", counted(more as u64, "more path is", "more paths are"))),
            crate::report::page::Inline::Code("framescope trend".to_owned()),
            words("."),
        ]));
    }
    Some(section("time", "Over time", "Over time", blocks))
}

fn figure(view: &View<'_>, trends: &Trends, path: &PathTrends) -> Figure {
    let groups = || trends.groups.iter().zip(&path.points).take(GROUPS);
    let point = |group: &str, period: &str, point: &Point| {
        let rate = point.rate()? * PER;
        Some(TrendPoint {
            value: rate,
            interval: point.interval.map(|[low, high]| (low * PER, high * PER)),
            thin: point.is_thin(),
            tip: format!(
                "{}, {period}: {} per 1,000 words, {} in {}",
                isolated(group),
                number(rate),
                counted(point.hits, "hit", "hits"),
                counted(point.articles, "article", "articles")
            ),
        })
    };
    let line = |(group, points): (&String, &Vec<Point>)| TrendLine {
        label: group.clone(),
        points: trends.periods.iter().zip(points).map(|(period, p)| point(group, &period.name, p)).collect(),
    };
    let lines: Vec<TrendLine> = groups().map(line).collect();
    let thin = groups().flat_map(|(_, points)| points).filter(|point| point.articles > 0 && point.is_thin()).count();
    let all = groups().flat_map(|(_, points)| points).filter(|point| point.articles > 0).count();
    let mut cautions = Vec::new();
    if thin > 0 {
        cautions.push(Caution {
            code: String::new(),
            text: format!("{thin} of {all} marks rest on fewer than 5 articles."),
        });
    }
    let title = view.marked_path(path.path);
    Figure {
        id: format!("time-{}", path.path),
        description: format!("The rate of {} by {} and group, outside quotations.", isolated(&title), per(trends.per)),
        title,
        chart: Chart::Trend(TrendLines {
            unit: "per 1,000 words".to_owned(),
            periods: trends.periods.iter().map(|period| period.name.clone()).collect(),
            numbers: trends.periods.iter().map(|period| period.number).collect(),
            lines,
        }),
        table: table(view, trends, path),
        more: None,
        is_printed: false,
        cautions,
    }
}

fn per(per: Per) -> &'static str {
    match per {
        Per::Week => "ISO week",
        Per::Month => "month",
    }
}

fn table(view: &View<'_>, trends: &Trends, path: &PathTrends) -> Table {
    let sides: Vec<Option<u32>> = trends
        .groups
        .iter()
        .map(|group| view.groups().find(|(_, side)| side.name == *group).map(|(side, _)| side))
        .collect();
    let groups = || trends.groups.iter().zip(&path.points).take(GROUPS);
    let mut heads = vec![Head::text(trends.per.name())];
    for (group, _) in groups() {
        for what in ["articles", "hits", "per 1,000"] {
            heads.push(Head::number(what).over(group));
        }
    }
    let rows = trends.periods.iter().enumerate().map(|(at, period)| {
        let mut row = vec![vec![name(period.name.clone())]];
        for ((_, points), side) in groups().zip(&sides) {
            let point = points.get(at).copied().unwrap_or_default();
            row.push(vec![words(count(point.articles))]);
            row.push(vec![match (point.hits, side) {
                (hits @ 1.., Some(side)) => {
                    let only = Only::During(period.name.clone(), trends.per, period.number);
                    view.some_lines(count(hits), path.path, (*side, InVoice::Outside), only)
                }
                (hits, _) => words(count(hits)),
            }]);
            row.push(vec![words(point.rate().map_or_else(|| NONE.to_owned(), |rate| number(rate * PER)))]);
        }
        row
    });
    Table { caption: "Articles, hits and rates by period".to_owned(), heads, rows: rows.collect(), note: Vec::new() }
}
