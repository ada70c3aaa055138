//! Writes a corpus, or draws a lexicon from one.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use framescope_bench::{Article, Mix, Vocabulary, Writer, draw_lexicon};
use serde_json::Value;

#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Writes a corpus to stdout (jsonl, csv) or into a folder (text).
    Corpus {
        /// `word<TAB>frequency` lines, the most frequent first; without it, made-up words.
        #[arg(long)]
        words: Option<PathBuf>,
        /// How many of them.
        #[arg(long, default_value_t = 112_000)]
        types: usize,
        /// A word list of words beyond ASCII, to be mixed in.
        #[arg(long)]
        foreign: Option<PathBuf>,
        /// How often, in percent of all words.
        #[arg(long, default_value_t = 5)]
        foreign_percent: usize,
        /// Marks of Arabic.
        #[arg(long)]
        arabic: bool,
        /// Megabytes of JSONL; other formats get the same articles.
        #[arg(long)]
        megabytes: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, value_enum, default_value_t = Format::Jsonl)]
        format: Format,
        /// The folder of text files.
        #[arg(long)]
        folder: Option<PathBuf>,
        /// At most so many articles.
        #[arg(long, default_value_t = usize::MAX)]
        articles: usize,
    },
    /// Draws a lexicon from a JSONL corpus: NAME.toml, NAME.terms, NAME.literals.
    Lexicon {
        corpus: PathBuf,
        #[arg(long)]
        entries: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// NAME.
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Text,
}

fn main() -> io::Result<()> {
    match Args::parse().what {
        What::Corpus { words, types, foreign, foreign_percent, arabic, megabytes, seed, format, folder, articles } => {
            let vocabulary = match words {
                Some(path) => Vocabulary::read(&fs::read_to_string(path)?, types),
                None => Vocabulary::made_up(types, 1),
            };
            let foreign = match foreign {
                Some(path) => Some((Vocabulary::read(&fs::read_to_string(path)?, usize::MAX), foreign_percent)),
                None => None,
            };
            let mut writer = Writer::new(&vocabulary, Mix { foreign, arabic }, seed);
            let result = corpus(&mut writer, megabytes << 20, articles, format, folder.as_deref());
            // Whoever reads may have enough.
            result.or_else(|e| if e.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(e) })
        }
        What::Lexicon { corpus, entries, seed, out } => lexicon(&corpus, entries, seed, &out),
    }
}

fn corpus(writer: &mut Writer<'_>, bytes: usize, most: usize, format: Format, folder: Option<&Path>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut article = Article::default();
    if format == Format::Csv {
        out.write_all(b"id,outlet,title,text\n")?;
    }
    let (mut number, mut written) = (0, 0);
    let mut line = Vec::new();
    while written < bytes && number < most {
        writer.article(&mut article);
        line.clear();
        json_line(&article, number, &mut line)?;
        written += line.len();
        match format {
            Format::Jsonl => out.write_all(&line)?,
            Format::Csv => {
                let quote = |text: &str| text.replace('"', "\"\"");
                let (title, text) = (quote(&article.title), quote(&article.text));
                writeln!(out, "a{number},{},\"{title}\",\"{text}\"", article.outlet)?;
            }
            Format::Text => {
                let folder = folder.ok_or_else(|| io::Error::other("--format text needs --folder"))?;
                let inside = folder.join(article.outlet);
                fs::create_dir_all(&inside)?;
                fs::write(inside.join(format!("a{number}.txt")), &article.text)?;
            }
        }
        number += 1;
    }
    out.flush()
}

fn json_line(article: &Article, number: usize, line: &mut Vec<u8>) -> io::Result<()> {
    write!(line, "{{\"id\":\"a{number}\",\"outlet\":\"{}\",\"title\":", article.outlet)?;
    serde_json::to_writer(&mut *line, &article.title)?;
    line.extend_from_slice(b",\"text\":");
    serde_json::to_writer(&mut *line, &article.text)?;
    line.extend_from_slice(b"}\n");
    Ok(())
}

fn lexicon(corpus: &Path, entries: usize, seed: u64, out: &Path) -> io::Result<()> {
    /// As much text as this is counted: enough for the ranks of a vocabulary.
    const SAMPLE: usize = 64 << 20;
    let text = fs::read_to_string(corpus)?;
    let end = text.len().min(SAMPLE);
    let end = text[..end].rfind('\n').unwrap_or(end);
    let mut sample = String::new();
    for line in text[..end].lines() {
        let record: Value = serde_json::from_str(line)?;
        sample.push_str(record["text"].as_str().unwrap_or_default());
        sample.push('\n');
    }
    let sample = sample.to_lowercase();
    let sample: Vec<&str> = sample.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().nth(1).is_some()).collect();
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in &sample {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<(&str, u32)> = counts.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let words: Vec<&str> = words.into_iter().map(|(word, _)| word).collect();
    let drawn = draw_lexicon(&words, &sample, entries, seed);
    fs::write(out.with_extension("toml"), drawn.toml)?;
    fs::write(out.with_extension("terms"), drawn.terms.join("\n") + "\n")?;
    fs::write(out.with_extension("literals"), drawn.literals.join("\n") + "\n")
}
