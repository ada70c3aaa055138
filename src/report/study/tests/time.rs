//! Rates over time: which paths have a figure, where marks stand and are hollow, what their numbers lead to.

use super::*;
use crate::compare::{ErrorSource, PathTrends, Per, PeriodFacts, Point, Trends};
use crate::report::charts::{Chart, TrendLines};

fn point(articles: u64, hits: u64) -> Point {
    Point { articles, words: 100 * articles, hits, interval: (articles >= 5).then_some([0.01, 0.09]) }
}

/// Two groups over three weeks, of which the second and third lie six apart.
fn trends(paths: Vec<PathTrends>) -> Trends {
    let period = |(name, number): (&str, i64)| PeriodFacts { name: name.to_owned(), first_day: String::new(), number };
    Trends {
        per: Per::Week,
        voice: InVoice::Outside.headline(),
        periods: [("2031-W09", 100), ("2031-W10", 101), ("2031-W16", 107)].map(period).into(),
        groups: vec!["Courier".to_owned(), "Review".to_owned()],
        errors: ErrorSource::Blocks,
        reach: 4,
        by_month: false,
        paths,
        undated: 0,
    }
}

fn path(path: u32, hits: u64) -> PathTrends {
    let of_group = || vec![point(6, hits), point(2, 3), Point::default()];
    PathTrends { path, points: vec![of_group(), of_group()], changes: Vec::new(), differences: Vec::new() }
}

fn with(trends: Trends) -> Fixture {
    let mut fixture = fixture(["Courier", "Review"], 12, Shown::Excerpts);
    fixture.found.trends = Some(trends);
    fixture
}

fn charts(fixture: &Fixture) -> Vec<(String, TrendLines)> {
    let page = fixture.page();
    let time = page.figures().filter_map(|figure| match &figure.chart {
        Chart::Trend(lines) => Some((figure.id.clone(), lines.clone())),
        _ => None,
    });
    time.collect()
}

#[test]
fn a_rate_has_a_mark_a_period_and_none_where_a_group_has_no_article() {
    let fixture = with(trends(vec![path(HOSTAGE, 12)]));
    let charts = charts(&fixture);
    let [(id, chart)] = charts.as_slice() else { panic!("one figure: {charts:?}") };
    assert_eq!((id.as_str(), chart.numbers.as_slice()), ("time-1", [100, 101, 107].as_slice()));
    let line = &chart.lines[0];
    assert_eq!(line.label, "Courier");
    let marks: Vec<Option<(f64, bool)>> = line.points.iter().map(|p| p.as_ref().map(|p| (p.value, p.thin))).collect();
    assert_eq!(marks, [Some((20.0, false)), Some((15.0, true)), None]);
    assert_eq!(line.points[0].as_ref().and_then(|point| point.interval), Some((10.0, 90.0)));
    let tip = &line.points[1].as_ref().expect("a point").tip;
    assert_eq!(tip, "\u{2068}Courier\u{2069}, 2031-W10: 15.0 per 1,000 words, 3 hits in 2 articles");
}

#[test]
fn thin_periods_are_said_and_numbers_lead_to_the_lines_of_their_period() {
    let html = with(trends(vec![path(HOSTAGE, 12)])).html();
    let section = section_of(&html, "<section id=\"time\"");
    assert!(section.contains("2 of 4 marks rest on fewer than 5 articles."), "{section}");
    assert!(section.contains("data-k=\"t\" data-x=\"100\" data-s=\"in 2031-W09\">12</a>"), "{section}");
    assert!(!section.contains(">0</a>"), "of no hit there are no lines");
}

#[test]
fn the_paths_with_most_hits_are_drawn_those_named_before_looking_first_and_the_rest_is_said() {
    let fixture = with(trends((0..8).map(|n| path(n % 4, 12 + u64::from(n))).collect()));
    assert_eq!(charts(&fixture).len(), 6);
    assert!(text_of(&fixture.html()).contains("2 more paths are in the table of framescope trend."));
    let mut named = with(trends(vec![path(HOSTAGE, 12), path(PRISONER, 40)]));
    let ids = |fixture: &Fixture| charts(fixture).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(ids(&named), ["time-2", "time-1"]);
    named.found.paths[HOSTAGE as usize].is_primary = true;
    assert_eq!(ids(&named), ["time-1", "time-2"]);
}

#[test]
fn what_has_too_few_hits_one_period_or_one_article_a_group_has_no_course() {
    assert!(charts(&with(trends(vec![path(HOSTAGE, 6)]))).is_empty(), "18 hits in all");
    let one = Trends { periods: trends(Vec::new()).periods[..1].to_vec(), ..trends(vec![path(HOSTAGE, 40)]) };
    assert!(charts(&with(one)).is_empty());
    let mut single = fixture(["a.txt", "b.txt"], 1, Shown::Excerpts);
    single.found.trends = Some(trends(vec![path(HOSTAGE, 40)]));
    assert!(charts(&single).is_empty());
    assert!(!single.html().contains("id=\"time\""));
}
