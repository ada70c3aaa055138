//! What a sheet of a workbook looks like: how its numbers are shown, how wide its columns are, which of them stay in sight,
//! and where it filters.
//!
//! A number keeps all its digits; only what is shown of it is short. How it is shown follows from the unit that the codebook
//! gives, so that a column looks alike in every workbook.

use rust_xlsxwriter::{
    ConditionalFormat3ColorScale, ConditionalFormatType, Format, FormatAlign, IgnoreError, Worksheet, XlsxError,
};

use super::cells::Stored;
use super::listing::Colour;

/// The widest column, in characters; longer texts are cut by the next cell, or wrapped on sheets for reading.
pub(super) const WIDEST: usize = 60;
/// The narrowest.
const NARROWEST: usize = 8;
/// What the arrow of the filter takes.
const ARROW: usize = 3;
/// Cells looked at for the width of a column.
const LOOKED_AT: usize = 200;
/// Characters of columns that stay in sight: more would leave no room for those that are scrolled.
const IN_SIGHT: usize = 64;
/// The height of a line, and the highest row that Excel takes, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;
/// Characters that a number takes at most: shown are three or four digits behind the point.
const NUMBER: usize = 10;

/// Two hues that people who see red and green alike tell apart, and white between them.
const LOW: u32 = 0x007F_B1D9;
const MIDDLE: u32 = 0x00FF_FFFF;
const HIGH: u32 = 0x00F2_A95C;

/// How the numbers of a column are shown: p with four digits behind the point, other measured numbers with three,
/// counts with none. Nothing for what is neither.
pub(super) fn number_format(unit: &str) -> Option<&'static str> {
    const MEASURED: [&str; 13] = [
        "share",
        "ratio",
        "per 1,000",
        "factor",
        "balance",
        "weight per",
        "logarithm",
        "standard deviations",
        "1 to 1",
        "2 to 2",
        "G2",
        "chi-squared",
        "cosine",
    ];
    const COUNTED: [&str; 11] = [
        "hits",
        "words",
        "articles",
        "sentences",
        "parts of sentences",
        "tests",
        "arrangements",
        "events",
        "marks",
        "number",
        "clusters",
    ];
    match unit {
        "probability" => Some("0.0000"),
        _ if MEASURED.iter().any(|measured| unit.contains(measured)) => Some("0.000"),
        _ if COUNTED.contains(&unit) => Some("#,##0"),
        _ => None,
    }
}

/// A column of a sheet.
#[derive(Debug, Clone)]
pub(super) struct Look {
    name: String,
    number: Option<&'static str>,
    /// Whether it says what a row is of.
    names: bool,
    /// How its numbers are coloured.
    colour: Option<Colour>,
    /// The widest cell so far.
    widest: usize,
    seen: usize,
}

