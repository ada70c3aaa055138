//! Tables: whose columns are whose, what has no ratio and why, other tests, what paper has of them.

use super::*;
use crate::compare::result::{ModelResult, PairedResult, RanksResult};

/// The path that is no name of anything.
const TALKS: u32 = 3;

fn twelve() -> Fixture {
    fixture(["Courier", "Review"], 12, Shown::Excerpts)
}

fn contrast_figure(page: &Page) -> &crate::report::page::Figure {
    page.figures().find(|figure| figure.id == "contrast-1").expect("the figure")
}

#[test]
fn a_group_stands_once_above_its_columns() {
    let html = twelve().html();
    let figure = &html[html.find("<figure id=\"contrast-1\"").expect("the figure")..];
    let head = &figure[figure.find("<thead>").expect("heads")..figure.find("</thead>").expect("their end")];
    let above = |name: &str| format!("<th scope=\"colgroup\" class=\"over\" dir=\"auto\" colspan=\"3\">{name}</th>");
    for name in ["Courier", "Review"] {
        assert_eq!(head.matches(&above(name)).count(), 1, "{head}");
    }
    assert_eq!(head.matches("rowspan=\"2\"").count(), 6, "{head}");
    assert_eq!(head.matches(">hits</th>").count(), 2, "{head}");
}

#[test]
fn paths_without_a_ratio_have_a_table_of_their_own_that_says_why() {
    let mut fixture = twelve();
    for contrast in fixture.found.contrasts.iter_mut().filter(|contrast| contrast.path == TALKS) {
        (contrast.rate_ratio, contrast.p) = (None, None);
        contrast.withheld = "too few hits in Review".to_owned();
    }
    let page = fixture.page();
    let figure = contrast_figure(&page);
    assert!(figure.description.contains("1 more path without one is in a table of its own."), "{}", figure.description);
    let more = figure.more.as_ref().expect("a table of their own");
    let text = format!("{:?}", more.rows);
    assert!(text.contains("talks") && text.contains("too few hits in Review"), "{text}");
    assert!(!format!("{:?}", figure.table.rows).contains("\"talks\""), "it is not with those that are drawn");
}

/// Once the page drew an empty scale and spoke of "Rate ratios of 0 paths".
#[test]
fn where_no_path_has_a_ratio_the_page_says_why() {
    let mut fixture = fixture(["Courier", "Review"], 3, Shown::Excerpts);
    for contrast in &mut fixture.found.contrasts {
        contrast.rate_ratio = None;
    }
    let html = fixture.html();
    let contrasts = section_of(&html, "<section id=\"contrasts\"");
    assert!(contrasts.contains("has only 3 articles. The counts are below."), "{contrasts}");
    assert!(!contrasts.contains("0 paths") && !contrasts.contains("<svg"), "{contrasts}");
    let mut fixture = twelve();
    for contrast in &mut fixture.found.contrasts {
        contrast.rate_ratio = None;
    }
    // A path that was named before looking has a row, and still no mark.
    fixture.found.paths[TALKS as usize].is_primary = true;
    let html = fixture.html();
    let contrasts = section_of(&html, "<section id=\"contrasts\"");
    assert!(contrasts.contains("No path has a ratio:") && !contrasts.contains("<svg"), "{contrasts}");
}

#[test]
fn numbers_of_events_lead_to_the_articles_of_their_group() {
    let html = twelve().html();
    let events = section_of(&html, "<section id=\"events\"");
    for target in ["set-1", "set-1-Courier", "set-1-Review"] {
        assert!(events.contains(&format!("href=\"#{target}\"")), "{target}: {events}");
        assert_eq!(html.matches(&format!(" id=\"{target}\"")).count(), 1, "{target}");
    }
    let article = &html[html.find("<article id=\"set-1-Review\"").expect("the article")..];
    assert!(article.contains(">Review</h4>") && article.find(">Review</h4>") < article.find("</article>"));
}

#[test]
fn other_tests_stand_where_they_were_made_and_nowhere_else() {
    let mut fixture = twelve();
    assert!(!fixture.html().contains("id=\"other-tests\""));
    for contrast in fixture.found.contrasts.iter_mut().filter(|contrast| contrast.path == HOSTAGE) {
        contrast.paired = Some(PairedResult {
            events: 11,
            mean_difference: Estimate { value: 4.25, interval: Some(Ends { low: 1.25, high: 7.5 }) },
            median_difference: 3.75,
            p: Some(PValue { p: 0.011, adjusted: Some(0.022), ..PValue::default() }),
            ranks: Some(RanksResult { p: 0.033, ranked: 9, zeros: 2, ..RanksResult::default() }),
            is_headline: true,
        });
    }
    let html = fixture.html();
    let section = section_of(&html, "<section id=\"other-tests\"");
    for part in ["Inside the same events", "4.25 [1.25, 7.50]", ">0.022<", ">3.75<", ">0.033<", ">9<"] {
        assert!(section.contains(part), "{part:?} is not in {section}");
    }
    assert!(!section.contains("By a regression"));
    for contrast in fixture.found.contrasts.iter_mut().filter(|contrast| contrast.path == HOSTAGE) {
        contrast.model = Some(ModelResult {
            model: "quasipoisson",
            rate_ratio: Some(Estimate { value: 2.5, interval: Some(Ends { low: 1.5, high: 4.25 }) }),
            p: Some(0.044),
            errors: "CR2",
            clusters: Some(12),
            note: "fell back".to_owned(),
            ..ModelResult::default()
        });
    }
    let html = fixture.html();
    let section = section_of(&html, "<section id=\"other-tests\"");
    for part in ["By a regression", "2.50 [1.50, 4.25]", ">0.044<", ">CR2<", ">12<", "fell back"] {
        assert!(section.contains(part), "{part:?} is not in {section}");
    }
}

