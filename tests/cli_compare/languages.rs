//! Articles in another language than a lexicon: left out of what it counts, wherever the numbers come from.

use super::*;

/// Two outlets that each write in English and in Russian; the Herald says "prisoners", in both.
fn in_two_languages() -> String {
    let mut jsonl = String::new();
    for (outlet, en, ru) in [
        ("Courier", ["hostages", "families"], ["заложников", "солдат"]),
        ("Herald", ["prisoners", "families"], ["пленных", "солдат"]),
    ] {
        for n in 0..8 {
            let english = format!(
                "The talks on the release of the {} went on until the night, and nobody would say how they had ended. The {} \
                 of those who were held came to the square and waited there for the third day. {}",
                en[0],
                en[1],
                "They said that they would come again. ".repeat(1 + n % 3)
            );
            let russian = format!(
                "Переговоры об освобождении {} шли до ночи, и никто не сказал, чем они закончились. {} ждали на площади \
                 уже третий день. {}",
                ru[0],
                ru[1],
                "Они сказали, что придут снова. ".repeat(1 + n % 2)
            );
            for (language, text) in [("en", english), ("ru", russian)] {
                let _ = writeln!(
                    jsonl,
                    "{{\"id\":\"{outlet}-{language}-{n}\",\"outlet\":\"{outlet}\",\"written_in\":\"{language}\",\
                     \"title\":\"\",\"text\":\"{text}\"}}"
                );
            }
        }
    }
    jsonl
}

/// What a row says of a path itself, not of the family it is in or of what limits it.
fn of_the_path(table: &str, lexicon: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let beside = ["p_adjusted", "family", "adjustment", "family_tests", "warnings", "omnibus_p_adjusted"];
    let rows = reader.records().map(|row| {
        header.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect::<Vec<(String, String)>>()
    });
    let own = rows.filter(|row| cell(row, "lexicon") == lexicon);
    own.map(|row| row.into_iter().filter(|(name, _)| !beside.contains(&&**name)).collect()).collect()
}

/// Row by row, so that a failure says which.
#[track_caller]
fn same(found: &[Vec<(String, String)>], expected: &[Vec<(String, String)>], what: &str) {
    assert_eq!(found.len(), expected.len(), "rows of {what}");
    for (found, expected) in found.iter().zip(expected) {
        let wrong: Vec<_> = found.iter().zip(expected).filter(|(a, b)| a != b).collect();
        assert!(wrong.is_empty(), "{what}, {:?}: {wrong:?}", &found[..5]);
    }
}

/// Each of two lexicons compares its own articles, as if the others were not there.
#[test]
fn each_lexicon_compares_the_articles_that_it_can_read() {
    let room = Room::with(&[("news.jsonl", &in_two_languages())]);
    let both = "-l conflict_naming -l conflict_naming_ru";
    room.run(&format!("compare news.jsonl {both} -o both.csv")).ends(0).says(&[
        "warning: W14: 16 of 32 articles are in another language than conflict_naming (en) and left out of all that it counts",
    ]);
    no_nan(&room);
    for (lexicon, language) in [("conflict_naming", "en"), ("conflict_naming_ru", "ru")] {
        let alone = format!("compare news.jsonl -l {lexicon} --where written_in={language} -o {language}.csv");
        room.run(&alone).ends(0);
        for table in ["", ".shares", ".words", ".entries"] {
            let [all, own] =
                ["both", language].map(|name| of_the_path(&room.read(&format!("{name}{table}.csv")), lexicon));
            assert!(!own.is_empty(), "{lexicon}{table}");
            same(&all, &own, &format!("{lexicon}{table}"));
        }
    }
    let key = [("lexicon", "conflict_naming"), ("path", "captives.hostage"), ("voice", "outside")];
    let hostage = row(&room.read("both.csv"), &key);
    assert_eq!((cell(&hostage, "group_articles"), cell(&hostage, "group_present")), ("8", "8"));
    let warnings = room.read("both.warnings.csv");
    let w14 = column(&warnings, "code").iter().filter(|code| *code == "W14").count();
    assert_eq!(w14, 2, "{warnings}");

    // What was stored gives the same.
    room.run(&format!("score news.jsonl {both} --long -o long.csv")).ends(0);
    room.run(&format!("kwic news.jsonl {both} -o hits.csv")).ends(0);
    room.run(&format!("kwic news.jsonl {both} --rejected -o rejected.csv")).ends(0);
    room.run("compare --from long.csv -o stored.csv").ends(0).says(&["W14: 16 of 32 articles"]);
    room.run(&format!("compare --from long.csv --hits hits.csv --hits rejected.csv {both} -o hits_too.csv")).ends(0);
    for lexicon in ["conflict_naming", "conflict_naming_ru"] {
        for (stored, tables) in [("stored", &["", ".shares"][..]), ("hits_too", &["", ".shares", ".words", ".entries"])]
        {
            for table in tables {
                let bare = |name: &str| {
                    let mut rows = of_the_path(&room.read(&format!("{name}{table}.csv")), lexicon);
                    // The lexicon's own words are not in a long table.
                    let unsaid = ["connotation", "according_to"];
                    rows.iter_mut().for_each(|row| row.retain(|(column, _)| !unsaid.contains(&&**column)));
                    rows
                };
                same(&bare(stored), &bare("both"), &format!("{stored}{table} {lexicon}"));
            }
        }
    }
}

