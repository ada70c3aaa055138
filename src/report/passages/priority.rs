//! Which hits are kept: a hash that looks like chance and is the same every time.

/// The priority of a place in an article: the smallest are kept. FNV-1a over the identifier, then the finaliser of
/// SplitMix64 (Steele, Lea & Flood 2014), which spreads every bit of its input over all 64.
pub(super) fn priority(seed: u64, id: &str, place: u64) -> u64 {
    let mut hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash = mixed(hash ^ mixed(seed));
    mixed(hash.wrapping_add(place.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
}

fn mixed(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_next_to_each_other_get_unrelated_priorities() {
        // Of 10,000 neighbouring places the mean is near the middle, and about one in a hundred is in the lowest
        // hundredth: a bad hash fails both by far.
        let all: Vec<u64> = (0..10_000).map(|place| priority(1, "article", place)).collect();
        let mean = all.iter().map(|p| *p as f64).sum::<f64>() / 10_000.0 / u64::MAX as f64;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
        let low = all.iter().filter(|p| **p < u64::MAX / 100).count();
        assert!((60..140).contains(&low), "{low}");
    }

    #[test]
    fn seed_and_article_matter() {
        assert_ne!(priority(1, "a", 0), priority(2, "a", 0));
        assert_ne!(priority(1, "a", 0), priority(1, "b", 0));
    }
}
