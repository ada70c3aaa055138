//! A lexicon laid over another.

use super::tests::{ids, terms};
use super::*;

/// Reads `files[0]`, which may extend the others.
fn read_files(files: &[(&str, &str)]) -> Result<Lexicon, Vec<String>> {
    let known: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let resolve = |wanted: &str| {
        files.iter().find(|(name, _)| *name == wanted).map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
    };
    read(files[0].1, files[0].0, &known, &resolve).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

const BASE: &str = r#"
[lexicon]
id = "base"
language = "en"
license = "CC0"
developed_on = ["sha256:1"]
[match]
case = "exact"
overlap = "all"
[[mask]]
paths = ["a.old"]
terms = ["m"]
[[category]]
id = "a"
label = "A"
definition = "of the base"
terms = ["One", "two", { term = "two", weight = 2 }, "three"]
[[category]]
id = "a.old"
terms = ["old"]
[[category]]
id = "b"
terms = ["bee"]
[[axis]]
id = "ax"
positive = ["a"]
negative = ["b"]
[[test]]
text = "x"
expect = { b = 1 }
"#;

#[test]
fn an_extension_adds_overrides_and_removes() {
    let own = r#"
[lexicon]
extends = "base"
developed_on = ["sha256:2"]
[match]
overlap = "longest"
[[remove]]
path = "a.old"
[[remove]]
path = "a"
terms = ["THREE"]
[[category]]
id = "c"
terms = ["sea"]
[[category]]
id = "a"
label = "Own A"
terms = ["Two", "four", "four"]
[[category]]
id = "a.new"
terms = ["new"]
[[axis]]
id = "ax"
positive = ["c"]
negative = ["b"]
"#;
    let lexicon = read_files(&[("own", own), ("base", BASE)]).unwrap();
    assert_eq!(ids(&lexicon), ["a", "b", "c", "a.new"]);
    assert_eq!(terms(&lexicon), ["a: One", "a: Two", "b: bee", "c: sea", "a: four", "a: four", "a.new: new"]);
    assert_eq!(lexicon.entries[1].weight, 1.0);
    assert_eq!(lexicon.entries[0].term.place.file, 1);
    assert_eq!(lexicon.entries[1].term.place.file, 0);
    assert_eq!(lexicon.files, ["own", "base"]);
    assert_eq!(lexicon.entries[0].term.tokens[0].exact.as_deref(), Some("One"));
    assert_eq!((lexicon.rules.case, lexicon.rules.overlap), (Case::Exact, Overlap::Longest));
    let a = &lexicon.paths[0];
    assert_eq!((a.label.as_str(), a.definition.as_str()), ("Own A", "of the base"));
    assert!(lexicon.masks.is_empty(), "a mask of a removed path only must not become a mask of everything");
    assert!(lexicon.tests.is_empty(), "the tests of the base are not ours");
    assert_eq!(lexicon.axes.len(), 1);
    assert_eq!(lexicon.axes[0].positive, [PathId(2)]);
    let about = &lexicon.about;
    assert_eq!((about.id.as_str(), about.extends.as_str(), about.language.as_str()), ("own", "base", "en"));
    assert_eq!(about.license, "");
    assert_eq!(about.developed_on, ["sha256:1", "sha256:2"]);
}

#[test]
fn case_said_by_the_extension_holds_for_the_terms_of_the_base() {
    let own = "[lexicon]\nextends = \"base\"\n[match]\ncase = \"fold\"\n";
    let lexicon = read_files(&[("own", own), ("base", BASE)]).unwrap();
    assert_eq!(lexicon.entries[0].term.tokens[0].exact, None);
    assert_eq!(&*lexicon.entries[0].term.tokens[0].folded, "one");
}

#[test]
fn three_lexicons_extend_each_other() {
    let own = "[lexicon]\nextends = \"middle\"\n[[remove]]\npath = \"a\"\nterms = [\"two\"]\n";
    let middle = "[lexicon]\nextends = \"base\"\n[[category]]\nid = \"a\"\nterms = [\"two\"]\n";
    let lexicon = read_files(&[("own", own), ("middle", middle), ("base", BASE)]).unwrap();
    assert_eq!(terms(&lexicon), ["a: One", "a: three", "a.old: old", "b: bee"]);
    assert_eq!(lexicon.files, ["own", "middle", "base"]);
}

#[test]
fn what_extends_can_get_wrong() {
    let errors = |files: &[(&str, &str)]| read_files(files).unwrap_err();
    let extends = |name: &str, rest: &str| format!("[lexicon]\nextends = \"{name}\"\n{rest}");
    assert_eq!(
        errors(&[("own", &extends("bsae", "")), ("base", BASE)]),
        ["own:2:11: there is no lexicon `bsae` to extend (did you mean `base`?)"]
    );
    assert_eq!(
        errors(&[("own", &extends("frames", "")), ("base", BASE)]),
        [
            "own:2:11: there is no lexicon `frames` to extend (shipped lexicons: own, base; or the path of a file, with its ending)"
        ]
    );
    assert_eq!(
        errors(&[("own", &extends("../x.toml", "")), ("base", BASE)]),
        ["own:2:11: there is no lexicon `../x.toml` to extend (is there such a file, seen from this one's folder?)"]
    );
    let cycle = [("own", &*extends("b", "")), ("b", &*extends("c", "")), ("c", &*extends("b", "# c\n"))];
    assert_eq!(errors(&cycle), ["c:2:11: the lexicon extends itself: b -> c -> b (take one of these `extends` out)"]);
    assert_eq!(
        errors(&[("own", &extends("own", ""))]),
        ["own:2:11: the lexicon extends itself: own -> own (take one of these `extends` out)"]
    );
    let remove = "[[remove]]\npath = \"x\"\n[[remove]]\npath = \"a\"\nterms = [\"thre\", \"nothing\"]\n[[remove]]\npath = \"b\"\n";
    assert_eq!(
        errors(&[("own", &extends("base", remove)), ("base", BASE)]),
        [
            "own:4:8: there is no path `x` to remove in what this lexicon extends (did you mean `a`?)",
            "own:7:10: there is no term `thre` to remove on `a` (did you mean `three`?)",
            "own:7:18: there is no term `nothing` to remove on `a`",
            "own:9:8: `b` cannot be removed: the axis `ax` (base:25:6) needs it \
         (remove its terms one by one instead, or say an axis of the same id anew)",
        ]
    );
    let clash = "[[referent]]\nid = \"a\"\nname = [\"x\"]\n";
    let found = errors(&[("own", &extends("base", clash)), ("base", BASE)]);
    assert_eq!(found[0], "own:4:6: `a` is a referent here, but a category at base:14:6 (give one of them another id)");
    let referent = "[lexicon]\nid = \"r\"\n[[referent]]\nid = \"captives\"\n[[referent.variant]]\nid = \"hostage\"\nterms = [\"x\"]\n";
    let category = "[[category]]\nid = \"captives.hostage\"\nterms = [\"y\"]\n";
    assert_eq!(
        errors(&[("own", &extends("base", category)), ("base", referent)]),
        ["own:4:6: `captives.hostage` is a category here, but a variant at base:6:6 (to add to the variant, write \
          [[referent]], id = \"captives\", and under it [[referent.variant]], id = \"hostage\")"]
    );
    let wrong_base = BASE.replace("label", "lable");
    assert_eq!(
        errors(&[("own", &extends("base", "")), ("base", &wrong_base)]),
        ["base:15:1: unknown key `lable` in a category (did you mean `label`?)"]
    );
}
