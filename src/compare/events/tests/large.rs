//! The size of a large study.

use framescope_core::stats::{Draws, Purpose};

use super::{Corpus, NAMING, Told};
use crate::compare::events::Status;

/// Measured by hand, as the time depends on the machine.
///
///     cargo test --release --lib hundred_thousand -- --ignored --nocapture
#[test]
#[ignore = "a measurement: a minute, and half a gigabyte"]
fn hundred_thousand_articles_are_matched_within_a_minute() {
    let articles = 100_000_u32;
    let begun = std::time::Instant::now();
    let told: Vec<Told> = (0..articles).map(|number| reported(number, 50)).collect();
    println!("{} articles written in {:.1} s", told.len(), begun.elapsed().as_secs_f64());
    let begun = std::time::Instant::now();
    let corpus = Corpus::read(&told, Some(NAMING), 500);
    println!("read, scored and signed by one thread in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = std::time::Instant::now();
    let events = corpus.matched();
    let seconds = begun.elapsed().as_secs_f64();
    let [mut right, mut found] = [0, 0];
    for pair in events.pairs.iter().filter(|pair| pair.status != Status::Proposed) {
        found += 1;
        right += usize::from(told[pair.one as usize].event == told[pair.other as usize].event);
    }
    println!("{:?}", events.origin);
    println!(
        "{} events, {found} pairs, {right} right, {} collapsed, in {seconds:.1} s",
        events.events.len(),
        events.collapsed.len()
    );
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        println!("{}", status.lines().filter(|line| line.starts_with("VmHWM")).collect::<String>());
    }
    assert!(seconds < 60.0, "{seconds}");
}

/// An article of about 400 words of one of five outlets on one of the events of its day; one in ten prints an agency's
/// text with changes. Words have the frequencies of Zipf's law; an event has 12 names and numbers of its own.
fn reported(number: u32, events_a_day: u32) -> Told {
    let mut draws = Draws::new(u64::from(number), Purpose::Permutation, 7);
    let day = draws.below(365);
    let event = day * events_a_day + draws.below(events_a_day);
    let is_copy = draws.below(10) == 0;
    let mut text = String::new();
    let mut own = Draws::new(u64::from(event), Purpose::Permutation, 9);
    for place in 0..400_u32 {
        let is_changed = !is_copy || draws.below(40) == 0;
        let draws = if is_changed { &mut draws } else { &mut own };
        let word = match draws.below(25) {
            0 => format!("Person{}", event * 12 + draws.below(12)),
            1 => format!("City{}", draws.below(300)),
            2 => ["hostages", "captives", "talks", "ceasefire"][draws.below(4) as usize].to_owned(),
            _ => format!("w{}", (1.0 / (0.000_02 + draws.unit())) as u32),
        };
        text.push_str(&word);
        text.push_str(if place % 18 == 17 { ". The " } else { " " });
    }
    Told {
        id: format!("n{number}"),
        outlet: format!("outlet {}", draws.below(5)),
        day: Some(day as i32),
        event: format!("e{event}"),
        title: None,
        text,
    }
}
