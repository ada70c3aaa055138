//! Corpora of every kind, through the whole source.

use std::io::Write as _;
use std::path::Path;

use super::*;

const CHUNK: usize = 1 << 20;

fn source_of(folder: &Path, inputs: &[&str]) -> (Source, std::sync::Arc<Corpus>) {
    let inputs = inputs.iter().map(|name| folder.join(name).to_str().unwrap().to_owned()).collect();
    Source::new(Corpus::open(ReadSettings { inputs, chunk_bytes: CHUNK, ..ReadSettings::default() }).unwrap())
}

/// Rows of a table with text that does not compress away, about so many bytes.
fn table(bytes: usize) -> String {
    let mut table = String::from("id,text\n");
    let mut state = 1_u64;
    for id in 0.. {
        if table.len() >= bytes {
            break;
        }
        table.push_str(&format!("a{id},\""));
        for _ in 0..100 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            table.push_str(&format!("{:x} ", state >> 40));
        }
        table.push_str("\"\n");
    }
    table
}

/// Progress as `stored` of all stored bytes is where the text is, but for what is read ahead.
#[test]
fn progress_is_by_bytes_as_they_are_stored() {
    let folder = tempfile::tempdir().unwrap();
    let text = table(8 * CHUNK);
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    put("plain.csv", text.as_bytes());
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).unwrap();
    let gz = gz.finish().unwrap();
    // Compressed whatever its name says.
    put("packed.csv", &gz);
    put("wide.csv", &[0xFF, 0xFE].into_iter().chain(text.bytes().flat_map(|b| [b, 0])).collect::<Vec<_>>());
    for (name, stored) in [("plain.csv", text.len()), ("packed.csv", gz.len()), ("wide.csv", 2 * text.len() + 2)] {
        let (mut source, corpus) = source_of(folder.path(), &[name]);
        assert_eq!(corpus.total_bytes(), Some(stored as u64), "{name}");
        let (mut read, mut last, mut chunks) = (0, 0, 0);
        while let Some(chunk) = source.next_chunk().unwrap() {
            read += chunk.len();
            let done = read as f64 / text.len() as f64;
            let said = chunk.stored() as f64 / stored as f64;
            assert!(chunk.stored() >= last && (done - 0.01..done + 0.3).contains(&said), "{name}: {said} at {done}");
            (last, chunks) = (chunk.stored(), chunks + 1);
        }
        assert!(chunks > 4);
        assert_eq!(last, stored as u64, "{name} is read to its end");
    }
}

#[test]
fn progress_goes_on_from_file_to_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("texts")).unwrap();
    for i in 0..5 {
        std::fs::write(folder.path().join(format!("texts/{i}.txt")), "words ".repeat(1 + i)).unwrap();
    }
    std::fs::write(folder.path().join("a.csv"), table(1_000)).unwrap();
    std::fs::write(folder.path().join("b.jsonl"), "{\"id\":\"x\",\"text\":\"y\"}\n").unwrap();
    let (mut source, corpus) = source_of(folder.path(), &["a.csv", "texts", "b.jsonl"]);
    let mut last = 0;
    while let Some(chunk) = source.next_chunk().unwrap() {
        last = chunk.stored();
    }
    assert_eq!(Some(last), corpus.total_bytes());
}
