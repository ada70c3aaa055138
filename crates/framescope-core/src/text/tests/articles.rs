//! The two articles that framescope was begun with, where they are at hand: methods 1.0 and 1.2.

use std::ops::Range;

use super::super::*;
use super::routes::routes_agree;
use super::{read, read_by};

fn article(name: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/articles/");
    std::fs::read_to_string(format!("{folder}{name}")).ok()
}

/// The lines that are no article text, found by hand: bytes of `text`, and its title.
fn cuts(text: &str) -> (Vec<Range<usize>>, Range<usize>) {
    let mut removed = Vec::new();
    let mut title = 0..0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let whole = at..at + line.len();
        if content == "Trump's goals for direct negotiations with Hamas" {
            if title.is_empty() { title = at..at + content.len() } else { removed.push(whole) }
        } else if ["Logo", "OPINIONS", "Tags", "Share your opinion"].contains(&content)
            || content.ends_with("Jerusalem Time")
            || content.starts_with("Written by")
        {
            removed.push(whole);
        } else if let Some(i) = line.find(" From Al Jazeera.") {
            removed.push(at + i..at + line.len());
        }
        at += line.len();
    }
    (removed, title)
}

fn count(analysis: &Analysis, voice: Voice) -> usize {
    analysis.tokens.iter().filter(|t| t.voice == voice).count()
}

#[test]
fn article_000() {
    let Some(text) = article("000_87bce3ed395a7e34.txt") else { return };
    routes_agree(&text, &[]);
    let (analysis, _) = read(&text);
    assert_eq!(analysis.tokens.len(), 765, "UAX #29, methods 1.0");
    assert_eq!(analysis.paragraphs.len(), 8);
    assert_eq!(analysis.sentences.len(), 30);
    assert_eq!(count(&analysis, Voice::Quoted), 70);
    assert_eq!(analysis.unclosed_quotes, 0);
}

#[test]
fn article_001() {
    let Some(text) = article("001_1fbbe2ac2086d614.txt") else { return };
    let (removed, title) = cuts(&text);
    let (analysis, _) = read_by(Route::Fast, Some(Title::InText(title)), &text, &removed);
    let zone = |zone| -> u32 {
        let sentences = analysis.sentences.iter().filter(|s| s.zone == zone);
        sentences.map(|s| s.end_token - s.first_token).sum()
    };
    let body = zone(Zone::Lead) + zone(Zone::Heading) + zone(Zone::Body);
    assert!((1235..=1255).contains(&body), "{body} body words, methods 1.0 has 1,243");
    assert_eq!(analysis.sentences.iter().filter(|s| s.zone == Zone::Heading).count(), 3);
    assert_eq!(count(&analysis, Voice::Quoted), 96);
    assert_eq!(analysis.unclosed_quotes, 0);
}

/// Voices against the hand-made file: what is quoted must be, the rest is best effort.
#[test]
fn voices_of_the_gold_file() {
    let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/gold_hits_000.tsv");
    let Ok(gold) = std::fs::read_to_string(gold) else { return };
    let Some(text) = article("000_87bce3ed395a7e34.txt") else { return };
    let (analysis, _) = read(&text);
    let (mut agree, mut all) = (0, 0);
    for row in gold.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (start, end): (u32, u32) = (cells[4].parse().unwrap(), cells[5].parse().unwrap());
        let inside = |t: &&Token| t.start >= start && t.start < end;
        let voice = analysis.tokens.iter().rfind(inside).unwrap().voice;
        assert_eq!(voice == Voice::Quoted, cells[9] == "quote", "{row}");
        let expected = match cells[9] {
            "quote" => continue,
            "indirect" => Voice::Attributed,
            "own" => Voice::Narrator,
            _ => continue,
        };
        all += 1;
        agree += usize::from(voice == expected);
        if voice != expected {
            println!("{}: {row}", voice.name());
        }
    }
    println!("{agree} of {all}");
    assert!(agree * 4 >= all * 3, "{agree} of {all}");
}