/// A long table of an earlier version does not say what its lexicons are for: it is read, and that is said.
#[test]
fn a_table_that_does_not_say_its_lexicons_language_is_told() {
    let room = Room::with(&[("news.jsonl", &in_two_languages())]);
    room.run("score news.jsonl -l conflict_naming --long -o long.csv").ends(0);
    let long = room.read("long.csv");
    let mut reader = csv::Reader::from_reader(long.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = header.iter().position(|name| name == "lexicon_language").unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in std::iter::once(header).chain(reader.records().map(Result::unwrap)) {
        writer.write_record(row.iter().enumerate().filter(|(n, _)| *n != place).map(|(_, cell)| cell)).unwrap();
    }
    room.write("old.csv", String::from_utf8(writer.into_inner().unwrap()).unwrap());
    room.run("compare --from old.csv -o old_out.csv").ends(0).says(&[
        "left out: leaving out articles in another language than the lexicon",
        "no column `lexicon_language`",
        "score --long",
    ]);
    let key = [("path", "captives.hostage"), ("voice", "outside")];
    assert_eq!(cell(&row(&room.read("old_out.csv"), &key), "group_articles"), "16");
}

/// The Courier in English and the Herald in Russian.
fn a_language_each() -> String {
    let lines = in_two_languages();
    let is_own = |line: &&str| line.contains("Courier-en-") || line.contains("Herald-ru-");
    lines.lines().filter(is_own).map(|line| format!("{line}\n")).collect()
}

/// Rates are never compared across languages; shares are set side by side by a lexicon each, marked and untested.
#[test]
fn shares_stand_side_by_side_across_languages() {
    let room = Room::with(&[("news.jsonl", &a_language_each())]);
    let both = "-l conflict_naming -l conflict_naming_ru";
    room.run(&format!("compare news.jsonl {both} -o out.csv")).ends(0).says(&["W14"]).says_not("from shares across");
    no_nan(&room);
    let results = room.read("out.csv");
    assert!(column(&results, "rate_ratio").iter().all(String::is_empty), "{results}");
    let shares = room.read("out.shares.csv");
    let of = |lexicon: &str, variant: &str| {
        row(&shares, &[("lexicon", lexicon), ("variant", variant), ("voice", "outside")])
    };
    let across = of("conflict_naming + conflict_naming_ru", "captives.hostage");
    let cells = ["group", "against", "group_hits", "group_share", "against_hits", "against_share", "difference"];
    let [en, ru] = ["conflict_naming", "conflict_naming_ru"].map(|lexicon| of(lexicon, "captives.hostage"));
    assert_eq!(cells[..2].iter().map(|name| cell(&across, name)).collect::<Vec<_>>(), ["Courier", "Herald"]);
    // Each side is what its own lexicon says of it.
    assert_eq!((cell(&across, "group_hits"), cell(&across, "group_share")), (cell(&en, "group_hits"), "1"));
    assert_eq!((cell(&across, "against_hits"), cell(&across, "against_share")), ("0", "0"));
    assert_eq!(cell(&across, "against_mentions"), cell(&ru, "against_mentions"));
    assert_eq!(number(&across, "difference"), 1.0);
    assert_eq!((cell(&across, "omnibus_p"), cell(&across, "languages")), ("", "en / ru"));
    assert!(cell(&across, "withheld").starts_with("described and not tested"), "{across:?}");
    assert!(cell(&across, "warnings").contains("W14"), "{across:?}");
    assert_eq!(cell(&en, "withheld"), "one group is in the language of conflict_naming (en)");
    // By its own lexicon one side says nothing, and nothing is marked.
    assert_eq!((cell(&en, "against_share"), cell(&en, "difference"), cell(&en, "languages")), ("", "", ""));
    // A name that one lexicon lists alone is in no share across.
    assert!(!shares.contains("conflict_naming + conflict_naming_ru,captives,Courier,Herald,outside,captives.detainee"));
    let told = room.read("out.warnings.csv");
    assert!(
        told.contains("Courier writes in en and Herald in ru: rates are not compared; their shares of names"),
        "{told}"
    );
    // What was stored gives the same.
    room.run(&format!("score news.jsonl {both} --long -o long.csv")).ends(0);
    room.run("compare --from long.csv -o stored.csv").ends(0);
    let joined = "conflict_naming + conflict_naming_ru";
    let bare = |name: &str| {
        let mut rows = of_the_path(&room.read(name), joined);
        rows.iter_mut().for_each(|row| row.retain(|(name, _)| !["connotation", "according_to"].contains(&&**name)));
        rows
    };
    same(&bare("stored.shares.csv"), &bare("out.shares.csv"), joined);
    assert!(!bare("out.shares.csv").is_empty());
    // Where both write in both languages, each lexicon compares its own, and nothing is set across.
    room.write("both.jsonl", in_two_languages());
    room.run(&format!("compare both.jsonl {both} -o twin.csv")).ends(0).says_not("across languages");
    assert!(!room.read("twin.shares.csv").contains(" + "));
}

/// Shares across languages are of the names that both lexicons list; the others are named where somebody uses them. And a group
/// that a lexicon cannot read keeps no other two from being tested by it.
#[test]
fn names_of_one_lexicon_alone_are_in_no_share_across_languages() {
    let lexicon = |id: &str, names: &[(&str, &str)]| {
        let variants =
            names.iter().map(|(id, term)| format!("[[referent.variant]]\nid = \"{id}\"\nterms = [\"{term}\"]\n"));
        let variants: String = variants.collect();
        format!("[lexicon]\nid = \"{id}\"\nlanguage = \"{id}\"\n[[referent]]\nid = \"held\"\n{variants}")
    };
    let mut lines = String::new();
    for n in 0..24 {
        let (outlet, language, text) = match n % 3 {
            0 => ("Times", "en", if n % 2 == 0 { "hostages and detainees" } else { "prisoners and hostages" }),
            1 => ("Gazette", "en", if n % 4 == 0 { "hostages of the day" } else { "prisoners of the day" }),
            _ => ("Izvestia", "ru", if n % 2 == 0 { "заложники и пленные" } else { "заложники" }),
        };
        let _ = writeln!(
            lines,
            "{{\"id\":\"{n}\",\"outlet\":\"{outlet}\",\"language\":\"{language}\",\"text\":\"{text} {n}\"}}"
        );
    }
    let room = Room::with(&[("news.jsonl", &lines)]);
    let en = [("hostage", "hostages"), ("prisoner", "prisoners"), ("detainee", "detainees"), ("captive", "captives")];
    room.write("en.toml", lexicon("en", &en));
    room.write("ru.toml", lexicon("ru", &[("prisoner", "пленные"), ("hostage", "заложники")]));
    room.run("compare news.jsonl -l ./en.toml -l ./ru.toml -o out.csv")
        .ends(0)
        .says(&["left out: from shares across languages: held.detainee: en and ru do not both list them"]);
    no_nan(&room);
    let shares = room.read("out.shares.csv");
    let of = |lexicon: &str, [group, against]: [&str; 2]| {
        let key = [("lexicon", lexicon), ("variant", "held.hostage"), ("voice", "outside")];
        row(&shares, &[&key[..], &[("group", group), ("against", against)]].concat())
    };
    let across = of("en + ru", ["Izvestia", "Times"]);
    // Eight hostages of eight and four prisoners; eight and four.
    assert_eq!((cell(&across, "group_mentions"), cell(&across, "against_mentions")), ("12", "12"));
    assert_eq!((number(&across, "group_share"), number(&across, "against_share")), (8.0 / 12.0, 8.0 / 12.0));
    assert!(!shares.contains("en + ru,held,Izvestia,Times,outside,held.detainee"));
    assert!(!shares.contains("en + ru,held,Gazette,Times"), "both in English: {shares}");
    // The two in English are tested by their lexicon.
    let english = of("en", ["Gazette", "Times"]);
    assert_eq!(cell(&english, "withheld"), "");
    assert!(number(&english, "omnibus_p") < 0.2, "{english:?}");
}

/// The shares of a lexicon that says no language are marked in the same column.
#[test]
fn shares_of_a_lexicon_without_a_language_are_marked() {
    let room = Room::with(&[("news.jsonl", &a_language_each())]);
    let lexicon = "[lexicon]\nid = \"any\"\n[[referent]]\nid = \"held\"\n[[referent.variant]]\nid = \"hostage\"\nterms = \
                   [\"hostages\", \"заложников\"]\n[[referent.variant]]\nid = \"prisoner\"\nterms = [\"prisoners\", \"пленных\"]\n";
    room.write("any.toml", lexicon);
    room.run("compare news.jsonl -l ./any.toml -o out.csv").ends(0).says(&["which says no language, are not compared"]);
    let hostage = row(&room.read("out.shares.csv"), &[("variant", "held.hostage"), ("voice", "outside")]);
    assert_eq!((cell(&hostage, "languages"), number(&hostage, "difference")), ("en / ru", 1.0));
    room.run("compare news.jsonl -l ./any.toml --language en -o one.csv").ends(0);
    let hostage = row(&room.read("one.shares.csv"), &[("variant", "held.hostage"), ("voice", "outside")]);
    assert_eq!(cell(&hostage, "languages"), "");
}
