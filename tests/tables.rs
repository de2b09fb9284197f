//! Bad tables are refused with file, line and reason; the crate's own tables are in order.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use allonym::tables::Entry;
use allonym::{Error, Tables};

const HEADER: &str = "id\tkind\tsort\tname\tlang\tmarks\twithin\trank\tsource\n";

/// A folder of its own for a test, emptied first.
fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tables-{name}"));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("a folder to test in");
    dir
}

/// What a table of that text is refused with, by the builder and from a folder alike.
fn refusal(name: &str, file: &str, text: &[u8]) -> (String, Error) {
    let dir = folder(name);
    let path = dir.join(file);
    fs::write(&path, text).expect("a file to test with");
    let Err(error) = Tables::from_dir(&dir) else { panic!("{name}: accepted") };
    // A list is read after all the others; once is enough.
    if let (Ok(text), "mine.tsv") = (std::str::from_utf8(text), file) {
        let built = Tables::builder().entities(path.to_string_lossy(), text).build();
        assert_eq!(built.err().map(|e| e.to_string()), Some(error.to_string()), "{name}: the builder says otherwise");
    }
    (path.to_string_lossy().into_owned(), error)
}

#[test]
fn bad_rows_are_refused_with_file_line_and_reason() {
    let good = "acme\torganization\tcanonical\tAcme Corp\ten\t\t\t5\tmine\n";
    let rows: &[(&str, &str, String, usize, &str)] = &[
        ("few-fields", "mine.tsv", format!("{HEADER}{good}b\tplace\tcanonical\n"), 3, "3 fields, but the header has 9"),
        ("many-fields", "mine.tsv", format!("{HEADER}{}", good.replace("mine\n", "mine\tmore\n")), 2, "10 fields"),
        (
            "kind",
            "mine.tsv",
            format!("{HEADER}{good}{}", good.replace("acme", "b").replace("organization", "planet")),
            3,
            "planet",
        ),
        (
            "sort",
            "mine.tsv",
            format!("{HEADER}{good}{}", good.replace("canonical", "nickname-ish").replace("Corp", "Inc")),
            3,
            "nickname-ish",
        ),
        ("mark", "mine.tsv", format!("{HEADER}{}", good.replace("en\t\t", "en\tdoubtful\t")), 2, "doubtful"),
        ("rank", "mine.tsv", format!("{HEADER}{}", good.replace("\t5\t", "\t12\t")), 2, "12"),
        ("column", "mine.tsv", format!("{}{good}", HEADER.replace("lang", "language")), 1, "language"),
        ("column-twice", "mine.tsv", format!("{}{good}", HEADER.replace("lang", "name")), 1, "twice"),
        ("missing-column", "mine.tsv", "id\tname\nacme\tAcme\n".to_owned(), 1, "kind"),
        ("empty-name", "mine.tsv", format!("{HEADER}{}", good.replace("Acme Corp", "")), 2, "name"),
        ("blank-name", "mine.tsv", format!("{HEADER}{}", good.replace("Acme Corp", " - ")), 2, "letter"),
        ("empty-id", "mine.tsv", format!("{HEADER}{}", good.replace("acme", "")), 2, "id"),
        ("empty-kind", "mine.tsv", format!("{HEADER}{}", good.replace("organization", "")), 2, "kind"),
        (
            "second-canonical",
            "mine.tsv",
            format!("{HEADER}{good}{}", good.replace("Corp", "Inc")),
            3,
            "duplicate id 'acme'",
        ),
        (
            "split-id",
            "mine.tsv",
            format!("{HEADER}{good}{}{good}", good.replace("acme", "b").replace("Acme", "B")),
            4,
            "duplicate id 'acme'",
        ),
        ("no-canonical", "mine.tsv", format!("{HEADER}{}", good.replace("canonical", "short")), 2, "canonical"),
        ("name-twice", "mine.tsv", format!("{HEADER}{good}{}", good.replace("canonical", "alias")), 3, "twice"),
        (
            "two-kinds",
            "mine.tsv",
            format!(
                "{HEADER}{good}{}",
                good.replace("canonical", "alias").replace("Corp", "Inc").replace("organization", "place")
            ),
            3,
            "place",
        ),
        ("nothing", "mine.tsv", String::new(), 1, "no header"),
        ("comment-and-blank", "mine.tsv", format!("# mine\n{HEADER}{good}\nb\tplace\n"), 5, "2 fields"),
        ("windows", "mine.tsv", format!("{HEADER}{good}b\tplace\n").replace('\n', "\r\n"), 3, "2 fields"),
        ("list-fields", "titles.tsv", "phrase\tsort\nbishop\n".to_owned(), 2, "1 fields"),
        ("list-sort", "titles.tsv", "phrase\tsort\nbishop\tchessman\n".to_owned(), 2, "chessman"),
        ("list-column", "cues.tsv", "phrase\tklass\nnear\tplace-before\n".to_owned(), 1, "klass"),
        ("list-class", "cues.tsv", "phrase\tclass\nnear\tbeside\n".to_owned(), 2, "beside"),
        ("list-count", "common_words.tsv", "word\tlower\tcapital\nhope\tmany\t1\n".to_owned(), 2, "many"),
        ("list-mark", "given_names.tsv", "name\tculture\tmarks\nali\tar\todd\n".to_owned(), 2, "odd"),
        ("list-empty", "legal_forms.tsv", "form\tcountry\n\tDE\n".to_owned(), 2, "form"),
        ("list-position", "heads.tsv", "word\tclass\tposition\narmy\torg\tmiddle\n".to_owned(), 2, "middle"),
        ("not-a-list", "colours.tsv", "colour\tshade\nred\tdark\n".to_owned(), 1, "colour"),
    ];
    for (name, file, text, line, reason) in rows {
        let (path, error) = refusal(name, file, text.as_bytes());
        let said = error.to_string();
        assert!(said.starts_with(&format!("{path}:{line}: ")), "{name}: {said}");
        assert!(said[path.len()..].contains(reason), "{name}: {said}");
        assert!(matches!(error, Error::Table { line: l, .. } if l == *line), "{name}: {error:?}");
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_line() {
    let mut text = HEADER.as_bytes().to_vec();
    text.extend(
        b"acme\torganization\tcanonical\tAcme Corp\ten\t\t\t5\tmine\nb\tplace\tcanonical\tZ\xfcrich\t\t\t\t\t\n",
    );
    let (path, error) = refusal("latin1", "mine.tsv", &text);
    let said = error.to_string();
    assert!(said.starts_with(&format!("{path}:3: ")) && said.contains("UTF-8"), "{said}");
}

#[test]
fn folders_without_tables_are_refused() {
    let empty = folder("empty");
    let said = Tables::from_dir(&empty).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(said.starts_with(&*empty.to_string_lossy()) && said.contains("tsv"), "{said}");
    fs::write(empty.join("notes.txt"), "nothing").expect("a file to test with");
    assert!(Tables::from_dir(&empty).is_err());
    let missing = empty.join("none");
    let error = Tables::from_dir(&missing).err();
    assert!(matches!(error, Some(Error::File { .. })), "{error:?}");
    assert!(error.is_some_and(|e| e.to_string().starts_with(&*missing.to_string_lossy())));
    let file = empty.join("notes.txt");
    assert!(Tables::from_dir(&file).is_err());
}

#[test]
fn an_id_in_two_files_is_refused() {
    let dir = folder("two-files");
    let row = "id\tkind\tname\nacme\torganization\tAcme\n";
    fs::write(dir.join("a.tsv"), row).expect("a file to test with");
    fs::write(dir.join("b.tsv"), format!("# more\n{row}")).expect("a file to test with");
    let said = Tables::from_dir(&dir).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(said.contains("b.tsv:3: duplicate id 'acme'"), "{said}");
}

#[test]
fn good_folders_are_read() {
    let dir = folder("good");
    fs::write(
        dir.join("mine.tsv"),
        "\u{feff}# mine\r\nid\tkind\tname\r\nacme\torganization\tAcme Corp\r\n\r\nacme\torganization\tRoadrunner\r\n",
    )
    .expect("a file");
    fs::write(dir.join("titles.tsv"), "phrase\tsort\ngrand vizier\toffice\n").expect("a file");
    let tables = Tables::from_dir(&dir).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(tables.len(), 1);
    assert_eq!(tables.get("acme").map(|e| e.aliases().len()), Some(2));
    assert_eq!(tables.find("ACME CORP").count(), 1);
    assert!(Tables::embedded().to_builder().build().is_ok_and(|t| t.to_bytes() == Tables::embedded().to_bytes()));
}

// The crate's own tables.

struct Row {
    place: String,
    fields: Vec<String>,
}

/// The rows of a file of `data/`, its header apart.
fn read(name: &str) -> (Vec<String>, Vec<Row>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert!(text.ends_with('\n') && !text.contains('\r'), "{name}: not ended by one line feed");
    let split = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#'));
    let header = lines.next().map(|(_, l)| split(l)).unwrap_or_default();
    let row = |(i, line): (usize, &str)| Row { place: format!("data/{name}:{}", i + 1), fields: split(line) };
    (header, lines.map(row).collect())
}

fn files() -> Vec<String> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut names: Vec<String> = Vec::new();
    for (folder, prefix) in [(data.join("names"), "names/"), (data, "")] {
        let listed = fs::read_dir(folder).expect("data is there");
        let listed = listed.map(|e| e.expect("readable").file_name().to_string_lossy().into_owned());
        let tables = listed.filter(|n| Path::new(n).extension().is_some_and(|e| e == "tsv"));
        names.extend(tables.map(|name| format!("{prefix}{name}")));
    }
    names.sort();
    names
}

/// Tables whose rows stand in an order of their own: weights by what they are, spelling by the alphabet.
const OWN_ORDER: [&str; 2] = ["names/comparison.tsv", "names/spelling.tsv"];

fn entity_files() -> Vec<String> {
    files().into_iter().filter(|f| read(f).0.first().is_some_and(|c| c == "id")).collect()
}

#[test]
fn own_tables_parse() {
    let tables = Tables::try_embedded().unwrap_or_else(|e| panic!("{e}"));
    assert!(tables.len() > 800, "{} entities", tables.len());
    assert!(Tables::none().is_empty());
    let rows: usize = entity_files().iter().map(|f| read(f).1.len()).sum();
    assert_eq!(tables.names(), rows, "a table of data/ is not embedded");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let built = Tables::from_dir(&data).unwrap_or_else(|e| panic!("{e}"));
    let embedded = fs::read(data.join("tables.bin")).expect("data is there");
    assert!(built.to_bytes() == embedded, "run: cargo run --release --example build_tables -- data data/tables.bin");
}

#[test]
fn own_lists_are_sorted() {
    let lists = files().into_iter().filter(|f| !OWN_ORDER.contains(&f.as_str()) && !entity_files().contains(f));
    for file in lists {
        for pair in read(&file).1.windows(2) {
            assert!(pair[0].fields < pair[1].fields, "{}: stands after {:?}", pair[1].place, pair[0].fields);
        }
    }
}

#[test]
fn own_tables_are_in_order() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let texts: Vec<(String, String)> = entity_files()
        .into_iter()
        .map(|f| (f.clone(), fs::read_to_string(data.join(f)).expect("data is there")))
        .collect();
    let found = allonym::audit::audit(texts.iter().map(|(file, text)| (file.as_str(), text.as_str())));
    let found: Vec<String> = found.unwrap_or_else(|e| panic!("{e}")).iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{} findings\n{}", found.len(), found.join("\n"));
}

