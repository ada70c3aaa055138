//! `report`: groups compared, on a page with the lines behind every number.

mod command;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::ValueEnum as _;

use super::args::{ReportArgs, TypedShown};
use super::compare::{ForPage, Keeping, Page, articles_in_groups, for_page};
use super::failure::Failure;
use super::messages::{Messages, counted};
use super::settings::options;
use super::{DONE, SKIPPED};
use crate::output::{OutputFile, RunManifest, companion};
use crate::pipeline::Interrupt;
use crate::report::passages::Shown;
use crate::report::{Figure, Input, Study};

/// Runs `report`.
pub(crate) fn run(args: &ReportArgs, messages: &mut Messages<'_>) -> Result<u8, Failure> {
    let begun = Instant::now();
    let interrupt = Interrupt::listen().map_err(|e| Failure::Failed(format!("cannot listen for Ctrl-C: {e}")))?;
    let comparing = &args.comparing;
    if comparing.from.is_some() || !comparing.hits.is_empty() {
        return Err(Failure::Usage(
            "a page shows lines, and a stored table has none: give the articles instead of --from".to_owned(),
        ));
    }
    let Some(output) = &comparing.writing.output else {
        return Err(Failure::Usage("name the page to write: -o report.html".to_owned()));
    };
    let target = target(output)?;
    if let Some(meant) = meant_to_show(comparing.reading.text.as_deref()) {
        messages.warning(format_args!(
            "--text {meant} names a column, as in every command; how much of the articles the page shows is --show-text {meant}"
        ));
    }
    let shown = match args.shown {
        TypedShown::Excerpts => Shown::Excerpts,
        TypedShown::None => Shown::Nothing,
        TypedShown::Full => Shown::Full,
    };
    let files = Page { page: &target.page, manifest: target.manifest.as_deref() };
    let found = for_page(
        comparing,
        files,
        Keeping::new(comparing.seed, shown).with_dates(&comparing.dates),
        &interrupt,
        messages,
    )?;
    let messages = &*messages;
    let ForPage { comparison, units, passages, events, manifest, page_file, manifest_file } = found;
    let inputs = manifest.inputs.first.iter();
    let study = Study {
        comparison: &comparison,
        vocabulary: &units.vocabulary,
        passages,
        events: events.as_ref().map(|events| events.seen(&units)),
        inputs: inputs.map(|file| Input { path: file.path.clone(), sha256: file.sha256.clone() }).collect(),
        inputs_sha256: manifest.inputs.sha256.clone(),
        said: messages.said(),
        command: command::typed(args),
    };
    let page = study.page();
    let mut written = Vec::new();
    if let Some(file) = page_file {
        written.push(filled(file, page.html().as_bytes())?);
    }
    if let Some(folder) = &args.figures {
        written.extend(figures(&page, folder)?);
    }
    let (hits, skipped) = (manifest.counts.hits, manifest.skipped.total);
    if let Some(file) = manifest_file {
        let manifest = RunManifest { options: options::of_report(args), warnings: messages.said(), ..manifest };
        let json = manifest.to_json().map_err(|e| Failure::Failed(format!("cannot write the manifest: {e}")))?;
        written.push(filled(file, &json)?);
    }
    let names: Vec<String> = written.iter().map(|file| file.path().display().to_string()).collect();
    written.into_iter().try_for_each(OutputFile::commit)?;
    messages.summary(format_args!(
        "{}, {} in {:.1} s; wrote {}",
        articles_in_groups(&comparison),
        counted(hits, "hit"),
        begun.elapsed().as_secs_f64(),
        names.join(", ")
    ));
    Ok(if skipped > 0 { SKIPPED } else { DONE })
}

/// What somebody may have meant who gave a column the name of an amount of text.
fn meant_to_show(column: Option<&str>) -> Option<&str> {
    column.map(str::trim).filter(|column| TypedShown::from_str(column, false).is_ok())
}

/// Where the page goes.
struct Target {
    page: PathBuf,
    /// The manifest beside it; none beside a pipe or a device.
    manifest: Option<PathBuf>,
}

fn target(output: &Path) -> Result<Target, Failure> {
    let is_regular = std::fs::metadata(output).map_or(true, |found| found.is_file());
    if !is_regular {
        return Ok(Target { page: output.to_owned(), manifest: None });
    }
    let ending = output.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !matches!(ending.as_str(), "html" | "htm") {
        return Err(Failure::Usage(format!(
            "{}: the page is an .html file; for tables (.csv .tsv .jsonl .xlsx) use framescope compare",
            output.display()
        )));
    }
    Ok(Target { page: output.to_owned(), manifest: Some(companion(output, "run.json")) })
}

fn filled(mut file: OutputFile, bytes: &[u8]) -> Result<OutputFile, Failure> {
    file.write_all(bytes).map_err(|e| Failure::Failed(format!("writing {} failed: {e}", file.path().display())))?;
    Ok(file)
}

/// The charts as files of their own.
fn figures(page: &crate::report::Page, folder: &Path) -> Result<Vec<OutputFile>, Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::Failed(format!("cannot make the folder of --figures {}: {e}", folder.display())))?;
    let one = |figure: &Figure| {
        let file = OutputFile::create(&folder.join(format!("{}.svg", figure.id)), &[])?;
        filled(file, figure.svg().as_bytes())
    };
    page.figures().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_with_the_name_of_an_amount_is_noticed() {
        assert_eq!(meant_to_show(Some(" full ")), Some("full"));
        assert_eq!([meant_to_show(Some("body")), meant_to_show(None)], [None, None]);
    }
}
