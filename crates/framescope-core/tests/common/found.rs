//! What a matcher found, said as the table says it, and how the two differ.

use framescope_core::lexicon::{LexiconId, LexiconSet, PathId, Place};
use framescope_core::matching::{Hit, Resolution, View, Whom};
use framescope_core::text::Field;

use super::case::Case;

/// What a matcher found in the text of a case.
pub(crate) struct Found<'a> {
    pub(crate) case: &'a Case,
    pub(crate) set: &'a LexiconSet,
    pub(crate) view: View<'a>,
    pub(crate) resolution: &'a Resolution,
}

/// A row of `hits`: what stands where, and what else is said of it.
struct Row<'a> {
    what: &'a str,
    said: Vec<&'a str>,
}

impl<'a> Row<'a> {
    fn read(row: &'a str) -> Row<'a> {
        match row.strip_suffix(']').and_then(|row| row.rsplit_once(" [")) {
            Some((what, said)) => Row { what, said: said.split(", ").collect() },
            None => Row { what: row, said: Vec::new() },
        }
    }
}

impl Found<'_> {
    /// All that is other than the case says.
    pub(crate) fn differences(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        self.hits(&mut wrong);
        self.rejected(&mut wrong);
        self.counts(&mut wrong);
        self.axes(&mut wrong);
        wrong
    }

    fn hits(&self, wrong: &mut Vec<String>) {
        let mut left: Vec<&Hit> = self.resolution.hits.iter().collect();
        for row in &self.case.hits {
            let Row { what, said } = Row::read(row);
            let is = |h: &&Hit| self.says(h.lexicon, h.path, h.first_token, h.end_token) == what;
            let Some(at) = left.iter().position(is) else {
                wrong.push(format!("  missing:    {row}"));
                continue;
            };
            let hit = left.swap_remove(at);
            let known = self.facts(hit);
            let unknown: Vec<_> = said.iter().filter(|s| !known.iter().any(|k| k == *s)).collect();
            // What must be said where it is so.
            let must = |k: &&String| matches!(k.as_str(), "negated" | "uncounted") || k.starts_with("about: ");
            let unsaid: Vec<_> = known.iter().filter(must).filter(|k| !said.contains(&k.as_str())).collect();
            if !unknown.is_empty() || !unsaid.is_empty() {
                wrong.push(format!("  expected:   {row}\n  found:      {what} {known:?}"));
            }
        }
        for hit in left {
            let what = self.says(hit.lexicon, hit.path, hit.first_token, hit.end_token);
            wrong.push(format!("  unexpected: {what} {:?}", self.facts(hit)));
        }
    }

    fn facts(&self, hit: &Hit) -> Vec<String> {
        let mut facts = vec![hit.voice.name().to_owned(), hit.zone.name().to_owned()];
        facts.extend(hit.short.then(|| "short".to_owned()));
        facts.extend(hit.negated.then(|| "negated".to_owned()));
        facts.extend((!hit.counts).then(|| "uncounted".to_owned()));
        let lexicon = self.set.lexicon(hit.lexicon);
        let about = lexicon.paths[hit.path.0 as usize].about.map(|a| &lexicon.abouts[a as usize]);
        facts.extend(hit.about.map(|whom| match whom {
            Whom::Side(side) => format!("about: {}", about.map_or("?", |a| a.sides[side as usize].0.as_str())),
            Whom::Both => "about: both".to_owned(),
            Whom::Unclear => "about: unclear".to_owned(),
        }));
        facts
    }

    fn rejected(&self, wrong: &mut Vec<String>) {
        let Some(expected) = &self.case.rejected else { return };
        let mut left: Vec<_> = self.resolution.rejected.iter().collect();
        for row in expected {
            // path:words@place rule by `line`
            let parts = row.strip_suffix('`').and_then(|row| row.split_once(" by `"));
            let Some((what, line)) = parts else {
                wrong.push(format!("  no reason:  {row}"));
                continue;
            };
            let at = left.iter().position(|r| {
                let says = self.says(r.lexicon, r.path, r.first_token, r.end_token);
                format!("{says} {}", r.rule.name()) == what && self.line(r.lexicon, r.by).contains(line)
            });
            match at {
                Some(at) => {
                    left.swap_remove(at);
                }
                None => wrong.push(format!("  not so:     {row}")),
            }
        }
        for r in left {
            let says = self.says(r.lexicon, r.path, r.first_token, r.end_token);
            let line = self.line(r.lexicon, r.by);
            wrong.push(format!("  rejected:   {says} {} by `{}`", r.rule.name(), line.trim()));
        }
    }

    fn counts(&self, wrong: &mut Vec<String>) {
        for (path, expected) in &self.case.counts {
            let (lexicon, id) = path.split_once('/').unwrap_or(("", path));
            let numbers = self.set.iter().filter(|(_, l)| lexicon.is_empty() || l.about.id == lexicon);
            let Some(number) = numbers.filter_map(|(i, l)| Some(self.set.path_number(i, l.path(id)?))).next() else {
                wrong.push(format!("  no path:    {path}"));
                continue;
            };
            let held = self.resolution.counted.iter().filter(|c| c.path == number);
            let count = held.filter(|c| self.resolution.hits[c.hit as usize].counts).count();
            if count != *expected {
                wrong.push(format!("  count:      {path} = {count}, not {expected}"));
            }
        }
    }

    fn axes(&self, wrong: &mut Vec<String>) {
        for (axis, expected) in &self.case.axes {
            let numbers = self.set.iter().flat_map(|(id, lexicon)| {
                let ids = lexicon.axes.iter().enumerate();
                ids.filter(|(_, a)| a.id == *axis).map(move |(i, _)| self.set.axis_number(id, i))
            });
            let Some(number) = numbers.into_iter().next() else {
                wrong.push(format!("  no axis:    {axis}"));
                continue;
            };
            let count = |positive| {
                self.resolution.on_axis.iter().filter(|a| a.axis == number && a.positive == positive).count()
            };
            let found = [count(true), count(false)];
            if found != *expected {
                wrong.push(format!("  axis:       {axis} = {found:?}, not {expected:?}"));
            }
        }
    }

    /// `path:words as they stand@where they begin`, in characters of their field.
    fn says(&self, lexicon: LexiconId, path: PathId, first: u32, end: u32) -> String {
        let View { article, analysis, .. } = self.view;
        let field = analysis.field_of(first);
        let source = article.source(field);
        let start = analysis.tokens[first as usize].start as usize;
        let end = analysis.tokens[end as usize - 1].end as usize;
        let at = source[..start].chars().count();
        let id = &self.set.lexicon(lexicon).paths[path.0 as usize].id;
        let id = match self.set.lexicons().len() {
            1 => id.clone(),
            _ => format!("{}/{id}", self.set.lexicon(lexicon).about.id),
        };
        let title = if field == Field::Title { "title:" } else { "" };
        format!("{id}:{}@{title}{at}", &source[start..end])
    }

    fn line(&self, lexicon: LexiconId, place: Place) -> &str {
        let line = (place.line as usize).checked_sub(1);
        line.and_then(|line| self.case.lexicons[lexicon.0 as usize].lines().nth(line)).unwrap_or("")
    }
}
