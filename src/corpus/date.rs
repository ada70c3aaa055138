//! Dates as corpora have them, read without guessing.
//!
//! Read are ISO 8601 (`2025-03-10`, with or without a time; also `2025/03/10` and `20250310`), a day
//! with the month in English words (`Mon 10 Mar 2025 11:09 am`, `March 10, 2025`), and day, month and
//! year in numbers where only one order can be meant (`25/12/2024`, or dots, which stand in dates
//! with the day first). `03/04/2025` has two meanings and is [`DateReading::Ambiguous`] unless
//! somebody says which: a wrong month is worse than none. A day that the calendar does not have is
//! unreadable.

use std::fmt;

use super::cleaning::dateline;

/// A day of the (proleptic Gregorian) calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

/// The years that dates of articles can have: what is outside is a slip.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=2999;

impl Day {
    /// The day, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let exists = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        exists.then_some(Day { year, month, day })
    }

    /// Days since 1 January 1970. (H. Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.)
    pub fn number(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day of a [`number`](Day::number) (`civil_from_days`, as above).
    pub fn of_number(number: i64) -> Option<Day> {
        let shifted = number + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Day::new(i32::try_from(year).ok()?, month as u8, day as u8)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The Monday of its week: ISO weeks begin on Monday.
    pub fn monday(self) -> i64 {
        // 1 January 1970 was a Thursday.
        self.number() - (self.number() + 3).rem_euclid(7)
    }

    /// Year and number of its ISO 8601 week: the year is the one that the week's Thursday lies in.
    pub fn iso_week(self) -> (i32, u8) {
        let thursday = self.monday() + 3;
        let year = Day::of_number(thursday).map_or(self.year, |day| day.year);
        let first = Day { year, month: 1, day: 1 }.number();
        (year, ((thursday - first) / 7 + 1) as u8)
    }
}

impl fmt::Display for Day {
    /// ISO 8601: `2025-03-10`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// How a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateForm {
    /// Year, month, day.
    Iso,
    /// With the month in words.
    Words,
    /// In numbers, the day first.
    DayFirst,
    /// In numbers, the month first.
    MonthFirst,
}

impl DateForm {
    /// An example of it, for people.
    pub fn example(self) -> &'static str {
        match self {
            DateForm::Iso => "2024-12-25",
            DateForm::Words => "25 December 2024",
            DateForm::DayFirst => "25/12/2024",
            DateForm::MonthFirst => "12/25/2024",
        }
    }
}

/// The order of day and month where numbers leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `03/04/2025` is 3 April.
    DayFirst,
    /// `03/04/2025` is 4 March.
    MonthFirst,
}

/// What a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateReading {
    /// A day.
    Day(Day, DateForm),
    /// One of two days, and nobody said which.
    Ambiguous,
    /// None that can be read.
    Unreadable,
}

impl DateReading {
    /// The day, where there is one.
    pub fn day(self) -> Option<Day> {
        match self {
            DateReading::Day(day, _) => Some(day),
            DateReading::Ambiguous | DateReading::Unreadable => None,
        }
    }
}

/// Reads a date. `order` is what somebody said of numbers that leave it open.
pub fn read_date(text: &str, order: Option<DateOrder>) -> DateReading {
    let text = text.trim();
    if let Some((first, rest)) = number(text)
        && let Some(reading) = in_numbers(first, rest, order)
    {
        return reading;
    }
    match dateline(text).as_deref().and_then(iso) {
        Some(day) => DateReading::Day(day, DateForm::Words),
        None => DateReading::Unreadable,
    }
}

/// A number at the beginning, as it stands there, and what follows.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// `2025-03-10`, and nothing more.
fn iso(text: &str) -> Option<Day> {
    let mut parts = text.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// A date of numbers that begins with this one; `None` if it is of another kind.
fn in_numbers(first: &str, rest: &str, order: Option<DateOrder>) -> Option<DateReading> {
    let of = |day: Option<Day>, form| day.map_or(DateReading::Unreadable, |day| DateReading::Day(day, form));
    if first.len() == 8 && is_end(rest) {
        let (year, month, day) = (first[..4].parse().ok()?, first[4..6].parse().ok()?, first[6..].parse().ok()?);
        return Some(of(Day::new(year, month, day), DateForm::Iso));
    }
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, rest) = number(&rest[1..])?;
    let (third, rest) = number(rest.strip_prefix(separator)?)?;
    if second.len() > 2 || !is_end(rest) {
        return Some(DateReading::Unreadable);
    }
    let second: u8 = second.parse().ok()?;
    match (first.len(), third.len()) {
        (4, 1..=2) => Some(of(Day::new(first.parse().ok()?, second, third.parse().ok()?), DateForm::Iso)),
        (1..=2, 4) => {
            let (first, year): (u8, i32) = (first.parse().ok()?, third.parse().ok()?);
            let day_first = Day::new(year, second, first);
            let month_first = Day::new(year, first, second);
            Some(match (day_first, month_first, order) {
                (Some(one), Some(other), _) if one == other => DateReading::Day(one, DateForm::DayFirst),
                (day_first, _, _) if separator == '.' => of(day_first, DateForm::DayFirst),
                (Some(_), Some(_), None) => DateReading::Ambiguous,
                (Some(_), Some(_), Some(DateOrder::DayFirst)) | (Some(_), None, _) => of(day_first, DateForm::DayFirst),
                _ => of(month_first, DateForm::MonthFirst),
            })
        }
        // A year of two digits.
        _ => Some(DateReading::Unreadable),
    }
}

