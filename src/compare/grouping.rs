//! Groups of articles: by a column, by the folder a file lies in, or by the file itself.
//!
//! Without `--by` the groups are the outlets, where there is a column `outlet`; else the folders,
//! where the files lie in more than one; else the files. Which one it is must be said to the
//! person who asked, so a [`Grouping`] can describe itself.
//!
//! Workers meet groups in any order. Each keeps [`Groups`] of its own; merged in the order of the
//! articles and [sorted](Groups::sorted) at the end, the numbers are the same for any number of
//! threads.

use std::borrow::Cow;
use std::collections::HashMap;

/// What decides which group an article is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    by: By,
    /// What the groups are called in tables: the column, `folder` or `file`.
    name: String,
    /// Whether nobody asked for it.
    default: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// The column of the corpus of this number.
    Column(usize),
    Folder,
    File,
}

/// The column that articles are grouped by where nothing is said.
const DEFAULT_COLUMN: &str = "outlet";

/// The group of files that lie in the folder common to all, when others lie deeper.
const TOP_FOLDER: &str = ".";

impl Grouping {
    /// By the column that was asked for, or by the default. `columns` are all columns of the corpus
    /// ([`Corpus::columns`](crate::corpus::Corpus::columns)), and `several_folders` is whether its
    /// files lie in more than one folder.
    ///
    /// # Errors
    /// If the corpus has no such column.
    pub fn choose(by: Option<&str>, columns: &[String], several_folders: bool) -> Result<Grouping, GroupingError> {
        let column = |wanted: &str| columns.iter().position(|name| name == wanted);
        if let Some(wanted) = by.map(str::trim) {
            let number = column(wanted).ok_or_else(|| GroupingError::unknown(wanted, columns))?;
            return Ok(Grouping { by: By::Column(number), name: wanted.to_owned(), default: false });
        }
        let in_any_case = || columns.iter().position(|name| name.eq_ignore_ascii_case(DEFAULT_COLUMN));
        let (by, name) = match column(DEFAULT_COLUMN).or_else(in_any_case) {
            Some(number) => (By::Column(number), columns[number].as_str()),
            None if several_folders => (By::Folder, "folder"),
            None => (By::File, "file"),
        };
        Ok(Grouping { by, name: name.to_owned(), default: true })
    }

    /// The group of an article: `values` are its values by column of the corpus, `path` is the path
    /// of its file ([`Record::path`](crate::corpus::Record::path)). `None` where the article does
    /// not say; a value of blanks says nothing.
    pub fn group_of<'a>(&self, values: &'a [Option<Cow<'_, str>>], path: &'a str) -> Option<&'a str> {
        match self.by {
            By::Column(number) => values.get(number)?.as_deref().map(str::trim).filter(|value| !value.is_empty()),
            By::Folder => Some(path.rsplit_once('/').map_or(TOP_FOLDER, |(folder, _)| folder)),
            By::File => Some(path),
        }
    }

    /// What the groups are called: the column's name, `folder` or `file`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The column of the corpus that decides, if one does.
    pub fn column(&self) -> Option<usize> {
        match self.by {
            By::Column(number) => Some(number),
            By::Folder | By::File => None,
        }
    }

    /// What a person should know where nothing was asked for: by what the articles are grouped, and
    /// why. `None` where it was asked for.
    pub fn note(&self) -> Option<String> {
        if !self.default {
            return None;
        }
        let what = match self.by {
            By::Column(_) => format!("the column {:?}", self.name),
            By::Folder => format!("the folder of their file, as there is no column {DEFAULT_COLUMN:?}"),
            By::File => {
                format!("their file, as there is no column {DEFAULT_COLUMN:?} and all files lie in one folder")
            }
        };
        Some(format!("articles are grouped by {what} (--by COLUMN says otherwise)"))
    }
}

/// Why articles cannot be grouped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupingError {
    /// The corpus has no such column.
    #[error(
        "--by {name}: there is no such column{}; the columns are: {columns}",
        .meant.as_ref().map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default()
    )]
    UnknownColumn {
        /// As asked for.
        name: String,
        /// The column that was probably meant.
        meant: Option<String>,
        /// Those there are.
        columns: String,
    },
}

impl GroupingError {
    fn unknown(name: &str, columns: &[String]) -> GroupingError {
        let meant = framescope_core::lexicon::nearest(name, columns.iter().map(String::as_str));
        GroupingError::UnknownColumn {
            name: name.to_owned(),
            meant: meant.map(str::to_owned),
            columns: columns.join(", "),
        }
    }
}

