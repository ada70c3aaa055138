//! The words of an article looked up in the table, many at a time.
//!
//! The table is larger than the caches near the processor, so the time goes into waiting for its slots. The slots of a
//! block of words are all asked for before the first is needed, and the waits overlap. With AVX-512 (`hands`) a word
//! takes a third of the instructions; here is the way for any processor, which is also what that is held to.

use super::super::analysis::{Token, TypeId};
use super::super::article::Voice;
use super::super::keys::Key;
use super::super::lang::WordFlags;
use super::super::spans::Spans;
use super::super::way::Way;
use super::{Answer, Judge, Seen, TypeTable};
use crate::ahead::ask_for;
use crate::bits::{bits_of, each_bit};

#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod hands;
#[cfg(target_arch = "x86_64")]
mod relevance;

/// How many slots are asked for together.
const BLOCK: usize = 64;

/// What is at work, in memory that is kept between articles.
#[derive(Debug, Default)]
pub(super) struct Desk {
    block: Option<Box<Block>>,
    #[cfg(target_arch = "x86_64")]
    hands: Option<Box<hands::Hands>>,
}

/// The words of a block: their keys, where their slots are, and what those say. Arrays, so that the loops over them
/// know their bounds.
#[derive(Debug)]
struct Block {
    keys: [Key; BLOCK],
    places: [u32; BLOCK],
    ids: [TypeId; BLOCK],
    flags: [WordFlags; BLOCK],
    /// From the second on; the first is that of the token before the block.
    said: [u32; BLOCK + 1],
    beside: [u32; BLOCK + 1],
}

impl Default for Block {
    fn default() -> Block {
        let (keys, ids, flags) = ([Key::default(); BLOCK], [TypeId(0); BLOCK], [WordFlags::default(); BLOCK]);
        Block { keys, places: [0; BLOCK], ids, flags, said: [0; BLOCK + 1], beside: [0; BLOCK + 1] }
    }
}

impl TypeTable {
    /// Appends a token for each of these words, with the number of its spelling, and notes those with which a
    /// phrase of attribution may begin, if `judge` wants to know, how they vote, what it says of them and which it marks.
    pub(in super::super) fn number(
        &mut self,
        source: &str,
        words: &Spans,
        judge: &mut impl Judge,
        seen: &mut Seen<'_>,
    ) {
        match Way::of_processor() {
            // SAFETY: the processor has what the function asks for.
            #[allow(unsafe_code, reason = "a tenth of the time of a run: benches/NOTES.md")]
            #[cfg(target_arch = "x86_64")]
            Way::Widest => unsafe { hands::number(self, source, words, judge, seen) },
            _ => self.number_in_blocks(source, words, judge, seen),
        }
    }

