//! The files that a command writes: the table, and beside it its codebook and the manifest of the run.

use std::io::{self, Write};
use std::path::PathBuf;

use super::failure::Failure;
use super::settings::Target;
use crate::output::{OutputFile, RunManifest};

/// The files of a run, opened before the work so that it is not in vain, and put in their places
/// after it.
pub(crate) struct Files<'a> {
    pub(crate) table: Destination<'a>,
    companions: Option<[OutputFile; 2]>,
}

/// Where the table goes.
pub(crate) enum Destination<'a> {
    Stdout(&'a mut (dyn Write + Send)),
    File(OutputFile),
}

impl Write for Destination<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Destination::Stdout(stdout) => stdout.write(bytes),
            Destination::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Destination::Stdout(stdout) => stdout.flush(),
            Destination::File(file) => file.flush(),
        }
    }
}

impl<'a> Files<'a> {
    /// Opens them; `inputs` are the files that must not be written over.
    pub(crate) fn create(
        target: &Target,
        inputs: &[PathBuf],
        stdout: &'a mut (dyn Write + Send),
    ) -> Result<Files<'a>, Failure> {
        let Some(path) = &target.path else {
            return Ok(Files { table: Destination::Stdout(stdout), companions: None });
        };
        let table = Destination::File(OutputFile::create(path, inputs)?);
        let companions = match target.companions() {
            Some([codebook, manifest]) => {
                Some([OutputFile::create(&codebook, inputs)?, OutputFile::create(&manifest, inputs)?])
            }
            None => None,
        };
        Ok(Files { table, companions })
    }

    /// What messages call the table.
    pub(crate) fn table_name(&self) -> String {
        match &self.table {
            Destination::Stdout(_) => "standard output".to_owned(),
            Destination::File(file) => file.path().display().to_string(),
        }
    }

    /// Puts the files in their places, and returns their names.
    pub(crate) fn commit(
        self,
        codebook: impl FnOnce() -> Vec<u8>,
        manifest: impl FnOnce() -> RunManifest,
    ) -> Result<Vec<String>, Failure> {
        let Destination::File(file) = self.table else { return Ok(Vec::new()) };
        let mut files = vec![file];
        if let Some([beside, run]) = self.companions {
            let json = manifest().to_json().map_err(|e| Failure::Failed(format!("cannot write the manifest: {e}")))?;
            for (mut file, bytes) in [(beside, codebook()), (run, json)] {
                file.write_all(&bytes)
                    .map_err(|e| Failure::Failed(format!("writing {} failed: {e}", file.path().display())))?;
                files.push(file);
            }
        }
        let names = files.iter().map(|file| file.path().display().to_string()).collect();
        files.into_iter().try_for_each(OutputFile::commit)?;
        Ok(names)
    }
}
