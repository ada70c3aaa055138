//! What every chart keeps to, whatever its names and numbers.

use proptest::prelude::*;

use super::*;

const NAMING: Naming<'_> = Naming { id: "c", title: "A chart", description: "What it shows." };

/// Charts with this name wherever a name of other people stands.
fn charts(name: &str, number: f64) -> Vec<Chart> {
    let name = name.to_owned();
    let share = number.abs().min(1.0);
    let ratio = number.abs().max(1e-9);
    let point = |thin| {
        Some(TrendPoint { value: number.abs(), interval: Some((0.0, number.abs() * 2.0)), thin, tip: name.clone() })
    };
    vec![
        Chart::Dots(DotPlot {
            left: name.clone(),
            right: name.clone(),
            series: vec![name.clone(), name.clone()],
            rows: vec![DotRow {
                label: name.clone(),
                note: name.clone(),
                marks: vec![
                    DotMark { series: 0, ratio, interval: Some((ratio / 2.0, f64::INFINITY)), tip: name.clone() },
                    DotMark { series: 9, ratio, interval: None, tip: name.clone() },
                ],
            }],
        }),
        Chart::Shares(ShareBars {
            parts: vec![name.clone(); 10],
            bars: vec![ShareBar {
                label: name.clone(),
                tail: String::new(),
                note: name.clone(),
                parts: vec![SharePart { part: 9, share, tip: name.clone() }],
            }],
        }),
        Chart::Shift(ShiftBars {
            left: name.clone(),
            right: name.clone(),
            bars: vec![ShiftBar { label: name.clone(), value: number, tip: name.clone() }],
        }),
        Chart::Split(SplitBars {
            left: name.clone(),
            right: name.clone(),
            parts: vec![name.clone(); 2],
            rows: vec![SplitRow {
                label: name.clone(),
                note: name.clone(),
                parts: vec![(number, name.clone()), (-number, String::new())],
            }],
        }),
        Chart::Trend(TrendLines {
            unit: name.clone(),
            periods: vec![name.clone(); 3],
            numbers: vec![0, 1, 9],
            lines: vec![TrendLine { label: name.clone(), points: vec![point(false), point(true), None] }],
        }),
        Chart::Coverage(CoverageGrid { columns: vec![name.clone(); 3], rows: vec![(name.clone(), vec![0, 1, 7])] }),
    ]
}

fn empty_charts() -> [Chart; 6] {
    [
        Chart::Dots(DotPlot::default()),
        Chart::Shares(ShareBars::default()),
        Chart::Shift(ShiftBars::default()),
        Chart::Split(SplitBars::default()),
        Chart::Trend(TrendLines::default()),
        Chart::Coverage(CoverageGrid::default()),
    ]
}

/// Elements that were opened and not closed, or the other way round.
fn unbalanced(svg: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in svg.split('<').skip(1) {
        let inside = &tag[..tag.find('>')?];
        if let Some(name) = inside.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("{name} closed"));
            }
        } else if !inside.ends_with('/') {
            open.push(inside.split(' ').next().unwrap_or_default());
        }
    }
    open.pop().map(str::to_owned)
}

#[test]
fn a_chart_says_what_it_is_to_those_who_cannot_see_it() {
    for chart in charts("Courier", 0.4) {
        let svg = chart.inline(NAMING);
        assert!(svg.contains("role=\"img\" aria-labelledby=\"c-title c-desc\""), "{svg}");
        assert!(
            svg.contains("<title id=\"c-title\">A chart</title><desc id=\"c-desc\">What it shows.</desc>"),
            "{svg}"
        );
        assert!(!svg.contains("<a "), "nothing in a picture can be tabbed to: {svg}");
    }
}

#[test]
fn a_chart_alone_brings_its_colours_for_light_and_dark() {
    for chart in charts("Courier", 0.4) {
        let svg = chart.alone(NAMING);
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{svg}");
        assert!(svg.contains("prefers-color-scheme:dark") && svg.contains("class=\"paper\""), "{svg}");
    }
}