    fn number_in_blocks(&mut self, source: &str, words: &Spans, judge: &mut impl Judge, seen: &mut Seen<'_>) {
        let text = source.as_bytes();
        let (starts, ends) = words.rows();
        let mut block = self.desk.block.take().unwrap_or_default();
        let Block { keys, places, ids, flags, said, beside } = &mut *block;
        (said[0], beside[0]) = (0, 0);
        for (starts, ends) in starts.chunks(BLOCK).zip(ends.chunks(BLOCK)) {
            let (first, count) = (seen.tokens.len() as u32, starts.len());
            self.make_room(count);
            let bits = self.slots.len().trailing_zeros();
            for (((&start, &end), key), place) in starts.iter().zip(ends).zip(&mut *keys).zip(&mut *places) {
                *key = Key::new(text, start as usize, end as usize);
                let at = key.hash(bits);
                *place = at as u32;
                ask_for(&self.slots, at);
            }
            for i in 0..count.min(BLOCK) {
                let (key, mut place) = (keys[i], places[i] as usize);
                if self.slots[place].key != key {
                    place = self.look_up(&source[starts[i] as usize..ends[i] as usize], key, place, judge);
                }
                let slot = self.slots[place];
                ids[i] = TypeId(slot.id);
                said[1 + i] = slot.said;
                beside[1 + i] = slot.beside;
                flags[i] = slot.flags;
                if slot.flags.attribution_bit() != 0 && judge.attributes() {
                    self.ask_for_flags(ids[i]);
                    seen.cues.push(first + i as u32);
                }
            }
            seen.votes.count(&flags[..count.min(BLOCK)]);
            let words = starts.iter().zip(ends).zip(&*ids);
            seen.tokens.extend(words.map(|((&start, &end), &type_id)| Token {
                start,
                end,
                type_id,
                voice: Voice::Narrator,
                short: false,
            }));
            seen.judged.extend_from_slice(&said[1..=count]);
            let answer = |i: usize| Answer { said: said[i], beside: beside[i] };
            let marked = bits_of(&std::array::from_fn::<_, BLOCK, _>(|i| judge.marks(answer(i), answer(i + 1)) != 0));
            for i in each_bit(marked & u64::MAX >> (BLOCK - count)) {
                seen.marked.push(first + i as u32);
            }
            (said[0], beside[0]) = (said[count], beside[count]);
        }
        self.desk.block = Some(block);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::super::lang::{self, WordFlags};
    use super::super::super::relevant::{Relevant, Wanted};
    use super::super::super::vote::Votes;
    use super::super::{Judged, Unjudged};
    use super::*;
    use crate::sieve::Ends;

    /// Answers with the length of a spelling and its first byte, and marks what stands behind a longer word, or behind one that
    /// begins alike.
    struct ByLength;

    impl Judge for ByLength {
        fn id(&self) -> u64 {
            7
        }

        fn forget(&mut self) {}

        fn judge(&mut self, word: Judged<'_>) -> Answer {
            assert_eq!(word.ends(), Ends::of(word.folded().as_bytes()), "{word:?}");
            let exact = word.exact();
            Answer { said: exact.len() as u32, beside: u32::from(exact.as_bytes()[0]) }
        }

        fn marks(&self, before: Answer, answer: Answer) -> u32 {
            u32::from(before.said > answer.said) | u32::from(before.beside == answer.beside)
        }
    }

    /// All that numbering texts one after the other, with one table, gives.
    fn numbered(texts: &[String], number: impl Fn(&mut TypeTable, &str, &Spans, &mut Seen<'_>)) -> String {
        let mut table = TypeTable::default();
        texts.iter().map(|text| numbered_with(&mut table, text, &number)).collect()
    }

    /// All that numbering a text gives.
    fn numbered_with(
        table: &mut TypeTable,
        text: &str,
        mut number: impl FnMut(&mut TypeTable, &str, &Spans, &mut Seen<'_>),
    ) -> String {
        let mut words = Spans::default();
        for word in text.split_whitespace() {
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            words.push(start, start + word.len());
        }
        // What stands there is of another field, behind which no word stands.
        let (mut tokens, mut cues, mut judged, mut marked) = (Vec::new(), Vec::new(), vec![99], Vec::new());
        let mut votes = Votes::default();
        let mut seen =
            Seen { tokens: &mut tokens, cues: &mut cues, votes: &mut votes, judged: &mut judged, marked: &mut marked };
        number(table, text, &words, &mut seen);
        format!("{tokens:?} {cues:?} {votes:?} {judged:?} {marked:?}\n")
    }

    /// Each of these ways gives what looking up one word after the other gives.
    fn all_ways_agree(texts: &[String]) {
        let one_by_one = numbered(texts, |table, text, words, seen| {
            for (start, end) in words.from(0) {
                let mut word = Spans::default();
                word.push(start as usize, end as usize);
                table.number_in_blocks(text, &word, &mut ByLength, seen);
            }
            // Each was the first of its field, behind which no word stands.
            let answer = |(start, end)| {
                let word = &text[start as usize..end as usize];
                ByLength.judge(Judged::new(word, word))
            };
            let answers: Vec<_> = [Answer::default()].into_iter().chain(words.from(0).map(answer)).collect();
            let marked = (0..).zip(answers.windows(2)).filter(|(_, pair)| ByLength.marks(pair[0], pair[1]) != 0);
            seen.marked.clear();
            seen.marked.extend(marked.map(|(token, _)| token));
        });
        let in_blocks = numbered(texts, |table, text, words, seen| {
            table.number_in_blocks(text, words, &mut ByLength, seen);
        });
        assert_eq!(in_blocks, one_by_one);
        #[cfg(target_arch = "x86_64")]
        if Way::widest_is_there() {
            let at_once = numbered(texts, |table, text, words, seen| {
                // SAFETY: the processor has what the function asks for.
                #[allow(unsafe_code, reason = "it is what is tested")]
                unsafe {
                    hands::number(table, text, words, &mut ByLength, seen);
                }
            });
            assert_eq!(at_once, one_by_one);
        }
    }

    proptest::proptest! {
        #[test]
        #[cfg_attr(miri, ignore = "hours by interpretation; the next test is for it")]
        fn words_have_the_same_numbers_in_blocks_of_any_size(
            texts in proptest::collection::vec("(([a-c]{1,3}|said|the|der|according|[A-Z][a-z]{1,18}|[а-в]{1,17}|é{1,9}) ){0,300}", 1..4)
        ) {
            all_ways_agree(&texts);
        }
    }

    /// Answers with 1 where it is asked about what it wants, and with 2 for the next word.
    struct Wants {
        wanted: Vec<String>,
        relevant: Option<Arc<Relevant>>,
    }

    impl Wants {
        fn new(wanted: &[String]) -> Wants {
            let kind = |term: &'_ String| match (term.strip_suffix('*'), term.strip_prefix('*')) {
                (Some(_), _) => Wanted::Beginning,
                (_, Some(_)) => Wanted::Ending,
                _ => |word| Wanted::Word(word),
            };
            let relevant = Relevant::new(wanted.iter().map(|term| kind(term)(term.trim_matches('*')))).map(Arc::new);
            Wants { wanted: wanted.to_vec(), relevant }
        }

        fn wants(&self, word: &str) -> bool {
            let holds = |term: &String| match (term.strip_suffix('*'), term.strip_prefix('*')) {
                (Some(beginning), _) => word.starts_with(beginning),
                (_, Some(ending)) => word.ends_with(ending),
                _ => word == term,
            };
            self.wanted.iter().any(holds)
        }
    }

    impl Judge for Wants {
        fn id(&self) -> u64 {
            9
        }

        fn forget(&mut self) {}

        fn judge(&mut self, word: Judged<'_>) -> Answer {
            let wanted = u32::from(self.wants(word.folded()));
            Answer { said: wanted, beside: 2 * wanted }
        }

        fn relevant(&self) -> Option<&Arc<Relevant>> {
            self.relevant.as_ref()
        }

        fn marks(&self, before: Answer, answer: Answer) -> u32 {
            before.beside | answer.said
        }
    }

    /// Numbers each text and returns what is seen of all, without the types. Where `relevant` words are told from others,
    /// those that are told to be none are counted, and looked at.
    fn seen_by(wanted: &[String], texts: &[String], relevant: bool) -> (String, usize) {
        let mut judge = Wants::new(wanted);
        judge.relevant = judge.relevant.filter(|_| relevant);
        let (mut all, mut nobodys) = (String::new(), 0);
        let mut table = TypeTable::default();
        for text in texts {
            table.start(&mut judge);
            let row = numbered_with(&mut table, text, |table, text, words, seen| {
                table.number(text, words, &mut judge, seen);
                for token in seen.tokens.iter().filter(|token| table.raw(token.type_id).is_empty()) {
                    let word = text[token.start as usize..token.end as usize].to_lowercase();
                    assert!(word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
                    assert!(!judge.wants(&word), "{word}");
                    assert_eq!(lang::word_flags(&word), WordFlags::default(), "{word}");
                    assert_eq!(lang::abbreviation(&word), None, "{word}");
                    nobodys += 1;
                }
                for token in seen.tokens.iter_mut() {
                    token.type_id = TypeId(0);
                }
            });
            all += &row;
        }
        (all, nobodys)
    }

    proptest::proptest! {
        #[test]
        #[cfg_attr(miri, ignore = "hours by interpretation, and without AVX-512 nothing is told")]
        fn nothing_is_lost_of_words_that_somebody_wants(
            wanted in proptest::collection::vec("[a-d]{1,6}|[a-d]{1,6}\\*|\\*[a-d]{1,5}|[a-d]{14,18}\\*?", 0..12),
            texts in proptest::collection::vec("(([a-dA-D]{1,6}|[a-d]{14,20}|said|The|Oct|according|[A-Z][a-z]{1,18}|[а-в]{1,17}|[a-d']{1,9}|[a-d0-9]{1,5}) ){0,300}", 1..4)
        ) {
            let (told, _) = seen_by(&wanted, &texts, true);
            let (all, nobodys) = seen_by(&wanted, &texts, false);
            proptest::prop_assert_eq!(told, all);
            proptest::prop_assert_eq!(nobodys, 0);
        }
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn most_words_are_nobodys_and_their_spellings_are_not_kept() {
        let wanted = ["hostage", "prison*", "*fare"].map(str::to_owned);
        let others = (0..2_000).map(|i| {
            format!("qu{}", String::from_iter([i / 169, i / 13 % 13, i % 13].map(|n| char::from(b'a' + n as u8))))
        });
        let text = others.collect::<Vec<_>>().join(" ") + " Hostage hostages PRISONS warfare";
        let (seen, nobodys) = seen_by(&wanted, &[text], true);
        assert!(!seen.is_empty());
        if Way::widest_is_there() {
            assert!((1_800..=2_001).contains(&nobodys), "{nobodys} of 2,001");
        }
    }

    #[test]
    fn blocks_end_anywhere() {
        for count in [0, 1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 5, 9 * BLOCK] {
            // The last word of a text stands nearer its end than a key is long.
            let words = (0..count).map(|i| format!("said w{} {}", i % 90, "x".repeat(i % 19 + 1)));
            all_ways_agree(&[words.collect::<Vec<_>>().join(" "), "said".to_owned()]);
        }
    }

    #[test]
    fn nothing_is_left_of_another_judge() {
        let texts = ["said war war talks ".repeat(60), "talks and war".to_owned()];
        let judged_anew = numbered(&texts, |table, text, words, seen| {
            table.number(text, words, &mut ByLength, seen);
            table.start(&mut Unjudged);
            table.start(&mut ByLength);
        });
        let each_by_itself = texts
            .map(|text| numbered(&[text], |table, text, words, seen| table.number(text, words, &mut ByLength, seen)));
        assert_eq!(judged_anew, each_by_itself.concat());
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    #[cfg_attr(miri, ignore = "ten thousand words")]
    fn runs_end_anywhere() {
        use super::hands::RUN;
        // Half of each key is the same, and many stand where others are looked for.
        let words = |n: usize| (0..n).map(|i| format!("spelling{i}")).collect::<Vec<_>>().join(" ");
        all_ways_agree(&[words(RUN - 1), words(RUN), words(RUN + 1), words(2 * RUN + 70)]);
    }
}
