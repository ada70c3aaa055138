//! The table of breakages (`make breakages`) still fits the source: every fragment stands where the
//! table says, once, and every test that is to notice it is there. Breaking and testing takes minutes; that it cannot is found here.

use std::fs;
use std::path::Path;

use toml_edit::{DocumentMut, Item};

#[test]
fn every_fragment_stands_once_and_every_test_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The crate by itself does not have the table.
    let Ok(table) = fs::read_to_string(root.join("../../tests/breakages/breakages.toml")) else { return };
    let table: DocumentMut = table.parse().unwrap();
    let rows = table["breakage"].as_array_of_tables().unwrap();
    assert!(rows.len() >= 12);
    let mut stale = String::new();
    for row in rows {
        let text = |key: &str| row.get(key).and_then(Item::as_str).unwrap_or_else(|| panic!("{key} missing in {row}"));
        let source = fs::read_to_string(root.join("src").join(text("file"))).unwrap_or_default();
        let times = source.matches(text("find")).count();
        if times != 1 {
            stale += &format!("{}: `{}` stands {times} times in {}\n", text("name"), text("find"), text("file"));
        }
        let Some(noticed_by) = row.get("noticed_by").and_then(Item::as_str) else { continue };
        if !is_there(root, noticed_by) {
            stale += &format!("{}: there is no test `{noticed_by}`\n", text("name"));
        }
    }
    assert!(stale.is_empty(), "tests/breakages/breakages.toml is stale:\n{stale}");
}

/// Whether a test of this name is written where its program and its modules say; of a module or a program alone, whether there
/// is one.
fn is_there(root: &Path, noticed_by: &str) -> bool {
    let (program, test) = noticed_by.split_once(": ").unwrap_or((noticed_by, ""));
    let (modules, name) = test.rsplit_once("::").unwrap_or(("", test));
    let mut file = root.join(if program == "lib" { "src/lib.rs".to_owned() } else { format!("tests/{program}.rs") });
    let mut module = root.join("src");
    // The last ones stand in the file of one above.
    for name in modules.split("::").filter(|name| !name.is_empty()) {
        module.push(name);
        let files = [module.with_extension("rs"), module.join("mod.rs")];
        file = files.into_iter().find(|file| file.is_file()).unwrap_or(file);
    }
    let source = fs::read_to_string(&file);
    match name {
        "" => source.is_ok(),
        _ => source.is_ok_and(|source| source.contains(&format!("fn {name}("))),
    }
}