impl Look {
    /// A column whose numbers are measured in this. `names`: it says what a row is of.
    pub(super) fn new(name: impl Into<String>, unit: &str, names: bool) -> Look {
        Look { name: name.into(), number: number_format(unit), names, colour: None, widest: 0, seen: 0 }
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Colours its numbers.
    pub(super) fn coloured(self, colour: Option<Colour>) -> Look {
        Look { colour, ..self }
    }

    /// Shows numbers so where their unit says nothing.
    pub(super) fn or_numbers(self, format: &'static str) -> Look {
        Look { number: self.number.or(Some(format)), ..self }
    }

    /// Takes a cell into account.
    pub(super) fn see(&mut self, cell: &Stored, text: &str) {
        if self.seen < LOOKED_AT {
            self.seen += 1;
            self.widest = self.widest.max(match cell {
                Stored::Empty => 0,
                Stored::Number(_) => NUMBER,
                Stored::Text(range) => text[range.clone()].chars().count(),
            });
        }
    }

    /// Wide enough for the name and for what was seen.
    fn width(&self) -> usize {
        self.widest.max(self.name.chars().count() + ARROW).clamp(NARROWEST, WIDEST) + 1
    }
}

/// Whether a sheet is for reading, so that texts wider than a column take several lines: it has no column of measured numbers,
/// whose rows would stand apart. All cells must have been seen.
pub(super) fn wraps(looks: &[&Look]) -> bool {
    looks.iter().all(|look| look.number.is_none()) && looks.iter().any(|look| look.widest > WIDEST)
}

/// Begins a sheet: its header, and how the numbers below are shown.
pub(super) fn begin(sheet: &mut Worksheet, looks: &[&Look], wraps: bool) -> Result<(), XlsxError> {
    for (column, look) in (0..).zip(looks) {
        let mut format = Format::new();
        if wraps {
            // Numbers among texts stand where the texts do.
            format = format.set_align(FormatAlign::Top).set_align(FormatAlign::Left);
        }
        if wraps && look.widest > WIDEST {
            format = format.set_text_wrap();
        }
        if let Some(number) = look.number {
            format = format.set_num_format(number);
        }
        sheet.set_column_format(column, &format)?;
    }
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for (column, look) in (0..).zip(looks) {
        sheet.write_string_with_format(0, column, &look.name, &bold)?;
    }
    Ok(())
}

/// The height of a row whose texts wrap; Excel would find it by itself, others do not. None for one line.
pub(super) fn height(cells: &[Stored], text: &str) -> Option<f64> {
    // Lines end between words, so that they hold less than the width.
    let lines = |cell: &Stored| match cell {
        Stored::Text(range) => text[range.clone()].chars().count().div_ceil(WIDEST - 5),
        _ => 1,
    };
    let lines = cells.iter().map(lines).max().unwrap_or(1);
    (lines > 1).then(|| (LINE * lines as f64).min(HIGHEST))
}

/// Ends a sheet of so many rows below its header: widths, what stays in sight, filters.
pub(super) fn end(sheet: &mut Worksheet, looks: &[&Look], rows: u32) -> Result<(), XlsxError> {
    let last = looks.len().max(1) as u16 - 1;
    for (column, look) in (0..).zip(looks) {
        sheet.set_column_width(column, look.width() as f64)?;
    }
    sheet.set_freeze_panes(1, in_sight(looks))?;
    if rows > 0 {
        for (column, colour) in (0..).zip(looks).filter_map(|(column, look)| Some((column, look.colour?))) {
            sheet.add_conditional_format(1, column, rows, column, &scale(colour))?;
        }
        sheet.autofilter(0, 0, rows, last)?;
    }
    // Identifiers and metadata are text on purpose: no green corners for digits.
    sheet.ignore_error_range(0, 0, rows, last, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// How many columns stay in sight: the first, and those behind it that say what a row is of, as far as there is room.
fn in_sight(looks: &[&Look]) -> u16 {
    let mut room = IN_SIGHT;
    let fits = |look: &&&Look| {
        let fits = look.names && look.width() <= room;
        room = room.saturating_sub(look.width());
        fits
    };
    let named = looks.iter().take_while(fits).count();
    named.max(1) as u16
}

fn scale(colour: Colour) -> ConditionalFormat3ColorScale {
    let (low, middle, high) = match colour {
        Colour::Difference => (-1.0, 0.0, 1.0),
        Colour::Ratio => (0.25, 1.0, 4.0),
        Colour::LogRatio => (-2.0, 0.0, 2.0),
    };
    ConditionalFormat3ColorScale::new()
        .set_minimum(ConditionalFormatType::Number, low)
        .set_midpoint(ConditionalFormatType::Number, middle)
        .set_maximum(ConditionalFormatType::Number, high)
        .set_minimum_color(LOW)
        .set_midpoint_color(MIDDLE)
        .set_maximum_color(HIGH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_by_their_unit() {
        for (unit, format) in [
            ("probability", Some("0.0000")),
            ("per 1,000 words", Some("0.000")),
            ("hits per 1,000 words", Some("0.000")),
            ("difference of shares", Some("0.000")),
            ("share, 0 to 1", Some("0.000")),
            ("ratio of ratios", Some("0.000")),
            ("−1 to 1", Some("0.000")),
            ("hits", Some("#,##0")),
            ("words", Some("#,##0")),
            ("1 yes, 0 no", None),
            ("text", None),
            ("", None),
        ] {
            assert_eq!(number_format(unit), format, "{unit}");
        }
    }

    #[test]
    fn what_names_a_row_stays_in_sight_as_far_as_there_is_room() {
        let look = |widest, names| Look { name: "x".to_owned(), number: None, names, colour: None, widest, seen: 1 };
        let looks = [look(20, true), look(20, true), look(10, true), look(10, true), look(10, true)];
        assert_eq!(in_sight(&looks.each_ref()), 4);
        let looks = [look(70, true), look(10, true)];
        assert_eq!(in_sight(&looks.each_ref()), 1);
        let looks = [look(10, true), look(10, false), look(10, true)];
        assert_eq!(in_sight(&looks.each_ref()), 1);
        assert_eq!(in_sight(&[]), 1);
    }
}
