//! From a file and those it extends to one lexicon.

use super::build;
use super::draft::Draft;
use super::error::{LexiconError, LexiconErrorKind as Kind};
use super::extends;
use super::model::Lexicon;
use super::spans::{Source, Sources, Spot};
use super::suggest;
use super::toml;

/// More lexicons than this do not extend each other but a resolver without end.
const MOST_BASES: usize = 32;

/// Finds what `extends` names: its name as shown to people, and its text.
pub type Resolve<'a> = dyn Fn(&str) -> Option<(String, String)> + 'a;

/// Reads a lexicon in its TOML form.
///
/// `name` is how the file is shown in messages; where the lexicon gives no `id`, its stem becomes
/// it. `resolve` is asked for what `extends` names: a shipped lexicon, or the path of a file
/// *relative to this one* (the path that a base in another folder extends is put together with the
/// base's own). `known` are names that it would know, for "did you mean".
///
/// # Errors
/// All that is wrong in the file and in those it extends, in the order in which they are read and
/// then by line and column. Only broken TOML hides what else is wrong in its file.
pub fn read(source: &str, name: &str, known: &[&str], resolve: &Resolve<'_>) -> Result<Lexicon, Vec<LexiconError>> {
    let mut sources = Sources(vec![Source::new(name, source)]);
    let mut errors = Vec::new();
    let drafts = chain(&mut sources, known, resolve, &mut errors);
    let incomplete = drafts.iter().any(|draft| draft.incomplete);
    let merged = extends::merge(drafts, &sources, &mut errors);
    let lexicon = build::build(merged, &sources, incomplete, &mut errors);
    if errors.is_empty() {
        return Ok(lexicon);
    }
    errors.sort_by_key(|error| error.place);
    errors.dedup();
    Err(errors)
}

/// The file, then what it extends, then what that extends.
fn chain(sources: &mut Sources, known: &[&str], resolve: &Resolve<'_>, errors: &mut Vec<LexiconError>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut asked: Option<String> = None;
    loop {
        let file = drafts.len();
        let (mut draft, found) = toml::read(sources, file as u32);
        errors.extend(found);
        let wanted = draft.about.extends.clone();
        let base = wanted.and_then(|(wanted, spot)| {
            let wanted = seen_from_the_first(asked.as_deref(), wanted.trim());
            let base = base(sources, &wanted, spot, known, resolve);
            asked = Some(wanted);
            match base {
                Ok(base) => Some(base),
                Err(error) => {
                    errors.push(*error);
                    // Whatever the base declares is not there.
                    draft.incomplete = true;
                    None
                }
            }
        });
        drafts.push(draft);
        match base {
            Some(source) => sources.0.push(source),
            None => return drafts,
        }
    }
}

/// What `extends` names, unless it was read before.
fn base(
    sources: &Sources,
    wanted: &str,
    spot: Spot,
    known: &[&str],
    resolve: &Resolve<'_>,
) -> Result<Source, Box<LexiconError>> {
    let error = |kind, hint| Box::new(sources.error(spot, kind, hint));
    let Some((name, text)) = resolve(wanted) else {
        let hint = match suggest::nearest(wanted, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if is_path(wanted) => "is there such a file, seen from this one's folder?".to_owned(),
            None if known.is_empty() => "write the path of a file, seen from this one's folder".to_owned(),
            None => format!("shipped lexicons: {}; or the path of a file, with its ending", known.join(", ")),
        };
        return Err(error(Kind::UnknownBase(wanted.to_owned()), Some(hint)));
    };
    // The same file may be shown under two names (`a.toml`, `./a.toml`); its text is the same.
    if let Some(first) = sources.0.iter().position(|source| source.name == name || source.text == text) {
        let mut shown: Vec<String> = sources.0[first..].iter().map(|source| source.name.clone()).collect();
        shown.extend(shown.first().cloned());
        return Err(error(Kind::ExtendsCycle(shown), Some("take one of these `extends` out".to_owned())));
    }
    if sources.0.len() > MOST_BASES {
        return Err(error(Kind::ExtendsTooDeep(MOST_BASES), None));
    }
    Ok(Source::new(&name, &text))
}

fn is_path(wanted: &str) -> bool {
    wanted.contains(['/', '\\']) || wanted.ends_with(".toml")
}

/// A base may stand in another folder and extend a neighbour: that path is put together with its
/// own, so that the resolver needs to know the first file's folder only.
fn seen_from_the_first(asked: Option<&str>, wanted: &str) -> String {
    let folder =
        asked.filter(|asked| is_path(asked)).and_then(|asked| asked.rfind(['/', '\\']).map(|end| &asked[..=end]));
    match folder {
        Some(folder) if is_path(wanted) && !wanted.starts_with(['/', '\\']) && !wanted.contains(':') => {
            format!("{folder}{wanted}")
        }
        _ => wanted.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbour_of_a_base_is_seen_from_the_first_file() {
        assert_eq!(seen_from_the_first(None, "base.toml"), "base.toml");
        assert_eq!(seen_from_the_first(Some("../b/base.toml"), "deep.toml"), "../b/deep.toml");
        assert_eq!(seen_from_the_first(Some("../b/base.toml"), "/deep.toml"), "/deep.toml");
        assert_eq!(seen_from_the_first(Some("../b/base.toml"), "talks"), "talks");
        assert_eq!(seen_from_the_first(Some("talks"), "deep.toml"), "deep.toml");
    }
}
