//! Where a comparison is written: one workbook, or a table beside others.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::cli::messages::Messages;
use crate::cli::settings::Target;
use crate::compare::result::Comparison;
use crate::compare::{run_table, tables};
use crate::output::{CellCounts, Format, Listing, OutputFile, RunManifest, Style, companion, write_workbook};

/// The tables that may stand beside the table of results.
const BESIDE: [&str; 13] = [
    "shares",
    "axes",
    "terms",
    "words",
    "entries",
    "whom",
    "zones",
    "association",
    "events",
    "pairs",
    "changes",
    "split",
    "warnings",
];

/// The names of the files of a run.
pub(super) struct Names {
    target: Option<PathBuf>,
    /// Codebook and manifest; none where the target is a pipe or a device.
    companions: Option<[PathBuf; 2]>,
    /// The files of the other tables; none for a workbook.
    beside: Vec<(&'static str, PathBuf)>,
}

/// The files of a run, opened before the work so that it is not in vain.
pub(super) struct Files {
    target: Option<OutputFile>,
    companions: Option<[OutputFile; 2]>,
    beside: Vec<(&'static str, OutputFile)>,
}

impl Names {
    pub(super) fn of(target: &Target) -> Names {
        let companions = target.companions();
        let ending = match target.style.format {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Jsonl => "jsonl",
            Format::Xlsx => "",
        };
        let beside = match (&target.path, &companions) {
            (Some(path), Some(_)) if !ending.is_empty() => {
                BESIDE.iter().map(|name| (*name, companion(path, &format!("{name}.{ending}")))).collect()
            }
            _ => Vec::new(),
        };
        Names { target: target.path.clone(), companions, beside }
    }

    /// Those of a page: itself, and its manifest where there is one.
    pub(super) fn of_page(page: &Path, manifest: Option<&Path>) -> Names {
        let run = manifest.map(|path| ("run", path.to_path_buf()));
        let beside = std::iter::once(("page", page.to_path_buf())).chain(run).collect();
        Names { target: None, companions: None, beside }
    }

    /// Without a table that will not be written: it may be there already, and was given.
    pub(super) fn without(mut self, table: &str) -> Names {
        self.beside.retain(|(name, _)| *name != table);
        self
    }

    /// The file that a table is in: one beside the table of results, or the workbook.
    pub(super) fn of_table(&self, table: &str) -> Option<&Path> {
        let is_workbook = |path: &&Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        let beside = self.beside.iter().find(|(name, _)| *name == table).map(|(_, path)| path.as_path());
        beside.or(self.target.as_deref().filter(is_workbook))
    }

    /// All of them, so that none is taken for an input.
    pub(super) fn all(&self) -> Vec<PathBuf> {
        let beside = self.beside.iter().map(|(_, path)| path.clone());
        self.target.iter().cloned().chain(self.companions.iter().flatten().cloned()).chain(beside).collect()
    }

    pub(super) fn open(self, inputs: &[PathBuf]) -> Result<Files, Failure> {
        let create = |path: &Path| OutputFile::create(path, inputs).map_err(Failure::from);
        let companions = match &self.companions {
            Some([codebook, run]) => Some([create(codebook)?, create(run)?]),
            None => None,
        };
        let beside =
            self.beside.iter().map(|(name, path)| Ok((*name, create(path)?))).collect::<Result<_, Failure>>()?;
        Ok(Files { target: self.target.as_deref().map(create).transpose()?, companions, beside })
    }
}

impl Files {
    /// The file of this name, which is not one of the tables.
    pub(super) fn take(&mut self, name: &str) -> Option<OutputFile> {
        let place = self.beside.iter().position(|(known, _)| *known == name)?;
        Some(self.beside.swap_remove(place).1)
    }

    /// Writes all tables, `more` before the warnings, and puts the files in their places. A table without rows has no
    /// file.
    pub(super) fn write(
        &mut self,
        comparison: &Comparison,
        more: Vec<Listing>,
        style: Style,
        manifest: impl FnOnce(CellCounts) -> RunManifest,
        messages: &Messages<'_>,
    ) -> Result<Vec<String>, Failure> {
        let Some(mut target) = self.target.take() else { return Ok(Vec::new()) };
        let mut tables = tables(comparison);
        let warnings = tables.len().saturating_sub(1);
        tables.splice(warnings..warnings, more);
        let codebook = Listing::codebook(&tables);
        let mut cells = CellCounts::default();
        let mut files = Vec::new();
        if style.format == Format::Xlsx {
            let run = run_table(comparison, &[]);
            let sheets: Vec<&Listing> = tables.iter().chain([&codebook, &run]).collect();
            let to = target.path().display().to_string();
            cells += write_workbook(&sheets, &mut target, &to)?;
        } else {
            for table in &tables {
                let (bytes, counts) = table.to_bytes(style);
                cells += counts;
                if table.name == "result" {
                    put(&mut target, &bytes)?;
                } else if let Some(place) = self.beside.iter().position(|(name, _)| *name == table.name) {
                    let (_, mut file) = self.beside.swap_remove(place);
                    put(&mut file, &bytes)?;
                    files.push(file);
                }
            }
        }
        files.insert(0, target);
        if cells.guarded > 0 {
            messages.note(format_args!(
                "{} like a formula and got a leading apostrophe, so that no spreadsheet runs it (--raw-text leaves text \
                 as it is)",
                if cells.guarded == 1 { "1 text cell begins".to_owned() } else { format!("{} text cells begin", cells.guarded) }
            ));
        }
        if let Some([mut beside, mut run]) = self.companions.take() {
            let (bytes, _) = codebook.to_bytes(Style { format: Format::Csv, ..style });
            put(&mut beside, &bytes)?;
            let json = manifest(cells).to_json();
            put(&mut run, &json.map_err(|e| Failure::Failed(format!("cannot write the manifest: {e}")))?)?;
            files.extend([beside, run]);
        }
        let names = files.iter().map(|file| file.path().display().to_string()).collect();
        files.into_iter().try_for_each(OutputFile::commit)?;
        Ok(names)
    }
}

fn put(file: &mut OutputFile, bytes: &[u8]) -> Result<(), Failure> {
    file.write_all(bytes).map_err(|e| Failure::Failed(format!("writing {} failed: {e}", file.path().display())))
}

/// The table of results on standard output.
pub(super) fn to_stdout(comparison: &Comparison, style: Style, stdout: &mut (dyn Write + Send)) -> Result<(), Failure> {
    let tables = tables(comparison);
    let bytes = tables.first().map(|table| table.to_bytes(style).0).unwrap_or_default();
    stdout.write_all(&bytes).and_then(|()| stdout.flush()).map_err(Failure::from_stdout)
}