/// Where there are events enough, the comparison inside them is the one to report, and in short stood the other.
#[test]
fn in_short_stands_the_comparison_to_report() {
    let mut fixture = twelve();
    assert!(text_of(&fixture.html()).contains(" times as often in Courier as in Review (p, adjusted, 0.004)"));
    for contrast in &mut fixture.found.contrasts {
        contrast.paired = Some(PairedResult {
            events: 11,
            mean_difference: Estimate { value: -4.25, interval: Some(Ends { low: -7.5, high: -1.25 }) },
            p: Some(PValue { p: 0.011, adjusted: Some(0.022), ..PValue::default() }),
            is_headline: true,
            ..PairedResult::default()
        });
    }
    let html = fixture.html();
    let short = text_of(&format!("<body>{}<script>", section_of(&html, "<section id=\"short\"")));
    let says = "hostage: 4.25 [1.25, 7.50] more per 1,000 words in Review than in Courier, inside the 11 events that both \
                cover (p, adjusted, 0.022).";
    assert!(short.contains(says) && !short.contains("times as often"), "{short}");
}

/// The largest differences of all have no ratio, and once stood in a folded table only.
#[test]
fn what_a_group_has_alone_is_said_first_and_has_a_table() {
    let mut fixture = twelve();
    let says_so = |text: &str| text.contains("alone has") || text.contains("of the two has alone");
    assert!(!says_so(&text_of(&fixture.html())));
    let interval = Some(Ends { low: 0.54, high: 1.0 });
    for contrast in fixture.found.contrasts.iter_mut().filter(|c| c.path == HOSTAGE && c.voice == InVoice::Outside) {
        contrast.rate_ratio = None;
        contrast.risk_difference = Some(Estimate { value: 1.0, interval });
    }
    let html = fixture.html();
    let text = text_of(&html);
    assert!(text.contains("Courier alone has captives.hostage (12 of 12 articles)."), "{text}");
    assert!(!text.contains("Review alone has"), "nothing is known of the intervals of what it has");
    assert!(
        text.contains("what one of the two has alone") && text.contains("100\u{a0}% [54\u{a0}%, 100\u{a0}%]"),
        "{text}"
    );
    // Of a group of articles that some of the others have too there is nothing to say.
    for cell in fixture.found.cells.iter_mut().filter(|cell| cell.path == HOSTAGE && cell.side == 1) {
        cell.hits = 1;
    }
    assert!(!text_of(&fixture.html()).contains("alone has"));
}

#[test]
fn many_warnings_of_a_kind_are_folded_and_paper_says_so() {
    let mut fixture = twelve();
    for number in 0..20 {
        fixture.found.warnings.push(Warning { code: "W02", text: format!("no hit of {number}"), ..Warning::default() });
    }
    let html = fixture.html();
    let limits = section_of(&html, "<section id=\"limits\"");
    assert!(limits.contains("<details class=\"long\"><summary dir=\"auto\">15 more W02</summary>"), "{limits}");
    assert!(limits.contains("<p class=\"on-paper\">15 more W02: folded here, and on the page itself.</p>"), "{limits}");
    for number in 0..21 {
        assert!(limits.contains(&format!("<span id=\"w{number}\">")), "{number}: a code leads to it");
    }
    assert_eq!(limits.matches("<summary").count(), 1, "the one W03 is not folded");
}

#[test]
fn paper_has_short_tables_of_what_is_claimed_and_says_what_it_has_not() {
    let html = twelve().html();
    let figure = |id: &str| {
        let from = &html[html.find(&format!("<figure id=\"{id}\"")).expect("the figure")..];
        from[..from.find("</figure>").expect("its end")].to_owned()
    };
    for printed in ["naming-0", "contrast-1"] {
        assert!(figure(printed).contains("<details class=\"numbers\">"), "{printed}");
        assert!(!figure(printed).contains("on-paper"), "{printed}");
    }
    let coverage = figure("coverage");
    assert!(coverage.contains("<details class=\"numbers long\">"), "{coverage}");
    let says = "Articles of each event and group: 12 rows, on the page itself; printed where it was opened before.";
    assert!(coverage.contains(says), "{coverage}");
    assert!(html.contains("<p class=\"on-paper always\">The lines behind the numbers, "));
}

/// The first name of "A against B" once turned the heading to the right, and a warning that begins with a name itself.
#[test]
fn sentences_of_ours_run_from_left_to_right_whatever_names_they_begin_with() {
    let mut fixture = fixture(["صحيفة المنبر", "Review"], 12, Shown::Excerpts);
    fixture.found.warnings[0].text = "صحيفة المنبر has few articles".to_owned();
    let html = fixture.html();
    assert!(html.contains("<h3 dir=\"ltr\">\u{2068}صحيفة المنبر\u{2069} against \u{2068}Review\u{2069}</h3>"));
    assert!(html.contains("<li dir=\"ltr\"><b>W03</b> \u{2068}صحيفة المنبر\u{2069} has few articles</li>"));
    assert!(
        html.contains("class=\"over\" dir=\"auto\" colspan=\"3\">صحيفة المنبر</th>"),
        "a name alone runs as it does"
    );
}
