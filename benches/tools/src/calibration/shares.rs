//! Shares of a thing's names: authors like one name and repeat it.

use framescope_core::stats::RatioGroups;

use super::chance::Chance;
use super::table::{Table, percent};
use super::{Effort, TOO_FEW, noise};

/// The omnibus permutation test of a referent, and that of its first variant.
pub fn shares(effort: Effort) -> Table {
    let mut table = Table::new(&[
        "articles a side",
        "names",
        "mentions an article",
        "corpora tested %",
        "omnibus rejected %",
        "first name rejected %",
    ]);
    for sides in [[10, 10], [30, 10], [10, 30], [50, 50]] {
        for variants in [2_usize, 4] {
            for mentions in [[2.0, 2.0], [1.0, 5.0]] {
                cell(effort, &mut table, sides, variants, mentions);
            }
        }
    }
    table
}

fn cell(effort: Effort, table: &mut Table, sides: [u64; 2], variants: usize, mentions: [f64; 2]) {
    let seed = sides[0] * 7000 + sides[1] * 100 + variants as u64 * 10 + mentions[0] as u64;
    let (mut tested, mut rejected) = (0.0, [0.0; 2]);
    for corpus in 0..effort.corpora {
        let mut chance = Chance::new(seed, corpus);
        let (mut counts, mut labels) = (Vec::new(), Vec::new());
        for label in 0..2_u8 {
            for _ in 0..sides[usize::from(label)] {
                let mut row = vec![0_u32; variants];
                let liked = (chance.0.unit().powi(2) * variants as f64) as usize;
                for _ in 0..chance.poisson(mentions[usize::from(label)]) {
                    let other = chance.0.below(variants as u32) as usize;
                    row[if chance.0.below(4) > 0 { liked } else { other }] += 1;
                }
                counts.extend(row);
                labels.push(label);
            }
        }
        let test = RatioGroups::new(&counts, variants, &labels, 2, None)
            .and_then(|groups| groups.omnibus(effort.draws, corpus));
        let Ok(test) = test else { continue };
        let p = test.p(&test.tally(0..test.arrangements().count()));
        tested += 1.0;
        for (rejected, p) in rejected.iter_mut().zip(&p) {
            *rejected += f64::from(u8::from(p.p <= 0.05));
        }
    }
    let too_often = tested >= TOO_FEW && 100.0 * rejected[0] / tested > 7.0_f64.max(5.0 + noise(5.0, tested));
    let cells = vec![
        format!("{} and {}", sides[0], sides[1]),
        variants.to_string(),
        format!("{} and {}", mentions[0], mentions[1]),
        percent(tested, effort.corpora as f64),
        percent(rejected[0], tested),
        percent(rejected[1], tested),
    ];
    table.row(cells, if too_often { &["rejects too often"] } else { &[] });
}
