//! Demands that the engine that runs and the reference engine say the same of the first articles
//! of a corpus: every hit, and every count.
//!
//! Exit status 0 where they do; 1 where an article differs, with its id and what differs first.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use framescope_core::lexicon::{LexiconSet, read};
use framescope_core::matching::{Compiled, Want, reference::Reference};
use framescope_core::score::{ArticleScore, Engine, MatcherEngine};
use framescope_core::text::{Article, Title};
use serde_json::{Value, json};

#[derive(Parser)]
struct Args {
    /// A JSONL corpus.
    corpus: PathBuf,
    /// A lexicon as TOML.
    lexicon: PathBuf,
    /// How many articles: the reference engine is slow.
    #[arg(long, default_value_t = 200)]
    articles: usize,
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let args = Args::parse();
    let set = LexiconSet::new(vec![lexicon(&args.lexicon)?]);
    let fast = MatcherEngine::new(&set, Compiled::new(&set));
    let slow = MatcherEngine::new(&set, Reference::new(&set));
    let (mut fast_scratch, mut slow_scratch) = Default::default();
    let (mut ours, mut theirs) = (ArticleScore::default(), ArticleScore::default());
    let (mut articles, mut hits) = (0, 0);
    for line in BufReader::new(File::open(&args.corpus)?).lines().take(args.articles) {
        let record: Value = serde_json::from_str(&line?)?;
        let field = |name: &str| record[name].as_str();
        let article = Article {
            id: field("id").unwrap_or_default(),
            title: field("title").map(Title::Field),
            text: field("text").unwrap_or_default(),
            removed: &[],
        };
        fast.score(&article, &mut fast_scratch, Want::default(), &mut ours);
        slow.score(&article, &mut slow_scratch, Want::default(), &mut theirs);
        if let Some(what) = difference(&ours, &theirs) {
            println!("{}", json!({ "equal": false, "article": article.id, "what": what }));
            return Ok(ExitCode::FAILURE);
        }
        articles += 1;
        hits += ours.resolution.hits.len();
    }
    println!("{}", json!({ "equal": true, "articles": articles, "hits": hits }));
    Ok(ExitCode::SUCCESS)
}

fn lexicon(path: &Path) -> Result<framescope_core::lexicon::Lexicon, String> {
    let source = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let name = path.display().to_string();
    read(&source, &name, &[], &|_| None)
        .map_err(|errors| errors.iter().map(|e| format!("{name}: {e}")).collect::<Vec<_>>().join("\n"))
}

/// What differs first, in words.
fn difference(ours: &ArticleScore, theirs: &ArticleScore) -> Option<String> {
    if let Some((a, b)) = ours.resolution.hits.iter().zip(&theirs.resolution.hits).find(|(a, b)| a != b) {
        return Some(format!("hit {a:?}, reference {b:?}"));
    }
    let (a, b) = (ours.resolution.hits.len(), theirs.resolution.hits.len());
    if a != b {
        return Some(format!("{a} hits, reference {b}"));
    }
    if ours.resolution != theirs.resolution {
        return Some("the paths or axes that hold the hits".to_owned());
    }
    (ours.tally != theirs.tally).then(|| "the counts".to_owned())
}
