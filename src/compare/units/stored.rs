//! Articles and hits that come from stored tables, row by row.

use framescope_core::matching::Whom;
use framescope_core::text::{Voice, VoiceSet, Zone, ZoneSet};

use super::packed::{Cell, EntryCell, NEGATED, NUMBER, PoleCell, SHORT, SLOT_SHIFT, WhomCell, add_packed, merge, pack};
use super::{EntryCount, Units, WhomCount};

/// An article as a long table has it: hits and words by voice, wherever they stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::compare) struct StoredArticle {
    pub(in crate::compare) id: String,
    pub(in crate::compare) group: String,
    pub(in crate::compare) language: String,
    pub(in crate::compare) columns: Vec<String>,
    pub(in crate::compare) words: [u32; 3],
    pub(in crate::compare) short_words: u32,
    pub(in crate::compare) sentences: u32,
    pub(in crate::compare) has_title: bool,
    /// Path, hits by voice, short, negated.
    pub(in crate::compare) paths: Vec<(u32, [u32; 3], u32, u32)>,
    /// Axis, hits of the positive and of the negative pole outside quotation marks.
    pub(in crate::compare) poles: Vec<(u32, u32, u32)>,
}

impl StoredArticle {
    /// Forgets the last article and keeps the memory.
    pub(in crate::compare) fn clear(&mut self) {
        self.paths.clear();
        self.poles.clear();
    }
}

impl Units {
    /// Adds an article of a stored table. Zones are not known there, so all stands in the body.
    pub(in crate::compare) fn add_stored(&mut self, stored: &StoredArticle) {
        if stored.group.trim().is_empty() {
            self.left_out += 1;
            return;
        }
        let article = self.len() as u32;
        self.ids.push(&stored.id);
        self.group.push(Some(&stored.group));
        self.language.push(Some(&stored.language));
        for (column, value) in self.columns.iter_mut().zip(&stored.columns) {
            column.push(Some(value));
        }
        let mut words = [[0; 3]; 4];
        words[Zone::Body as usize] = stored.words;
        self.words.push(words);
        self.short_words.push(stored.short_words);
        self.sentences.push(stored.sentences);
        self.has_title.push(stored.has_title);
        self.content.push(0);
        for (path, hits, short, negated) in &stored.paths {
            let cells = &mut self.paths[*path as usize].cells;
            let in_body = (0..).map(|voice| Zone::Body as u32 * 3 + voice).zip(hits.iter().copied());
            for (slot, n) in in_body.chain([(SHORT, *short), (NEGATED, *negated)]) {
                pack(slot, n, |packed| cells.push(Cell { article, packed }));
            }
        }
        for (axis, positive, negative) in &stored.poles {
            let cells = &mut self.axes[*axis as usize];
            pack(Voice::Narrator as u32, *positive, |packed| cells.push(PoleCell { article, packed }));
            pack(Voice::Narrator as u32 + 4, *negative, |packed| cells.push(PoleCell { article, packed }));
        }
    }

    /// Adds hits one by one, sorted by article: article, own path, entry, voice, about whom. A path above holds those
    /// under it. Returns the paths whose entries then do not sum to their hits; they are left without entries.
    pub(in crate::compare) fn add_hits(&mut self, hits: &[(u32, u32, u32, Voice, Option<Whom>)]) -> Vec<u32> {
        for &(article, own, entry, voice, whom) in hits {
            let packed = (voice as u32) << SLOT_SHIFT | 1;
            let lineage: Vec<u32> = self.vocabulary.lineage(own).collect();
            for path in lineage {
                let units = &mut self.paths[path as usize];
                units.entries.push(EntryCell { article, entry, packed });
                let asks_alike =
                    self.vocabulary.paths[path as usize].sides == self.vocabulary.paths[own as usize].sides;
                if let (Some(whom), true) = (whom, asks_alike) {
                    units.whom.push(WhomCell { article, whom, packed });
                }
            }
        }
        let mut incomplete = Vec::new();
        for path in 0..self.paths.len() as u32 {
            let counted: u64 =
                self.hits_in(path, VoiceSet::ALL, ZoneSet::ALL).counts.iter().map(|n| u64::from(*n)).sum();
            let units = &mut self.paths[path as usize];
            units.entries.sort_by_key(|cell| (cell.article, cell.entry, cell.packed >> SLOT_SHIFT));
            let kept = merge(&mut units.entries, |a, b| {
                let same = (a.article, a.entry, a.packed >> SLOT_SHIFT) == (b.article, b.entry, b.packed >> SLOT_SHIFT);
                add_packed(same, &mut a.packed, b.packed)
            });
            units.entries.truncate(kept);
            let listed: u64 = units.entries.iter().map(|cell| u64::from(cell.packed & NUMBER)).sum();
            if listed != counted {
                units.entries = Vec::new();
                units.whom = Vec::new();
                incomplete.push(path);
            }
        }
        incomplete
    }

    /// Adds hits of a path by entry that are known otherwise than from the corpus; articles must come in order.
    pub(in crate::compare) fn push_entry(&mut self, path: u32, EntryCount { article, entry, voice, hits }: EntryCount) {
        let cells = &mut self.paths[path as usize].entries;
        pack(voice as u32, hits, |packed| cells.push(EntryCell { article, entry, packed }));
    }

    /// What comes from a stored table: no entries, nobody that hits are about.
    #[cfg(test)]
    pub(in crate::compare) fn forget_words(&mut self) {
        self.paths.iter_mut().for_each(|path| (path.entries, path.whom) = Default::default());
    }

    /// The same of hits by whom they are about.
    pub(in crate::compare) fn push_whom(&mut self, path: u32, WhomCount { article, whom, voice, hits }: WhomCount) {
        let cells = &mut self.paths[path as usize].whom;
        pack(voice as u32, hits, |packed| cells.push(WhomCell { article, whom, packed }));
    }

    /// Forgets the axes.
    pub(in crate::compare) fn without_axes(&mut self) {
        self.vocabulary.axes.clear();
        self.axes.clear();
    }
}
