//! The stages of an article's way, and the whole of it, beside a bare Aho–Corasick scan of the
//! same text: `cargo bench --bench stages`.
//!
//! Corpus and lexicon come from a frequency model (`benches/tools`): English function words on top,
//! 112,000 spellings, a lexicon of 1,000 entries drawn from the corpus, a quarter of them phrases,
//! a third with wildcards. The bare scan looks for the longest literal piece of each entry, finds
//! substrings, and knows nothing of words. `benches/run` measures the program beside its peers.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use framescope::cli::{Streams, run};
use framescope_bench::{Article as Written, Mix, Vocabulary, Writer, draw_lexicon};
use framescope_core::lexicon::{self, LexiconSet};
use framescope_core::matching::{Compiled, Matcher, Resolution, View, Want};
use framescope_core::score::{ArticleScore, Engine, MatcherEngine};
use framescope_core::text::{Analysis, Article, Title, TypeTable, analyse, analyse_judged};

/// So much that learning its spellings weighs what it weighs in a corpus, and not the most.
const BYTES: usize = 100 << 20;
const ENTRIES: usize = 1_000;

fn stages(criterion: &mut Criterion) {
    let vocabulary = Vocabulary::made_up(112_000, 1);
    let articles = corpus(&vocabulary);
    let mut jsonl = Vec::with_capacity(BYTES + (BYTES >> 3));
    for (number, article) in articles.iter().enumerate() {
        article.json_line(number, &mut jsonl).expect("a vector takes what is written");
    }
    let texts: Vec<(&str, &str)> = articles.iter().map(|a| (a.title.as_str(), a.text.as_str())).collect();
    let whole: String = texts.iter().map(|(title, text)| format!("{title}\n\n{text}\n\n")).collect();
    let drawn = draw_lexicon(&whole, "en", ENTRIES, 3).expect("words enough");
    let lexicon = lexicon::read(&drawn.toml, "bench.toml", &[], &|_| None).expect("our own lexicon");
    let set = LexiconSet::new(vec![lexicon]);

    let mut group = criterion.benchmark_group("stages");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(jsonl.len() as u64));

    group.bench_function("bare aho-corasick DFA, overlapping", |b| {
        let automaton = aho_corasick::AhoCorasick::builder()
            .kind(Some(aho_corasick::AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(&drawn.literals)
            .expect("the literals fit a DFA");
        b.iter(|| black_box(automaton.find_overlapping_iter(&whole).count()));
    });

    group.bench_function("tokens, sentences, zones, voices", |b| {
        let (mut types, mut analysis) = (TypeTable::default(), Analysis::default());
        b.iter(|| {
            for &(title, text) in &texts {
                let article = Article { id: "", title: Some(Title::Field(title)), text, removed: &[] };
                analyse(&article, &mut types, &mut analysis);
                black_box(analysis.tokens.len());
            }
        });
    });

    group.bench_function("matching", |b| {
        let compiled = Compiled::new(&set);
        let (mut types, mut scratch) = (TypeTable::default(), Default::default());
        let read: Vec<(Article<'_>, Analysis)> = texts
            .iter()
            .map(|&(title, text)| {
                let article = Article { id: "", title: Some(Title::Field(title)), text, removed: &[] };
                let mut analysis = Analysis::default();
                analyse_judged(&article, &mut types, &mut compiled.judge(Want::default(), &mut scratch), &mut analysis);
                (article, analysis)
            })
            .collect();
        let mut out = Resolution::default();
        b.iter(|| {
            for (article, analysis) in &read {
                let view = View { article, analysis, types: &types };
                compiled.resolve(view, Want::default(), &mut scratch, &mut out);
                black_box(out.hits.len());
            }
        });
    });

    group.bench_function("score: all of the above, and counts", |b| {
        let engine = MatcherEngine::new(&set, Compiled::new(&set));
        let (mut scratch, mut score) = (Default::default(), ArticleScore::default());
        b.iter(|| {
            for &(title, text) in &texts {
                let article = Article { id: "", title: Some(Title::Field(title)), text, removed: &[] };
                engine.score(&article, &mut scratch, Want::default(), &mut score);
                black_box(score.tally.sentences);
            }
        });
    });

    group.bench_function("whole path, JSONL to CSV, one thread", |b| {
        let folder = tempfile::tempdir().expect("a folder for the corpus");
        let (corpus, lexicon) = (folder.path().join("corpus.jsonl"), folder.path().join("bench.toml"));
        std::fs::write(&corpus, &jsonl).expect("room for the corpus");
        std::fs::write(&lexicon, &drawn.toml).expect("room for the lexicon");
        let args = ["framescope", "score", "--threads", "1", "-q", "-l"].map(std::ffi::OsString::from);
        let args: Vec<_> = args.into_iter().chain([lexicon.into_os_string(), corpus.into_os_string()]).collect();
        b.iter(|| {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let streams =
                Streams { stdout: &mut out, stdout_is_terminal: false, stderr: &mut err, stderr_is_terminal: false };
            assert_eq!(run(args.clone(), streams), 0, "{}", String::from_utf8_lossy(&err));
            black_box(out.len());
        });
    });
    group.finish();
}

/// Articles of `BYTES` of text.
fn corpus(vocabulary: &Vocabulary) -> Vec<Written> {
    let mut writer = Writer::new(vocabulary, Mix::default(), 2);
    let (mut articles, mut bytes) = (Vec::new(), 0);
    while bytes < BYTES {
        let mut article = Written::default();
        writer.article(&mut article);
        bytes += article.text.len();
        articles.push(article);
    }
    articles
}

criterion_group!(benches, stages);
criterion_main!(benches);
