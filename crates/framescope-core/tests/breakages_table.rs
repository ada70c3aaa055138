//! The table of breakages (`make breakages`) still fits the source: every fragment stands where the
//! table says, once. Breaking and testing takes minutes; that it cannot is found here.

use std::fs;
use std::path::Path;

use toml_edit::{DocumentMut, Item};

#[test]
fn every_fragment_stands_once() {
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
    }
    assert!(stale.is_empty(), "tests/breakages/breakages.toml is stale:\n{stale}");
}