/// Whether nothing follows a date but a time.
fn is_end(rest: &str) -> bool {
    match rest.strip_prefix(['T', 't', ' ']) {
        None => rest.is_empty(),
        Some(time) => time.trim_start().starts_with(|c: char| c.is_ascii_digit()) && time.contains(':'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, order: Option<DateOrder>) -> String {
        match read_date(text, order) {
            DateReading::Day(day, form) => format!("{day} {form:?}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn table() {
        for (text, expected) in [
            ("2025-03-10", "2025-03-10 Iso"),
            (" 2025-03-10T11:09:00+02:00 ", "2025-03-10 Iso"),
            ("2025-03-10 11:09", "2025-03-10 Iso"),
            ("2025/3/10", "2025-03-10 Iso"),
            ("20250310", "2025-03-10 Iso"),
            ("2025-02-30", "Unreadable"),
            ("2024-02-29", "2024-02-29 Iso"),
            ("2025-13-01", "Unreadable"),
            ("Mon 10 Mar 2025 11:09 am - Jerusalem Time", "2025-03-10 Words"),
            ("March 10, 2025", "2025-03-10 Words"),
            ("10th March 2025", "2025-03-10 Words"),
            ("30 February 2025", "Unreadable"),
            ("25/12/2024", "2024-12-25 DayFirst"),
            ("12/25/2024", "2024-12-25 MonthFirst"),
            ("25-12-2024 10:00", "2024-12-25 DayFirst"),
            ("03.04.2025", "2025-04-03 DayFirst"),
            ("04/04/2025", "2025-04-04 DayFirst"),
            ("03/04/2025", "Ambiguous"),
            ("3/4/2025", "Ambiguous"),
            ("13/13/2025", "Unreadable"),
            ("3/4/25", "Unreadable"),
            ("12.25.2024", "Unreadable"),
            ("1741600000", "Unreadable"),
            ("2025", "Unreadable"),
            ("2025-03", "Unreadable"),
            ("0000-00-00", "Unreadable"),
            ("99999999999999999999-01-01", "Unreadable"),
            ("2025-03-10-11", "Unreadable"),
            ("2025-03-10xyz", "Unreadable"),
            ("yesterday", "Unreadable"),
            ("", "Unreadable"),
            ("١٠/٠٣/٢٠٢٥", "Unreadable"),
        ] {
            assert_eq!(read(text, None), expected, "{text}");
        }
        assert_eq!(read("03/04/2025", Some(DateOrder::DayFirst)), "2025-04-03 DayFirst");
        assert_eq!(read("03/04/2025", Some(DateOrder::MonthFirst)), "2025-03-04 MonthFirst");
        // What only one order allows is read in that order.
        assert_eq!(read("25/12/2024", Some(DateOrder::MonthFirst)), "2024-12-25 DayFirst");
    }

    /// From the table of ISO weeks in the standard and its usual traps.
    #[test]
    fn iso_weeks() {
        for (date, week) in [
            ("2005-01-01", (2004, 53)),
            ("2005-01-03", (2005, 1)),
            ("2007-12-31", (2008, 1)),
            ("2008-12-28", (2008, 52)),
            ("2009-12-31", (2009, 53)),
            ("2010-01-03", (2009, 53)),
            ("2025-03-10", (2025, 11)),
            ("1970-01-01", (1970, 1)),
        ] {
            let day = iso(date).unwrap();
            assert_eq!(day.iso_week(), week, "{date}");
        }
    }

    proptest! {
        /// Day by day, against counting.
        #[test]
        fn numbers_count_the_days(number in -300_000_i64..370_000) {
            let (day, next) = (Day::of_number(number).unwrap(), Day::of_number(number + 1).unwrap());
            prop_assert_eq!(day.number(), number);
            prop_assert!(day < next);
            let counted = match (day.day < days_in(day.year, day.month), day.month) {
                (true, _) => (day.year, day.month, day.day + 1),
                (false, 12) => (day.year + 1, 1, 1),
                (false, month) => (day.year, month + 1, 1),
            };
            prop_assert_eq!((next.year, next.month, next.day), counted);
            prop_assert_eq!(read_date(&day.to_string(), None), DateReading::Day(day, DateForm::Iso));
        }

        /// A week has seven days, begins on a Monday, and its number steps by one or begins anew.
        #[test]
        fn weeks_are_runs_of_seven_days(number in -300_000_i64..370_000) {
            let monday = Day::of_number(number).unwrap().monday();
            let week = Day::of_number(monday).unwrap().iso_week();
            for later in 0..7 {
                prop_assert_eq!(Day::of_number(monday + later).unwrap().iso_week(), week);
            }
            let next = Day::of_number(monday + 7).unwrap().iso_week();
            let steps = next == (week.0, week.1 + 1) || (next == (week.0 + 1, 1) && week.1 >= 52);
            prop_assert!(steps, "{:?} then {:?}", week, next);
            // 1 March 2021 was a Monday.
            prop_assert_eq!((monday - Day::new(2021, 3, 1).unwrap().number()).rem_euclid(7), 0);
        }

        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,24}|[0-9/.T: -]{0,14}") {
            let _ = read_date(&text, None);
        }
    }
}
