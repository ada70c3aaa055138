//! What no number of threads makes faster: the reader, which cuts chunks at record bounds, and the ordered sink, which
//! checks ids and writes finished rows. In bytes of input a second, each alone: `cargo bench --bench serial`.
//!
//! Where one of them is slower than all workers together, more threads are no help (benches/NOTES.md, "64 cores").

use std::hint::black_box;
use std::io::Write as _;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use framescope::cli::{Streams, run};
use framescope::corpus::{Corpus, IdCheck, ReadSettings, RecordPlace, Source};
use framescope_bench::{Article, Mix, Vocabulary, Writer, draw_lexicon};

/// More than the caches of a core hold, as a corpus has.
const BYTES: usize = 64 << 20;

fn serial(criterion: &mut Criterion) {
    let vocabulary = Vocabulary::made_up(112_000, 1);
    let mut writer = Writer::new(&vocabulary, Mix::default(), 2);
    let (mut article, mut jsonl, mut csv, mut texts) =
        (Article::default(), Vec::new(), b"id,outlet,title,text\n".to_vec(), String::new());
    let mut articles = 0;
    while jsonl.len() < BYTES {
        writer.article(&mut article);
        article.json_line(articles, &mut jsonl).expect("a vector takes what is written");
        let quoted = |text: &str| text.replace('"', "\"\"");
        writeln!(csv, "a{articles},{},\"{}\",\"{}\"", article.outlet, quoted(&article.title), quoted(&article.text))
            .expect("a vector takes what is written");
        texts.push_str(&article.text);
        articles += 1;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("room");
        path.to_str().expect("a name").to_owned()
    };
    let (jsonl_path, csv_path) = (put("corpus.jsonl", &jsonl), put("corpus.csv", &csv));
    let lexicon = put("bench.toml", draw_lexicon(&texts, "en", 1_000, 3).expect("words enough").toml.as_bytes());

    let mut group = criterion.benchmark_group("serial");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(jsonl.len() as u64));
    for (name, path) in [("reader, JSONL", &jsonl_path), ("reader, CSV", &csv_path)] {
        group.bench_function(name, |b| {
            b.iter(|| {
                let settings = ReadSettings { inputs: vec![path.clone()], hash: false, ..ReadSettings::default() };
                let (mut source, _corpus) = Source::new(Corpus::open(settings).expect("a corpus"));
                while let Some(chunk) = source.next_chunk().expect("a chunk") {
                    black_box(chunk.len());
                }
            });
        });
    }

    // The rows that the sink gets are those that the program writes of this corpus.
    let mut table = Vec::new();
    let args = ["framescope", "score", "-q", &jsonl_path, "-l", &lexicon].map(std::ffi::OsString::from);
    let streams = Streams {
        stdout: &mut table,
        stdout_is_terminal: false,
        stderr: &mut std::io::stderr(),
        stderr_is_terminal: false,
    };
    assert_eq!(run(args, streams), 0);
    let ids: Vec<String> = (0..articles).map(|number| format!("a{number}")).collect();
    let parts = jsonl.len() >> 20;
    group.bench_function("ordered sink: ids checked, rows written", |b| {
        b.iter(|| {
            let (mut check, mut out) = (IdCheck::default(), tempfile::tempfile_in(folder.path()).expect("a file"));
            let mut rows = table.chunks(table.len() / parts + 1);
            for (chunk, ids) in ids.chunks(articles / parts + 1).enumerate() {
                for (record, id) in ids.iter().enumerate() {
                    let record = (chunk * (articles / parts + 1) + record) as u64;
                    assert_eq!(check.note(id, RecordPlace { file: 0, record, line: 0 }), None);
                }
                out.write_all(rows.next().unwrap_or_default()).expect("room");
            }
        });
    });
    group.finish();
}

criterion_group!(benches, serial);
criterion_main!(benches);
