//! What each desk changed, and which events or how: made from events that are known.

use super::*;

#[test]
fn what_a_desk_changed_stands_side_by_side_with_its_frames() {
    let fixture = fixture(["Courier", "Review"], 3, Shown::Full);
    let html = fixture.page_with(&fixture.events()).html();
    let section = section_of(&html, "<section id=\"desks\"");
    for part in [
        "<bdi>Courier</bdi>, then <bdi>Review</bdi>: <bdi>e0: Sarn, 482</bdi>",
        "The talks on the <del><mark class=\"vn c1\">hostages</mark></del> went on in the",
        "<ins><mark class=\"vn c2\">prisoners</mark></ins>",
        "class=\"chip c2\" href=\"#k2-Review\" data-p=\"2\" data-g=\"Review\"",
        "<th scope=\"row\">kept, title</th>",
        "drops 2 and adds 2 of its own",
    ] {
        assert!(section.contains(part), "{part:?} is not in {section}");
    }
    assert!(!fixture.html().contains("id=\"desks\""), "without events nobody knows");
}

/// The words of an article that are shown in a cell, chips and remarks left away.
fn words_in(cell: &str) -> Vec<String> {
    let shown = cell.split("<small>").next().unwrap_or_default().split("<a ").next().unwrap_or_default();
    let shown = if shown.contains("unshown") { "" } else { shown };
    let text: String = shown.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    text.split_whitespace().map(str::to_owned).collect()
}

/// Where these words stand in an article, behind its title.
fn places_of(fixture: &Fixture, article: u32, words: &[String]) -> std::ops::Range<usize> {
    let text: Vec<String> = fixture
        .wording
        .words(article)
        .filter(|word| !word.is_in_title())
        .map(|word| fixture.wording.spelling(word).text.to_string())
        .collect();
    let start = text.windows(words.len().max(1)).position(|window| window == words);
    let start = start.unwrap_or_else(|| panic!("{words:?} is not in article {article}"));
    start..start + words.len()
}

#[test]
fn of_each_text_no_more_than_a_tenth_is_shown_whatever_was_changed() {
    let fixture = fixture(["Courier", "Review"], 3, Shown::Excerpts);
    let html = fixture.page_with(&fixture.events()).html();
    let section = section_of(&html, "<section id=\"desks\"");
    let words = fixture.passages.stories().map(|story| story.cited.words as usize).min().expect("a story");
    let tables: Vec<&str> = section.split("<tbody>").skip(1).collect();
    assert_eq!(tables.len(), 3);
    for (day, table) in (0..).zip(tables) {
        // Words that two excerpts share count once.
        let mut shown = [std::collections::HashSet::new(), std::collections::HashSet::new()];
        for row in table.split("<tr>").skip(1).filter(|row| row.contains("<td") && !row.contains(", title</th>")) {
            for (side, cell) in (0..).zip(row.split("<td dir=\"auto\">").skip(1)) {
                let words = words_in(cell);
                if words.iter().any(|word| word != "–") {
                    shown[side as usize].extend(places_of(&fixture, 2 * day + side, &words));
                }
            }
        }
        for shown in shown {
            assert!((2..=words / 10).contains(&shown.len()), "{} of {words} words", shown.len());
        }
        assert!(table.contains("<mark class=\"vn c1\">hostages</mark>"), "what was changed comes first: {table}");
    }
    let nothing = super::fixture(["Courier", "Review"], 3, Shown::Nothing);
    let html = nothing.page_with(&nothing.events()).html();
    let section = section_of(&html, "<section id=\"desks\"");
    assert!(
        section.contains("<span class=\"unshown\">1 word</span>") && !section.contains("hostages</mark>"),
        "{section}"
    );
}

#[test]
fn a_difference_is_cut_into_which_events_and_how_and_sums_to_the_whole() {
    let fixture = fixture(["Courier", "Review"], 6, Shown::Excerpts);
    let page = fixture.page_with(&fixture.events());
    let figure = page.figures().find(|figure| figure.id == "split-1").expect("a figure");
    let crate::report::charts::Chart::Split(bars) = &figure.chart else { panic!("no split") };
    assert!(figure.description.contains("covered 6 events") && figure.cautions.is_empty(), "{}", figure.description);
    let hostage = bars.rows.iter().find(|row| row.label == "captives.hostage").expect("a row");
    let whole: f64 = hostage.parts.iter().map(|(part, _)| part).sum();
    let rates = splits_of(&fixture);
    assert!((whole - rates).abs() < 1e-9 && whole > 0.0, "{whole} {rates}");
    assert!(hostage.parts[1].0.abs() > 100.0 * hostage.parts[0].0.abs(), "both covered the same: {:?}", hostage.parts);
    assert!(!fixture.html().contains("id=\"split\""), "without events there is nothing to split");
    let few = super::fixture(["Courier", "Review"], 3, Shown::Excerpts);
    let html = few.page_with(&few.events()).html();
    assert!(html.contains("Only 3 events are covered by both"), "few events are said to be few");
}

/// The difference of the pooled rates of `captives.hostage`, from the articles.
fn splits_of(fixture: &Fixture) -> f64 {
    let counts = fixture.units.counts(HOSTAGE, InVoice::Outside.headline()).expect("counts");
    let rate = |group: u32| {
        let own =
            counts.iter().zip(fixture.units.articles()).filter(|(_, article)| fixture.units.group(*article) == group);
        let (hits, words) = own.fold((0, 0), |(hits, words), (count, _)| (hits + count.hits, words + count.words));
        1000.0 * hits as f64 / words as f64
    };
    rate(0) - rate(1)
}

#[test]
fn an_event_leads_from_the_table_to_its_articles() {
    let fixture = fixture(["Courier", "Review"], 12, Shown::Excerpts);
    let html = fixture.html();
    let section = section_of(&html, "<section id=\"events\"");
    assert!(section.contains("<a href=\"#set-1\">event 0</a>"), "{section}");
    assert_eq!(html.matches("<details class=\"set\"").count(), 12);
    assert_eq!(html.matches("open=\"open\"").count(), 6, "the others open at a touch");
    // A page that is cut short keeps the places that its links lead to.
    let small = crate::report::html::write_within(&fixture.page(), html.len() / 2);
    for set in 1..=12 {
        assert!(small.contains(&format!("id=\"set-{set}\"")), "set-{set}");
    }
}
