//! Writes a corpus, or draws a lexicon from one.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use framescope_bench::{Article, Mix, Vocabulary, Writer, draw_lexicon};
use serde_json::{Value, json};

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
    /// Draws a lexicon from a JSONL corpus: NAME.toml, NAME.terms, NAME.literals; prints how many
    /// words and distinct words it was drawn from.
    Lexicon {
        corpus: PathBuf,
        #[arg(long)]
        entries: usize,
        /// The language that it says it is in.
        #[arg(long, default_value = "en")]
        language: String,
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
        What::Lexicon { corpus, entries, language, seed, out } => lexicon(&corpus, &language, entries, seed, &out),
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
        article.json_line(number, &mut line)?;
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

fn lexicon(corpus: &Path, language: &str, entries: usize, seed: u64, out: &Path) -> io::Result<()> {
    /// As many bytes as this are counted: enough for the ranks of a vocabulary.
    const SAMPLE: usize = 64 << 20;
    let mut texts = String::new();
    for line in BufReader::with_capacity(1 << 20, File::open(corpus)?).lines() {
        let record: Value = serde_json::from_str(&line?)?;
        texts.push_str(record["text"].as_str().unwrap_or_default());
        texts.push('\n');
        if texts.len() >= SAMPLE {
            break;
        }
    }
    let drawn = draw_lexicon(&texts, language, entries, seed)
        .ok_or_else(|| io::Error::other(format!("{} has too few words for {entries} entries", corpus.display())))?;
    println!("{}", json!({ "sample_words": drawn.words, "sample_types": drawn.types }));
    fs::write(out.with_extension("toml"), drawn.toml)?;
    fs::write(out.with_extension("terms"), drawn.terms.join("\n") + "\n")?;
    fs::write(out.with_extension("literals"), drawn.literals.join("\n") + "\n")
}
