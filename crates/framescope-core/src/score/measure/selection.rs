//! Which measures a table has.

use super::{AxisMeasure, Measure};
use crate::matching::Detail;

/// The measures of a table, in the order asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Those of paths.
    pub paths: Vec<Measure>,
    /// Those of axes.
    pub axes: Vec<AxisMeasure>,
    /// Whether intervals stand beside those that have one.
    pub intervals: bool,
}

/// A name that is no measure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no measure `{name}`; the measures are {}, or all", Selection::names().collect::<Vec<_>>().join(", "))]
pub struct UnknownMeasure {
    /// The name.
    pub name: String,
}

impl Selection {
    /// What the wide table has unless others are chosen: few measures of paths, all of axes.
    pub fn few() -> Selection {
        Selection { paths: Measure::DEFAULT.to_vec(), axes: AxisMeasure::ALL.to_vec(), intervals: false }
    }

    /// Every measure.
    pub fn all() -> Selection {
        Selection { paths: Measure::ALL.to_vec(), axes: AxisMeasure::ALL.to_vec(), intervals: false }
    }

    /// The measures of these names and no others, each once; `all` is every measure. `share`
    /// brings `labelled` along, without which it misleads.
    ///
    /// # Errors
    /// If a name is no measure.
    pub fn from_names<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Result<Selection, UnknownMeasure> {
        let mut chosen = Selection { paths: Vec::new(), axes: Vec::new(), intervals: false };
        for name in names {
            let name = name.as_ref().trim();
            if name == "all" {
                Measure::ALL.into_iter().for_each(|m| chosen.add(m));
                AxisMeasure::ALL.into_iter().for_each(|m| chosen.add_axis(m));
            } else if let Some(measure) = Measure::from_name(name) {
                chosen.add(measure);
                if measure == Measure::Share {
                    chosen.add(Measure::Labelled);
                }
            } else if let Some(measure) = AxisMeasure::from_name(name) {
                chosen.add_axis(measure);
            } else {
                return Err(UnknownMeasure { name: name.to_owned() });
            }
        }
        Ok(chosen)
    }

    /// How much of what is counted must be known for them; axes need the least.
    pub fn detail(&self) -> Detail {
        match self.paths.iter().all(|measure| measure.detail() == Detail::Hits) {
            true => Detail::Hits,
            false => Detail::Counts,
        }
    }

    /// Whether one of them tells the narrator's words from attributed ones.
    pub fn asks_for_attribution(&self) -> bool {
        self.paths.iter().any(|measure| measure.asks_for_attribution())
    }

    /// The same, with intervals or without.
    #[must_use]
    pub fn with_intervals(mut self, intervals: bool) -> Selection {
        self.intervals = intervals;
        self
    }

    /// The names of all measures.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let paths = Measure::ALL.into_iter().map(Measure::name);
        paths.chain(AxisMeasure::ALL.into_iter().map(AxisMeasure::name))
    }

    fn add(&mut self, measure: Measure) {
        if !self.paths.contains(&measure) {
            self.paths.push(measure);
        }
    }

    fn add_axis(&mut self, measure: AxisMeasure) {
        if !self.axes.contains(&measure) {
            self.axes.push(measure);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_found_by_its_name_and_no_two_share_one() {
        let mut names: Vec<_> = Selection::names().collect();
        for name in &names {
            let chosen = Selection::from_names([name]).unwrap();
            assert!(!chosen.paths.is_empty() || !chosen.axes.is_empty(), "{name}");
        }
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn share_brings_labelled_along_and_nothing_stands_twice() {
        let chosen = Selection::from_names(["share", "count", "share", "score"]).unwrap();
        assert_eq!(chosen.paths, [Measure::Share, Measure::Labelled, Measure::Count]);
        assert_eq!(chosen.axes, [AxisMeasure::Score]);
        assert_eq!(Selection::from_names(["all", "count"]).unwrap(), Selection::all());
    }

    #[test]
    fn an_unknown_measure_is_named_with_those_there_are() {
        let error = Selection::from_names(["per_100"]).unwrap_err().to_string();
        assert!(error.starts_with("there is no measure `per_100`; the measures are count, per_1k"));
    }
}
