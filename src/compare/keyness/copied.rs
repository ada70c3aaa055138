//! Copies among the articles that are counted. A text that a group prints five times has each of its words five times, and they
//! pass for words of the group.

use super::KeynessError;
use super::types::Counts;
use crate::compare::{Signature, find_copies};

/// Bytes of signatures that are kept: some 30 million words of text. Past this only texts with exactly the same words are found.
const SIGNED: usize = 128 << 20;

/// What finds the copies: a signature an article, or a hash of its words.
#[derive(Debug)]
pub(super) struct CopySearch {
    /// Of each article, by its hash; none without words.
    texts: Vec<Option<u64>>,
    signatures: Vec<Signature>,
    bytes: usize,
    most_bytes: usize,
}

impl Default for CopySearch {
    fn default() -> CopySearch {
        CopySearch::with_memory(SIGNED)
    }
}

impl CopySearch {
    pub(super) fn with_memory(most_bytes: usize) -> CopySearch {
        CopySearch { texts: Vec::new(), signatures: Vec::new(), bytes: 0, most_bytes }
    }

    /// Adds the articles that come next.
    pub(super) fn add(&mut self, signatures: Vec<Signature>) {
        self.texts.extend(signatures.iter().map(Signature::text));
        if self.is_exact_only() {
            return;
        }
        self.bytes += signatures.iter().map(Signature::bytes).sum::<usize>();
        self.signatures.extend(signatures);
        if self.bytes > self.most_bytes {
            self.signatures = Vec::new();
        }
    }

    fn is_exact_only(&self) -> bool {
        self.bytes > self.most_bytes
    }

    fn clusters(&self) -> Vec<Vec<u32>> {
        if !self.is_exact_only() {
            return find_copies(&self.signatures.iter().collect::<Vec<_>>()).clusters();
        }
        let mut order: Vec<(u64, u32)> =
            (0..).zip(&self.texts).filter_map(|(article, text)| Some(((*text)?, article))).collect();
        order.sort_unstable();
        let same = order.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
        let mut clusters: Vec<Vec<u32>> = same.map(|same| same.iter().map(|(_, article)| *article).collect()).collect();
        clusters.sort_unstable();
        clusters
    }
}

/// Articles that print one text, and what that does to the groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copied {
    /// Articles that print a text which another article prints too.
    pub articles: u64,
    /// Those texts.
    pub texts: u64,
    /// How many of them stand in more than one group.
    pub across: u64,
    /// Copies of an earlier article of the same group, ascending.
    pub inside: Vec<u32>,
    /// Ids of the first of the articles.
    pub ids: Vec<String>,
    /// Whether only texts with exactly the same words were looked for, because there were too many words.
    pub is_exact_only: bool,
}

/// Ids that are named.
const NAMED: usize = 4;

impl Counts {
    /// The copies among the articles that are counted.
    ///
    /// # Errors
    /// [`KeynessError::Spool`].
    pub fn copied(&mut self) -> Result<Copied, KeynessError> {
        let clusters = self.copies.clusters();
        let group = |article: &u32| self.articles[*article as usize].group;
        let mut found = Copied {
            articles: clusters.iter().map(|cluster| cluster.len() as u64).sum(),
            texts: clusters.len() as u64,
            is_exact_only: self.copies.is_exact_only(),
            ..Copied::default()
        };
        for cluster in &clusters {
            let mut met = Vec::new();
            for article in cluster {
                match met.contains(&group(article)) {
                    true => found.inside.push(*article),
                    false => met.push(group(article)),
                }
            }
            found.across += u64::from(met.len() > 1);
        }
        found.inside.sort_unstable();
        let named: Vec<u32> = clusters.iter().flatten().take(NAMED).copied().collect();
        found.ids = vec![String::new(); named.len()];
        if !named.is_empty() {
            self.spool.each(|article, id, _| {
                if let Some(place) = named.iter().position(|named| *named == article) {
                    id.clone_into(&mut found.ids[place]);
                }
            })?;
        }
        Ok(found)
    }

    /// Leaves articles out of all contrasts.
    pub fn leave_out(&mut self, articles: &[u32]) {
        articles.iter().for_each(|article| self.articles[*article as usize].is_out = true);
    }
}

#[cfg(test)]
mod tests {
    use framescope_core::text::{Article, TypeTable, analyse};

    use super::*;
    use crate::compare::Signer;

    fn signed(texts: &[&str]) -> Vec<Signature> {
        let sign = |text: &&str| {
            let (mut types, mut analysis) = (TypeTable::default(), Default::default());
            analyse(&Article { id: "a", title: None, text, removed: &[] }, &mut types, &mut analysis);
            Signer::default().sign(&analysis, &types)
        };
        texts.iter().map(sign).collect()
    }

    /// Where memory ends, texts with the same words are still found.
    #[test]
    fn past_its_memory_only_the_same_words_are_found() {
        let text = "The ministers of both towns met at the bridge on Monday and spoke of its cost and of the toll.";
        let (near, other) = (text.replace("Monday", "Tuesday"), "Nothing was heard of the bridge or of anybody else.");
        let texts = [text, &near, other, "", &text.to_uppercase(), ""];
        let clusters = |most_bytes: usize| {
            let mut search = CopySearch::with_memory(most_bytes);
            let (first, later) = texts.split_at(3);
            [first, later].into_iter().for_each(|texts| search.add(signed(texts)));
            (search.clusters(), search.is_exact_only())
        };
        assert_eq!(clusters(1 << 20), (vec![vec![0, 1, 4]], false));
        assert_eq!(clusters(100), (vec![vec![0, 4]], true));
    }
}