/// The number of a group, in the order of the [`Groups`] that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u32);

impl GroupId {
    /// As an index into what is kept a group.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Groups that were met, numbered from 0 as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    names: Vec<String>,
    numbers: HashMap<String, GroupId>,
}

impl Groups {
    /// The number of a group, a new one if it was not met before.
    pub fn number(&mut self, name: &str) -> GroupId {
        if let Some(&known) = self.numbers.get(name) {
            return known;
        }
        let new = GroupId(self.names.len() as u32);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), new);
        new
    }

    /// Adds the groups of articles that come next. What they called 0, 1, 2 … is called here what
    /// the returned list holds in its places.
    pub fn merge(&mut self, later: &Groups) -> Vec<GroupId> {
        later.names.iter().map(|name| self.number(name)).collect()
    }

    /// The same groups numbered by name, and for each old number the new one.
    pub fn sorted(&self) -> (Groups, Vec<GroupId>) {
        let mut names = self.names.clone();
        names.sort_unstable();
        let mut sorted = Groups::default();
        for name in &names {
            sorted.number(name);
        }
        let new = self.names.iter().map(|name| sorted.numbers[name]).collect();
        (sorted, new)
    }

    /// Their names, by number.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_default_is_outlet_then_folder_then_file() {
        for (names, several_folders, name) in [
            (&["id", "outlet", "date"][..], true, "outlet"),
            (&["id", "Outlet"], true, "Outlet"),
            (&["id", "date"], true, "folder"),
            (&["id", "date"], false, "file"),
        ] {
            let grouping = Grouping::choose(None, &columns(names), several_folders).unwrap();
            assert_eq!(grouping.name(), name);
            let note = grouping.note().unwrap();
            assert!(note.contains("--by"), "{note}");
        }
    }

    #[test]
    fn an_article_says_its_group_or_has_none() {
        let by = |name| Grouping::choose(name, &columns(&["id", "country"]), true).unwrap();
        let values = |country: Option<&'static str>| [Some("1".into()), country.map(Cow::Borrowed)];
        let of_country = by(Some("country"));
        assert_eq!(of_country.note(), None);
        assert_eq!(of_country.group_of(&values(Some(" Peru ")), "a/b"), Some("Peru"));
        assert_eq!(of_country.group_of(&values(Some(" \t")), "a/b"), None);
        assert_eq!(of_country.group_of(&values(None), "a/b"), None);
        let of_folder = by(None);
        assert_eq!(of_folder.group_of(&[], "herald/2025/a"), Some("herald/2025"));
        assert_eq!(of_folder.group_of(&[], "a"), Some("."));
        let of_file = Grouping::choose(None, &[], false).unwrap();
        assert_eq!(of_file.group_of(&[], "herald"), Some("herald"));
    }

    #[test]
    fn an_unknown_column_is_told_with_what_was_meant() {
        let error = Grouping::choose(Some("outlte"), &columns(&["id", "outlet", "date"]), true).unwrap_err();
        assert_eq!(
            error.to_string(),
            "--by outlte: there is no such column; did you mean `outlet`?; the columns are: id, outlet, date"
        );
    }

    proptest! {
        /// However the articles are cut into chunks, the groups come out the same.
        #[test]
        fn groups_do_not_depend_on_the_cut(names in prop::collection::vec("[a-e]{1,2}", 0..40), size in 1_usize..9) {
            let mut whole = Groups::default();
            let whole_ids: Vec<GroupId> = names.iter().map(|name| whole.number(name)).collect();
            let mut merged = Groups::default();
            let mut merged_ids = Vec::new();
            for chunk in names.chunks(size) {
                let mut part = Groups::default();
                let ids: Vec<GroupId> = chunk.iter().map(|name| part.number(name)).collect();
                let now = merged.merge(&part);
                merged_ids.extend(ids.into_iter().map(|id| now[id.index()]));
            }
            prop_assert_eq!(&merged, &whole);
            prop_assert_eq!(&merged_ids, &whole_ids);
            let (sorted, new) = merged.sorted();
            prop_assert!(sorted.names().is_sorted_by(|a, b| a < b));
            for (name, id) in names.iter().zip(merged_ids) {
                prop_assert_eq!(&sorted.names()[new[id.index()].index()], name);
            }
        }
    }
}
