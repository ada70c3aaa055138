//! Datelines: a line that is a date and nothing else.

/// What a dateline says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    /// ISO 8601 date.
    pub(super) date: String,
    /// The whole line, as found.
    pub(super) text: String,
}

/// Reads `Mon 10 Mar 2025 11:09 am - Jerusalem Time`, `March 10, 2025`, `2025-03-10`. A line with
/// other words is none; a date of numbers whose order is not known is none.
pub(super) fn dateline(line: &str) -> Option<Dateline> {
    let text = line.trim();
    // The time zone and what else follows a dash says nothing of the date.
    let (date_part, zone) = text.split_once(" - ").unwrap_or((text, ""));
    if zone.split_whitespace().count() > 4 {
        return None;
    }
    let (mut day, mut month, mut year) = (None, None, None);
    for word in date_part.split([' ', ',', '\t', '\u{A0}']).filter(|w| !w.is_empty()) {
        let lower = word.trim_end_matches('.').to_lowercase();
        if let Some(number) = month_number(&lower) {
            month.replace(number).is_none().then_some(())?;
        } else if let Some((y, m, d)) = iso(&lower) {
            (year, month, day) = (Some(y), Some(m), Some(d));
        } else if let Ok(number) = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>()
            && !lower.contains(':')
        {
            match number {
                1..=31 if day.is_none() => day = Some(number),
                1000..=2999 if year.is_none() => year = Some(number),
                _ => return None,
            }
        } else if !(is_weekday(&lower) || is_time(&lower)) {
            return None;
        }
    }
    let (year, month, day) = (year?, month?, day?);
    (1..=12)
        .contains(&month)
        .then(|| Dateline { date: format!("{year:04}-{month:02}-{day:02}"), text: text.to_owned() })
}

fn iso(word: &str) -> Option<(u32, u32, u32)> {
    let mut parts = word.split('t').next()?.split('-').map(|p| p.parse::<u32>().ok());
    let date = (parts.next()??, parts.next()??, parts.next()??);
    (date.0 >= 1000 && (1..=12).contains(&date.1) && (1..=31).contains(&date.2) && parts.next().is_none())
        .then_some(date)
}

fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let matches = |m: &&str| word.len() >= 3 && (m.starts_with(word) || (word == "sept" && m.starts_with("sep")));
    MONTHS.iter().position(|m| matches(&m)).map(|i| i as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && DAYS.iter().any(|d| d.starts_with(word))
}

fn is_time(word: &str) -> bool {
    matches!(word, "am" | "pm" | "a.m" | "p.m" | "at" | "gmt" | "utc" | "published" | "updated" | "posted" | "on" | "|")
        || (word.contains(':') && word.chars().all(|c| c.is_ascii_digit() || c == ':'))
        || (word.strip_suffix("am").or_else(|| word.strip_suffix("pm")))
            .is_some_and(|t| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit() || c == ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (line, date) in [
            ("Mon 10 Mar 2025 11:09 am - Jerusalem Time", Some("2025-03-10")),
            ("March 10, 2025", Some("2025-03-10")),
            ("10 March 2025", Some("2025-03-10")),
            ("2025-03-10", Some("2025-03-10")),
            ("Published on Sept. 3, 2024 at 9:15pm", Some("2024-09-03")),
            ("10/03/2025", None),
            ("The war began on 10 March 2025", None),
            ("May", None),
            ("Gaza, March 10", None),
        ] {
            assert_eq!(dateline(line).map(|d| d.date).as_deref(), date, "{line}");
        }
    }
}
