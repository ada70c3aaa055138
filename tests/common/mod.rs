//! A fresh folder with files in it, and framescope run there.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;

/// A fresh folder; commands run in it.
pub(crate) struct Room {
    folder: TempDir,
}

impl Room {
    pub(crate) fn new() -> Room {
        Room { folder: TempDir::new().expect("a temporary folder") }
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Room {
        let room = Room::new();
        for (name, text) in files {
            room.write(name, text);
        }
        room
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The names of all files in the folder, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path())
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, args: &str) -> Command {
        let mut command = Command::cargo_bin("framescope").expect("the binary");
        command.current_dir(self.path()).env("COLUMNS", "100").args(args.split_whitespace());
        command
    }

    /// Runs a command in a folder below.
    pub(crate) fn run_in(&self, folder: &str, args: &str) -> Ran {
        let mut command = self.command(args);
        Ran { args: args.to_owned(), assert: command.current_dir(self.path().join(folder)).assert() }
    }

    pub(crate) fn run(&self, args: &str) -> Ran {
        Ran { args: args.to_owned(), assert: self.command(args).assert() }
    }
}

/// What came of a command.
pub(crate) struct Ran {
    args: String,
    assert: Assert,
}

impl Ran {
    pub(crate) fn status(&self) -> i32 {
        self.assert.get_output().status.code().expect("a status")
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.assert.get_output().stdout.clone()).expect("UTF-8")
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8(self.assert.get_output().stderr.clone()).expect("UTF-8")
    }

    /// Checks the exit status, and shows everything if it is another.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Ran {
        assert_eq!(
            self.status(),
            status,
            "framescope {}\nstdout:\n{}\nstderr:\n{}",
            self.args,
            self.stdout(),
            self.stderr()
        );
        self
    }

    /// Checks that the exit status is another.
    #[track_caller]
    pub(crate) fn ends_not(self, status: i32) -> Ran {
        assert_ne!(self.status(), status, "framescope {}\nstdout:\n{}", self.args, self.stdout());
        self
    }

    /// Checks that a message holds all of these.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Ran {
        let stderr = self.stderr();
        for part in parts {
            assert!(stderr.contains(part), "framescope {} does not say {part:?}:\n{stderr}", self.args);
        }
        self
    }

    /// Checks that no message holds this.
    #[track_caller]
    pub(crate) fn says_not(self, part: &str) -> Ran {
        assert!(!self.stderr().contains(part), "framescope {} says {part:?}:\n{}", self.args, self.stderr());
        self
    }

    /// Checks that standard output holds all of these.
    #[track_caller]
    pub(crate) fn prints(self, parts: &[&str]) -> Ran {
        let stdout = self.stdout();
        for part in parts {
            assert!(stdout.contains(part), "framescope {} does not print {part:?}:\n{stdout}", self.args);
        }
        self
    }
}

/// A column of a table.
pub(crate) fn column(table: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let at = reader.headers().expect("a header").iter().position(|n| n == name).unwrap_or_else(|| panic!("no {name}"));
    reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}