/// The codes of ISO 3166-1 that are assigned, and that of Kosovo, which users assign.
const ISO: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV \
    BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM \
    FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM \
    JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR \
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS \
    RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ \
    UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

#[test]
fn own_countries_have_the_codes_of_iso_3166() {
    let tables = Tables::embedded();
    let own: BTreeSet<&str> = tables.entities().filter_map(|e| e.code().filter(|code| code.len() == 2)).collect();
    let iso: BTreeSet<&str> = ISO.split_whitespace().collect();
    assert_eq!(iso.len(), 250);
    assert_eq!(own.symmetric_difference(&iso).collect::<Vec<_>>(), Vec::<&&str>::new(), "in one of the two alone");
    for (id, code) in [("Q858", "SY"), ("Q212", "UA"), ("Q884", "KR"), ("Q423", "KP"), ("Q974", "CD"), ("Q971", "CG")] {
        assert_eq!(tables.get(id).and_then(Entry::code), Some(code));
    }
}

#[test]
fn own_tables_hold_clean_text() {
    let mut bad = Vec::new();
    for file in files() {
        for row in read(&file).1 {
            let line = row.fields.join("\t");
            let mojibake =
                ["Ã", "Â", "â€", "Ð", "Ñ\u{80}", "\u{fffd}", "&amp;", "\\u", "  "].iter().find(|m| line.contains(**m));
            let control = line.chars().find(|c| c.is_control() && *c != '\t');
            let invisible = line
                .chars()
                .find(|c| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{a0}' | '\u{ad}'));
            let blank = row.fields.iter().any(|f| f.trim() != f);
            if mojibake.is_some() || control.is_some() || invisible.is_some() || blank {
                bad.push(format!("{}: {line:?}", row.place));
            }
        }
    }
    // Letters that mojibake is made of are letters of names too (`Ñuñoa` has none of these pairs; `Âu` would).
    assert!(bad.is_empty(), "{} rows\n{}", bad.len(), bad.join("\n"));
}

#[test]
fn own_entities_lie_within_entities() {
    let tables = Tables::embedded();
    for entity in tables.entities() {
        if let Some(within) = entity.within() {
            assert!(tables.get(within).is_some(), "'{}' lies within '{within}', which is not there", entity.id());
            assert!(!tables.is_within(entity.id(), entity.id()), "'{}' lies within itself", entity.id());
        }
    }
}

#[test]
fn an_audit_finds_each_fault_and_no_other() {
    let clean = "id\tkind\tsort\tname\tlang\tmarks\twithin\trank\tcode\tsource\n\
        alpha\tplace\tcanonical\tAlphaville\ten\t\t\t5\tQQ\tmine\n\
        alpha\tplace\tnative\tАльфавиль\tru\t\t\t\t\tmine\n\
        alpha-north\tplace\tcanonical\tNorth Alphaville\ten\t\talpha\t3\tQQ-N\tmine\n\
        beta\tperson\tcanonical\tBea Talis\ten\t\t\t5\t\tmine\n\
        beta\tperson\tnom-de-guerre\tAbu Beta\tar-Latn\tambiguous\t\t\t\tmine\n\
        gamma\tperson\tcanonical\tGus Mahler\ten\t\t\t3\t\tmine\n\
        gamma\tperson\tnom-de-guerre\tAbu Beta\tar-Latn\tambiguous\t\t\t\tmine\n";
    let found = |text: &str| -> Vec<String> {
        let found = allonym::audit::audit([("t.tsv", text)]).unwrap_or_else(|e| panic!("{e}"));
        found.iter().map(ToString::to_string).collect()
    };
    assert_eq!(found(clean), Vec::<String>::new());
    for (old, new, expected) in [
        ("Alphaville\ten\t\t\t5", "AlphavilleÃ©\ten\t\t\t5", "t.tsv:2: 'AlphavilleÃ©': decoded wrongly"),
        ("Bea Talis", "Bea\u{200b} Talis", "t.tsv:5: 'Bea\u{200b} Talis': an invisible character"),
        ("\tru\t", "\tar\t", "t.tsv:3: 'Альфавиль' is not in the script of 'ar'"),
        ("QQ-N\tmine", "QQ-N\t", "t.tsv:4: no source"),
        ("QQ-N", "QR-N", "t.tsv:4: 'QR-N' does not lie in 'QR'"),
        ("QQ-N", "QQ", "t.tsv:4: code 'QQ' is that of 'alpha' too"),
        ("QQ-N", "north", "t.tsv:4: 'north' is no code of ISO 3166"),
        ("gamma\tperson\tcanonical", "alef\tperson\tcanonical", "t.tsv:7: stands after 'Abu Beta' of 'beta'"),
        ("ar-Latn\tambiguous\t\t\t\tmine\ngamma", "ar-Latn\t\t\t\t\tmine\ngamma", ""),
        (
            "Gus Mahler\ten\t\t\t3\t\tmine\ngamma\tperson\tnom-de-guerre\tAbu Beta\tar-Latn\tambiguous",
            "Gus Mahler\ten\t\t\t3\t\tmine\ngamma\tperson\tnom-de-guerre\tAbu Beta\tar-Latn\t",
            "t.tsv:8: person 'abu beta' is claimed by beta, gamma, and here without a mark",
        ),
        (
            "gamma\tperson\tnom-de-guerre\tAbu Beta",
            "gamma\tperson\talias\tGuss Mahler\ten\t\t\t\t\tmine\ngamma\tperson\tnom-de-guerre\tZeta Abu",
            "t.tsv:8: 'Guss Mahler' is found from 'Gus Mahler' without a row",
        ),
    ] {
        assert!(clean.contains(old), "{old}");
        let found = found(&clean.replacen(old, new, 1).replace(
            "alef\tperson\tcanonical\tGus Mahler\ten\t\t\t3\t\tmine\ngamma",
            "alef\tperson\tcanonical\tGus Mahler\ten\t\t\t3\t\tmine\nalef",
        ));
        let expected: Vec<&str> = Some(expected).into_iter().filter(|e| !e.is_empty()).collect();
        assert_eq!(found, expected, "{new}");
    }
}
