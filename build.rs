//! Lists the lexicons in `lexicons/`, each with its measured precision where there is one, so that all
//! of them are embedded in the binary: adding one needs no Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=lexicons");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);

    let mut list = String::from("&[\n");
    for file in lexicons(&root.join("lexicons"))? {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let precision = root.join("lexicons/precision").join(file.file_name().unwrap_or_default());
        let measured = match precision.is_file() {
            true => format!("Some({})", included(&precision)),
            false => "None".to_owned(),
        };
        writeln!(list, "    ({name:?}, {}, {measured}),", included(&file)).map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    fs::write(out.join("shipped_lexicons.rs"), list)
}

fn included(file: &Path) -> String {
    format!("include_str!({:?})", file.display().to_string())
}

/// The TOML files of the folder, sorted by name.
fn lexicons(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                let path = entry?.path();
                if path.extension().is_some_and(|e| e == "toml") {
                    files.push(path);
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    files.sort();
    Ok(files)
}
