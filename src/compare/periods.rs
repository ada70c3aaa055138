//! Periods of the calendar: ISO weeks and months.

use std::fmt;

use serde::Serialize;

use crate::corpus::Day;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// Monday to Sunday, as ISO 8601 counts weeks.
    Week,
    /// A month of the calendar.
    Month,
}

impl Per {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Per::Week => "week",
            Per::Month => "month",
        }
    }

    /// The period of a day.
    pub fn of(self, day: Day) -> Period {
        let number = match self {
            Per::Week => day.monday().div_euclid(7),
            Per::Month => i64::from(day.year()) * 12 + i64::from(day.month()) - 1,
        };
        Period { per: self, number }
    }
}

/// A week or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    per: Per,
    /// Periods that follow each other have numbers that do.
    number: i64,
}

impl Period {
    /// Its number; those of periods that follow each other do so too.
    pub fn number(self) -> i64 {
        self.number
    }

    /// Its month of the year, 0 to 11; of a week that of its Thursday, as its year is. Nothing outside the calendar.
    pub fn month_of_year(self) -> Option<u32> {
        match self.per {
            Per::Week => Some(u32::from(Day::of_number(self.first_day()?.number() + 3)?.month()) - 1),
            Per::Month => u32::try_from(self.number.rem_euclid(12)).ok(),
        }
    }

    /// Its first day; nothing outside the calendar.
    pub fn first_day(self) -> Option<Day> {
        match self.per {
            // Day 4, 5 January 1970, was a Monday.
            Per::Week => Day::of_number(self.number * 7 + 4),
            Per::Month => {
                Day::new(i32::try_from(self.number.div_euclid(12)).ok()?, self.number.rem_euclid(12) as u8 + 1, 1)
            }
        }
    }
}

impl fmt::Display for Period {
    /// `2025-W11`, `2025-03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.per, self.first_day()) {
            (Per::Week, Some(day)) => {
                let (year, week) = day.iso_week();
                write!(f, "{year:04}-W{week:02}")
            }
            (Per::Month, Some(day)) => write!(f, "{:04}-{:02}", day.year(), day.month()),
            (_, None) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        crate::corpus::read_date(text, None).day().unwrap()
    }

    #[test]
    fn periods_have_names_and_first_days() {
        for (date, per, name, first) in [
            ("2025-03-10", Per::Week, "2025-W11", "2025-03-10"),
            ("2025-03-16", Per::Week, "2025-W11", "2025-03-10"),
            ("2010-01-03", Per::Week, "2009-W53", "2009-12-28"),
            ("2025-03-31", Per::Month, "2025-03", "2025-03-01"),
            ("1969-12-31", Per::Month, "1969-12", "1969-12-01"),
            ("1969-12-31", Per::Week, "1970-W01", "1969-12-29"),
        ] {
            let period = per.of(day(date));
            assert_eq!(period.to_string(), name, "{date}");
            assert_eq!(period.first_day().unwrap().to_string(), first, "{date}");
        }
        // A week is of the month that has its Thursday.
        for (date, per, month) in [
            ("2025-03-31", Per::Week, 3),
            ("2025-04-28", Per::Week, 4),
            ("2024-12-30", Per::Week, 0),
            ("2025-12-31", Per::Month, 11),
            ("1969-12-31", Per::Month, 11),
        ] {
            assert_eq!(per.of(day(date)).month_of_year(), Some(month), "{date}");
        }
    }

    proptest! {
        /// Periods part the calendar: each begins on a day of its own, and the day before belongs to the one before.
        #[test]
        fn periods_part_the_calendar(number in -300_000_i64..370_000, week in any::<bool>()) {
            let per = if week { Per::Week } else { Per::Month };
            let day = Day::of_number(number).unwrap();
            let period = per.of(day);
            let first = period.first_day().unwrap();
            prop_assert!(first <= day);
            prop_assert_eq!(per.of(first), period);
            let before = Day::of_number(first.number() - 1).unwrap();
            prop_assert_eq!(per.of(before).number(), period.number() - 1);
            let next = Day::of_number(number + 1).unwrap();
            prop_assert!((0..=1).contains(&(per.of(next).number() - period.number())));
        }
    }
}
