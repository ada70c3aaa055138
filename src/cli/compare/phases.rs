//! How long each part of a run took, said to people who waited for it.

use std::time::{Duration, Instant};

/// A run shorter than this is nothing to take apart.
const SAID_FROM: Duration = Duration::from_secs(10);

/// The parts of a run so far.
#[derive(Debug)]
pub(super) struct Phases {
    last: Instant,
    ended: Vec<(&'static str, Duration)>,
}

impl Phases {
    pub(super) fn begin() -> Phases {
        Phases { last: Instant::now(), ended: Vec::new() }
    }

    /// What went on since the last end was this.
    pub(super) fn end(&mut self, name: &'static str) {
        let now = Instant::now();
        self.ended.push((name, now - self.last));
        self.last = now;
    }

    /// In words, to be put behind the seconds of the whole; nothing where that was soon done.
    pub(super) fn told(&self) -> String {
        told(&self.ended)
    }
}

fn told(ended: &[(&str, Duration)]) -> String {
    if ended.iter().map(|(_, took)| *took).sum::<Duration>() < SAID_FROM {
        return String::new();
    }
    let parts: Vec<String> = ended.iter().map(|(name, took)| format!("{name} {:.1}", took.as_secs_f64())).collect();
    format!(" ({})", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_is_taken_apart_and_a_short_one_is_not() {
        let seconds = Duration::from_millis;
        let short = [("reading and scoring", seconds(4_000)), ("comparing", seconds(5_900))];
        assert_eq!(told(&short), "");
        let long =
            [("reading and scoring", seconds(4_000)), ("matching events", seconds(31_240)), ("tables", seconds(40))];
        assert_eq!(told(&long), " (reading and scoring 4.0, matching events 31.2, tables 0.0)");
    }
}
