//! From arguments as typed to settings as meant: every conflict is found and named here, and
//! below this the program knows settings only.

pub(crate) mod options;

use std::path::{Path, PathBuf};

use framescope_core::score::{Headline, SegmentKind, Selection};

use super::args::{
    Excel as TypedExcel, KwicArgs, ReadingArgs, ScoreArgs, TypedFormat, TypedPrefix, TypedSegment, TypedVoice,
    WritingArgs,
};
use super::failure::Failure;
use crate::corpus::{Format as InputFormat, MetaChoice, ReadSettings};
use crate::output::{Excel, Format, Prefix, Style, TableKind, companion};

/// Where a table goes, and in which dress.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The file; `None` is standard output.
    pub(crate) path: Option<PathBuf>,
    /// Format and options.
    pub(crate) style: Style,
}

impl Target {
    /// The file and those that are written beside it.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let Some(path) = &self.path else { return Vec::new() };
        let mut files = vec![path.clone()];
        files.extend(self.companions().into_iter().flatten());
        files
    }

    /// Codebook and manifest, which stand beside a table that is a regular file.
    pub(crate) fn companions(&self) -> Option<[PathBuf; 2]> {
        let path = self.path.as_deref().filter(|path| is_regular(path))?;
        Some([companion(path, "codebook.csv"), companion(path, "run.json")])
    }
}

/// Whether a path is, or will be, a regular file: nothing is written beside a pipe or a device.
fn is_regular(path: &Path) -> bool {
    std::fs::metadata(path).map_or(true, |found| found.is_file())
}

/// Where and how a table is written.
pub(crate) fn target(args: &WritingArgs) -> Result<Target, Failure> {
    let format = match &args.output {
        // A device has no ending, and a pipe (>(gzip > x)) none that means anything.
        Some(path) if is_regular(path) => Format::of(path).map_err(|e| Failure::Usage(e.to_string()))?,
        _ => Format::Csv,
    };
    let excel = args.excel.map(|excel| match excel {
        TypedExcel::Comma => Excel::Comma,
        TypedExcel::Semicolon => Excel::Semicolon,
    });
    match format {
        Format::Xlsx if excel.is_some() => {
            return Err(Failure::Usage(
                "--excel is for .csv and .tsv; an .xlsx file opens in Excel as it is, so leave --excel out".to_owned(),
            ));
        }
        Format::Jsonl if excel.is_some() => {
            return Err(Failure::Usage("--excel is for .csv and .tsv; Excel does not open .jsonl".to_owned()));
        }
        _ => {}
    }
    Ok(Target { path: args.output.clone(), style: Style { format, excel, raw_text: args.raw_text } })
}

/// The table that `score` writes.
pub(crate) fn score_table(args: &ScoreArgs) -> Result<TableKind, Failure> {
    let selection = match args.measures.as_slice() {
        [] if args.long => Selection::all(),
        [] => Selection::few(),
        names => Selection::from_names(names.iter().map(|n| n.trim()))
            .map_err(|e| Failure::Usage(format!("--measures: {e}")))?,
    }
    .with_intervals(args.intervals);
    let segment = args.segment.map(|segment| match segment {
        TypedSegment::Sentence => SegmentKind::Sentence,
        TypedSegment::Paragraph => SegmentKind::Paragraph,
        TypedSegment::Zone => SegmentKind::Zone,
    });
    if args.long {
        if args.prefix == TypedPrefix::Always {
            return Err(Failure::Usage(
                "--prefix is about the columns of the wide table; the long table has a column `lexicon`".to_owned(),
            ));
        }
        return Ok(TableKind::Long { selection, segment });
    }
    let prefix = match args.prefix {
        TypedPrefix::Auto => Prefix::Auto,
        TypedPrefix::Always => Prefix::Always,
    };
    Ok(TableKind::Wide { selection, prefix, segment })
}

/// The table that `kwic` writes.
pub(crate) fn kwic_table(args: &KwicArgs) -> TableKind {
    match args.rejected {
        true => TableKind::Rejected { window: args.window },
        false => TableKind::Hits { window: args.window },
    }
}

/// The voice of the measures that have one.
pub(crate) fn headline(voice: TypedVoice) -> Headline {
    match voice {
        TypedVoice::Outside => Headline::Outside,
        TypedVoice::Quoted => Headline::Quoted,
        TypedVoice::All => Headline::All,
    }
}

/// What is read, and how. `outputs` are the files that the run will write.
pub(crate) fn reading(args: &ReadingArgs, outputs: Vec<PathBuf>) -> Result<ReadSettings, Failure> {
    let mut not_inputs = outputs;
    // A shell has made the file of `> scores.csv` before we look into the folder.
    not_inputs.push(PathBuf::from("/dev/stdout"));
    not_inputs.extend(args.meta_file.iter().chain(&args.boilerplate).cloned());
    if args.inputs.is_empty() {
        return Err(Failure::Usage(
            "which articles? Name files, folders or globs, or - for JSONL on standard input; or write them under [corpus] \
             inputs in a framescope.toml"
                .to_owned(),
        ));
    }
    if args.no_clean && args.boilerplate.is_some() {
        return Err(Failure::Usage(
            "--boilerplate takes lines out and --no-clean takes nothing out: leave one of them".to_owned(),
        ));
    }
    Ok(ReadSettings {
        inputs: args.inputs.iter().map(|path| path.to_string_lossy().into_owned()).collect(),
        format: args.format.map(|format| match format {
            TypedFormat::Csv => InputFormat::Csv,
            TypedFormat::Tsv => InputFormat::Tsv,
            TypedFormat::Jsonl => InputFormat::Jsonl,
            TypedFormat::Text => InputFormat::Text,
        }),
        encoding: args.encoding.as_deref().map(encoding).transpose()?,
        id: names(&args.id),
        text: args.text.clone(),
        title: args.title.clone(),
        meta: match names(&args.meta).as_slice() {
            [] => MetaChoice::All,
            [none] if none == "none" => MetaChoice::None,
            list => MetaChoice::Only(list.to_vec()),
        },
        meta_file: args.meta_file.clone(),
        filters: args.conditions.clone(),
        language: args.language.clone(),
        clean: match (args.clean, args.no_clean) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
        boilerplate: args.boilerplate.as_deref().map(boilerplate).transpose()?.unwrap_or_default(),
        not_inputs,
        hash: !args.no_hash,
        ..ReadSettings::default()
    })
}

fn encoding(label: &str) -> Result<&'static encoding_rs::Encoding, Failure> {
    encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        Failure::Usage(format!(
            "--encoding {label}: there is no such encoding; names are as on the web: utf-8, utf-16le, windows-1252, \
             windows-1251, windows-1256, iso-8859-2, shift_jis, gb18030, …"
        ))
    })
}

/// The lines of a boilerplate file, blank ones and those that begin with # aside; `\#` begins a line
/// that does.
fn boilerplate(path: &Path) -> Result<Vec<String>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::Failed(format!("cannot read --boilerplate {}: {e}", path.display())))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(|line| if line.starts_with("\\#") { line[1..].to_owned() } else { line.to_owned() }).collect())
}

/// Names as typed, without blanks around them.
fn names(typed: &[String]) -> Vec<String> {
    typed.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// That no article fulfils the conditions of --where.
pub(crate) fn nobody_fulfils(conditions: &[String]) -> String {
    match conditions {
        [only] => format!("no article fulfils --where {only:?}"),
        all => {
            let all: Vec<String> = all.iter().map(|condition| format!("{condition:?}")).collect();
            format!("no article fulfils all conditions of --where together: {}", all.join(" and "))
        }
    }
}
