//! `compare --from`: what `score --long` and `kwic` stored gives the numbers that the articles give.

use super::*;

/// A stored long table gives the same numbers as the articles, to the last digit.
#[test]
fn stored_tables_give_the_same_numbers() {
    let room = Room::new();
    room.run(&format!("score {EXAMPLES} -l talks --long -o long.csv")).ends(0);
    room.run(&format!("kwic {EXAMPLES} -l talks -o hits.csv")).ends(0);
    room.run(&format!("compare {EXAMPLES} -l talks -o out.csv")).ends(0);
    room.run("compare --from long.csv -o stored.csv").ends(0).says(&["left out: terms", "left out: zones"]);
    room.run("compare --from long.csv --hits hits.csv -o both.csv").ends(0);
    // Warnings may be fewer: they need the lexicon and the texts. All else is the same.
    let without_warnings = |name: &str| {
        let text = room.read(name);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        // The lexicon's own words on names and the voices of axes are not in the long table.
        let skipped = ["warnings", "connotation", "according_to"];
        let kept: Vec<usize> = (0..header.len()).filter(|i| !skipped.contains(&&header[*i])).collect();
        reader
            .records()
            .map(|row| row.unwrap())
            .filter(|row| !name.contains("axes") || &row[4] == "outside")
            .map(|row| kept.iter().map(|i| row[*i].to_owned()).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    for (from_articles, stored) in
        [("out.csv", "stored.csv"), ("out.shares.csv", "stored.shares.csv"), ("out.axes.csv", "stored.axes.csv")]
    {
        assert_eq!(without_warnings(from_articles), without_warnings(stored), "{stored}");
    }
    assert_eq!(without_warnings("out.csv"), without_warnings("both.csv"));
    let terms = |name: &str| {
        let mut rows: Vec<String> = room.read(name).lines().map(str::to_owned).collect();
        rows.sort();
        rows
    };
    assert_eq!(terms("out.terms.csv"), terms("both.terms.csv"));
    assert!(!room.files().contains(&"stored.terms.csv".to_owned()));
}

#[test]
fn what_no_stored_table_holds_is_said() {
    let room = room(&corpus(6, |_, n| n % 2));
    room.run("score news.jsonl -l ./bridge.toml -o wide.csv").ends(0);
    room.run("compare --from wide.csv").ends(2).says(&["score --long"]);
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    room.run("compare --from long.csv --by outlte").ends(2).says(&["outlte", "outlet"]);
    room.run("compare --from nothing.csv").ends(1).says(&["nothing.csv"]);
    room.run("compare --from news.jsonl").ends(2).says(&[".csv and .tsv"]);
    room.run("compare --from long.csv news.jsonl").ends(2);
    let limited = LEXICON.replacen("[[category]]", "[match]\nzones = [\"title\"]\n\n[[category]]", 1);
    room.write("limited.toml", limited);
    room.run("score news.jsonl -l ./limited.toml --long -o limited.csv").ends(0);
    room.run("compare --from limited.csv").ends(2).says(&["compare from the articles"]);
    let long = room.read("long.csv");
    let at = long.lines().next().unwrap().split(',').position(|name| name == "narrator").unwrap();
    let second: Vec<&str> = long.lines().nth(1).unwrap().split(',').collect();
    let broken = [&second[..at], &["many"], &second[at + 1..]].concat().join(",");
    room.write("broken.csv", long.replacen(&second.join(","), &broken, 1));
    room.run("compare --from broken.csv").ends(2).says(&["broken.csv:2: `narrator` is \"many\"", "no count"]);
}

/// The table with one cell changed: of the row of this number (from 1, the header aside), in this column.
fn with_cell(table: &str, row: usize, column: &str, value: &str) -> String {
    edited(table, |header, rows| {
        let at = header.iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"));
        rows[row - 1][at] = value.to_owned();
    })
}

/// The table after its rows were changed.
fn edited(table: &str, edit: impl FnOnce(&[String], &mut Vec<Vec<String>>)) -> String {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    edit(&header, &mut rows);
    let mut writer = csv::Writer::from_writer(Vec::new());
    std::iter::once(&header).chain(&rows).for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// A voice that nobody knows once was the narrator's, and a weight that is no number was 1.
#[test]
fn a_cell_of_hits_that_nobody_can_read_is_told_with_its_place() {
    let room = room(&corpus(6, |_, n| n % 2));
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    room.run("kwic news.jsonl -l ./bridge.toml -o hits.csv").ends(0);
    let hits = room.read("hits.csv");
    for (name, column, value, says) in [
        ("voice.csv", "voice", "Erzähler", "must be one of narrator, attributed, quoted"),
        ("weight.csv", "weight", "heavy", "must be a number"),
    ] {
        room.write(name, with_cell(&hits, 3, column, value));
        let place = format!("{name}:4: `{column}` (column ");
        let cell = format!("is {value:?} and {says}; mend the cell, or write the table again with `framescope kwic`");
        room.run(&format!("compare --from long.csv --hits {name} -o out.csv")).ends(2).says(&[&place, &cell]);
    }
    room.write("voice.csv", with_cell(&hits, 3, "voice", "Erzähler"));
    let with_lexicon = "compare --from long.csv --hits voice.csv -l ./bridge.toml -o out.csv";
    room.run(with_lexicon).ends(2).says(&["voice.csv:4: `voice` (column ", "must be one of narrator"]);
}

/// Hits of lexicons that the long table does not hold once were passed over without a word.
#[test]
fn hits_of_unknown_paths_are_counted_and_named() {
    let room = room(&corpus(6, |_, n| n % 2));
    room.write("other.toml", LEXICON.replace("id = \"bridge\"\nversion", "id = \"other\"\nversion"));
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    room.run("kwic news.jsonl -l ./bridge.toml -l ./other.toml -o both.csv").ends(0);
    let ran = room.run("compare --from long.csv --hits both.csv -o out.csv").ends(0);
    ran.says(&[
        "left out: 54 hits of both.csv: other:crossing.bridge (24), other:money.cost (18), other:money.tax (12): the long \
         table has no such lexicon or path",
    ]);
    room.run("kwic news.jsonl -l ./bridge.toml -o own.csv").ends(0);
    room.run("compare --from long.csv --hits own.csv -o own_out.csv").ends(0).says_not("no such lexicon");
    assert_eq!(room.read("out.terms.csv"), room.read("own_out.terms.csv"));
    // A table of another study altogether.
    room.run("kwic news.jsonl -l ./other.toml -o other.csv").ends(0);
    room.run("compare --from long.csv --hits other.csv -o out.csv").ends(2).says(&[
        "other.csv: none of its 54 rows is of a lexicon and path of the long table (it has other, the long table bridge)",
    ]);
}

/// A table that was sorted by path once was read as an article a row, and one without its rows of zeros as whole.
#[test]
fn a_long_table_that_was_sorted_or_thinned_is_refused() {
    let room = room(&corpus(6, |_, n| n % 2));
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    let long = room.read("long.csv");
    let at = |header: &[String], name: &str| header.iter().position(|column| column == name).unwrap();
    let sorted = edited(&long, |header, rows| rows.sort_by_key(|row| row[at(header, "path")].clone()));
    room.write("sorted.csv", sorted);
    room.run("compare --from sorted.csv")
        .ends(2)
        .says(&["sorted.csv:14: rows of the article \"Courier-0\" stood further up"]);
    let thinned = edited(&long, |header, rows| {
        rows.retain(|row| row[at(header, "id")] != "Courier-1" || row[at(header, "path")] != "never");
    });
    room.write("thinned.csv", thinned);
    room.run("compare --from thinned.csv").ends(2).says(&[
        "thinned.csv:",
        "\"Courier-1\" has no row of bridge:never",
        "rows without hits",
    ]);
    let twice = edited(&long, |_, rows| rows.insert(1, rows[0].clone()));
    room.write("twice.csv", twice);
    room.run("compare --from twice.csv")
        .ends(2)
        .says(&["twice.csv:3: the article \"Courier-0\" has a row of bridge:money"]);
    room.write("kind.csv", with_cell(&long, 1, "kind", "frame"));
    room.run("compare --from kind.csv")
        .ends(2)
        .says(&["kind.csv:2: `kind` (column ", "must be one of category, referent"]);
    // By id all is well again.
    let by_id = edited(&room.read("sorted.csv"), |header, rows| rows.sort_by_key(|row| row[at(header, "id")].clone()));
    room.write("by_id.csv", by_id);
    room.run("compare --from by_id.csv -o out.csv").ends(0);
}

/// The hits of an article without a group are left out with it; those of an article that is not there are an error then too.
#[test]
fn hits_of_articles_without_a_group_hide_no_unknown_article() {
    let mut lines = corpus(6, |_, n| n % 2);
    lines.push_str("{\"id\":\"x\",\"outlet\":\"\",\"text\":\"The cost.\"}\n");
    let room = room(&lines);
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    room.run("kwic news.jsonl -l ./bridge.toml -o hits.csv").ends(0);
    room.run("compare --from long.csv --hits hits.csv -o out.csv").ends(0).says(&["is empty: 1 article"]);
    room.write("hits.csv", with_cell(&room.read("hits.csv"), 2, "id", "Courier-99"));
    let says = ["hits.csv:3: there is no article \"Courier-99\" in the long table"];
    room.run("compare --from long.csv --hits hits.csv -o out.csv").ends(2).says(&says);
    room.run("compare --from long.csv --hits hits.csv -l ./bridge.toml -o out.csv").ends(2).says(&says);
}

/// A long table without the measures of axes once had axes without a hit.
#[test]
fn axes_without_their_columns_are_left_out_by_name() {
    let room = room(&corpus(6, |_, n| n % 2));
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    let long = room.read("long.csv").replacen("positive_count", "plus", 1);
    room.write("long.csv", long);
    room.run("compare --from long.csv -o out.csv").ends(0).says(&["left out: axes: the table has no columns"]);
    assert!(!room.files().contains(&"out.axes.csv".to_owned()), "{:?}", room.files());
}

/// Clusters of a column that a long table carries are those of the articles.
#[test]
fn clusters_come_from_a_stored_table_too() {
    let room = room(&corpus(8, |outlet, n| 1 + outlet + n % 3));
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    let model = "--model quasipoisson --cluster genre";
    room.run(&format!("compare news.jsonl -l ./bridge.toml {model} -o out.csv")).ends(0).says(&["W17: 2 clusters"]);
    room.run(&format!("compare --from long.csv {model} -o stored.csv")).ends(0).says(&["W17: 2 clusters"]);
    room.run("compare --from long.csv --model quasipoisson -o alone.csv").ends(0).says_not("W17");
    let of = |name: &str, column: &str| {
        let key = [("path", "money.cost"), ("voice", "outside")];
        cell(&row(&room.read(name), &key), column).to_owned()
    };
    for column in ["model_ratio", "model_ratio_low", "model_p", "model_errors", "model_df", "model_clusters"] {
        assert_eq!(of("stored.csv", column), of("out.csv", column), "{column}");
    }
    assert_eq!(
        (of("stored.csv", "model_clusters"), of("alone.csv", "model_clusters")),
        ("2".to_owned(), String::new())
    );
    let from = "compare --from long.csv --model quasipoisson";
    room.run(&format!("{from} --cluster author")).ends(2).says(&["there is no column `author`", "--cluster"]);
    room.run(&format!("{from} --cluster outlet")).ends(2).says(&["cannot be the clusters"]);
}

/// Options that choose articles once were passed over without a word beside --from, and --hits without it.
#[test]
fn what_a_stored_table_cannot_obey_is_refused() {
    let room = room(&corpus(6, |_, n| n % 2));
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    room.run("kwic news.jsonl -l ./bridge.toml -o hits.csv").ends(0);
    for option in ["--where outlet=Herald", "--limit 3", "--language en", "--text body", "--meta-file long.csv"] {
        let name = option.split(' ').next().unwrap();
        room.run(&format!("compare --from long.csv {option}")).ends(2).says(&["--from", name, "cannot be used with"]);
    }
    room.run("compare news.jsonl -l ./bridge.toml --hits hits.csv").ends(2).says(&["--hits goes with --from long.csv"]);
    room.write("header.csv", room.read("long.csv").lines().next().unwrap());
    room.run("compare --from header.csv").ends(1).says(&["header.csv: there is no row below the header"]);
    // Settings of a study that read articles give way to it, as inputs do.
    let study = "[corpus]\ninputs = [\"news.jsonl\"]\nwhere = [\"outlet=Herald\"]\n";
    room.write("framescope.toml", study);
    room.run("compare --from long.csv -o out.csv").ends(0);
}

/// Dates that stand in another column than `date`.
#[test]
fn dates_of_a_stored_table_may_stand_in_any_column() {
    let jsonl = corpus(6, |_, n| 1 + n % 2).replace("\"date\":", "\"printed\":").replace("\"event\":", "\"story\":");
    let room = room(&jsonl);
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    room.run("compare --from long.csv").ends(0).says(&["W09"]);
    room.run("compare --from long.csv --date printed").ends(0).says_not("W09");
    room.run("compare --from long.csv --date nope").ends(2).says(&["there is no column `nope`; --date takes a column"]);
}