#[test]
fn charts_of_nothing_are_drawn_all_the_same() {
    for chart in empty_charts() {
        let svg = chart.inline(NAMING);
        assert_eq!(unbalanced(&svg), None, "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

#[test]
fn sixty_paths_are_sixty_rows_that_do_not_overlap() {
    let row = |i: usize| DotRow {
        label: format!("path.number_{i}"),
        note: "2.00".to_owned(),
        marks: vec![DotMark { series: 0, ratio: 2.0, interval: Some((1.0, 4.0)), tip: String::new() }],
    };
    let mut canvas = Canvas::default();
    DotPlot { rows: (0..60).map(row).collect(), ..DotPlot::default() }.draw(&mut canvas);
    assert!(canvas.y >= 60.0 * 36.0, "{}", canvas.y);
}

#[test]
fn a_period_stands_where_it_lies_in_time() {
    let lines = |numbers: Vec<i64>| {
        let point = |value| Some(TrendPoint { value, ..TrendPoint::default() });
        let points = vec![point(1.0), point(2.0), point(3.0)];
        let periods = ["W01", "W02", "W11"].map(str::to_owned).into();
        let mut canvas = Canvas::default();
        TrendLines {
            periods,
            numbers,
            lines: vec![TrendLine { points, ..TrendLine::default() }],
            ..TrendLines::default()
        }
        .draw(&mut canvas);
        canvas.finish(NAMING, false)
    };
    // From 14 % to 93 % of the width, where half a name has room behind it: the second of eleven weeks a tenth of the way, not half of it.
    assert!(lines(vec![0, 1, 10]).contains("x1=\"14.00%\""));
    assert!(lines(vec![0, 1, 10]).contains("x2=\"21.90%\""), "{}", lines(vec![0, 1, 10]));
    assert!(lines(Vec::new()).contains("x2=\"53.50%\""));
    assert!(!lines(vec![0, 1, 10]).contains("W02"), "names that would overlap are left out");
}

#[test]
fn the_style_is_fit_for_xml() {
    assert!(!STYLE.contains(['<', '&']), "a chart alone is XML, and its style stands in it as it is");
}

proptest! {
    #[test]
    fn no_name_and_no_number_breaks_a_chart(name in any::<String>(), number in -1e9..1e9) {
        for chart in charts(&name, number) {
            for svg in [chart.inline(NAMING), chart.alone(NAMING)] {
                prop_assert_eq!(unbalanced(&svg), None);
                prop_assert!(!svg.contains("NaN"));
                prop_assert!(!svg.contains("=\"inf"));
            }
        }
    }
}

/// The voice was once cut away with the end of a long name, and two bars of one outlet were called the same.
#[test]
fn a_long_name_is_cut_before_the_voice_of_its_bar() {
    let bar = |tail: &str| ShareBar {
        label: "The Very Long Name of a Newspaper That Goes On and On and On".to_owned(),
        tail: format!(", {tail} quotations"),
        note: "102 uses".to_owned(),
        parts: Vec::new(),
    };
    let chart = Chart::Shares(ShareBars { parts: Vec::new(), bars: vec![bar("outside"), bar("inside")] });
    let svg = chart.inline(Naming { id: "x", title: "x", description: "x" });
    for tail in ["…\u{2069}, outside quotations</text>", "…\u{2069}, inside quotations</text>"] {
        assert!(svg.contains(tail), "{svg}");
    }
}

#[test]
fn short_names_of_events_stand_beside_their_marks_and_long_ones_above() {
    let height = |event: &str| {
        let mut canvas = Canvas::default();
        CoverageGrid { columns: vec!["Courier".to_owned()], rows: vec![(event.to_owned(), vec![1])] }.draw(&mut canvas);
        canvas.y
    };
    assert!(height("e1-opening") < height("e1: Sarn, harbour, 482"));
}
